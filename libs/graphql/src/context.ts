import type { Identity, ReadingLog } from '@saksgang/access';
import type { Persons, Submission, SubmitOutcome } from '@saksgang/commanding';
import type { EventStore } from '@saksgang/event-store';
import type {
  Actor,
  ActorDirectory,
  ActorId,
  Box,
  EntryId,
  ItemId,
  Locale,
  Opened,
  Position,
  Random,
  Registry,
  Sealed,
  Sealer,
} from '@saksgang/kernel';
import {
  faceOf,
  type AsOfInput,
  type Attention,
  type Face,
  type ItemState,
  type Pin,
  type Reading,
  type Readings,
  type Visibility,
} from '@saksgang/projections';
import type { Disclosure } from '@saksgang/record';
import type { Discloser, Recording } from '@saksgang/recording';
import DataLoader from 'dataloader';
import type { GraphQLError } from 'graphql';
import { boxesOf, type ItemBoxes } from './boxes.js';
import type { FaultLog } from './faults.js';
import { identityFault, unidentified } from './identity-fault.js';
import { localeFrom } from './language.js';
import { createNote, noteWhereShielded, notingShielded, type Note } from './noting.js';
import { gathering } from './gathered.js';
import { itemSource, type ItemSource } from './sources.js';
import { mayRead } from './rules/apply-rules.js';
import { takingTurns } from './turns.js';

/** Points of view whose loaded items one operation keeps; a long subscription drops the oldest. */
const PINS_KEPT_MAX = 16;
/** States one operation keeps at once. */
const STATES_KEPT_MAX = 1_000;
const ITEMS_PER_BATCH_MAX = 100;

export type Headers = Readonly<Record<string, string | string[] | undefined>>;
/** What a context is made from: HTTP headers, and the payload of graphql-ws `connection_init` (null over HTTP). */
export type Asking = Readonly<{
  headers: Headers;
  connection: Readonly<Record<string, unknown>> | null;
  /** Path and query, where the transport knows them. */
  url?: string;
  /** Of the operation, where it has one. */
  operationName?: string | null;
  /** Under which the log tells of it, where it has one. */
  requestId?: string | null;
  /** Throws when nobody waits for the answer any more. */
  late?: Readonly<{ throwIfAborted: () => void }>;
}>;

/** All that the schema needs from below; apps fill it in. */
export type GraphqlDeps = Readonly<{
  registry: Registry;
  /** By face: whoever asks is given one, and sees no more than it shows. */
  readings: Readings;
  /** Asked for its head, for the id of an entry, and for the boxes of an item. */
  store: EventStore;
  sealer: Sealer & Discloser;
  /** Asked for checkpoints and proofs. */
  recording: Recording;
  actors: ActorDirectory;
  persons: Persons;
  /** Who read what is personal or shielded. What cannot be noted there is not shown. */
  readingLog: ReadingLog;
  random: Random;
  /** Who asks, by API key or access token. Never throws on a bad one: it is refused. */
  identify: (asking: Asking) => Promise<Identity>;
  /** Where faults are written down. Lines never hold an opened name. */
  log: FaultLog;
  /** Told of every error that is answered, as it is answered; of some more than once. */
  told?: (error: GraphQLError) => void;
}>;

/** One operation's world. Everything it reads, it reads at a pin taken once. */
export type RequestContext = Readonly<{
  actor: Actor | null;
  /** Whether who asks is still who it was, for what goes on for long; else why not. */
  stillKnown: () => Promise<GraphQLError | null>;
  locale: Locale;
  registry: Registry;
  /** What `reading` shows. What is read beside it (the log, boxes, proofs) must be judged by it. */
  face: Face;
  reading: Reading;
  store: EventStore;
  recording: Recording;
  persons: Persons;
  readingLog: Pick<ReadingLog, 'before' | 'count'>;
  submit: (submission: Submission) => Promise<SubmitOutcome>;
  /** The point of view of `asOf` (null: now), taken at first asking and kept: two fields with one `asOf` read the same. */
  pin: (asOf?: AsOfInput | null) => Promise<Pin>;
  /** Now, but not before this position. */
  pinAt: (position: Position) => Promise<Pin>;
  /** Now, with everything that stands in the log: where references in commands are looked up. Asked anew each time, for one
   * document may hold several commands that build on each other. */
  head: () => Promise<Pin>;
  /** One source an item and point of view, however many rows tell of it. */
  item: (id: ItemId, pin: Pin) => Promise<ItemSource | null>;
  /** Reads the items that the rows of a page are about in one go, to have them at hand. */
  gather: (ids: readonly ItemId[], pin: Pin) => Promise<void>;
  /** The same as `item` without waiting, where it was read before; null says nothing. */
  itemAtHand: (id: ItemId, pin: Pin) => ItemSource | null;
  state: (id: ItemId, pin: Pin) => Promise<ItemState | null>;
  attention: (id: ItemId, pin: Pin) => Promise<readonly Attention[]>;
  /** Who may see an item now. */
  visibility: (id: ItemId) => Promise<Visibility>;
  /** WITHHELD from the public; else what the box holds, or ERASED. What is shown is noted first. @throws fault ACCESS_LOG_UNAVAILABLE */
  openSealed: (item: ItemId, sealed: Sealed) => Promise<Opened>;
  /** How to check a sealed value against its leaf, for those who may see it; else why not. Whoever shows it notes it first. */
  disclose: (entry: EntryId, sealed: Sealed, box: Box | null) => Promise<Disclosure | 'WITHHELD' | 'ERASED'>;
  actorById: (id: ActorId) => ReturnType<ActorDirectory['byId']>;
  /** Before an opened name of this item or actor is shown: it is noted who reads it. @throws fault ACCESS_LOG_UNAVAILABLE */
  notePersonal: (item: string) => Promise<void>;
  /** Before an entry is shown as it was stored: the same, where its item is shielded. What comes through `reading` is noted already. */
  noteStored: (item: ItemId) => Promise<void>;
  /** Says that the answer holds something that the pin does not decide, or that nobody may keep: an opened name. */
  notToBeKept: () => void;
  mayBeKept: () => boolean;
}>;

