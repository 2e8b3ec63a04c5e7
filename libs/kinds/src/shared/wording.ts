import { LOCALES, labels, same, type Labels, type Locale } from '@saksgang/kernel';

const EXCERPT_CHARS_MAX = 160; // UTF-16 code units of quoted text in a title or a description

const inEach = (word: (locale: Locale) => string): Labels => labels(word('nb'), word('nn'), word('en'));

export const NOTHING_SAID = same('');

/** «…» in Norwegian, “…” in English. */
export const quoted = (text: string): Labels => labels(`«${text}»`, `«${text}»`, `“${text}”`);

const UNTIDY = /[^\S ]| {2}|^ | $/;

/** On one line, cut at a word boundary and marked with «…» where it is long. */
export const excerpt = (text: string): string => {
  // Most texts are one line already: looking is a tenth of replacing.
  const line = UNTIDY.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
  if (line.length <= EXCERPT_CHARS_MAX) return line;
  const cut = line.slice(0, EXCERPT_CHARS_MAX + 1).lastIndexOf(' ');
  const head = line.slice(0, cut > 0 ? cut : EXCERPT_CHARS_MAX);
  return `${head.replace(/[\uD800-\uDBFF]$/, '').replace(/[\s,;:–-]+$/, '')} …`;
};

/** One text after another: what is empty is left out. */
export const joined = (parts: readonly Labels[], separator = ' '): Labels =>
  inEach((locale) => {
    let text = '';
    for (const { [locale]: part } of parts) if (part !== '') text = text === '' ? part : `${text}${separator}${part}`;
    return text;
  });

/** «a, b og c». */
export const listed = (parts: readonly Labels[]): Labels => {
  const and: Labels = labels('og', 'og', 'and');
  return inEach((locale) => {
    const words = parts.map((part) => part[locale]);
    const last = words.pop() ?? '';
    return words.length === 0 ? last : `${words.join(', ')} ${and[locale]} ${last}`;
  });
};

/** «Ordet: teksten». */
export const headed = (head: Labels, text: Labels): Labels => inEach((locale) => `${head[locale]}: ${text[locale]}`);

/** Ends as a sentence does: nothing is added after a mark that already ends one. */
export const sentence = (text: Labels): Labels =>
  inEach((locale) => (text[locale] === '' || /[.!?…][»”)]?$/.test(text[locale]) ? text[locale] : `${text[locale]}.`));

const isComplete = (text: Labels): boolean => LOCALES.every((locale) => text[locale] !== '');

/** The head with its text as a sentence, or nothing where the text is nothing. */
export const remark = (head: Labels, text: Labels | null): Labels =>
  text === null || !isComplete(text) ? NOTHING_SAID : sentence(headed(head, text));
