import { CANONICAL_DEPTH_MAX } from './canonical.js';

// Whether a text is canonical, told by reading it once from end to end: no value is made of it and none is written anew, as verifying
// asks it of every entry there is. `canonicalJson(JSON.parse(text)) === text` is what it means, and what it is tested against.

/** Where a part of the text ends that is not as it must be. */
const NOWHERE = -1;

const [QUOTE, BACKSLASH, COMMA, COLON, MINUS] = [0x22, 0x5c, 0x2c, 0x3a, 0x2d];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
const [ZERO, NINE, LETTER_T, LETTER_F, LETTER_N] = [0x30, 0x39, 0x74, 0x66, 0x6e];
const SPACE = 0x20; // the first character that stands for itself
const [SURROGATE, LOW_SURROGATE, SURROGATE_END] = [0xd800, 0xdc00, 0xe000];
/** What follows a backslash in an escape of two characters: the only spelling of those that have one. */
const SHORT_ESCAPES: ReadonlySet<number> = new Set(Array.from('"\\\\bfnrt', (one) => one.charCodeAt(0)));
/** The only spelling of the other control characters: small letters. */
const LONG_ESCAPE = /\\u00(?:0[0-7bef]|1[\da-f])/y;
const DIGITS_SURE = 15; // digits of an integer that is safe whatever they are

/** Is this text the canonical one (`canonicalJson`) of the value it says? Total: what is no JSON is not canonical either. */
export const isCanonicalJson = (text: string): boolean => afterValue(text, 0, 0) === text.length;

/** Each `after…` answers where the part that begins at `at` ends, or NOWHERE. */
const afterValue = (text: string, at: number, depth: number): number => {
  switch (text.charCodeAt(at)) {
    case QUOTE:
      return afterString(text, at);
    case OBJECT:
      return depth < CANONICAL_DEPTH_MAX ? afterObject(text, at, depth + 1) : NOWHERE;
    case LIST:
      return depth < CANONICAL_DEPTH_MAX ? afterList(text, at, depth + 1) : NOWHERE;
    case LETTER_T:
      return afterWord(text, at, 'true');
    case LETTER_F:
      return afterWord(text, at, 'false');
    case LETTER_N:
      return afterWord(text, at, 'null');
    default:
      return afterInteger(text, at);
  }
};

const afterWord = (text: string, at: number, word: string): number => (text.startsWith(word, at) ? at + word.length : NOWHERE);

const afterString = (text: string, start: number): number => {
  let at = start + 1;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    if (unit === BACKSLASH) at = afterEscape(text, at);
    else if (unit >= SURROGATE && unit < SURROGATE_END) at = afterPair(text, at, unit);
    else if (unit >= SPACE) at += 1;
    else return NOWHERE; // a control character, or the text has ended
    if (at === NOWHERE) return NOWHERE;
  }
};

const afterEscape = (text: string, at: number): number => {
  const next = text.charCodeAt(at + 1);
  if (next === QUOTE || SHORT_ESCAPES.has(next)) return at + 2;
  LONG_ESCAPE.lastIndex = at;
  return LONG_ESCAPE.test(text) ? LONG_ESCAPE.lastIndex : NOWHERE;
};

const afterPair = (text: string, at: number, first: number): number => {
  const second = text.charCodeAt(at + 1);
  return first < LOW_SURROGATE && second >= LOW_SURROGATE && second < SURROGATE_END ? at + 2 : NOWHERE;
};

const isDigit = (unit: number): boolean => unit >= ZERO && unit <= NINE;

const afterInteger = (text: string, start: number): number => {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  let at = first;
  while (isDigit(text.charCodeAt(at))) at += 1;
  if (at === first) return NOWHERE;
  // A nought stands alone, without a sign.
  if (text.charCodeAt(first) === ZERO) return at - start === 1 ? at : NOWHERE;
  return at - first <= DIGITS_SURE || Number.isSafeInteger(Number(text.slice(start, at))) ? at : NOWHERE;
};

const afterList = (text: string, start: number, depth: number): number => {
  let at = start + 1;
  if (text.charCodeAt(at) === LIST_END) return at + 1;
  for (;;) {
    at = afterValue(text, at, depth);
    if (at === NOWHERE) return NOWHERE;
    const unit = text.charCodeAt(at);
    if (unit === LIST_END) return at + 1;
    if (unit !== COMMA) return NOWHERE;
    at += 1;
  }
};

const afterObject = (text: string, start: number, depth: number): number => {
  let at = start + 1;
  if (text.charCodeAt(at) === OBJECT_END) return at + 1;
  for (let before = NOWHERE; ;) {
    const key = at;
    if (text.charCodeAt(key) !== QUOTE) return NOWHERE;
    at = afterString(text, key);
    if (at === NOWHERE || text.charCodeAt(at) !== COLON) return NOWHERE;
    // Strictly: a key that stands twice is out of order.
    if (before !== NOWHERE && !isBefore(text, before, key)) return NOWHERE;
    before = key;
    at = afterValue(text, at + 1, depth);
    if (at === NOWHERE) return NOWHERE;
    const unit = text.charCodeAt(at);
    if (unit === OBJECT_END) return at + 1;
    if (unit !== COMMA) return NOWHERE;
    at += 1;
  }
};

/** Does the one key come before the other, by UTF-16 code units? Both have been read and found whole. */
const isBefore = (text: string, one: number, other: number): boolean => {
  for (let nth = 1; ; nth += 1) {
    const [mine, its] = [text.charCodeAt(one + nth), text.charCodeAt(other + nth)];
    if (mine === BACKSLASH || its === BACKSLASH) return keyAt(text, one) < keyAt(text, other);
    // A quote ends the key: the shorter comes first.
    if (mine === QUOTE) return its !== QUOTE;
    if (its === QUOTE) return false;
    if (mine !== its) return mine < its;
  }
};

const keyAt = (text: string, at: number): string => JSON.parse(text.slice(at, afterString(text, at))) as string;
