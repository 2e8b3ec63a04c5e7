import { NO_STREAM } from '@saksgang/kernel';
import type { Worker } from 'node:worker_threads';
import { eventStoreContract } from '../../event-store/testing/event-store.contract.js';
import { boxNamed, eventNamed, eventsNamed, streamNamed } from '../../event-store/testing/sample-events.js';
import { compiled, makeDirectory, makeEngine, openStore, removeDirectory } from '../testing/temporary-store.js';
import { startThreadFrom } from './threaded-writer.js';

eventStoreContract('SQLite, writing in a thread of its own', () => makeEngine('thread'), 'outlives the process');

describe('the writer thread', () => {
  let directory: string;
  let threads: Worker[];
  const openWatched = () =>
    openStore(directory, {
      startThread: (file) => () => {
        const thread = startThreadFrom(compiled('writer.thread.js'), file)();
        threads.push(thread);
        return thread;
      },
    });
  beforeEach(() => {
    directory = makeDirectory();
    threads = [];
  });
  afterEach(() => removeDirectory(directory));

  it('answers what it had not answered as unknown when it dies, and the next append starts another', async () => {
    const store = await openWatched();
    await store.append(streamNamed('a'), NO_STREAM, eventsNamed('before'));
    const running = store.append(streamNamed('b'), NO_STREAM, eventsNamed('during'));
    const refused = expect(running).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await threads[0]?.terminate();
    await refused;
    expect((await store.append(streamNamed('a'), 0, eventsNamed('after'))).revision).toBe(1);
    expect(threads).toHaveLength(2);
    // Whether it was written could not be said; the retry with the same ids settles it.
    expect((await store.append(streamNamed('b'), NO_STREAM, eventsNamed('during'))).revision).toBe(0);
    expect((await store.readStream(streamNamed('b'))).head).toBe(0);
    await store.close();
  });

  it('says not written of an append that came after it died and could not be sent', async () => {
    let mayStart = true;
    const store = await openStore(directory, {
      startThread: (file) => () => {
        if (!mayStart) throw new Error('no more threads');
        const thread = startThreadFrom(compiled('writer.thread.js'), file)();
        threads.push(thread);
        return thread;
      },
    });
    mayStart = false;
    await threads[0]?.terminate();
    await expect(store.append(streamNamed('a'), NO_STREAM, eventsNamed('one'))).rejects.toMatchObject({ outcome: 'not-written' });
    expect((await store.health()).ok).toBe(false);
    mayStart = true;
    expect((await store.append(streamNamed('a'), NO_STREAM, eventsNamed('one'))).revision).toBe(0);
    expect(await store.health()).toEqual({ ok: true });
    await store.close();
  });

  it('wakes followers although its last words were lost', async () => {
    const store = await openWatched();
    const follower = store.follow({ after: store.origin, signal: new AbortController().signal })[Symbol.asyncIterator]();
    await follower.next();
    const next = follower.next();
    const running = store.append(streamNamed('a'), NO_STREAM, eventsNamed('one')).catch(() => null);
    await threads[0]?.terminate();
    await running;
    await store.append(streamNamed('a'), NO_STREAM, eventsNamed('one'));
    expect((await next).value?.events).toHaveLength(1);
    await store.close();
  });

  it('takes a box that is a window into a larger buffer without taking the buffer', async () => {
    const store = await openWatched();
    const window = new Uint8Array(new ArrayBuffer(1_000_000), 10, 4).fill(5);
    await store.append(streamNamed('a'), NO_STREAM, [eventNamed('one', { boxes: [boxNamed('Kari', window)] })]);
    expect([...((await store.readStream(streamNamed('a'))).events[0]?.boxes[0]?.bytes ?? [])]).toEqual([5, 5, 5, 5]);
    await store.close();
  });

  it('says what kept it from opening the log', async () => {
    await expect(
      openStore(directory, { startThread: () => startThreadFrom(compiled('writer.thread.js'), '/no/such/directory/log.db') }),
    ).rejects.toThrow(/directory does not exist/);
    // The directory is free again.
    const store = await openWatched();
    await store.close();
  });
});
