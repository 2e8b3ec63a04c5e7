/** The languages people read. The default is NB. */
export type Locale = 'nb' | 'nn' | 'en';
export const LOCALES: readonly Locale[] = ['nb', 'nn', 'en'];

/** One text in every language. Total, so that a missing translation does not compile. */
export type Labels = Readonly<Record<Locale, string>>;

/** Builds Labels. Use it for all texts a person reads; `same` where the languages agree (names, references). */
export const labels = (nb: string, nn: string, en: string): Labels => ({ nb, nn, en });
export const same = (text: string): Labels => ({ nb: text, nn: text, en: text });
