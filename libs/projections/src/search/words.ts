const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu; // soft hyphens and zero-width signs stand inside words
// Letters that Unicode does not take apart, and those that Norwegian writes with a letter of its own.
const BASE: Readonly<Record<string, string>> = { đ: 'd', ŋ: 'n', ŧ: 't', ł: 'l', ß: 'ss', ð: 'd', þ: 'th', ä: 'æ', ö: 'ø' };
const WORD = /[\p{L}\p{N}]+/gu;
const WORD_CHARS_MAX = 64; // characters of a word that count

/** Lower case, base letters; æ, ø and å stay letters of their own, in whatever form they are written. */
export const foldLetters = (text: string): string =>
  text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .toLowerCase()
    .replace(/[^\p{ASCII}æøå]/gu, (letter) => BASE[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''));

/** The words of a text as they are looked up, in its order: «18/01456-7» is 18, 1456 and 7. */
export const wordsOf = (text: string): readonly string[] => (foldLetters(text).match(WORD) ?? []).map(asFound);

const asFound = (word: string): string => (isNumber(word) ? word.replace(/^0+(?=\d)/u, '') : word).slice(0, WORD_CHARS_MAX);
const isNumber = (word: string): boolean => /^\d+$/u.test(word);

/** Inflections of Norwegian nouns, bokmål and nynorsk; longest first. */
const ENDINGS = ['enes', 'anes', 'ene', 'ane', 'ens', 'ets', 'ers', 'ars', 'en', 'et', 'er', 'ar', 'as', 'a', 'e', 's'];
const STEM_CHARS_MIN = 3; // characters
const INFIX_CHARS_MIN = 4; // characters

/**
 * What a word that is asked for finds: itself; words that begin with its stem («kulturskole»: «kulturskolene»,
 * «Kulturskolerådet»); words that hold it («melding»: «kulturmeldingen»). Numbers and single letters find themselves alone.
 */
export type Sought = Readonly<{ exact: string; prefix: string | null; infix: string | null }>;

export const soughtBy = (word: string): Sought => {
  if (isNumber(word) || word.length < 2) return { exact: word, prefix: null, infix: null };
  const prefix = stemOf(word);
  return { exact: word, prefix, infix: prefix.length >= INFIX_CHARS_MIN ? prefix : null };
};

const stemOf = (word: string): string => {
  const ending = ENDINGS.find((one) => word.endsWith(one) && word.length - one.length >= STEM_CHARS_MIN);
  return ending === undefined ? word : word.slice(0, -ending.length);
};

export const isFoundBy = (word: string, { exact, prefix, infix }: Sought): boolean =>
  word === exact || (prefix !== null && word.startsWith(prefix)) || (infix !== null && word.includes(infix));
