/** What somebody may have meant who did not write a date in its canonical form. Only for saying what would be right: nothing is recorded by guess. */

const MONTHS: readonly (readonly string[])[] = [
  ['januar', 'january', 'jan'],
  ['februar', 'february', 'feb'],
  ['mars', 'march', 'mar'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['desember', 'december', 'des', 'dec'],
];

const monthNumber = (name: string): string | null => {
  const index = MONTHS.findIndex((names) => names.includes(name));
  return index < 0 ? null : String(index + 1);
};

const padded = (year: string, month?: string, day?: string): string =>
  [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter((part) => part !== undefined).join('-');

type Spelling = Readonly<{ form: RegExp; rewrite: (match: RegExpExecArray) => string | null }>;

/** How a single day, month or year is written elsewhere. The first that fits is taken. */
const ENDS: readonly Spelling[] = [
  { form: /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?$/, rewrite: ([, year = '', month, day]) => padded(year, month, day) },
  { form: /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/, rewrite: ([, year = '', month, day]) => padded(year, month, day) },
  { form: /^(\d{4})-(\d{1,2})$/, rewrite: ([, year = '', month]) => padded(year, month) },
  { form: /^(\d{4})$/, rewrite: ([, year = '']) => year },
  { form: /^(\d{4})(\d{2})(\d{2})$/, rewrite: ([, year = '', month, day]) => padded(year, month, day) },
  { form: /^(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})$/, rewrite: ([, day, month, year = '']) => padded(year, month, day) },
  { form: /^(\d{1,2})[./](\d{4})$/, rewrite: ([, month, year = '']) => padded(year, month) },
  {
    form: /^(?:(?:den|the) )?(\d{1,2})\.? ?([a-z]+)\.? (\d{4})$/,
    rewrite: ([, day, name = '', year = '']) => named(year, name, day),
  },
  { form: /^(?:i |in )?([a-z]+)\.? (\d{4})$/, rewrite: ([, name = '', year = '']) => named(year, name) },
  { form: /^(?:i|in) (\d{4})$/, rewrite: ([, year = '']) => year },
];

const named = (year: string, name: string, day?: string): string | null => {
  const month = monthNumber(name);
  return month === null ? null : padded(year, month, day);
};

const spellEnd = (text: string): string | null => {
  for (const { form, rewrite } of ENDS) {
    const match = form.exec(text);
    const end = match === null ? null : rewrite(match);
    if (end !== null) return end;
  }
  return null;
};

const UNKNOWNS: readonly string[] = [
  '',
  '?',
  '-',
  '..',
  '../..',
  '/',
  'unknown',
  'ukjent',
  'ukjend',
  'ukjent dato',
  'ukjend dato',
  'unknown date',
  'date unknown',
];
const NOT_AFTER = /^(?:\.\. ?\/?|\/|senest|seinast|innen|innan|no later than|not after|before) ?(.+)$/;
const NOT_BEFORE = /^(?:tidligst|tidlegast|no earlier than|not before) (.+)$/;
const NOT_BEFORE_OPEN = /^(.+?) ?\/ ?(?:\.\.)?$/;
const PERIOD = /^(.+?) ?(?:\/|–|—| - | til | to |\.\.) ?(.+)$/;
const YEARS = /^(\d{4})-(\d{4})$/;

/** The canonical text that was probably meant, or null. It may still be an impossible date. */
export const canonicalSpelling = (text: string): string | null => {
  const plain = text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
  if (UNKNOWNS.includes(plain)) return 'unknown';
  const single = spellEnd(plain);
  if (single !== null) return single;
  const years = YEARS.exec(plain);
  if (years !== null) return `${years[1]}/${years[2]}`;
  return oneOpenEnd(plain) ?? twoEnds(plain);
};

const oneOpenEnd = (plain: string): string | null => {
  const until = spellEnd(NOT_AFTER.exec(plain)?.[1] ?? '');
  if (until !== null) return `../${until}`;
  const from = spellEnd(NOT_BEFORE.exec(plain)?.[1] ?? NOT_BEFORE_OPEN.exec(plain)?.[1] ?? '');
  return from === null ? null : `${from}/..`;
};

const twoEnds = (plain: string): string | null => {
  const match = PERIOD.exec(plain);
  const [start, end] = [spellEnd(match?.[1] ?? ''), spellEnd(match?.[2] ?? '')];
  if (start === null || end === null) return null;
  return start === end ? start : `${start}/${end}`;
};
