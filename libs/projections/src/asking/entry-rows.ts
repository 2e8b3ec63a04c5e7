import { positionOf } from '@saksgang/event-store';
import {
  isSharedType,
  type Entry,
  type EventSpec,
  type Move,
  type PartialDate,
  type Party,
  type Registry,
  type Source,
} from '@saksgang/kernel';
import type { EntriesTable } from '../history/history.table.js';
import type { Sources } from './sources.js';

/** The entry again, as the codec gave it to the projections. */
export const entryOf = ({ store, registry }: Pick<Sources, 'store' | 'registry'>, row: EntriesTable): Entry => {
  const moves = movesOf(registry, row);
  return moves === undefined ? writtenIn(store.logId, row) : { ...writtenIn(store.logId, row), moves };
};

const movesOf = ({ kinds, shared }: Registry, { kind, type }: EntriesTable): readonly Move[] | undefined => {
  const events: Readonly<Record<string, EventSpec>> = isSharedType(type) ? shared.events : (kinds.get(kind)?.events ?? {});
  return Object.hasOwn(events, type) ? events[type]?.moves : undefined;
};

const writtenIn = (logId: string, row: EntriesTable): Entry => ({
  position: positionOf(logId, row.ordinal),
  id: row.id,
  stream: row.item,
  revision: row.revision,
  version: row.version,
  recordedAt: row.recorded_at,
  actor: row.actor,
  commandId: row.command_id,
  inputDigest: row.input_digest,
  occurred: JSON.parse(row.occurred) as PartialDate,
  assertedBy: parsed<Party>(row.asserted_by),
  source: parsed<Source>(row.source),
  reason: row.reason,
  event: { type: row.type, data: JSON.parse(row.data) as object },
});

export const parsed = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T));

/** `<item>@<revision>`, or null when it is not of that form. */
export const refParts = (ref: string): Readonly<{ item: string; revision: number }> | null => {
  const match = /^([a-z][A-Za-z]*-[^@\s]{1,200})@(0|[1-9]\d{0,8})$/u.exec(ref);
  return match?.[1] === undefined ? null : { item: match[1], revision: Number(match[2]) };
};
