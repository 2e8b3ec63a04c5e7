const DASHES = /[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]/gu;
const SLASHES = /[\u2044\u2215\uff0f]/gu;
const UNSEEN = /[\u200b-\u200d\u2060]/gu; // zero-width signs that pasted text may hold; \s knows U+FEFF and the no-break spaces
const CENTURY_PIVOT = 70; // two-digit years from 70 on are of the twentieth century

/** For finding text: NFC, lower case, one space between words. Keeps æ, ø and å apart from a and o. */
export const foldText = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();

// Behind z in the order of bytes, as they stand behind z in the alphabet.
const NORWEGIAN: Readonly<Record<string, string>> = { æ: '{', ä: '{', ø: '|', ö: '|', å: '}' };

/** A key whose bytes sort as a Norwegian reader sorts: no case, no accents, no quotation marks, æ ø å last, numbers by value. */
export const sortKey = (text: string): string => {
  const known = sortKeys.get(text);
  if (known !== undefined) return known;
  if (sortKeys.size >= SORT_KEYS_MAX) sortKeys.clear();
  const key = makeSortKey(text);
  sortKeys.set(text, key);
  return key;
};

// The same title is sorted anew with every entry of its item.
const SORT_KEYS_MAX = 10_000; // texts remembered
const sortKeys = new Map<string, string>();

const makeSortKey = (text: string): string =>
  foldText(text)
    .replace(/[æäøöå]/gu, (letter) => NORWEGIAN[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[«»"'“”„]/gu, '')
    .replace(/\d+/gu, (digits) => digits.padStart(10, '0'));

const CASE_NUMBER = /^(\d{2}|\d{4})\/0*(\d+)(?:-0*(\d+))?$/u;
/** A number, perhaps with its letter («258 S»), and the session or year it is of: numbers restart each session. */
const OF_SESSION = /^(.*\d ?\p{L}?) ?(?: |\()(\d{4})(?: ?[-/] ?(\d{2}|\d{4}))?\)?$/u;

/**
 * A reference as it is found, whatever its spelling: case, spaces, dots and kinds of dashes do not count; case numbers have
 * four-digit years and no leading zeros, and a document's number («18/01456-7») is found by its case («2018/1456») too;
 * what is numbered by session, «Meld. St. 8 (2018–2019)», is found by the session's first year («meld st 8 2018») and without any.
 * The first is the reference itself; a lookup asks for that one only.
 */
export const foldReference = (reference: string): readonly string[] => {
  const plain = foldText(reference.replace(UNSEEN, '')).replace(DASHES, '-').replace(SLASHES, '/');
  const bare = plain.replace(/[\s.]+/gu, '');
  const inCase = CASE_NUMBER.exec(bare);
  if (inCase) {
    const [, year = '', number = '', document] = inCase;
    const caseNumber = `${fourDigits(year)}/${number}`;
    return document === undefined ? [caseNumber] : [`${caseNumber}-${document}`, caseNumber];
  }
  const ofSession = OF_SESSION.exec(plain.replace(/[\s.]+/gu, ' '));
  if (ofSession) {
    const [, numbered = '', from = '', to] = ofSession;
    const number = numbered.replaceAll(' ', '');
    const ofYear = `${number}(${from})`;
    return to === undefined ? [ofYear, number] : [`${number}(${from}-${to.length === 2 ? from.slice(0, 2) : ''}${to})`, ofYear, number];
  }
  return bare === '' ? [] : [bare];
};

const fourDigits = (year: string): string => (year.length === 4 ? year : `${Number(year) >= CENTURY_PIVOT ? '19' : '20'}${year}`);

/** A pattern for LIKE with `\` as its escape. LIKE reads a pattern up to a NUL; another sign that no entry holds stands for it. */
export const containing = (folded: string): string => `%${folded.replaceAll('\0', '\u0001').replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;

/** Of signs beyond ASCII some fold to `i` or `k`, and to no other letter or digit: `foldText` is asked of all of them in a test. */
const SELF_FOLDED = /[a-hjl-z0-9]/u;

/**
 * A pattern for LIKE that every text meets, before it is folded, whose folded form contains this folded text; null where it would say
 * nothing. Others may meet it too. Databases answer it many times faster than they fold.
 */
export const roughlyContaining = (folded: string): string | null => {
  const rough = Array.from(folded, (sign) => (SELF_FOLDED.test(sign) ? sign : sign === 'i' || sign === 'k' ? '_' : '%')).join('');
  return SELF_FOLDED.test(rough) ? `%${rough}%`.replace(/%{2,}/gu, '%') : null;
};
