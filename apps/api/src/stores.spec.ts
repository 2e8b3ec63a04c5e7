import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPersons } from '@saksgang/commanding';
import { createCodec, createMemoryEventStore, type EventStore } from '@saksgang/event-store';
import { isRefusal } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { entryIdFor, leafOf, parseLeaf } from '@saksgang/record';
import { eraseNames, openRecording, type Recording } from '@saksgang/recording';
import { describeOnPostgres, freshDatabase, runOn, type TestDatabase } from '../../../test/support/postgres.js';
import { fill, scheduler, seeded } from '../../../libs/recording/testing/world.js';
import { openStores, type Stores } from './stores.js';

const clock = { now: () => '2026-03-02T10:00:00.000Z' };
const ADMIN = { id: 'actor-00000000-0000-4000-8000-000000000001', role: 'admin', actorKind: 'PERSON' } as const;

describeOnPostgres('Two instances over one log and one database', () => {
  let database: TestDatabase;
  let folder: string;
  let store: EventStore;
  let one: Stores;
  let two: Stores;
  const instance = (name: string): Promise<Stores> => {
    mkdirSync(join(folder, name), { recursive: true });
    return openStores({
      clock,
      scheduler,
      random: seeded(name),
      dataDir: join(folder, name),
      databaseUrl: database.url,
      keyEncryptionKeyFile: join(folder, 'one', 'key-encryption.key'),
      commands: [],
    });
  };
  beforeEach(async () => {
    database = await freshDatabase();
    folder = mkdtempSync(join(tmpdir(), 'saksgang-instances-'));
    mkdirSync(join(folder, 'one'));
    const first = { clock, scheduler, random: seeded('first'), dataDir: join(folder, 'one'), databaseUrl: database.url };
    // Whoever is first makes the key; everybody else is given it.
    await openStores({ ...first, keyEncryptionKeyFile: null, commands: [] }).then((stores) => stores.close());
    store = createMemoryEventStore({ random: seeded('log') });
    [one, two] = [await instance('one'), await instance('two')];
  });
  afterEach(async () => {
    await Promise.all([one.close(), two.close()]);
    await store.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });
  const personsThrough = ({ keys, sealer, access }: Stores, name: string) =>
    createPersons({
      store,
      codec: createCodec({ registry, sealer, random: seeded(`${name} codec`), leafOf, parseLeaf }),
      registry,
      sealer,
      clock,
      register: keys,
      eraseNames: (persons) => eraseNames({ keys, store, holders: [access], scheduler }, persons),
    });

  it('erase on one, and the name is gone on the other: to be opened, to be found, to be sealed, and of the holder of a key', async () => {
    const entry = entryIdFor('resolution-1', 'c-1', 0);
    const secret = await one.sealer.commit({ unsealed: 'Kari Nordmann', person: null });
    const box = await one.sealer.box(entry, secret);
    const created = await two.access.create({ name: 'Kari Nordmann', role: 'steering', actorKind: 'PERSON' });
    if (isRefusal(created)) throw new Error(created.code);
    const { apiKey } = created;
    expect(await two.sealer.open(entry, secret.handle, box)).toEqual({ state: 'SHOWN', value: 'Kari Nordmann' });
    expect((await two.access.byId(apiKey.actor))?.name.state).toBe('SHOWN');
    const person = secret.handle.person;
    const order = { actor: ADMIN, commandId: 'slett-1', person, legalBasis: 'Personvernforordningen artikkel 17', occurred: null };
    const outcome = await personsThrough(one, 'one').erase({ ...order, decidedBy: { name: 'Personvernombudet' } });
    expect(outcome).toMatchObject({ outcome: 'erased', replayed: false });
    expect(await two.sealer.open(entry, secret.handle, box)).toEqual({ state: 'ERASED', value: null });
    expect(await two.sealer.find('Kari Nordmann')).toBeNull();
    expect((await two.access.byId(apiKey.actor))?.name).toEqual({ state: 'ERASED', value: null });
    expect(await personsThrough(two, 'two').named('Kari Nordmann')).toEqual([]);
    expect((await personsThrough(two, 'two').erasures(null, 9)).map(({ entry: found }) => found.stream)).toEqual([person]);
    expect((await two.sealer.commit({ unsealed: 'Kari Nordmann', person: null })).handle.person).not.toBe(person);
  });

  it('take the same keys: one that is revoked on one is no good on the other, and both write one log of readings', async () => {
    const created = await one.access.create({ name: 'Arkivsystemet', role: 'auditor', actorKind: 'MACHINE' });
    if (isRefusal(created)) throw new Error(created.code);
    expect(await two.access.byKey(created.secret)).toMatchObject({ actor: { role: 'auditor' } });
    await two.access.revoke(created.apiKey.id);
    expect(await one.access.byKey(created.secret)).toBe('REVOKED');
    const reading = { actor: created.apiKey.actor, role: 'auditor', request: null, operation: null, what: 'PERSONAL' } as const;
    await one.readingLog.write([{ ...reading, item: 'a' }]);
    await two.readingLog.write([{ ...reading, item: 'b' }]);
    expect((await one.readingLog.before({}, null, 9)).map(({ number, item }) => [number, item])).toEqual([
      [2, 'b'],
      [1, 'a'],
    ]);
  });

  it('serve the last note of the one that signs', async () => {
    const recording = (name: string, { signed }: Stores, signs: boolean): Promise<Recording> =>
      openRecording({
        dataDir: join(folder, name),
        signed,
        store,
        clock,
        random: seeded(`${name} recording`),
        scheduler,
        logger: () => undefined,
        signs,
        signingKeyFile: null,
        origin: 'eksempel.no/saksgang',
        checkpointSeconds: 60,
      });
    await fill(store, 5);
    const [signer, reader] = [await recording('one', one, true), await recording('two', two, false)];
    try {
      signer.start();
      reader.start();
      await Promise.all([signer.verify(), reader.verify()]);
      expect([await signer.sign(), await reader.sign()]).toEqual([true, false]);
      expect(await reader.checkpoint()).toMatchObject({ size: 5, origin: 'eksempel.no/saksgang' });
      expect([await reader.checkpointAge(), reader.signer()]).toEqual([0, { state: 'OFF', trouble: null }]);
      expect((await reader.originAt(1))?.origin.key).toBe((await signer.origin())?.key);
    } finally {
      await Promise.all([signer.close(), reader.close()]);
    }
  });

  it('do not start with another key-encryption key, or with none', async () => {
    const options = { clock, scheduler, random: seeded('three'), dataDir: folder, databaseUrl: database.url, commands: [] };
    await expect(openStores({ ...options, keyEncryptionKeyFile: null })).rejects.toThrow(/key-encryption key is missing.*Every instance/s);
  });

  it('say why they are not ready when the database is gone', async () => {
    expect(await one.trouble()).toBeNull();
    await one.close();
    expect(await one.trouble()).not.toBeNull();
  });
});

