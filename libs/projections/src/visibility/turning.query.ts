import { sql, type RawBuilder, type SqlBool } from '@saksgang/database';
import {
  holdsOn,
  KEEPING_TYPES,
  keptAfter,
  liesIn,
  NOTHING_KEPT,
  osloDay,
  type Day,
  type DomainEvent,
  type ItemId,
  type Keeping,
  type KeepingEvent,
} from '@saksgang/kernel';
import type { Sources } from '../asking/sources.js';
import { inChunks } from '../asking/versions.js';
import type { EntriesTable } from '../history/history.table.js';
import type { EntryRef } from '../reading.js';
import { shownAmong } from './visibility.query.js';

/** How much of an item a face was shown: nothing known before this number in the log, and nothing that lies in these parts. */
export type Shown = Readonly<{ knownFrom: number; without: readonly string[] }>;

/**
 * An act after which a face is shown more of an item, or less. `before`: what whoever listens may hold of it, of entries up to `upTo`;
 * null: nothing.
 */
export type Turn = Readonly<{ ordinal: number; act: EntriesTable; item: ItemId; before: Shown | null; upTo: number }>;

/** Of one who listens: from where in the log, and how far the log was told when it began. */
export type Listening = Readonly<{ start: number; opened: number }>;

/** The acts between two numbers of the log that turned what this face is shown, in log order: nobody turns what INTERNAL sees. */
export const turnsWithin = async (sources: Sources, from: number, to: number, listening: Listening): Promise<readonly Turn[]> => {
  if (sources.face === 'INTERNAL') return [];
  const { whole } = sources;
  const acts = await whole
    .selectFrom('entries')
    .selectAll()
    .where('type', 'in', [...KEEPING_TYPES])
    .where('ordinal', '>', from)
    .where('ordinal', '<=', to)
    .orderBy('ordinal')
    .execute();
  if (acts.length === 0) return [];
  const items = [...new Set(acts.map(({ item }) => item))];
  const earlier = await inChunks(items, (chunk) =>
    whole
      .selectFrom('entries')
      .selectAll()
      .where('item', 'in', chunk)
      .where('type', 'in', [...KEEPING_TYPES])
      .where('ordinal', '<=', from)
      .orderBy('ordinal')
      .execute(),
  );
  return turnsOf(sources, earlier, acts, listening);
};

type Kept = Readonly<{ keeping: Keeping; ordinals: ReadonlyMap<number, number> }>;
const NOTHING: Kept = { keeping: NOTHING_KEPT, ordinals: new Map() };

/**
 * An act from before somebody came to listen takes away only what was shown where they begin: who never was shown it is not told that it
 * ever was.
 */
const turnsOf = (
  { face, clock }: Sources,
  earlier: readonly EntriesTable[],
  acts: readonly EntriesTable[],
  { start, opened }: Listening,
): readonly Turn[] => {
  const today = osloDay(clock.now());
  const shown = (one: Kept): Shown | null => shownUnder(one, face === 'PUBLIC', today);
  const kept = new Map<ItemId, Kept>();
  const atStart = new Map<ItemId, Kept>();
  const keep = (row: EntriesTable): readonly [Kept, Kept] => {
    const was = kept.get(row.item) ?? NOTHING;
    const event = { type: row.type, data: JSON.parse(row.data) as object } as DomainEvent as KeepingEvent;
    const is = {
      keeping: keptAfter(was.keeping, event, { revision: row.revision, recordedAt: row.recorded_at }),
      ordinals: new Map([...was.ordinals, [row.revision, row.ordinal]]),
    };
    kept.set(row.item, is);
    if (row.ordinal <= start) atStart.set(row.item, is);
    return [was, is];
  };
  for (const row of earlier) keep(row);
  return acts.flatMap((act) => {
    const { ordinal, item } = act;
    const [before, after] = keep(act).map(shown);
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return ordinal > opened
      ? [{ ordinal, item, act, before: before ?? null, upTo: ordinal - 1 }]
      : [{ ordinal, item, act, before: shown(atStart.get(item) ?? NOTHING), upTo: start }];
  });
};

const shownUnder = ({ keeping: { publication, shields }, ordinals }: Kept, isPublic: boolean, today: Day): Shown | null => {
  if (isPublic && publication === null) return null;
  const holding = shields.filter((shield) => holdsOn(shield, today)).map(({ part }) => part);
  if (holding.includes(null)) return null;
  const since = isPublic && publication?.withHistory === false ? (ordinals.get(publication.since) ?? 0) : 0;
  return { knownFrom: since, without: holding.flatMap((part) => part ?? []) };
};

export const wasShown = ({ without }: Shown, part: string | null): boolean =>
  part === null || !without.some((shielded) => liesIn(part, shielded));

/**
 * The entries that the face was shown until this act, and that it may not see any more: the item's own, and those by which others are
 * linked to it. `conditions`: those that were asked for.
 */
export const entriesGoneWith = async (
  sources: Sources,
  { item, before, upTo }: Turn,
  conditions: readonly RawBuilder<SqlBool>[],
): Promise<readonly EntryRef[]> => {
  if (before === null) return [];
  const own = sql<SqlBool>`item = ${item} and ordinal >= ${before.knownFrom}`;
  const linking = sql<SqlBool>`item <> ${item} and ordinal in (select made from links where target = ${item} or source = ${item})`;
  let query = sources.whole
    .selectFrom('entries')
    .select(['ordinal', 'item', 'revision'])
    .where(sql<SqlBool>`((${own}) or (${linking}))`)
    .where('ordinal', '<=', upTo)
    .orderBy('ordinal');
  for (const condition of conditions) query = query.where(condition);
  const rows = await query.execute();
  const ordinals = rows.map((row) => row.ordinal);
  const marks = await inChunks(ordinals, (chunk) =>
    sources.whole.selectFrom('entry_marks').select(['ordinal', 'item', 'note', 'target', 'part']).where('ordinal', 'in', chunk).execute(),
  );
  const still = await inChunks(ordinals, (chunk) =>
    sources.read.selectFrom('entries').select('ordinal').where('ordinal', 'in', chunk).execute(),
  );
  const others = await shownAmong(sources, [...rows.map((row) => row.item), ...marks.flatMap(({ target }) => target ?? [])]);
  const isOther = (other: ItemId): boolean => other === item || others.has(other);
  const unseen = new Set([
    ...still.map((row) => row.ordinal),
    ...marks
      .filter(
        (mark) =>
          (mark.note === 1 && sources.face === 'PUBLIC') ||
          (mark.target !== null && !isOther(mark.target)) ||
          (mark.item === item && !wasShown(before, mark.part)),
      )
      .map((mark) => mark.ordinal),
  ]);
  const floors = await floorsAmong(
    sources,
    [...new Set(rows.map((row) => row.item))].filter((one) => one !== item),
  );
  return rows
    .filter((row) => !unseen.has(row.ordinal) && isOther(row.item) && row.ordinal >= (floors.get(row.item) ?? 0))
    .map((row) => `${row.item}@${row.revision}`);
};

const floorsAmong = async ({ whole, face }: Sources, items: readonly ItemId[]): Promise<ReadonlyMap<ItemId, number>> => {
  if (face !== 'PUBLIC') return new Map();
  const rows = await inChunks(items, (chunk) =>
    whole.selectFrom('visibility').select(['item', 'known_from']).where('item', 'in', chunk).execute(),
  );
  return new Map(rows.map(({ item, known_from }) => [item, known_from]));
};
