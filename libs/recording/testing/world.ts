import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { createMemoryEventStore, type EventStore, type NewEvent } from '@saksgang/event-store';
import type { Random, Scheduler } from '@saksgang/kernel';
import { leafOf, uuidV5, SAKSGANG_NAMESPACE } from '@saksgang/record';
import { openRecording, type Recording, type RecordingOptions } from '../src/index.js';

export const seeded = (seed: string): Random => {
  let turn = 0;
  const block = (): Buffer => createHash('sha256').update(`${seed} ${turn++}`).digest();
  return { bytes: (count) => Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, block)).subarray(0, count) };
};

/** The one real timer; it keeps no process alive. */
export const scheduler: Scheduler = {
  sleep: async (ms, signal) => void (await passed(ms, undefined, { ref: false, ...(signal && { signal }) })),
};
/** Rests that take no time, save the long ones, which nobody here waits for. */
const hasty: Scheduler = { sleep: (ms, signal) => scheduler.sleep(ms > 1_000 ? ms : 0, signal) };

export const STREAM = `body-${uuidV5(SAKSGANG_NAMESPACE, 'a stream of a test')}`;

/** The entry of this revision of STREAM, as the log would store it; another `text`, another leaf. */
export const entryAt = (revision: number, text = `Innførsel ${revision}`): NewEvent => {
  const id = uuidV5(SAKSGANG_NAMESPACE, `${STREAM} ${revision}`);
  const leaf = leafOf({
    nonce: createHash('sha256').update(id).digest().subarray(0, 16).toString('base64url'),
    id,
    stream: STREAM,
    revision,
    type: 'NoteAdded',
    version: 1,
    recordedAt: '2026-03-02T10:00:00.000Z',
    occurred: { text: 'unknown', asWritten: null },
    actor: 'example-loader',
    assertedBy: null,
    source: null,
    reason: null,
    commandId: `test:${revision}`,
    inputDigest: createHash('sha256').update(text).digest('base64url'),
    data: { text, part: null },
  });
  return { id, type: 'NoteAdded', recordedAt: '2026-03-02T10:00:00.000Z', leaf, boxes: [] };
};

const APPEND = 100; // entries of one append
/** Appends entries to STREAM until it holds `count`; `texts` replaces some. */
export const fill = async (store: EventStore, count: number, texts: Readonly<Record<number, string>> = {}): Promise<void> => {
  const { head } = await store.readStream(STREAM, { direction: 'backward', limit: 1 });
  for (let from = head + 1; from < count; from += APPEND) {
    const entries = Array.from({ length: Math.min(APPEND, count - from) }, (_, nth) => entryAt(from + nth, texts[from + nth]));
    await store.append(STREAM, from - 1, entries);
  }
};

/** The position of the entry of this revision. */
export const positionAt = async (store: EventStore, revision: number): Promise<string> => {
  const [entry] = (await store.readStream(STREAM, { from: revision, limit: 1 })).events;
  if (entry === undefined) throw new Error(`there is no entry ${revision}`);
  return entry.position;
};

export type World = Readonly<{
  dataDir: string;
  /** Every line that was logged: level and message. */
  logged: readonly string[];
  /** Another memory log, holding so many entries. */
  log: (count: number, texts?: Readonly<Record<number, string>>) => Promise<EventStore>;
  /** Opened and started over a log; the one opened before is closed. */
  open: (store: EventStore, options?: Partial<RecordingOptions>) => Promise<Recording>;
  shut: () => Promise<void>;
  close: () => Promise<void>;
}>;

export const makeWorld = (): World => {
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-recording-'));
  const logged: string[] = [];
  const random = seeded('recording');
  let opened: Recording | null = null;
  const shut = async (): Promise<void> => {
    await opened?.close();
    opened = null;
  };
  return {
    dataDir,
    logged,
    log: async (count, texts) => {
      const store = createMemoryEventStore({ random });
      await fill(store, count, texts);
      return store;
    },
    open: async (store, options = {}) => {
      await shut();
      opened = await openRecording({
        dataDir,
        store,
        clock: { now: () => '2026-03-02T10:00:00.000Z' },
        random,
        scheduler: hasty,
        logger: (level, message) => void logged.push(`${level}: ${message}`),
        signs: true,
        signingKeyFile: null,
        origin: null,
        checkpointSeconds: 60,
        ...options,
      });
      opened.start();
      return opened;
    },
    shut,
    close: async () => {
      await shut();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
