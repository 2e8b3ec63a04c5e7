import { daysBetween, endOfOsloDay, isDay, osloDay, type Clock, type Instant, type Refusal } from '@saksgang/kernel';
import { badExpiry, badScope } from './api-key-refusals.js';
import type { KeyRow } from './access-rows.js';

/** How long a key is good, and for what. */

export const KEY_DAYS_MAX = 3_650; // days ahead that a key may be made for
export const SCOPES_MAX = 200; // commands that a key may be for
/** The scope of a key that only reads. */
export const READ_ONLY = 'read';
const DAYS = /^([1-9]\d{0,3})d$/;
const DAY_MS = 86_400_000;

/** A day is the last on which the key is good, in Oslo; `90d` is so many times 24 hours from now. Refuses BAD_KEY_EXPIRY. */
export const expiryOf = (text: string | null, clock: Clock): Instant | null | Refusal => {
  if (text === null) return null;
  const now = clock.now();
  const days = Number(DAYS.exec(text)?.[1] ?? Number.NaN);
  if (days <= KEY_DAYS_MAX) return new Date(Date.parse(now) + days * DAY_MS).toISOString();
  if (!isDay(text)) return badExpiry(KEY_DAYS_MAX);
  const ahead = daysBetween(osloDay(now), text);
  return ahead < 0 || ahead > KEY_DAYS_MAX ? badExpiry(KEY_DAYS_MAX) : endOfOsloDay(text);
};

/** As it is stored. Refuses BAD_KEY_SCOPE for what is no command, and for reading among commands: every key reads. */
export const scopesFrom = (scopes: readonly string[] | null, commands: readonly string[]): string | null | Refusal => {
  if (scopes === null) return null;
  if (scopes.length === 1 && scopes[0] === READ_ONLY) return '[]';
  if (scopes.length === 0 || scopes.length > SCOPES_MAX || !scopes.every((one) => commands.includes(one))) return badScope();
  return JSON.stringify([...new Set(scopes)].sort());
};

/** @throws on what this program did not write. */
export const scopesOf = ({ scopes }: Pick<KeyRow, 'scopes'>): readonly string[] | null => {
  if (scopes === null) return null;
  const list: unknown = JSON.parse(scopes);
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) throw new Error('the scopes of a key are damaged');
  return list;
};
