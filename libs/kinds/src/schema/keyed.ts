import { LIST_MAX } from '@saksgang/kernel';
import { z } from 'zod';
import { found, refusing, type Found } from './found.js';
import { elementKey } from './quantity.js';
import { optional } from './text.js';
import { listOf } from './values.js';

type Keyed = Readonly<{ key: string | null }>;

const sameKeyTwice = (list: readonly Keyed[]): Found | null => {
  const keys = list.flatMap(({ key }) => key ?? []);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  return twice < 0 ? null : found('DUPLICATE_KEY', `gives the key ${keys[twice]} to two elements: each has its own`);
};

/** As stored: every element has its key, and no two have the same. Issue: DUPLICATE_KEY. */
export const keyedList = <S extends z.ZodRawShape>(fields: S, max: number = LIST_MAX) =>
  listOf(z.strictObject({ key: elementKey, ...fields }), max).superRefine(refusing((list) => sameKeyTwice(list as readonly Keyed[])));

/** As commands give it: an element without a key gets the next free one when it is recorded. May be left out, and is empty then. */
export const keyedListGiven = <S extends z.ZodRawShape>(fields: S, max: number = LIST_MAX) =>
  optional(
    listOf(z.strictObject({ key: optional(elementKey), ...fields }), max).superRefine(
      refusing((list) => sameKeyTwice(list as readonly Keyed[])),
    ),
  ).transform((list) => list ?? []);
