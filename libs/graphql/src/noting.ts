import { OPERATION_NAME_MAX, type ReadingLog, type ReadWhat } from '@saksgang/access';
import type { Actor, ItemId } from '@saksgang/kernel';
import { ReadProblem, type Page, type Reading } from '@saksgang/projections';
import DataLoader from 'dataloader';
import { fault } from './faults.js';

/** Readings that one operation remembers to have noted; a long subscription forgets the oldest, and notes them again. */
const NOTED_KEPT_MAX = 1_000;
const NOTED_PER_WRITE_MAX = 500; // rows
/** Items that one operation remembers to have judged. */
const JUDGED_KEPT_MAX = 1_000;
const RETRY_AFTER_MS = 1_000; // ms

/** Waits until it stands in the log that this was read; whoever shows it waits for that. @throws fault ACCESS_LOG_UNAVAILABLE */
export type Note = (what: ReadWhat, item: string) => Promise<void>;

export type Noting = Readonly<{
  log: Pick<ReadingLog, 'write'>;
  actor: Actor;
  /** Under which the server's own log tells of the request. */
  request: string | null;
  operation: string | null;
  /** Told why the log takes nothing: the reader is not. */
  failed: (error: unknown) => void;
}>;

/** Notes what one operation reads, once for each item, and all that is read in one wave in one write. */
export const createNote = ({ log, actor, request, operation, failed }: Noting): Note => {
  const about = {
    actor: actor.id,
    role: actor.role,
    request,
    operation: operation?.slice(0, OPERATION_NAME_MAX) ?? null,
  };
  const noted = new DataLoader<Readonly<{ what: ReadWhat; item: string }>, true, string>(
    async (wave) => {
      try {
        await log.write(wave.map((one) => ({ ...about, ...one })));
      } catch (error) {
        failed(error);
        const message = 'Who reads this is logged, and the log cannot be written now: it is not shown. Ask again in a moment.';
        throw fault('ACCESS_LOG_UNAVAILABLE', message, { retryAfterMs: RETRY_AFTER_MS });
      }
      return wave.map(() => true);
    },
    { maxBatchSize: NOTED_PER_WRITE_MAX, cacheKeyFn: ({ what, item }) => `${what}|${item}`, cacheMap: newestOf(NOTED_KEPT_MAX) },
  );
  return async (what, item) => void (await noted.load({ what, item }));
};

/** A map that forgets its oldest. */
const newestOf = <V>(max: number): DataLoader.CacheMap<string, V> => {
  const kept = new Map<string, V>();
  return {
    get: (key) => kept.get(key),
    set: (key, value) => {
      const oldest = kept.size >= max ? kept.keys().next() : null;
      if (oldest?.done === false) kept.delete(oldest.value);
      kept.set(key, value);
    },
    delete: (key) => kept.delete(key),
    clear: () => kept.clear(),
  };
};

type Answered<K extends keyof Reading> = Reading[K] extends (...given: never[]) => infer A
  ? Awaited<A> extends AsyncIterable<infer V>
    ? V
    : Awaited<A>
  : never;
type ItemsIn = Readonly<{ [K in keyof Reading]: ((answer: Answered<K>) => readonly ItemId[]) | null }>;

const ofPage =
  <T>(itemOf: (row: T) => ItemId) =>
  ({ nodes }: Page<T>): readonly ItemId[] =>
    nodes.map(itemOf);
const present = <T>(rows: readonly (T | null)[]): readonly T[] => rows.flatMap((row) => row ?? []);

