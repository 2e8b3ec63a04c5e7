import { Worker } from 'node:worker_threads';
import { createDoorbell, type EventStore } from '@saksgang/event-store';
import { portable, type BuildOrder, type FromBuilder, type PortableEvent, type ToBuilder } from './builder-messages.js';
import { RebuildStopped } from './rebuild-lanes.js';
import type { Begun } from './shadow.js';

/** Threads that build read models beside the one that serves. */
export type Builders = Readonly<{
  /** As many at a time. */
  threads: number;
  /** From so many entries on they are worth their start. */
  from: number;
  /** The body must call `buildAsOrdered` with this order. */
  start: (order: BuildOrder) => Worker;
}>;

/**
 * MiB of each thread's heap for what dies young. With the 48 a heap has by itself, collecting takes a quarter of a build: what is folded
 * from an entry lives until its item's next one.
 */
const YOUNG_MIB = 96;
const BUILDERS_FROM = 50_000; // entries: a thread compiles all it runs anew, which takes it a second

export const buildersFrom = (script: URL, threads: number): Builders => ({
  threads,
  from: BUILDERS_FROM,
  start: (workerData) => new Worker(script, { workerData, name: 'read-models', resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } }),
});

/** The dearest first, each to whom least has been given so far. */
export const shareOut = (begun: readonly Begun[], threads: number): readonly (readonly Begun[])[] => {
  const shares = Array.from({ length: Math.min(threads, begun.length) }, () => ({ effort: 0, files: [] as Begun[] }));
  for (const one of begun.toSorted((a, b) => b.projection.effort - a.projection.effort)) {
    const least = shares.reduce((some, other) => (other.effort < some.effort ? other : some));
    least.files.push(one);
    least.effort += one.projection.effort;
  }
  return shares.map(({ files }) => files);
};

const AHEAD_MAX = 3; // batches that lie with a thread and are not yet taken

/** One thread at work, as the log's side sees it. */
export type Builder = Readonly<{
  /** Resolves when the thread is not too far behind to be given more. @throws RebuildStopped, or what ended the thread */
  give: (events: readonly PortableEvent[]) => Promise<void>;
  /** All of it is in the files, and found by reading. @throws like `give` */
  built: () => Promise<void>;
  /** Ends the thread, whatever it does. Idempotent. */
  end: () => Promise<void>;
}>;

export const hire = ({ start }: Builders, store: EventStore, files: readonly Begun[], ended: AbortSignal): Builder => {
  const worker = start({ logId: store.logId, files: files.map(({ projection, path }) => ({ projection: projection.name, path })) });
  const bell = createDoorbell();
  let [given, taken, isBuilt] = [0, 0, false];
  let fault: Error | null = null;
  const post = (message: ToBuilder): void => worker.postMessage(message);
  const fail = (problem: Error): void => void (fault ??= problem);

  const answer = async ({ turn, item, from, limit }: Extract<FromBuilder, { say: 'read' }>): Promise<void> => {
    const page = await store.readStream(item, { from, limit }).catch(() => null);
    post({ say: 'stream', turn, events: page && page.events.map(portable) });
  };
  worker.on('message', (message: FromBuilder) => {
    if (message.say === 'read') return void answer(message);
    if (message.say === 'taken') taken += 1;
    else if (message.say === 'built') isBuilt = true;
    else if (message.say === 'stopped') fail(new RebuildStopped(message.projection, message.ordinal, message.reason));
    else fail(new Error(message.reason));
    bell.ring();
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new Error('a thread that builds read models ended before it was done'));
    bell.ring();
  });

  /** A thread that is done, or has ended, rings. */
  const until = async (come: () => boolean): Promise<void> => {
    for (;;) {
      const heard = bell.rung();
      ended.throwIfAborted();
      if (fault !== null) throw fault;
      if (come()) return;
      await bell.after(heard, ended);
    }
  };
  return {
    give: async (events) => {
      post({ say: 'entries', events });
      given += 1;
      await until(() => given - taken < AHEAD_MAX);
    },
    built: async () => {
      post({ say: 'index' });
      await until(() => isBuilt);
    },
    end: async () => void (await worker.terminate()),
  };
};
