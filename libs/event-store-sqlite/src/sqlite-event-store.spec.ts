import Database from 'better-sqlite3';
import { DataDirectoryInUse, networkFileSystemOf, prepareDataDirectory, UnsuitableDataDirectory } from '@saksgang/database';
import { NO_STREAM } from '@saksgang/kernel';
import { existsSync } from 'node:fs';
import { eventsNamed, manyEvents, streamNamed, takeFrom } from '../../event-store/testing/sample-events.js';
import { clock, makeDirectory, openStore, removeDirectory, scheduler } from '../testing/temporary-store.js';
import { openForWriting, refuseOldSqlite, refuseUnlessDurable, UnsafeSqlite } from './connection.js';
import { logFileOf } from './log-file.js';
import { QUEUE_COMMANDS_MAX } from './limits.js';
import { migrate, MIGRATIONS, NewerDataDirectory, NotALog } from './schema.js';
import { openReadOnly } from './sqlite-event-store.js';

describe('a log in SQLite', () => {
  let directory: string;
  const a = streamNamed('a');
  const inline = () => openStore(directory, { writer: 'inline' });
  const withFile = <T>(use: (db: Database.Database) => T): T => {
    const db = new Database(logFileOf(directory));
    try {
      return use(db);
    } finally {
      db.close();
    }
  };
  const threeEvents = async (): Promise<void> => {
    const store = await inline();
    await store.append(a, NO_STREAM, manyEvents('event', 3));
    await store.close();
  };
  beforeEach(() => void (directory = makeDirectory()));
  afterEach(() => removeDirectory(directory));

  describe('is append-only', () => {
    it.each([
      ['UPDATE event SET leaf = leaf', 'an entry is never changed'],
      ["UPDATE event SET leaf = '{}' WHERE position = 2", 'an entry is never changed'],
      ['UPDATE event SET position = 9 WHERE position = 3', 'an entry is never changed'],
      ['DELETE FROM event', 'an entry is never removed'],
      ['DELETE FROM event WHERE position = 3', 'an entry is never removed'],
      ["UPDATE stream SET stream_id = 'resolution-other'", 'a stream keeps its name'],
      ['DELETE FROM stream', 'a stream is never removed'],
    ])('refuses %s', async (statement, reason) => {
      await threeEvents();
      const rows = () => withFile((db) => db.prepare('SELECT * FROM event').all());
      const before = rows();
      expect(() => withFile((db) => db.exec(statement))).toThrow(reason);
      expect(rows()).toEqual(before);
    });

    it('refuses INSERT OR REPLACE over an entry on its own connections', async () => {
      await threeEvents();
      const db = openForWriting(logFileOf(directory));
      expect(() =>
        db.exec("INSERT OR REPLACE INTO event SELECT position, stream_no, revision, event_id, type, recorded_at, '{}' FROM event"),
      ).toThrow('an entry is never removed');
      db.close();
    });

    it('lets a sealed box be deleted: its entry stays', async () => {
      await threeEvents();
      withFile((db) => db.exec("INSERT INTO sealed_box VALUES (1, 'person-1', x'01', x'02'); DELETE FROM sealed_box"));
      const store = await inline();
      expect((await store.readStream(a)).events).toHaveLength(3);
      await store.close();
    });
  });

  it('counts positions from 1 without a gap, in commit order, also across conflicts and openings', async () => {
    for (let round = 0; round < 3; round += 1) {
      const store = await inline();
      const appends = Array.from({ length: 20 }, (_, index) =>
        store.append(streamNamed(`${round} ${index % 15}`), NO_STREAM, eventsNamed(`${round} ${index}`)),
      );
      const outcomes = await Promise.allSettled(appends);
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(15);
      await store.close();
    }
    expect(withFile((db) => db.prepare('SELECT position FROM event ORDER BY position').pluck().all())).toEqual(
      Array.from({ length: 45 }, (_, index) => index + 1),
    );
  });

  it('finds an id that stands earlier in the stream also when the revision is right', async () => {
    const store = await inline();
    await store.append(a, NO_STREAM, eventsNamed('one', 'two'));
    await expect(store.append(a, 1, eventsNamed('three', 'one'))).rejects.toMatchObject({ name: 'RevisionConflict', actual: 1 });
    await store.close();
  });

  it('refuses an id that stands in another stream, alone of all that came with it', async () => {
    const store = await inline();
    await store.append(a, NO_STREAM, eventsNamed('one'));
    const [before, bad, after] = await Promise.allSettled([
      store.append(streamNamed('b'), NO_STREAM, eventsNamed('two')),
      store.append(streamNamed('c'), NO_STREAM, eventsNamed('three', 'one')),
      store.append(streamNamed('d'), NO_STREAM, eventsNamed('four')),
    ]);
    expect([before?.status, after?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'MalformedAppend' } });
    expect((await store.readStream(streamNamed('c'))).head).toBe(NO_STREAM);
    await store.close();
  });

  it('refuses appends beyond what may wait, as not written, and takes them again later', async () => {
    const store = await inline();
    const waiting = Array.from({ length: QUEUE_COMMANDS_MAX }, (_, index) =>
      store.append(streamNamed(`s${index}`), NO_STREAM, eventsNamed(`e${index}`)),
    );
    await expect(store.append(a, NO_STREAM, eventsNamed('one too many'))).rejects.toMatchObject({
      name: 'StoreUnavailable',
      outcome: 'not-written',
    });
    await Promise.all(waiting);
    expect((await store.append(a, NO_STREAM, eventsNamed('one too many'))).revision).toBe(0);
    await store.close();
  });

  it('makes a log id of its own for every log, and notes when it was made', async () => {
    const other = makeDirectory();
    const [one, two] = [await inline(), await openStore(other, { writer: 'inline' })];
    expect(one.logId).toMatch(/^[0-9a-f]{16}$/);
    expect(two.logId).not.toBe(one.logId);
    await Promise.all([one.close(), two.close()]);
    expect(withFile((db) => db.prepare('SELECT key, value FROM store_meta ORDER BY key').raw().all())).toEqual([
      ['created', clock.now()],
      ['log_id', one.logId],
      ['schema', '2'],
    ]);
    removeDirectory(other);
  });

  it('leaves no write-ahead log behind when it is closed', async () => {
    await threeEvents();
    expect(existsSync(`${logFileOf(directory)}-wal`)).toBe(false);
  });

  describe('opens only what is safe', () => {
    it('writes at synchronous=FULL in a write-ahead log, and reads that back', () => {
      const db = openForWriting(logFileOf(directory));
      expect([db.pragma('journal_mode', { simple: true }), db.pragma('synchronous', { simple: true })]).toEqual(['wal', 2]);
      expect([db.pragma('secure_delete', { simple: true }), db.pragma('trusted_schema', { simple: true })]).toEqual([1, 0]);
      db.pragma('synchronous = NORMAL');
      expect(() => refuseUnlessDurable(db)).toThrow(UnsafeSqlite);
      db.close();
      const inMemory = new Database(':memory:');
      expect(() => refuseUnlessDurable(inMemory)).toThrow(/journal_mode=memory/);
      inMemory.close();
    });

    it.each(['3.51.2', '3.9.9', '2.99.0'])('refuses SQLite %s', (version) => expect(() => refuseOldSqlite(version)).toThrow(UnsafeSqlite));
    it.each(['3.51.3', '3.53.2', '4.0.0'])('takes SQLite %s', (version) => expect(() => refuseOldSqlite(version)).not.toThrow());

    it('refuses a network file system where it can be told', () => {
      expect(networkFileSystemOf(0x6969, 'linux')).toBe('NFS');
      // statfs gives the number signed on some machines.
      expect(networkFileSystemOf(0xff534d42 | 0, 'linux')).toBe('CIFS');
      expect(networkFileSystemOf(0xef53, 'linux')).toBeNull();
      if (process.platform === 'linux') expect(() => prepareDataDirectory(directory, () => 0x6969)).toThrow(UnsuitableDataDirectory);
    });

    it('refuses a second opening of the same directory, says what to do, and takes it once the first is closed', async () => {
      const first = await inline();
      await expect(inline()).rejects.toThrow(DataDirectoryInUse);
      await expect(inline()).rejects.toThrow(/stop it first, or give this one a directory of its own/);
      await first.close();
      await (await inline()).close();
    });

    it('refuses a log of a newer program, says what to do, and changes nothing', async () => {
      await threeEvents();
      withFile((db) => db.pragma('user_version = 99'));
      await expect(inline()).rejects.toThrow(NewerDataDirectory);
      await expect(inline()).rejects.toThrow(/start that version or a later one/);
      withFile((db) => db.pragma(`user_version = ${MIGRATIONS.length}`));
      const store = await inline();
      expect((await store.readStream(a)).events).toHaveLength(3);
      await store.close();
    });

    it('refuses a database that is no log', async () => {
      withFile((db) => db.exec('CREATE TABLE guests(name TEXT)'));
      await expect(inline()).rejects.toThrow(NotALog);
    });

    it('takes a log forward step by step, all of a step or none', async () => {
      await threeEvents();
      const next = { to: 3, sql: 'CREATE TABLE added(x INTEGER) STRICT; CREATE INDEX added_x ON added(x);' };
      const broken = { to: 4, sql: 'CREATE TABLE half(x INTEGER) STRICT; CREATE TABLE event(x INTEGER) STRICT;' };
      const db = openForWriting(logFileOf(directory));
      expect(() => migrate(db, [...MIGRATIONS, next, broken])).toThrow(/already exists/);
      expect(db.pragma('user_version', { simple: true })).toBe(3);
      expect(db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('added', 'half')").pluck().all()).toEqual(['added']);
      expect(migrate(db, [...MIGRATIONS, next])).toBe(3);
      db.close();
      await expect(inline()).rejects.toThrow(NewerDataDirectory);
    });
  });

  describe('read only', () => {
    it('is read beside the process that writes it, and closed without a trace', async () => {
      const store = await inline();
      await store.append(a, NO_STREAM, manyEvents('event', 3));
      const beside = openReadOnly({ directory, scheduler });
      expect(await beside.readStream(a)).toEqual(await store.readStream(a));
      await store.append(a, 2, eventsNamed('one more'));
      expect(await beside.head()).toBe(await store.head());
      expect(await takeFrom({ ...store, follow: beside.follow }, beside.origin, 4)).toHaveLength(4);
      await beside.close();
      await store.append(a, 3, eventsNamed('and another'));
      await store.close();
    });

    it('is read when nobody writes it', async () => {
      await threeEvents();
      const log = openReadOnly({ directory, scheduler });
      expect((await log.readStream(a)).events).toHaveLength(3);
      await log.close();
    });

    it('is not made when it is not there', () => {
      expect(() => openReadOnly({ directory, scheduler })).toThrow();
      expect(existsSync(logFileOf(directory))).toBe(false);
    });
  });
});
