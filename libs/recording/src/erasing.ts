import { PositionUnknown, StoreUnavailable, type EventStore } from '@saksgang/event-store';
import { isPersonStream, type PersonErasedEvent, type PersonId, type Position, type Scheduler } from '@saksgang/kernel';
import type { KeyStore } from './key-store.js';
import { readToHead } from './read-log.js';

/** Keeps boxes of names elsewhere than in the log. */
export type NameHolder = Readonly<{
  /** Deletes the boxes of these persons. False when their bytes may still lie in a file of it: ask again. Idempotent. */
  forget: (persons: readonly PersonId[]) => Promise<boolean>;
}>;

export type ErasingParts = Readonly<{
  keys: Pick<KeyStore, 'bury' | 'destroy' | 'tombstones' | 'searched' | 'noteSearched'>;
  store: Pick<EventStore, 'logId' | 'origin' | 'head' | 'follow' | 'deleteBoxes'>;
  /** Beside the log: the names of actors. */
  holders: readonly NameHolder[];
  scheduler: Scheduler;
}>;

const ERASED: PersonErasedEvent['type'] = 'PersonErased';
const SEARCH_BATCH = 1_000; // entries
const EMPTYING_TRIES_MAX = 20; // times a file is asked to empty its write-ahead log
const EMPTYING_REST_MS = 100; // ms between two of them: whoever reads it is done by then

/**
 * Carries out what `PersonErased` entries have ordered, in the order of the record: tombstone, key, boxes, write-ahead logs. Every step
 * may be taken again, so that whatever interrupts it, the next call ends it.
 * @throws StoreUnavailable when something may be left.
 */
export const eraseNames = ({ keys, store, holders, scheduler }: ErasingParts, persons: readonly PersonId[]): Promise<void> =>
  afterwards(async () => {
    for (const person of persons) await keys.bury(person);
    await untilDone(scheduler, () => keys.destroy(persons));
    await store.deleteBoxes(persons);
    for (const holder of holders) await untilDone(scheduler, () => holder.forget(persons));
  });

/**
 * Appending, for whoever seals names: a box that was sealed before its person was erased, and comes to the log after the boxes were
 * deleted, is deleted at once, and not at the next start. Either this sees the tombstone, or the erasure sees the box.
 * @throws as append does; StoreUnavailable also when the entry is recorded and a box of an erased person may be left.
 */
export const appendAfterErasures =
  ({ keys, store }: Readonly<{ keys: Pick<KeyStore, 'keyOf'>; store: Pick<EventStore, 'append' | 'deleteBoxes'> }>): EventStore['append'] =>
  async (stream, expected, events) => {
    const appended = await store.append(stream, expected, events);
    const persons = new Set(events.flatMap(({ boxes }) => boxes.map(({ person }) => person)));
    await afterwards(async () => {
      const erased: PersonId[] = [];
      // Asked now, not before: what was appended is durable, and whoever erases from here on finds it.
      for (const person of persons) if ((await keys.keyOf(person)).state === 'ERASED') erased.push(person);
      if (erased.length > 0) await store.deleteBoxes(erased);
    });
    return appended;
  };

/** Of what follows an append: the entry stands, so nobody is told that nothing was recorded. */
const afterwards = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    throw fault instanceof StoreUnavailable ? new StoreUnavailable(fault.message, 'unknown', { cause: fault }) : fault;
  }
};

const untilDone = async (scheduler: Scheduler, step: () => Promise<boolean>): Promise<void> => {
  for (let tries = 1; !(await step()); tries += 1) {
    if (tries === EMPTYING_TRIES_MAX) throw new StoreUnavailable('what was erased may still lie in a write-ahead log', 'unknown');
    await scheduler.sleep(EMPTYING_REST_MS);
  }
};

/**
 * For every start, restore and move, before anything is served: finds the erasures that the log orders and this key store has not
 * carried out (it was interrupted, or is older than the log), and erases anew whoever has a tombstone (the log may be older than it).
 * Reads only what has come since the log was last searched. `persons`: under a tombstone now.
 * @throws StoreUnavailable
 */
export const applyTombstones = async (
  parts: ErasingParts,
  signal: AbortSignal = new AbortController().signal,
): Promise<Readonly<{ persons: number }>> => {
  const { keys, store } = parts;
  const head = await search(parts, signal);
  const persons = (await keys.tombstones()).map(({ person }) => person);
  if (persons.length > 0) await eraseNames(parts, persons);
  // Last: an erasure that is found and not carried out is found again.
  await keys.noteSearched(store.logId, head);
  return { persons: persons.length };
};

/** Sets a tombstone for every erasure in the log, and answers how far it has looked. */
const search = async ({ keys, store }: ErasingParts, signal: AbortSignal): Promise<Position> => {
  const searchFrom = async (after: Position): Promise<Position> => {
    let reached = after;
    for await (const { events, position } of readToHead(store, { after, signal, batch: SEARCH_BATCH })) {
      // The stream of a person is named by the person.
      for (const { type, stream } of events) if (type === ERASED && isPersonStream(stream)) await keys.bury(stream);
      reached = position;
    }
    signal.throwIfAborted();
    return reached;
  };
  try {
    return await searchFrom((await keys.searched(store.logId)) ?? store.origin);
  } catch (fault) {
    // An older copy of the same log was put in its place: all of it is looked through.
    if (fault instanceof PositionUnknown) return searchFrom(store.origin);
    throw fault;
  }
};
