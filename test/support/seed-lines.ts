import type { ExampleCommand } from '../../apps/api/src/example.js';

/** The two documents the example is made from, and how their commands name them as their source. */
export type Seed = 'letter' | 'slides';
const LETTER_REFERENCE = '18/01456-7';
const SLIDES_TITLE = 'Presentasjon fra KS (uten tittel, forfatter og dato)';

/** Lines that are nothing but the form of a letter. */
const LAYOUT: Readonly<Record<Seed, readonly string[]>> = { letter: ['Til', 'Med hilsen'], slides: [] };

/** Words that a field says in another way, and the command whose field it is: without the command they are not covered. */
const SAID_BY_A_FIELD: Readonly<Record<Seed, readonly (readonly [words: string, commandId: string])[]>> = {
  letter: [
    ['Vår referanse:', 'example:brevet'],
    ['Arkivkode:', 'example:brevet'],
    ['Saksbehandler:', 'example:brevet'],
    ['Deres referanse:', 'example:brevet'],
    ['Dato:', 'example:brevet'],
    ['Vedlagt:', 'example:brevet'],
    ['KS har som en del av', 'example:medlemsdialogen-del-av-oppspill'],
    [', og KS ønsker at dere som har deltatt i medlemsdialogen', 'example:milepael-sendt'],
    ['med følgende vedtak:', 'example:kultur-for-framtida'],
  ],
  slides: [
    ['Regjeringen, KS og en rekke organisasjoner signerte den', 'example:fritidserklaeringen'],
    ['Fritidserklæringen bygger på', 'example:fritidserklaeringen'],
    ['Et felles mål at', 'example:fritidserklaeringen'],
    ['KS og Frivillighet Norge har en plattform for samspill og samarbeid', 'example:plattformen'],
    ['Formålet med plattformen er', 'example:plattformen'],
    ['og fem millioner innbyggere', 'example:ks-innbyggere'],
  ],
};

/** What is ours in a command: why we recorded it so, and the form's own words. */
const OURS = new Set(['commandId', 'createdBy', 'kind', 'reason', 'note', 'source']);
const DATES = new Set(['occurred', 'dated', 'period', 'year', 'inForce']);

type Fields = Readonly<Record<string, unknown>>;
/** Emphasis marks are no text, and neither is where a line breaks. */
const asText = (written: string): string => written.replaceAll('*', '').replace(/\s+/g, ' ').trim();

/** The document a command gives as its source, if it is one of the two. */
export const seedOf = ({ input }: ExampleCommand): Seed | null => {
  const source = input['source'] as Fields | undefined;
  if (source?.['reference'] === LETTER_REFERENCE) return 'letter';
  return source?.['title'] === SLIDES_TITLE ? 'slides' : null;
};

/** Every text of an input that is the source's; of a date, its own spelling alone. */
const verbatimIn = (value: unknown, within = ''): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((one) => verbatimIn(one, within));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !OURS.has(key) && !(key === 'text' && DATES.has(within)))
    .flatMap(([key, inner]) => verbatimIn(inner, key));
};

/** What a locator quotes: «har … gjennomført medlemsdialogen» is two pieces, of which a single word says nothing of a place. */
const quotedIn = (locator: string): readonly string[] => [
  ...[...locator.matchAll(/«((?:[^«»]|«[^«»]*»)+)»/g)].flatMap(([, quoted = '']) => [
    quoted,
    ...quoted.split('…').filter((piece) => asText(piece).includes(' ')),
  ]),
];

const coveringTexts = (seed: Seed, commands: readonly ExampleCommand[]): readonly string[] => {
  const ids = new Set(commands.map(({ input }) => input.commandId));
  const own = commands
    .filter((command) => seedOf(command) === seed)
    .flatMap(({ input }) => [...verbatimIn(input), ...quotedIn(String((input['source'] as Fields)['locator']))]);
  const fields = SAID_BY_A_FIELD[seed].filter(([, id]) => ids.has(id)).map(([words]) => words);
  return [...new Set([...own, ...fields].map(asText))].filter((text) => text !== '');
};

const WORD = /[\p{L}\p{N}]/u;
/** A bullet, a number or a letter before a line is how it is printed. */
const MARKER = /^(?:[•-]|\d\.|[A-D]\))\s+/u;

/** The lines of a seed that no text and no locator of these commands accounts for, word for word. */
export const uncoveredLines = (seed: Seed, written: string, commands: readonly ExampleCommand[]): readonly string[] => {
  const lines = written
    .split(/[\n\f]/)
    .map(asText)
    .filter((line) => line !== '')
    .map((line) => line.replace(MARKER, ''));
  const whole = lines.join(' ');
  const covered = new Uint8Array(whole.length);
  for (const text of coveringTexts(seed, commands)) {
    for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
      const cutsAWord = (edge: number): boolean => WORD.test(whole.charAt(edge - 1)) && WORD.test(whole.charAt(edge));
      if (!cutsAWord(at) && !cutsAWord(at + text.length)) covered.fill(1, at, at + text.length);
    }
  }
  let start = 0;
  return lines.filter((line) => {
    const from = start;
    start += line.length + 1;
    const bare = [...line].some((sign, index) => WORD.test(sign) && covered[from + index] === 0);
    return bare && !LAYOUT[seed].includes(line);
  });
};
