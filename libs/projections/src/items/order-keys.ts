import { boundsOf, type PartialDate, type Summary } from '@saksgang/kernel';
import { sortKey } from '../folding.js';

/** The columns lists can be in order by. */
export type OrderColumn = 'occurred_key' | 'title_key' | 'founded' | 'reference_key';

/** Behind every other key. */
const LAST = '~~';

/** By the upper bound, as timelines are; what has none by its lower bound; the unknown last. */
const occurredKey = (occurred: PartialDate): string => {
  const { earliest, latest } = boundsOf(occurred);
  return `${latest ?? earliest ?? LAST} ${earliest ?? ''} ${occurred.text}`;
};

export const foundKeys = (occurred: PartialDate, { title, references }: Summary, founded: number) => {
  const reference = references[0] ?? null;
  return {
    occurred_key: occurredKey(occurred),
    title_key: sortKey(title),
    founded,
    reference_key: reference === null ? LAST : sortKey(reference),
  } as const satisfies Readonly<Record<OrderColumn, string | number>>;
};

/** The same key as the orders' places hold it: a text, numbers in digits of one length. */
export const placeKey = (key: string | number): string => (typeof key === 'number' ? String(key).padStart(NUMBER_DIGITS, '0') : key);
const NUMBER_DIGITS = 16; // of 2^53
