import type { Json, Labels, PartialDate, Party, Position, Source } from '@saksgang/kernel';
import type { Point } from '@saksgang/kinds';
import type { EntryRow, ItemRow, LinkRow, Page, Pin, TimelineRow } from '@saksgang/projections';
import type { RequestContext } from './context.js';
import { typenameOf } from './kind-edges.js';

/**
 * What resolvers hand to each other: a row, and the pin it was read at, which everything below it inherits.
 * `__typename` where the type can stand behind an interface or a union.
 */
export type ItemSource = ItemRow & Readonly<{ __typename: string; pin: Pin }>;
export type PointSource = Point & Readonly<{ __typename: 'Point'; id: string; item: string; pin: Pin }>;
export type EntrySource = Readonly<{ __typename: 'Entry'; id: string; row: EntryRow; pin: Pin }>;
export type TimelineSource = TimelineRow & Readonly<{ pin: Pin }>;
export type LinkSource = LinkRow & Readonly<{ pin: Pin }>;
export type SourceSource = Source & Readonly<{ pin: Pin }>;
export type ChangeSource = Readonly<{ path: string; label: Labels; before: Json; after: Json; summary: Labels }>;

export const itemSource = (row: ItemRow, pin: Pin): ItemSource => ({ ...row, __typename: typenameOf(row.kind), pin });
export const entrySource = (row: EntryRow, pin: Pin): EntrySource => ({ __typename: 'Entry', id: row.ref, row, pin });
export const pointSource = (point: Point, item: string, pin: Pin): PointSource => ({
  ...point,
  __typename: 'Point',
  id: `${item}/${point.path}`,
  item,
  pin,
});

export const sourceAt = (source: Source | null, pin: Pin): SourceSource | null => (source === null ? null : { ...source, pin });

export const itemAt = async (context: RequestContext, id: string, pin: Pin): Promise<ItemSource | null> => {
  const row = await context.item(id, pin);
  return row === null ? null : itemSource(row, pin);
};

/** For fields that promise an item. What happened to an item proves the item, so only a bug makes this throw. */
export const itemFor = async (context: RequestContext, id: string, pin: Pin): Promise<ItemSource> => {
  const found = await itemAt(context, id, pin);
  if (found === null) throw new Error(`${id} has entries but no row at ${pin.position}, ${pin.validAt}`);
  return found;
};

export const itemsAt = async (context: RequestContext, ids: readonly string[], pin: Pin): Promise<readonly ItemSource[]> =>
  (await Promise.all(ids.map((id) => itemAt(context, id, pin)))).filter((one) => one !== null);

export const entriesFor = async (context: RequestContext, refs: readonly string[], pin: Pin): Promise<readonly EntrySource[]> =>
  (await Promise.all(refs.map((ref) => context.reading.entry(ref, pin)))).filter((row) => row !== null).map((row) => entrySource(row, pin));

export type PartySource =
  | ItemSource
  | Readonly<{ __typename: 'NamedParty'; name: string }>
  | Readonly<{ __typename: 'Person'; item: string; name: Exclude<Party['name'], string> }>;

/** A tied name is the body it is tied to; before that body is in effect, and when it is none, the name as it was recorded. */
export const partySource = async (context: RequestContext, party: Party, item: string, pin: Pin): Promise<PartySource> => {
  if (typeof party.name !== 'string') return { __typename: 'Person', item, name: party.name };
  const body = party.body === null ? null : await itemAt(context, party.body, pin);
  return body?.kind === 'body' ? body : { __typename: 'NamedParty', name: party.name };
};
export const partyOrNull = async (context: RequestContext, party: Party | null, item: string, pin: Pin): Promise<PartySource | null> =>
  party === null ? null : partySource(context, party, item, pin);

export type ConnectionSource<T> = Readonly<{
  edges: readonly Readonly<{ cursor: string; node: T }>[];
  nodes: readonly T[];
  pageInfo: Readonly<{ hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }>;
  totalCount: Promise<number>;
  position: Position;
}>;

/** `totalCount` is a getter: it is counted only when somebody asks. Children read where the page was read. */
export const connection = <R, T>(page: Page<R>, pin: Pin, toSource: (row: R, pin: Pin) => T): ConnectionSource<T> => {
  const at = page.pin ?? pin;
  const edges = page.edges.map((edge) => ({ cursor: edge.cursor, node: toSource(edge.node, at) }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return page.totalCount();
    },
    position: page.position,
  };
};

export type Dated = Readonly<{ occurred: PartialDate }>;
