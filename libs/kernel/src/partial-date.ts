import { civil, daysInMonth } from './calendar.js';
import type { Day } from './instant.js';
import { TITLE_BYTES_MAX } from './limits.js';
import type { Issue, Parsed } from './parser.js';
import { canonicalSpelling } from './partial-date-spelling.js';

export type DatePrecision = 'DAY' | 'MONTH' | 'YEAR' | 'PERIOD' | 'NOT_AFTER' | 'NOT_BEFORE' | 'UNKNOWN';

/**
 * When something happened, as far as is known. This is also its stored form: `text` is EDTF-like
 * («2016-06-07» «2016-06» «2016» «2016/2019» «../2018-10-03» «2016-09-25/..» «unknown»), canonical;
 * A period means some time within it where it says when something happened (`occurred`, `dated`, `decided`, a deadline), and throughout it
 * where the field says for how long something holds (`period`).
 * `asWritten` keeps the source's own words («7.juni 2016») or null. The ends of a period or an open interval may be days, months or years.
 */
export type PartialDate = Readonly<{ text: string; asWritten: string | null }>;
export type Bounds = Readonly<{ precision: DatePrecision; earliest: Day | null; latest: Day | null }>;

const TEXT_CHARS_MAX = 64; // characters of a text worth reading; the longest canonical one has 21
const BOUNDS_KEPT_MAX = 10_000; // texts whose bounds are remembered

/**
 * Parses the canonical text, or says what is wrong with it and what would be right (impossible days, ends in the wrong order).
 * `asWritten` is kept verbatim in NFC. Issues have the paths `text` and `asWritten`; the code of a bad text is BAD_DATE.
 */
export const parsePartialDate = (text: string, asWritten: string | null = null): Parsed<PartialDate> => {
  const read = readText(text);
  const written = asWritten?.normalize('NFC') ?? null;
  const issues = [
    ...(typeof read === 'string' ? [{ path: ['text'], code: 'BAD_DATE', message: read }] : []),
    ...(written === null ? [] : faultsOfAsWritten(written)),
  ];
  return issues.length === 0 ? { ok: true, value: { text, asWritten: written } } : { ok: false, issues };
};

/** Precision and bounds, both days included. Memoised. @throws on text that parsePartialDate never accepted. */
export const boundsOf = (date: PartialDate): Bounds => {
  const read = readText(date.text);
  if (typeof read === 'string') throw new RangeError(read);
  return read;
};

/** Total order: earliest bound, then latest, unknown last; equal texts are equal. An open end lies beyond every day on its side. */
export const comparePartialDates = (a: PartialDate, b: PartialDate): number => {
  if (a.text === b.text) return 0;
  const [one, other] = [boundsOf(a), boundsOf(b)];
  if (one.precision === 'UNKNOWN') return 1;
  if (other.precision === 'UNKNOWN') return -1;
  return (
    bytewise(one.earliest ?? BEFORE_ALL_DAYS, other.earliest ?? BEFORE_ALL_DAYS) ||
    bytewise(one.latest ?? AFTER_ALL_DAYS, other.latest ?? AFTER_ALL_DAYS) ||
    bytewise(a.text, b.text)
  );
};

/** Does `inner` say at least as much as `outer` (its bounds lie within)? Establishing a date may only narrow. */
export const narrows = (inner: PartialDate, outer: PartialDate): boolean => {
  const [within, around] = [boundsOf(inner), boundsOf(outer)];
  return (
    (around.earliest === null || (within.earliest !== null && within.earliest >= around.earliest)) &&
    (around.latest === null || (within.latest !== null && within.latest <= around.latest))
  );
};

/** @throws RangeError when it is no real day. */
export const onDay = (day: Day, asWritten: string | null = null): PartialDate => sure(day, asWritten);
/** @throws RangeError when it is no real day. */
export const notAfter = (day: Day, asWritten: string | null = null): PartialDate => sure(`../${day}`, asWritten);
export const UNKNOWN_DATE: PartialDate = { text: 'unknown', asWritten: null };

const BEFORE_ALL_DAYS = '';
const AFTER_ALL_DAYS = '~';
const bytewise = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sure = (text: string, asWritten: string | null): PartialDate => {
  const parsed = parsePartialDate(text, asWritten);
  if (!parsed.ok) throw new RangeError(parsed.issues.map((issue) => issue.message).join(' '));
  return parsed.value;
};

const remembered = new Map<string, Bounds>();

