import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres, type Postgres } from '@saksgang/database';
import { createMemoryEventStore, StoreUnavailable, type EventStore } from '@saksgang/event-store';
import { NO_STREAM, PersonErased } from '@saksgang/kernel';
import { entryIdFor } from '@saksgang/record';
import { describeOnPostgres, freshDatabase, startPostgres, type PostgresServer } from '../../../test/support/postgres.js';
import { eventNamed, streamNamed } from '../../event-store/testing/sample-events.js';
import { scheduler, seeded } from '../testing/world.js';
import { appendAfterErasures, applyTombstones, eraseNames } from './erasing.js';
import type { KeyStore } from './key-store.js';
import { openSharedKeyStore } from './postgres-key-store.js';
import { KEYS_SCHEMA } from './postgres-key-tables.js';
import { createSealer } from './sealer.js';

const clock = { now: () => '2024-05-17T10:00:00.000Z' };
const hasty = { sleep: (ms: number, signal?: AbortSignal) => scheduler.sleep(Math.min(ms, 20), signal) };

const TURNS_MAX = 5_000; // ms, about, until nothing answers any more

/** Instances of one cluster: connections of their own, one key-encryption key, and nothing else in common but the database. */
const cluster = (url: () => string) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-cluster-'));
  const opened: Readonly<{ keys: KeyStore; database: Postgres }>[] = [];
  return {
    instance: async (name: string, through: (database: Postgres) => Postgres = (database) => database): Promise<KeyStore> => {
      const database = await openPostgres(url(), { name: 'spec', connectionsMax: 4 });
      const parts = { database: through(database), scheduler: hasty, dataDir, keyEncryptionKeyFile: null, clock, random: seeded(name) };
      const keys = await openSharedKeyStore(parts);
      opened.push({ keys, database });
      return keys;
    },
    close: async () => {
      for (const { keys, database } of opened) await keys.close().then(() => database.close());
      rmSync(dataDir, { recursive: true });
    },
  };
};
const parts = (keys: KeyStore, store: EventStore) => ({ keys, store, holders: [], scheduler: hasty });

