import type { MessagePort } from 'node:worker_threads';
import { StoreUnavailable, type Codec, type EventStore, type StreamPage } from '@saksgang/event-store';
import type { Registry } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import { unpacked, type BuildOrder, type FromBuilder, type PortableEvent, type ToBuilder } from './builder-messages.js';
import { createHandler, FOLDED_CHARS_MAX, RECENT_ENTRIES_MAX } from './handed.js';
import { finishAll, RebuildStopped, siteOf, takeAll } from './rebuild-lanes.js';
import { openShadow } from './shadow.js';

/** Each thread keeps folds of its own. */
const KEPT_IN_THREAD = { foldedCharsMax: FOLDED_CHARS_MAX / 4, recentEntriesMax: RECENT_ENTRIES_MAX };

export type BuilderParts = Readonly<{ registry: Registry; codec: Pick<Codec, 'decode'>; projections: readonly Projection[] }>;

/**
 * The body of a thread that builds read models: decodes and folds the entries it is given, and writes the files of its projections. What
 * it needs of earlier entries it asks the other side for, so that it knows no engine.
 */
export const buildAsOrdered = (port: MessagePort, { logId, files }: BuildOrder, { registry, codec, projections }: BuilderParts): void => {
  const say = (message: FromBuilder): void => port.postMessage(message);
  const questions = new Map<number, (events: readonly PortableEvent[] | null) => void>();
  let turn = 0;
  const readStream: EventStore['readStream'] = async (item, { from = 0, limit = 1 } = {}): Promise<StreamPage> => {
    turn += 1;
    const answer = new Promise<readonly PortableEvent[] | null>((resolve) => questions.set(turn, resolve));
    say({ say: 'read', turn, item, from, limit });
    const events = await answer;
    if (events === null) throw new StoreUnavailable('the log could not be read for a thread that builds', 'not-written');
    return { events: events.map(unpacked), head: from + events.length - 1, end: events.length < limit };
  };

  const shadows = files.map(({ projection: name, path }) => {
    const projection = projections.find((one) => one.name === name);
    if (projection === undefined) throw new RangeError(`there is no projection "${name}"`);
    return openShadow(path, projection);
  });
  const sites = shadows.map(siteOf);
  const hand = createHandler({ logId, readStream }, codec, registry, KEPT_IN_THREAD);

  const hear = async (message: Exclude<ToBuilder, { say: 'stream' }>): Promise<void> => {
    if (message.say === 'entries') {
      await takeAll(sites, hand, message.events.map(unpacked));
      return say({ say: 'taken' });
    }
    finishAll(sites);
    for (const shadow of shadows) await shadow.index();
    for (const shadow of shadows) shadow.leave();
    say({ say: 'built' });
  };
  const tell = (problem: unknown): void =>
    problem instanceof RebuildStopped
      ? say({ say: 'stopped', projection: problem.projection, ordinal: problem.ordinal, reason: problem.reason })
      : say({ say: 'failed', reason: String(problem) });

  // One after the other; what comes after a fault waits for the end of the thread.
  let work: Promise<void> = Promise.resolve();
  const FOR_EVER = new Promise<void>(() => undefined);
  port.on('message', (message: ToBuilder) => {
    if (message.say === 'stream') {
      questions.get(message.turn)?.(message.events);
      questions.delete(message.turn);
      return;
    }
    work = work
      .then(() => hear(message))
      .catch((problem: unknown) => {
        tell(problem);
        return FOR_EVER;
      });
  });
};
