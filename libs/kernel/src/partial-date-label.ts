import { labels, LOCALES, type Labels, type Locale } from './labels.js';
import { boundsOf, type PartialDate } from './partial-date.js';

const NORWEGIAN = ['januar', 'februar', 'mars', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'desember'];
const ENGLISH = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

type Words = Readonly<{
  months: readonly string[];
  /** The day's number within a date: «3.» or «3». */
  ordinal: (day: number) => string;
  notAfter: string;
  notBefore: string;
  /** Stands between «senest» and a month or a year: «senest i oktober 2018». */
  within: string;
  unknown: string;
}>;

const WORDS: Record<Locale, Words> = {
  nb: { months: NORWEGIAN, ordinal: (day) => `${day}.`, notAfter: 'senest', notBefore: 'tidligst', within: 'i ', unknown: 'ukjent dato' },
  nn: { months: NORWEGIAN, ordinal: (day) => `${day}.`, notAfter: 'seinast', notBefore: 'tidlegast', within: 'i ', unknown: 'ukjend dato' },
  en: {
    months: ENGLISH,
    ordinal: (day) => `${day}`,
    notAfter: 'no later than',
    notBefore: 'no earlier than',
    within: '',
    unknown: 'unknown date',
  },
};

/** «3. oktober 2018», «oktober 2018», «2016–2019», «senest 3. oktober 2018», «tidligst …», «ukjent dato»; nn and en likewise. */
export const labelOfDate = ({ text, asWritten }: PartialDate): Labels => {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const { precision } = boundsOf({ text, asWritten });
  const [nb, nn, en] = LOCALES.map((locale) => told(text, precision, WORDS[locale])) as [string, string, string];
  if (remembered.size >= LABELS_KEPT_MAX) remembered.clear();
  const label = Object.freeze(labels(nb, nn, en));
  remembered.set(text, label);
  return label;
};

const LABELS_KEPT_MAX = 10_000; // dates: the days of thirty years
const remembered = new Map<string, Labels>();

const told = (text: string, precision: ReturnType<typeof boundsOf>['precision'], words: Words): string => {
  const [first = '', second = ''] = text.split('/');
  switch (precision) {
    case 'UNKNOWN':
      return words.unknown;
    case 'DAY':
    case 'MONTH':
    case 'YEAR':
      return endTold(first, words);
    case 'NOT_AFTER':
      return `${words.notAfter} ${withPreposition(second, words)}`;
    case 'NOT_BEFORE':
      return `${words.notBefore} ${withPreposition(first, words)}`;
    case 'PERIOD':
      return periodTold(partsOf(first), partsOf(second), words);
  }
};

type Parts = Readonly<{ year: number; month: number | null; day: number | null }>;

const partsOf = (end: string): Parts => {
  const [year, month, day] = end.split('-').map(Number);
  return { year: year ?? 0, month: month ?? null, day: day ?? null };
};

const endTold = (end: string, words: Words): string => partsTold(partsOf(end), words);
const withPreposition = (end: string, words: Words): string => (partsOf(end).day === null ? words.within : '') + endTold(end, words);

const partsTold = ({ year, month, day }: Parts, words: Words): string =>
  [day === null ? null : words.ordinal(day), month === null ? null : words.months[month - 1], String(year)]
    .filter((part) => part !== null)
    .join(' ');

/** What both ends share is said once: «3.–7. juni 2016», «juni–oktober 2016», «3. juni – 7. oktober 2016». */
const periodTold = (start: Parts, end: Parts, words: Words): string => {
  const last = partsTold(end, words);
  if (start.year !== end.year || start.month === null || end.month === null || (start.day === null) !== (end.day === null)) {
    const first = partsTold(start, words);
    return start.month === null && end.month === null ? `${first}–${last}` : `${first} – ${last}`;
  }
  const month = words.months[start.month - 1] ?? '';
  if (start.day === null) return `${month}–${last}`;
  const day = words.ordinal(start.day);
  return start.month === end.month ? `${day}–${last}` : `${day} ${month} – ${last}`;
};