describeOnPostgres('Two instances with one key store', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let both: ReturnType<typeof cluster>;
  beforeEach(async () => {
    database = await freshDatabase();
    both = cluster(() => database.url);
  });
  afterEach(async () => {
    await both.close();
    await database.drop();
  });

  it('never open again what one of them erased, also when the other hears of nothing', async () => {
    const one = await both.instance('one');
    const deaf = await both.instance('two', (own) => ({ ...own, hold: () => Promise.reject(new Error('no connection to hear through')) }));
    const [sealer, elsewhere] = [createSealer({ keys: one, random: seeded('a') }), createSealer({ keys: deaf, random: seeded('b') })];
    const entry = entryIdFor('resolution-1', 'c-1', 0);
    const secret = await sealer.commit({ unsealed: 'Kari', person: null });
    const box = await sealer.box(entry, secret);
    expect(await elsewhere.open(entry, secret.handle, box)).toEqual({ state: 'SHOWN', value: 'Kari' });
    await one.bury(secret.handle.person);
    expect(await elsewhere.open(entry, secret.handle, box)).toEqual({ state: 'ERASED', value: null });
    await expect(elsewhere.box(entry, secret)).rejects.toThrow(PersonErased);
    await expect(elsewhere.commit({ unsealed: 'Kari', person: null })).rejects.toThrow(PersonErased);
    expect(await elsewhere.disclose(entry, secret.handle, box)).toBeNull();
  });

  it('let a key go from memory as soon as the other has destroyed it, without being asked for it', async () => {
    const one = await both.instance('one');
    let kari = '';
    let gone: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (gone = resolve));
    await both.instance('two', (own) => ({
      ...own,
      query: async <Row extends object>(...asked: Parameters<Postgres['query']>) => {
        const answer = await own.query<Row>(...asked);
        if ((answer.rows as Readonly<{ wrapped?: unknown; person?: unknown }>[]).some((row) => row.person === kari && row.wrapped === null))
          gone();
        return answer;
      },
    }));
    kari = await one.personFor('Kari', null);
    await one.bury(kari);
    await one.destroy([kari]);
    await told;
  });

  it.each(['bury', 'destroy', 'deleteBoxes', null] as const)(
    'leave no box that one sealed before the other erased its person, and that comes to the log after %s (null: before all)',
    async (step) => {
      const [one, two] = [await both.instance('one'), await both.instance('two')];
      const store = createMemoryEventStore({ random: seeded('log') });
      const sealer = createSealer({ keys: two, random: seeded('sealing') });
      const event = eventNamed('Kari');
      const secret = await sealer.commit({ unsealed: 'Kari', person: null });
      const { person } = secret.handle;
      const boxes = [await sealer.box(event.id, secret)];
      // The order stands in the log, as every erasure begins.
      await store.append(person, NO_STREAM, [eventNamed(`erase ${person}`, { type: 'PersonErased' })]);
      const late = (): Promise<unknown> => appendAfterErasures({ keys: two, store })(streamNamed('Kari'), NO_STREAM, [{ ...event, boxes }]);
      if (step === null) await late();
      const then =
        <A extends readonly unknown[], T>(name: string, work: (...given: A) => Promise<T>) =>
        async (...given: A): Promise<T> => {
          const result = await work(...given);
          if (name === step) await late();
          return result;
        };
      const keys = {
        ...one,
        bury: then('bury', (who: string) => one.bury(who)),
        destroy: then('destroy', (who: readonly string[]) => one.destroy(who)),
      };
      await eraseNames(parts(keys, { ...store, deleteBoxes: then('deleteBoxes', (who: readonly string[]) => store.deleteBoxes(who)) }), [
        person,
      ]);
      const [stored] = (await store.readStream(streamNamed('Kari'))).events;
      expect([stored?.id, stored?.boxes]).toEqual([event.id, []]);
      await store.close();
    },
  );

  it('find an erasure of the log that an older copy of the key store has not carried out', async () => {
    const one = await both.instance('one');
    const store = createMemoryEventStore({ random: seeded('log') });
    const kari = await one.personFor('Kari', null);
    await store.append(kari, NO_STREAM, [eventNamed(`erase ${kari}`, { type: 'PersonErased' })]);
    const two = await both.instance('two');
    expect(await applyTombstones(parts(two, store))).toEqual({ persons: 1 });
    expect([(await one.keyOf(kari)).state, await one.personsOf('Kari')]).toEqual(['ERASED', []]);
    await store.close();
  });
});

