import type { ItemId, Position } from '@saksgang/kernel';
import { mustTell, positionAt, type Sources, type ToldFrom } from '../asking/sources.js';
import { ordinalIn } from '../asking/pin.js';
import { inChunks } from '../asking/versions.js';
import type { EntryRow, Pin } from '../reading.js';
import { itemsNamedIn } from '../visibility/told.js';
import { shownAmong } from '../visibility/visibility.query.js';
import { entryRows } from './history.query.js';

/** Of the entries with these numbers, those that may be read as they are stored; nothing later than the pin is known. */
export const leavesAt = async (sources: Sources, positions: readonly Position[], pin: Pin): Promise<ReadonlySet<Position>> => {
  mustTell(sources, 'history', pin);
  const numbers = positions.map((position) => ordinalIn(sources, position));
  return new Set([...(await leavesToldTo(sources, numbers, pin))].map((ordinal) => positionAt(sources, ordinal)));
};

/**
 * The one judgement of who may read a leaf, for proofs and for exports, judged now. A leaf cannot be told in part, for it would not give
 * its hash: it is told where the entry is told whole, and names no item that is not shown, be it as who says it or on what source.
 */
export const leavesToldTo = async (
  sources: ToldFrom,
  ordinals: readonly number[],
  { known }: Pick<Pin, 'known'>,
): Promise<ReadonlySet<number>> => {
  const rows = await inChunks(
    ordinals.filter((ordinal) => ordinal <= known),
    (chunk) => sources.read.selectFrom('entries').selectAll().where('ordinal', 'in', chunk).execute(),
  );
  if (sources.face === 'INTERNAL') return new Set(rows.map(({ ordinal }) => ordinal));
  const told = await entryRows(sources, rows, { known });
  const named = ({ entry }: EntryRow): readonly ItemId[] => [
    entry.stream,
    ...itemsNamedIn([entry.assertedBy, entry.source], sources.registry),
  ];
  const shown = await shownAmong(sources, told.flatMap(named));
  const mayBeRead = (row: EntryRow | undefined): boolean => row?.withheld === false && named(row).every((item) => shown.has(item));
  return new Set(rows.filter((_, index) => mayBeRead(told[index])).map(({ ordinal }) => ordinal));
};
