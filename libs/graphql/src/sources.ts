import type { Instant, Json, Labels, PartialDate, Party, Position, Source } from '@saksgang/kernel';
import type { Point } from '@saksgang/kinds';
import {
  rowOf,
  SHIELDED_STATE,
  veiled,
  type EntryRow,
  type ItemRow,
  type LinkRow,
  type Page,
  type Pin,
  type TimelineRow,
} from '@saksgang/projections';
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

// The two sources that pages are made of are written out: spreading a row and adding to it costs thirty times as much.
export const itemSource = (row: ItemRow, pin: Pin): ItemSource => ({
  __typename: row.state === SHIELDED_STATE ? SHIELDED_ITEM : typenameOf(row.kind),
  id: row.id,
  kind: row.kind,
  reference: row.reference,
  title: row.title,
  state: row.state,
  subtype: row.subtype,
  open: row.open,
  occurred: row.occurred,
  revision: row.revision,
  recordedAt: row.recordedAt,
  updatedAt: row.updatedAt,
  pin,
});
export const timelineSource = (row: TimelineRow, pin: Pin): TimelineSource => ({
  id: row.id,
  item: row.item,
  kind: row.kind,
  part: row.part,
  nature: row.nature,
  type: row.type,
  title: row.title,
  description: row.description,
  occurred: row.occurred,
  day: row.day,
  recordedAt: row.recordedAt,
  position: row.position,
  assertedBy: row.assertedBy,
  source: row.source,
  corrected: row.corrected,
  corrections: row.corrections,
  reachedThrough: row.reachedThrough,
  pin,
});
export const entrySource = (row: EntryRow, pin: Pin): EntrySource => ({ __typename: 'Entry', id: row.ref, row, pin });
export const pointSource = (point: Point, item: string, pin: Pin): PointSource => ({
  ...point,
  __typename: 'Point',
  id: `${item}/${point.path}`,
  item,
  pin,
});

export const sourceAt = (source: Source | null, pin: Pin): SourceSource | null => (source === null ? null : { ...source, pin });

/** What an item is of which this reader may only know that it is there: of no kind's type, so that no field of one can tell more. */
export const SHIELDED_ITEM = 'ShieldedItem';

/** For fields of any item. */
export const anyItemAt = (context: RequestContext, id: string, pin: Pin): Promise<ItemSource | null> => context.item(id, pin);

/** For fields of one kind: null too where the reader may only know that it is there. */
export const itemAt = async (context: RequestContext, id: string, pin: Pin): Promise<ItemSource | null> => {
  const found = await context.item(id, pin);
  return found?.__typename === SHIELDED_ITEM ? null : found;
};

/**
 * For fields that promise an item, which is not waited for where it is at hand: a promise for each row costs more than the row. What
 * happened to an item proves the item, so only a bug makes this throw.
 */
export const itemFor = (context: RequestContext, id: string, pin: Pin): ItemSource | Promise<ItemSource> =>
  context.itemAtHand(id, pin) ?? itemAwaited(context, id, pin);

/** The same for what is told live and may be taken out of a reader's sight while it is told, as of `at`: then only that it was there. */
export const itemOrVeil = (context: RequestContext, id: string, pin: Pin, at: Instant): ItemSource | Promise<ItemSource> =>
  context.face === 'INTERNAL'
    ? itemFor(context, id, pin)
    : (context.itemAtHand(id, pin) ?? anyItemAt(context, id, pin).then((found) => found ?? itemSource(rowOf(veiled(id, at)), pin)));

const itemAwaited = async (context: RequestContext, id: string, pin: Pin): Promise<ItemSource> => {
  const found = await anyItemAt(context, id, pin);
  if (found === null) throw new Error(`${id} has entries but no row at ${pin.position}, ${pin.validAt}`);
  return found;
};

export const itemsAt = async (context: RequestContext, ids: readonly string[], pin: Pin): Promise<readonly ItemSource[]> =>
  (await Promise.all(ids.map((id) => itemAt(context, id, pin)))).filter((one) => one !== null);

export const entriesFor = async (context: RequestContext, refs: readonly string[], pin: Pin): Promise<readonly EntrySource[]> =>
  (await Promise.all(refs.map((ref) => context.reading.entry(ref, pin)))).filter((row) => row !== null).map((row) => entrySource(row, pin));

/** The entry behind what is shown, which may be told less of than what it made. */
export const entryFor = async (context: RequestContext, ref: string, pin: Pin): Promise<EntrySource | undefined> => {
  const row = await context.reading.entryBehind(ref, pin);
  return row === null ? undefined : entrySource(row, pin);
};

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

/** Cursors are written, and the whole is counted, only when somebody asks. Children read where the page was read. */
export const connection = <R, T>(page: Page<R>, pin: Pin, toSource: (row: R, pin: Pin) => T): ConnectionSource<T> => {
  const at = page.pin ?? pin;
  return new Connected(
    page.nodes.map((row) => toSource(row, at)),
    page,
  );
};

/**
 * Classes for their getters alone: one in an object literal gives every page a shape of its own, which the engine keeps, with the
 * rows behind it, until a full collection.
 */
class Connected<T> implements ConnectionSource<T> {
  readonly pageInfo: ConnectionSource<T>['pageInfo'];
  readonly position: Position;

  constructor(
    readonly nodes: readonly T[],
    private readonly page: Page<unknown>,
  ) {
    this.pageInfo = new PageEnds(page);
    this.position = page.position;
  }

  get edges(): ConnectionSource<T>['edges'] {
    return this.nodes.map((node, place) => ({ cursor: this.page.cursorAt(place), node }));
  }

  get totalCount(): Promise<number> {
    return this.page.totalCount();
  }
}

class PageEnds {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;

  constructor(private readonly page: Page<unknown>) {
    this.hasNextPage = page.hasNextPage;
    this.hasPreviousPage = page.hasPreviousPage;
  }

  get startCursor(): string | null {
    return this.cursorAt(0);
  }

  get endCursor(): string | null {
    return this.cursorAt(this.page.nodes.length - 1);
  }

  private cursorAt(place: number): string | null {
    return place in this.page.nodes ? this.page.cursorAt(place) : null;
  }
}

export type Dated = Readonly<{ occurred: PartialDate }>;