describeOnPostgres(
  'An instance whose role owns nothing of what is shared',
  () => {
    const GRANTS = ['keys', 'access', 'readings', 'signer'].map(
      (room) =>
        `GRANT USAGE ON SCHEMA saksgang_${room} TO serving; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA saksgang_${room} TO serving`,
    );
    const MORE = `GRANT DELETE ON saksgang_keys.person_name TO serving;
      GRANT MAINTAIN ON saksgang_keys.person, saksgang_keys.person_name, saksgang_access.actor, saksgang_access.token_actor TO serving`;

    it('does all that the service does, and can take back no reading and no tombstone', async () => {
      const database = await freshDatabase();
      const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-role-'));
      const options = { clock, scheduler, random: seeded('role'), dataDir, keyEncryptionKeyFile: null, commands: [] };
      const own = Object.assign(new URL(database.url), { username: 'serving', password: 'serving' }).toString();
      try {
        await (await openStores({ ...options, databaseUrl: database.url })).close();
        await runOn(
          database.url,
          `DROP ROLE IF EXISTS serving; CREATE ROLE serving LOGIN PASSWORD 'serving'; ${GRANTS.join('; ')}; ${MORE}`,
        );
        const { keys, access, readingLog, signed, close } = await openStores({ ...options, databaseUrl: own });
        const person = await keys.personFor('Kari', null);
        const created = await access.create({ name: 'Kari', role: 'auditor', actorKind: 'PERSON' });
        if (isRefusal(created)) throw new Error(created.code);
        await access.revoke(created.apiKey.id);
        await keys.bury(person);
        expect([await keys.destroy([person]), await access.forget([person])]).toEqual([true, true]);
        await readingLog.write([{ actor: 'a', role: 'auditor', request: null, operation: null, item: null, what: 'PERSONAL' }]);
        expect(await signed?.nameOrigin('a.no')).toMatchObject({ name: 'a.no' });
        await close();
        for (const [sql, said] of [
          ['DELETE FROM saksgang_readings.readings', /permission denied/],
          ["UPDATE saksgang_readings.readings SET actor = 'b'", /never changed/],
          ['ALTER TABLE saksgang_readings.readings DISABLE TRIGGER ALL', /must be owner/],
          ['UPDATE saksgang_keys.person SET tombstoned_at = NULL', /never taken back/],
        ] as const)
          await expect(runOn(own, sql)).rejects.toThrow(said);
      } finally {
        await database.drop();
        rmSync(dataDir, { recursive: true });
      }
    });
  },
  true,
);