/** The bounds of a canonical text, or in words what is wrong with it. */
const readText = (text: string): Bounds | string => {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (text.length > TEXT_CHARS_MAX) return `A date has at most ${TEXT_CHARS_MAX} characters, this has ${text.length}. ${FORMS}`;
  const read = readWhole(text);
  if (typeof read === 'string') return read;
  if (remembered.size >= BOUNDS_KEPT_MAX) remembered.clear();
  remembered.set(text, read);
  return read;
};

const FORMS = 'Write 2016-06-07, 2016-06, 2016, 2016/2019, ../2018-10-03, 2016-09-25/.. or unknown.';

const readWhole = (text: string): Bounds | string => {
  if (text === UNKNOWN_DATE.text) return { precision: 'UNKNOWN', earliest: null, latest: null };
  const ends = text.split('/');
  const [first, second] = ends;
  if (first === undefined || ends.length > 2) return notCanonical(text);
  if (second === undefined) return readEnd(first, text);
  if (first === '..' && second === '..') return notCanonical(text);
  if (first === '..') return openEnd(readEnd(second, text), 'NOT_AFTER');
  if (second === '..') return openEnd(readEnd(first, text), 'NOT_BEFORE');
  return period(readEnd(first, text), readEnd(second, text), first, second);
};

const openEnd = (end: Bounds | string, precision: 'NOT_AFTER' | 'NOT_BEFORE'): Bounds | string => {
  if (typeof end === 'string') return end;
  return precision === 'NOT_AFTER'
    ? { precision, earliest: null, latest: end.latest }
    : { precision, earliest: end.earliest, latest: null };
};

const period = (start: Bounds | string, end: Bounds | string, first: string, second: string): Bounds | string => {
  if (typeof start === 'string') return start;
  if (typeof end === 'string') return end;
  if (first === second) return `A period from ${first} to itself is written "${first}".`;
  if (start.earliest !== null && end.latest !== null && start.earliest > end.latest) {
    return `The period "${first}/${second}" ends before it begins: write "${second}/${first}".`;
  }
  return { precision: 'PERIOD', earliest: start.earliest, latest: end.latest };
};

const END = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** A day, a month or a year. */
const readEnd = (end: string, whole: string): Bounds | string => {
  const match = END.exec(end);
  if (match === null) return notCanonical(whole);
  const year = Number(match[1]);
  if (year === 0) return `There is no year 0000: years run from 0001 to 9999; what is not known is written "unknown".`;
  if (match[2] === undefined) return { precision: 'YEAR', earliest: civil(year, 1, 1), latest: civil(year, 12, 31) };
  const month = Number(match[2]);
  if (month < 1 || month > 12)
    return `There is no month ${match[2]} in "${end}": months run from 01 to 12; write "${match[1]}" when only the year is known.`;
  const days = daysInMonth(year, month);
  const monthText = `${match[1]}-${match[2]}`;
  if (match[3] === undefined) return { precision: 'MONTH', earliest: civil(year, month, 1), latest: civil(year, month, days) };
  const day = Number(match[3]);
  if (day < 1 || day > days) {
    return `There is no day "${end}": that month has the days 01 to ${days}; write "${monthText}" when only the month is known.`;
  }
  return { precision: 'DAY', earliest: end, latest: end };
};

const notCanonical = (text: string): string => {
  const meant = canonicalSpelling(text);
  const read = meant === null || meant === text ? FORMS : readWhole(meant);
  return `"${text}" is not how a date is written here. ${typeof read === 'string' ? read : `Write "${meant}".`}`;
};

const CONTROL = /\p{Cc}/u;
const LONE_SURROGATE = /\p{Cs}/u;

const faultsOfAsWritten = (written: string): readonly Issue[] => {
  const issue = (code: string, message: string): readonly Issue[] => [{ path: ['asWritten'], code, message }];
  if (written.trim() === '') return issue('BLANK', 'The words of the source are blank: leave them out.');
  if (LONE_SURROGATE.test(written)) return issue('LONE_SURROGATE', 'The words of the source hold half a character (a lone surrogate).');
  if (CONTROL.test(written)) return issue('CONTROL_CHARACTER', 'The words of the source hold a control character: write them on one line.');
  const bytes = new TextEncoder().encode(written).length;
  if (bytes > TITLE_BYTES_MAX) return issue('TEXT_TOO_LONG', `The words of the source take ${bytes} bytes, more than ${TITLE_BYTES_MAX}.`);
  return [];
};