/** Of which items an answer tells something; null where it tells no more than ids, counts, or of items that were read before. */
const ITEMS_IN: ItemsIn = {
  pin: null,
  item: (row) => present([row]).map(({ id }) => id),
  itemsById: (rows) => present(rows).map(({ id }) => id),
  itemAtHand: null,
  items: ofPage(({ id }) => id),
  byReference: (rows) => rows.map(({ id }) => id),
  search: ofPage(({ item }) => item.id),
  state: (state) => present([state]).map(({ row }) => row.id),
  statesById: (states) => present(states).map(({ row }) => row.id),
  projectsOf: null,
  links: null,
  trace: ({ nodes }) => nodes.map(({ item }) => item),
  timeline: ofPage(({ item }) => item),
  history: ofPage(({ entry }) => entry.stream),
  entry: (row) => present([row]).map(({ entry }) => entry.stream),
  differences: ofPage(({ item }) => item),
  entryBehind: (row) => present([row]).map(({ entry }) => entry.stream),
  entriesById: (rows) => rows.map(({ entry }) => entry.stream),
  leaves: null,
  entriesAfter: ({ entry }) => [entry.stream],
  timelineAfter: ({ put }) => put.map(({ item }) => item),
  followUps: ofPage(({ item }) => item),
  status: ({ late, next }) => [...late, ...next].map(({ item }) => item),
  gaps: (rows) => rows.map(({ item }) => item),
  attention: null,
  visibility: null,
  progress: null,
};

/** For what is read past the read models: where they cannot tell whether an item is shielded, it counts as if it were. */
export const noteWhereShielded = async (reading: Reading, item: ItemId, noted: (item: ItemId) => Promise<void>): Promise<void> => {
  const isShielded = await reading.visibility([item]).then(
    ([seen]) => seen !== undefined && seen.shields.length > 0,
    (problem: unknown) => {
      if (problem instanceof ReadProblem) return true;
      throw problem;
    },
  );
  if (isShielded) await noted(item);
};

/**
 * The same reading for one operation of somebody who sees what is shielded: an answer that tells of an item that stands shielded now is
 * given when `noted` has it. What is at hand is given only of items that this operation was told of before.
 */
export const notingShielded = (reading: Reading, noted: (item: ItemId) => Promise<void>): Reading => {
  const judged = new Set<ItemId>();
  const judge = async (items: readonly ItemId[]): Promise<void> => {
    const fresh = [...new Set(items)].filter((item) => !judged.has(item));
    if (fresh.length === 0) return;
    const seen = await reading.visibility(fresh);
    await Promise.all(fresh.flatMap((item, at) => (seen[at]?.shields.length ? [noted(item)] : [])));
    if (judged.size + fresh.length > JUDGED_KEPT_MAX) judged.clear();
    for (const item of fresh) judged.add(item);
  };
  const following = <V>(values: AsyncIterable<V>, itemsIn: (value: V) => readonly ItemId[]): AsyncIterable<V> => ({
    [Symbol.asyncIterator]: () => {
      const own = values[Symbol.asyncIterator]();
      return {
        next: async () => {
          const next = await own.next();
          // It goes on for long: what was open when it began may be shielded by now.
          judged.clear();
          if (next.done !== true) await judge(itemsIn(next.value));
          return next;
        },
        return: async () => (await own.return?.()) ?? { value: undefined, done: true },
      };
    },
  });
  const noting = <K extends keyof Reading>(name: K, answer: unknown): unknown => {
    const itemsIn = ITEMS_IN[name] as ((answer: unknown) => readonly ItemId[]) | null;
    if (itemsIn === null) return answer;
    if (name === 'entriesAfter' || name === 'timelineAfter') return following(answer as AsyncIterable<unknown>, itemsIn);
    return (answer as Promise<unknown>).then(async (told) => {
      await judge(itemsIn(told));
      return told;
    });
  };
  return new Proxy(reading, {
    get: (target, name, receiver) => {
      const own: unknown = Reflect.get(target, name, receiver);
      if (typeof own !== 'function') return own;
      if (name === 'itemAtHand')
        return (...given: Parameters<Reading['itemAtHand']>) => (judged.has(given[0]) ? target.itemAtHand(...given) : null);
      return (...given: readonly unknown[]): unknown => noting(name as keyof Reading, Reflect.apply(own, target, given));
    },
  });
};
