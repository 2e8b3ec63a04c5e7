import type Database from 'better-sqlite3';
import { NO_STREAM } from '@saksgang/kernel';
import { eventNamed, eventsNamed, leafOfBytes, streamNamed } from '../../event-store/testing/sample-events.js';
import { makeDirectory, removeDirectory } from '../testing/temporary-store.js';
import { openForWriting } from './connection.js';
import { logFileOf } from './log-file.js';
import { HEADS_MAX } from './limits.js';
import { migrate } from './schema.js';
import type { Command, Verdict } from './verdict.js';
import { Writer } from './writer.js';

const SMALL = 20;
const founding = (word: string, leaf = leafOfBytes(SMALL)): Command => ({
  stream: streamNamed(word),
  expected: NO_STREAM,
  events: [eventNamed(word, { leaf })],
});

describe('the writer on a disk that fails', () => {
  let directory: string;
  let db: Database.Database;
  let writer: Writer;
  beforeEach(() => {
    directory = makeDirectory();
    db = openForWriting(logFileOf(directory));
    migrate(db);
    writer = new Writer(db, () => undefined);
  });
  afterEach(async () => {
    await writer.close();
    removeDirectory(directory);
  });
  const events = (): number => db.prepare('SELECT count(*) FROM event').pluck().get() as number;
  const pages = (): number => db.pragma('page_count', { simple: true }) as number;
  /** SQLite then fails exactly as on a full disk, with SQLITE_FULL in the middle of the transaction. */
  const fillTheDisk = (): void => void db.pragma(`max_page_count = ${pages() + 2}`);
  const makeRoom = (): void => void db.pragma('max_page_count = 1000000');

  it('rolls the whole batch back when the disk is full, and says so to each', async () => {
    await writer.append(founding('before'), SMALL);
    fillTheDisk();
    const batch = ['one', 'two', 'three'].map((word) =>
      writer.append(founding(word, leafOfBytes(word === 'two' ? 100_000 : SMALL)), SMALL),
    );
    for (const verdict of await Promise.all(batch)) {
      expect(verdict).toMatchObject({ is: 'unavailable', outcome: 'not-written', message: expect.stringContaining('full') });
    }
    expect(events()).toBe(1);
  });

  it('recovers when there is room again: revisions, positions and retries are as if nothing had been', async () => {
    await writer.append(founding('before'), SMALL);
    fillTheDisk();
    const grow: Command = { stream: streamNamed('before'), expected: 0, events: [eventNamed('big', { leaf: leafOfBytes(100_000) })] };
    expect(await writer.append(grow, 100_000)).toMatchObject({ is: 'unavailable' });
    expect(await writer.health()).toBeNull(); // a probe fits in the pages there are
    makeRoom();
    expect(await writer.append(grow, 100_000)).toEqual<Verdict>({ is: 'appended', ordinal: 2, revision: 1 });
    expect(await writer.append(grow, 100_000)).toEqual<Verdict>({ is: 'appended', ordinal: 2, revision: 1 });
    expect(events()).toBe(2);
  });

  it('says that it is unwell as long as nothing can be written, and well again afterwards', async () => {
    db.pragma('query_only = ON');
    expect(await writer.append(founding('one'), SMALL)).toMatchObject({ is: 'unavailable', outcome: 'not-written' });
    expect(await writer.health()).toMatch(/readonly/);
    db.pragma('query_only = OFF');
    expect(await writer.health()).toBeNull();
    expect(await writer.append(founding('one'), SMALL)).toEqual<Verdict>({ is: 'appended', ordinal: 1, revision: 0 });
  });

  it('forgets the heads used longest ago, and still knows them from the log', async () => {
    for (let from = 0; from <= HEADS_MAX; from += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, index) => writer.append(founding(`s${from + index}`), SMALL)));
    }
    const first = founding('s0');
    expect(await writer.append(first, SMALL)).toEqual<Verdict>({ is: 'appended', ordinal: 1, revision: 0 });
    const stale = { ...first, events: eventsNamed('other') };
    expect(await writer.append(stale, SMALL)).toEqual<Verdict>({ is: 'conflict', actual: 0 });
    const next = { ...first, expected: 0, events: eventsNamed('next') };
    expect(await writer.append(next, SMALL)).toMatchObject({ is: 'appended', revision: 1 });
  });
});
