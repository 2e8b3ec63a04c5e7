import { isFoundBy, wordsOf, type Sought } from './words.js';

export const SNIPPET_CHARS = 200; // characters, about
const BEFORE_CHARS = 60; // characters shown before the first word found
const WORD_AS_WRITTEN = /[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d]+/gu;

/** The place in a text where a word was found, as it is written there, with «…» where text is left out. */
export const snippetOf = (text: string, sought: readonly Sought[]): string => {
  const plain = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (plain.length <= SNIPPET_CHARS) return plain;
  const found = [...plain.matchAll(WORD_AS_WRITTEN)].find(([word]) =>
    wordsOf(word).some((folded) => sought.some((one) => isFoundBy(folded, one))),
  );
  const from = wordStart(plain, Math.max(0, (found?.index ?? 0) - BEFORE_CHARS));
  const to = wordEnd(plain, from + SNIPPET_CHARS);
  return `${from > 0 ? '… ' : ''}${plain.slice(from, to).trim()}${to < plain.length ? ' …' : ''}`;
};

/** The nearest beginning of a word from here on; a text without spaces is cut where it must be. */
const wordStart = (text: string, at: number): number => {
  if (at === 0) return 0;
  const space = text.indexOf(' ', at - 1);
  return space === -1 || space > at + BEFORE_CHARS ? whole(text, at) : space + 1;
};
const wordEnd = (text: string, at: number): number => {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space < at - BEFORE_CHARS ? whole(text, at) : space;
};
/** Not within a pair of surrogates. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/u.test(text.charAt(at)) ? at + 1 : at);
