import { type EventStore, type NewEvent, RevisionConflict, StoreUnavailable } from '@saksgang/event-store';
import type { Random, Revision, Scheduler } from '@saksgang/kernel';
import { eventNamed, streamNamed } from '../../../libs/event-store/testing/sample-events.js';
import { seededRandom, someNumber } from '../../../libs/event-store/testing/seeded-random.js';
import type { Acknowledged, Followed } from './chaos-verdict.js';

const STREAMS = 5; // fewer than writers: they meet
const EVENTS_MAX = 3; // events of one append
const TRIES_MAX = 200; // calls for one append
const PAUSE_MS_MAX = 120; // ms before a call that failed is repeated
const REST_MS_MAX = 250; // ms between two appends of a writer: together about as long as the misfortunes last
const CRASH_ONE_IN = 12; // batches after which a follower dies and starts again where it was
const FOLLOW_TRIES_MAX = 2_000; // times a follower is begun
const END_MS_MAX = 30_000; // ms a follower may take to reach the end when all is well again

export type WritersOptions = Readonly<{
  seed: string;
  stores: readonly EventStore[];
  writers: number;
  appends: number;
  scheduler: Scheduler;
}>;
export type Tally = { conflict: number; unknown: number; notWritten: number; crashes: number; lostFollows: number };
export type WritersRun = Readonly<{
  acknowledged: readonly Acknowledged[];
  told: ReadonlyMap<string, string>;
  followed: readonly (readonly Followed[])[];
  tally: Tally;
}>;

export const streamsOf = (seed: string): readonly string[] =>
  Array.from({ length: STREAMS }, (_, index) => streamNamed(`${seed} ${index}`));

/**
 * Writers append, each on one of the stores and one append at a time, while each store is followed. `calm` is awaited when
 * the writers are through: after it the followers must reach the end.
 */
export const runWriters = async (options: WritersOptions, calm: () => Promise<unknown>): Promise<WritersRun> => {
  const tally: Tally = { conflict: 0, unknown: 0, notWritten: 0, crashes: 0, lostFollows: 0 };
  const acknowledged: Acknowledged[] = [];
  const told = new Map<string, string>();
  const ended = new AbortController();
  const followers = options.stores.map((store, index) =>
    startFollower(store, seededRandom(`${options.seed} follower ${index}`), options.scheduler, tally, ended.signal),
  );
  try {
    const writing = Array.from({ length: options.writers }, async (_, writer) => {
      const random = seededRandom(`${options.seed} writer ${writer}`);
      for (let number = 0; number < options.appends; number += 1) {
        acknowledged.push(await appendOnce(options, { tally, told }, random, writer, number));
        await options.scheduler.sleep(someNumber(random, REST_MS_MAX));
      }
    });
    await Promise.all(writing);
    await calm();
    await Promise.all(followers.map((follower) => follower.reachEnd()));
  } finally {
    ended.abort();
  }
  return { acknowledged, told, followed: await Promise.all(followers.map((follower) => follower.ended)), tally };
};

type Plan = Readonly<{ expected: Revision; events: readonly NewEvent[] }>;

/** New ids only when it is certain that the last try was not written; after an unknown outcome the same append again. */
const appendOnce = async (
  { seed, stores, scheduler }: WritersOptions,
  { tally, told }: Readonly<{ tally: Tally; told: Map<string, string> }>,
  random: Random,
  writer: number,
  number: number,
): Promise<Acknowledged> => {
  const store = stores[writer % stores.length] as EventStore;
  const stream = streamsOf(seed)[someNumber(random, STREAMS)] as string;
  const count = 1 + someNumber(random, EVENTS_MAX);
  let plan: Plan | null = null;
  let isUnknown = false;
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    try {
      if (plan === null) {
        const { head } = await store.readStream(stream, { direction: 'backward', limit: 1 });
        plan = { expected: head, events: eventsOf(`${seed} ${writer} ${number} ${attempt}`, count) };
      }
      const appended = await store.append(stream, plan.expected, plan.events);
      return { writer, number, stream, ids: plan.events.map(({ id }) => id), ...appended };
    } catch (error) {
      const outcome = outcomeOf(error);
      tally[outcome] += 1;
      for (const { id } of plan?.events ?? []) told.set(id, `${told.get(id) ?? ''} ${outcome} (${String(error)})`);
      // Once unknown, only an answer or a conflict settles it: that a later call was not written says nothing of the first.
      isUnknown = outcome !== 'conflict' && (isUnknown || (plan !== null && outcome === 'unknown'));
      if (!isUnknown) plan = null;
      await scheduler.sleep(someNumber(random, PAUSE_MS_MAX));
    }
  }
  throw new Error(`writer ${writer} append ${number}: not acknowledged in ${TRIES_MAX} calls`);
};

/** @throws what is no outcome of an append */
const outcomeOf = (error: unknown): 'conflict' | 'unknown' | 'notWritten' => {
  if (error instanceof RevisionConflict) return 'conflict';
  if (!(error instanceof StoreUnavailable)) throw error;
  return error.outcome === 'unknown' ? 'unknown' : 'notWritten';
};

const eventsOf = (word: string, count: number): NewEvent[] => Array.from({ length: count }, (_, part) => eventNamed(`${word} ${part}`));

type Follower = Readonly<{ reachEnd: () => Promise<void>; ended: Promise<readonly Followed[]> }>;

/** Processes every batch, dies now and then between two batches, and begins anew at the position it processed last. */
const startFollower = (store: EventStore, random: Random, scheduler: Scheduler, tally: Tally, signal: AbortSignal): Follower => {
  const followed: Followed[] = [];
  let after = store.origin;
  const once = async (): Promise<void> => {
    for await (const { events, position } of store.follow({ after, signal })) {
      followed.push(...events);
      after = position;
      if (someNumber(random, CRASH_ONE_IN) === 0) return void (tally.crashes += 1);
    }
  };
  const untilEnded = async (): Promise<readonly Followed[]> => {
    for (let begun = 0; begun < FOLLOW_TRIES_MAX && !signal.aborted; begun += 1) {
      try {
        await once();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        tally.lostFollows += 1;
        await scheduler.sleep(PAUSE_MS_MAX);
      }
    }
    return followed.map(({ id, position }) => ({ id, position }));
  };
  const ended = untilEnded();
  ended.catch(() => undefined); // told below, when it is awaited
  const reachEnd = async (): Promise<void> => {
    const head = await store.head();
    for (let waited = 0; after < head && waited < END_MS_MAX; waited += 20) await scheduler.sleep(20);
  };
  return { reachEnd, ended };
};
