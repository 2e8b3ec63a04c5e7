import { type RawBuilder, sql, type SqlBool, words } from '@saksgang/database';
import type { ItemId } from '@saksgang/kernel';
import type { Pin } from '../reading.js';

/** The items that a question is about; null: the whole record. */
export type Scope = readonly ItemId[] | null;

/** Of the versioned table behind an alias: what was known at the pin, and in effect on its day. */
export const at = (alias: string, { known, validAt }: Pick<Pin, 'known' | 'validAt'>): RawBuilder<SqlBool> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<SqlBool>`(${column('recorded_from')} <= ${known} and (${column('recorded_to')} is null or ${column('recorded_to')} > ${known})
    and ${column('valid_from')} <= ${validAt} and (${column('valid_to')} is null or ${column('valid_to')} > ${validAt}))`;
};

/** One value, however many items. */
export const within = (column: string, scope: Scope): RawBuilder<SqlBool> =>
  scope === null ? sql<SqlBool>`1 = 1` : words.among(column, scope);