/** Remembers the newest `max` answers by key; a failed one is forgotten. */
const remembering = <A>(max: number): ((key: string, ask: () => Promise<A>) => Promise<A>) => {
  const kept = new Map<string, Promise<A>>();
  return (key, ask) => {
    const found = kept.get(key);
    if (found !== undefined) return found;
    const answer = ask();
    kept.set(key, answer);
    answer.catch(() => kept.delete(key));
    const oldest = kept.size > max ? kept.keys().next() : null;
    if (oldest?.done === false) kept.delete(oldest.value);
    return answer;
  };
};

/** Pins of one view stand for each other. */
const viewOf = (pin: Pin): string => `${pin.position}|${pin.validAt}|${pin.today}|${pin.now}`;

/** Gathers what is asked of many items in one go into one question for each point of view. */
const loadersOf = <T>(
  ask: (ids: readonly ItemId[], pin: Pin) => Promise<readonly T[]>,
  cache: boolean,
): ((id: ItemId, pin: Pin) => Promise<T>) => {
  const loaders = new Map<string, DataLoader<ItemId, T>>();
  const loaderFor = (pin: Pin): DataLoader<ItemId, T> => {
    const view = viewOf(pin);
    const known = loaders.get(view);
    if (known !== undefined) return known;
    const loader = new DataLoader((ids: readonly ItemId[]) => ask(ids, pin), { maxBatchSize: ITEMS_PER_BATCH_MAX, cache });
    loaders.set(view, loader);
    const oldest = loaders.size > PINS_KEPT_MAX ? loaders.keys().next() : null;
    if (oldest?.done === false) loaders.delete(oldest.value);
    return loader;
  };
  // All rows of a page hold one pin: most questions need no view.
  let latest: Readonly<{ pin: Pin; loader: DataLoader<ItemId, T> }> | null = null;
  return (id, pin) => {
    if (latest?.pin !== pin) latest = { pin, loader: loaderFor(pin) };
    return latest.loader.load(id);
  };
};