describeOnPostgres(
  'A key that was destroyed',
  () => {
    let database: Awaited<ReturnType<typeof freshDatabase>>;
    let both: ReturnType<typeof cluster>;
    let admin: Postgres;
    beforeEach(async () => {
      database = await freshDatabase();
      both = cluster(() => database.url);
      admin = await openPostgres(database.url, { name: 'spec' });
    });
    afterEach(async () => {
      await admin.close();
      await both.close();
      await database.drop();
    });
    /** Whether the bytes lie in the file of a table as the server has it on the disk. */
    const liesIn = async (table: string, bytes: Uint8Array): Promise<boolean> => {
      await admin.exec('CHECKPOINT');
      const sql = `SELECT position($1::bytea IN pg_read_binary_file(pg_relation_filepath('${KEYS_SCHEMA}.${table}'))) > 0 AS lies`;
      return (await admin.query<{ lies: boolean }>(sql, [bytes])).rows[0]?.lies === true;
    };
    const stored = async (column: string, table: string): Promise<Uint8Array> =>
      (await admin.query<{ bytes: Uint8Array }>(`SELECT ${column} AS bytes FROM ${KEYS_SCHEMA}.${table} LIMIT 1`)).rows[0]?.bytes ??
      new Uint8Array();

    it('is in no page of a table, nor is the mark of a name; a tombstone alone does not do that', async () => {
      const keys = await both.instance('one');
      const kari = await keys.personFor('Kari', null);
      const [wrapped, mark] = [await stored('wrapped', 'person'), await stored('mark', 'person_name')];
      await keys.bury(kari);
      expect([await liesIn('person', wrapped), await liesIn('person_name', mark)]).toEqual([true, true]);
      expect(await keys.destroy([kari])).toBe(true);
      expect([await liesIn('person', wrapped), await liesIn('person_name', mark)]).toEqual([false, false]);
    });

    it('does not count as destroyed while somebody may yet see it, or reads the table; then it does', async () => {
      const keys = await both.instance('one');
      const kari = await keys.personFor('Kari', null);
      await keys.bury(kari);
      const begin = async (question: string): Promise<() => Promise<void>> => {
        const reader = await admin.lend();
        await reader.exec('BEGIN ISOLATION LEVEL REPEATABLE READ');
        await reader.query(question);
        return async () => {
          await reader.exec('COMMIT');
          reader.giveBack();
        };
      };
      const other = await begin('SELECT count(*) FROM pg_class');
      expect([await keys.destroy([kari]), await keys.destroy([kari])]).toEqual([false, false]);
      await other();
      const reading = await begin(`SELECT count(*) FROM ${KEYS_SCHEMA}.person`);
      expect(await keys.destroy([kari])).toBe(false);
      await reading();
      expect(await keys.destroy([kari])).toBe(true);
    });
  },
  true,
);

describeOnPostgres(
  'A key store whose database goes away',
  () => {
    let server: PostgresServer;
    let both: ReturnType<typeof cluster>;
    beforeEach(async () => {
      server = await startPostgres();
      both = cluster(() => server.url('postgres'));
    });
    afterEach(async () => {
      await both.close();
      await server.stop();
    });

    it('says so for every name, writes nothing by halves, and goes on by itself when the database is back', async () => {
      const keys = await both.instance('one');
      const sealer = createSealer({ keys, random: seeded('away') });
      const entry = entryIdFor('resolution-1', 'c-1', 0);
      const secret = await sealer.commit({ unsealed: 'Kari', person: null });
      const box = await sealer.box(entry, secret);
      const { person } = secret.handle;
      await server.kill();
      // What serves a connection may answer for a moment after the server itself has gone.
      const answers = () =>
        keys.keyOf(person).then(
          () => true,
          () => false,
        );
      for (let tries = 0; tries < TURNS_MAX && (await answers()); tries += 1) await scheduler.sleep(1);
      const asked = [
        () => sealer.open(entry, secret.handle, box),
        () => sealer.box(entry, secret),
        () => sealer.commit({ unsealed: 'Ola', person: null }),
        () => sealer.find('Kari'),
        () => keys.bury(person),
        () => keys.destroy([person]),
        () => keys.tombstones(),
      ];
      for (const ask of asked) await expect(ask()).rejects.toThrow(StoreUnavailable);
      await expect(keys.keyOf(person)).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'not-written' });
      const store = createMemoryEventStore({ random: seeded('log') });
      const late = appendAfterErasures({ keys, store })(streamNamed('Kari'), NO_STREAM, [{ ...eventNamed('Kari'), boxes: [box] }]);
      await expect(late).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'unknown' });
      await store.close();
      await server.startAgain();
      expect(await sealer.open(entry, secret.handle, box)).toEqual({ state: 'SHOWN', value: 'Kari' });
      expect([await keys.personsOf('Ola'), (await keys.tombstones()).length]).toEqual([[], 0]);
      await keys.bury(person);
      expect(await sealer.open(entry, secret.handle, box)).toEqual({ state: 'ERASED', value: null });
    });
  },
  true,
);
