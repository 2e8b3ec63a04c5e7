import {
  isKeeping,
  isSharedType,
  kindOf,
  liesIn,
  type AnyKind,
  type DomainEvent,
  type Entry,
  type Fact,
  type ItemId,
  type Json,
  type LiveLink,
  type NoteAdded,
  type Registry,
} from '@saksgang/kernel';
import type { Sources, ToldFrom } from '../asking/sources.js';
import { inChunks } from '../asking/versions.js';
import type { EntryRow, ItemState } from '../reading.js';
import { shieldsOf, shownAmong } from './visibility.query.js';

type Seen = Readonly<{ facts: readonly Fact[]; state: unknown }>;
/** What is told of an item to a face, of all that there is. `knownFrom`: the first number in the log at which it is known at all. */
export type Telling = Readonly<{
  knownFrom: number;
  tell: <S extends Seen>(seen: S) => S;
  hides: (part: string | null) => boolean;
  touched: boolean;
}>;

const TOLD_WHOLE: Telling = { knownFrom: 0, tell: (seen) => seen, hides: () => false, touched: false };

/** How each of these items is told, judged now. What a view cannot leave out, because it is folded from all entries, is left out by this. */
export const tellingOf = async (sources: ToldFrom, ids: readonly ItemId[]): Promise<(item: ItemId) => Telling> => {
  if (sources.face === 'INTERNAL') return () => TOLD_WHOLE;
  const shields = await shieldsOf(sources, ids);
  const floors = sources.face === 'PUBLIC' ? await floorsOf(sources, ids) : new Map<ItemId, number>();
  return (item) => {
    const parts = (shields.get(item) ?? []).flatMap(({ part }) => part ?? []);
    return tellingWithout(sources, sources.registry.kinds.get(kindOf(item)), parts, floors.get(item) ?? 0);
  };
};

const floorsOf = async ({ read }: Pick<Sources, 'read'>, ids: readonly ItemId[]): Promise<ReadonlyMap<ItemId, number>> => {
  const rows = await inChunks([...new Set(ids)], (chunk) =>
    read.selectFrom('visibility').select(['item', 'known_from']).where('item', 'in', chunk).execute(),
  );
  return new Map(rows.map(({ item, known_from }) => [item, known_from]));
};

const tellingWithout = (
  { face }: Pick<Sources, 'face'>,
  kind: AnyKind | undefined,
  parts: readonly string[],
  knownFrom: number,
): Telling => {
  const hides = (part: string | null): boolean => part !== null && parts.some((shielded) => liesIn(part, shielded));
  const isTold = ({ event }: Fact): boolean => !hides(partAbout(kind, event)) && !(face === 'PUBLIC' && event.type === 'NoteAdded');
  return {
    knownFrom,
    hides,
    touched: parts.length > 0,
    tell: (seen) => ({
      ...seen,
      facts: seen.facts.filter(isTold),
      // A kind that cannot leave a part out has none shielded: the decider refuses it.
      state: parts.reduce<unknown>((told, part) => kind?.withoutPart?.(told, part) ?? told, seen.state),
    }),
  };
};

const partAbout = (kind: AnyKind | undefined, event: DomainEvent): string | null => {
  if (event.type === 'NoteAdded') return (event as NoteAdded).data.part;
  return isSharedType(event.type) ? null : (kind?.partOf(event) ?? null);
};

/** States as a face may be told them. */
export const statesToldTo = async (sources: Sources, states: readonly ItemState[]): Promise<readonly ItemState[]> => {
  if (sources.face === 'INTERNAL' || states.length === 0) return states;
  const telling = await tellingOf(
    sources,
    states.map(({ row }) => row.id),
  );
  const shown = await shownAmong(
    sources,
    states.flatMap(({ links }) => links.flatMap(({ source, target }) => [source, target])),
  );
  return states.map((state) => {
    const { tell, hides } = telling(state.row.id);
    const isTold = ({ source, target, part, targetPart }: LiveLink): boolean =>
      shown.has(source) && shown.has(target) && !hides(source === state.row.id ? part : targetPart);
    return { ...tell(state), links: state.links.filter(isTold) };
  });
};

/** Entries as a face may be told them: those it sees at all, without what they say of a shielded part or name of what is not shown. */
export const entriesToldTo = async (sources: ToldFrom, rows: readonly EntryRow[], worded: Worded): Promise<readonly EntryRow[]> => {
  if (sources.face === 'INTERNAL' || rows.length === 0) return rows;
  const telling = await tellingOf(
    sources,
    rows.map(({ entry }) => entry.stream),
  );
  const shown = await shownAmong(
    sources,
    rows.flatMap((row) => namedBy(row, sources.registry)),
  );
  return rows.map((row) => {
    const kind = sources.registry.kinds.get(row.kind);
    if (telling(row.entry.stream).touched && saysMoreThanOnePart(kind, row.entry.event)) return withheld(sources, row);
    const isWhole = namedBy(row, sources.registry).every((item) => shown.has(item));
    return isWhole ? row : worded(row, (value) => naming(value, shown, sources.registry));
  });
};

const namedBy = ({ entry, changes }: EntryRow, registry: Registry): readonly ItemId[] => [
  ...itemsNamedIn(entry.event.data, registry),
  ...itemsNamedIn(changes, registry),
];

/** The row told in words again, once its values have been gone through. */
export type Worded = (row: EntryRow, through: (value: Json) => Json) => EntryRow;

/** What is about one part has been left out with it; acts of who keeps the record, links and notes say nothing of the others. */
const saysMoreThanOnePart = (kind: AnyKind | undefined, event: DomainEvent): boolean => {
  if (isKeeping(event)) return false;
  if (isSharedType(event.type)) return !['Linked', 'Unlinked', 'NoteAdded'].includes(event.type);
  return kind?.partOf(event) === null;
};

const withheld = ({ registry }: Pick<Sources, 'registry'>, row: EntryRow): EntryRow => {
  const entry: Entry = { ...row.entry, reason: null, event: { ...row.entry.event, data: {} } };
  const retracted = row.entry.event.type === 'EntryRetracted';
  // Its title is its reason.
  const title = retracted ? (registry.shared.fields['entry'] ?? row.title) : row.title;
  return { ...row, entry, changes: [], title, withheld: true };
};

/** Ids of persons and entries look alike, and name no item. */
const isItem = (value: string, { kinds }: Registry): boolean => ITEM_ID.test(value) && kinds.has(kindOf(value));
const ITEM_ID = /^[a-z][A-Za-z]*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The items that a value names, wherever in it. */
export const itemsNamedIn = (value: unknown, registry: Registry): readonly ItemId[] => {
  if (typeof value === 'string') return isItem(value, registry) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((one: unknown) => itemsNamedIn(one, registry));
};

/** The value with null where it names an item that is not shown: that there is such a thing is not to be told either. */
export const naming = (value: Json, shown: ReadonlySet<ItemId>, registry: Registry): Json => {
  if (typeof value === 'string') return isItem(value, registry) && !shown.has(value) ? null : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Json) => naming(one, shown, registry));
  // What a source says of a document on record is the document's.
  if ('locator' in value && typeof value['document'] === 'string' && !shown.has(value['document']))
    return Object.fromEntries(Object.keys(value).map((key) => [key, null]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, naming(one, shown, registry)]));
};