export const headerOf = (headers: Headers, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

const ERASED: Opened = { state: 'ERASED', value: null };

const noteFor = ({ readingLog, log }: GraphqlDeps, { requestId = null, operationName = null }: Asking, actor: Actor | null): Note => {
  // Nobody who is not known is shown anything that is noted.
  if (actor === null) return () => Promise.reject(new Error('somebody who is not known was to be shown a value that is noted'));
  const failed = (error: unknown): void =>
    log({ level: 'error', message: 'the log of readings cannot be written', requestId: requestId ?? '', error, field: '' });
  return createNote({ log: readingLog, actor, request: requestId, operation: operationName, failed });
};

/** Only the first thing asked of an empty instant decides «now»; `asOf` fields left out and null are one. */
const keyOf = (asOf: AsOfInput): string =>
  JSON.stringify([asOf.knownAt, asOf.knownOn, asOf.position, asOf.meeting, asOf.validAt].map((one) => one ?? null));
const NOW_KEY = keyOf({});

export const createContext = async (
  deps: GraphqlDeps & Readonly<{ submit: RequestContext['submit'] }>,
  asking: Asking,
): Promise<RequestContext> => {
  const { store, registry, recording } = deps;
  const locale = localeFrom(headerOf(asking.headers, 'accept-language'));
  const identity = await deps.identify(asking);
  if (identity.state === 'REFUSED') throw identityFault(identity, locale);
  const actor = identity.state === 'KNOWN' ? identity.actor : null;
  const seesNames = mayRead(actor, 'insiders');
  const face = faceOf(actor?.role ?? null);
  const atLeast = headerOf(asking.headers, 'x-at-least-position') ?? null;
  const pins = remembering<Pin>(PINS_KEPT_MAX);
  const states = remembering<ItemState | null>(STATES_KEPT_MAX);
  const loadState = loadersOf((ids, pin) => reading.statesById(ids, pin), false);
  const boxes = remembering<ItemBoxes>(STATES_KEPT_MAX);
  const actors = remembering<Awaited<ReturnType<ActorDirectory['byId']>>>(STATES_KEPT_MAX);
  const visibilities = new DataLoader((ids: readonly ItemId[]) => reading.visibility(ids), {
    maxBatchSize: ITEMS_PER_BATCH_MAX,
    cache: false,
  });
  // A command of this document may lay new boxes beside an item that was read before it.
  let commands = 0;
  let kept = true;
  const notToBeKept = (): void => void (kept = false);
  const note = noteFor(deps, asking, actor);
  // From everybody else the rules withhold what was about to be shown.
  const notePersonal = async (item: string): Promise<void> => (seesNames ? note('PERSONAL', item) : undefined);
  const turns = takingTurns(deps.readings[face], asking.late);
  const noteShielded = (item: ItemId): Promise<void> => {
    notToBeKept(); // an answer that was kept would be read without a trace
    return note('SHIELDED', item);
  };
  const reading = face === 'INTERNAL' ? notingShielded(turns, noteShielded) : turns;
  const gathered = gathering(reading);
  const pinAt = (position: Position): Promise<Pin> => pins(`at ${position}`, () => reading.pin(null, position));
  // One request, one head of the log and one day: whatever an `asOf` leaves open is as its first answer had it.
  const base = (): Promise<Pin> => pins(NOW_KEY, () => reading.pin(null, atLeast));
  const pinFrom = async (asOf: AsOfInput | null): Promise<Pin> => {
    const { position, validAt } = await base();
    const boundsKnown = asOf?.knownAt ?? asOf?.knownOn ?? asOf?.position ?? asOf?.meeting;
    const pin = await reading.pin({ ...asOf, ...(boundsKnown ? {} : { position }), validAt: asOf?.validAt ?? validAt }, atLeast);
    // What the first answer of this request settled, the request did not ask for: a page goes on where the one before it stood.
    return { ...pin, open: { known: !boundsKnown || pin.open?.known === true, validAt: (asOf?.validAt ?? null) === null } };
  };
  return {
    actor,
    stillKnown: async () => {
      const now = await deps.identify(asking);
      if (now.state === 'REFUSED') return identityFault(now, locale);
      const asBefore = now.state === 'KNOWN' ? now.actor.id === actor?.id && now.actor.role === actor.role : actor === null;
      return asBefore ? null : unidentified(locale);
    },
    locale,
    registry,
    face,
    reading,
    store,
    recording,
    persons: deps.persons,
    readingLog: deps.readingLog,
    submit: async (submission) => {
      asking.late?.throwIfAborted();
      return deps.submit(submission).finally(() => (commands += 1));
    },
    pin: (asOf = null) => {
      const key = asOf === null ? NOW_KEY : keyOf(asOf);
      return key === NOW_KEY ? base() : pins(key, () => pinFrom(asOf));
    },
    pinAt,
    head: async () => pinAt(await store.head()),
    item: loadersOf(
      async (ids, pin) => (await reading.itemsById(ids, pin)).map((row) => (row === null ? null : itemSource(row, pin))),
      true,
    ),
    gather: gathered.gather,
    itemAtHand: gathered.atHand,
    state: (id, pin) => states(`${id}|${viewOf(pin)}`, () => loadState(id, pin)),
    attention: loadersOf((ids, pin) => reading.attention(ids, pin), true),
    // Judged when it is asked for: a tag of the answer holds the newest position and the day, and both change with it.
    visibility: (id) => visibilities.load(id),
    openSealed: async (item, sealed) => {
      if (!seesNames) return { state: 'WITHHELD', value: null };
      notToBeKept();
      const found = (await boxes(`${item}|${commands}`, () => boxesOf(store, item))).get(sealed.sealed);
      const opened = found === undefined ? ERASED : await deps.sealer.open(found.entry, sealed, found.box);
      if (opened.state === 'SHOWN') await notePersonal(item);
      return opened;
    },
    disclose: async (entry, sealed, box) => (!seesNames ? 'WITHHELD' : ((await deps.sealer.disclose(entry, sealed, box)) ?? 'ERASED')),
    actorById: (id) => {
      // The directory opens persons’ names, and forgets them when they are erased.
      if (seesNames) notToBeKept();
      return actors(id, () => deps.actors.byId(id));
    },
    notePersonal,
    noteStored: async (item) => (face === 'INTERNAL' ? noteWhereShielded(turns, item, noteShielded) : undefined),
    notToBeKept,
    mayBeKept: () => kept,
  };
};

/**
 * What an answer follows from beside the question: the same text, the same answer. Null for one that may not be kept. `instance` tells
 * apart one start of the program from the next, which may tell things in other words or by other settings.
 */
export const stateOf = async (context: RequestContext, instance: string): Promise<string | null> => {
  if (!context.mayBeKept()) return null;
  const { position, validAt, today } = await context.pin();
  return JSON.stringify([instance, position, validAt, today, context.locale, context.actor?.id ?? null, context.actor?.role ?? null]);
};

/** Every write has an actor. @throws UNAUTHENTICATED */
export const requireActor = (context: RequestContext): Actor => {
  if (context.actor !== null) return context.actor;
  throw unidentified(context.locale);
};
