import type { Labels, Locale } from '@saksgang/kernel';

const BY_TAG: Readonly<Record<string, Locale>> = { nb: 'nb', no: 'nb', da: 'nb', nn: 'nn', en: 'en' };
const TAGS_MAX = 20; // tags of one header that are looked at

/** The reader's language from `Accept-Language`, by weight; NB when none of ours is named. */
export const localeFrom = (header: string | undefined): Locale => {
  const wanted = (header ?? '')
    .split(',', TAGS_MAX)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((one) => /^\s*q=(\d(?:\.\d{0,3})?)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { locale: BY_TAG[tag.split('-')[0] ?? ''], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((one) => one.locale !== undefined && one.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.locale ?? 'nb';
};

export const inLanguage = (texts: Labels, asked: Locale | null | undefined, reader: Locale): string => texts[asked ?? reader];
