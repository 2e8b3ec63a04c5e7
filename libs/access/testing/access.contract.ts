import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal, type Actor, type Random } from '@saksgang/kernel';
import { createSealer, type KeyStore } from '@saksgang/recording';
import { seeded } from '../../recording/testing/world.js';
import { createIdentify, createTokens, openAccess, SECRETARIAT_KEY_FILE, type Access, type AccessRows } from '../src/index.js';
import type { CreatedApiKey } from '../src/index.js';

/** One keeping of actors and API keys, empty when it is made, and the key store that goes with it. */
export type AccessKeeping = Readonly<{
  /** Opens the rows, as one more process does. Null: those of `access.db` in the data directory. */
  rows: () => Promise<AccessRows | null>;
  keys: (dataDir: string, random: Random) => Promise<KeyStore>;
  /** What somebody does who has the database open. @throws what the database says */
  edit: (dataDir: string, sql: string) => Promise<void>;
  /** Closes and removes all, but for the data directory. */
  remove: () => Promise<void>;
}>;

const AT_ONCE = 6; // calls at the same time

/** What every keeping of actors and their keys promises, each case named as the promise. */
export const accessContract = (name: string, make: () => Promise<AccessKeeping>): void => {
  describe(`Actors and their keys, kept in ${name}:`, () => {
    let keeping: AccessKeeping;
    let dataDir: string;
    let keys: KeyStore;
    let access: Access;
    let opened: Access[];
    let minute = 0;
    const random = seeded(`access in ${name}`);
    const clock = { now: () => `2024-05-17T10:${String(minute++ % 60).padStart(2, '0')}:00.000Z` };
    const open = async (): Promise<Access> => {
      const one = openAccess({ dataDir, rows: await keeping.rows(), sealer: createSealer({ keys, random }), clock, random });
      opened.push(one);
      return one;
    };
    const made = async (who: string, role = 'secretariat', actorKind = 'MACHINE', through = access): Promise<CreatedApiKey> => {
      const created = await through.create({ name: who, role, actorKind });
      if (isRefusal(created)) throw new Error(`refused: ${created.code}`);
      return created;
    };
    const tokens = createTokens([], { clock, scheduler: { sleep: () => new Promise(() => undefined) }, fetch });
    const authenticate = async (secret: string, through = access): Promise<Actor | null> => {
      const identity = await createIdentify({ access: through, tokens })({ headers: { authorization: `Bearer ${secret}` } });
      return identity.state === 'KNOWN' ? identity.actor : null;
    };
    const edit = (sql: string): Promise<void> => keeping.edit(dataDir, sql);

    beforeEach(async () => {
      minute = 0;
      opened = [];
      dataDir = mkdtempSync(join(tmpdir(), 'saksgang-access-'));
      keeping = await make();
      keys = await keeping.keys(dataDir, random);
      access = await open();
    });
    afterEach(async () => {
      for (const one of opened) await one.close();
      await keys.close();
      await keeping.remove();
      rmSync(dataDir, { recursive: true });
    });

    describe('an actor known by tokens', () => {
      const kari = {
        issuer: 'https://a.no',
        subject: 'kari',
        role: 'steering',
        name: 'Kari Tilgang',
        actorKind: 'PERSON',
        until: 0,
      } as const;
      it('is the same for issuer and subject, has the role of the latest token, and the name first told', async () => {
        const first = await access.actorOf(kari);
        const [again, other, elsewhere] = [
          await access.actorOf({ ...kari, role: 'secretariat', name: 'Kari Gift' }),
          await access.actorOf({ ...kari, subject: 'ola', name: null }),
          await access.actorOf({ ...kari, issuer: 'https://b.no' }),
        ];
        expect(again).toEqual({ ...first, role: 'secretariat' });
        expect(new Set([first.id, other.id, elsewhere.id]).size).toBe(3);
        expect(await access.byId(first.id)).toEqual({ ...again, name: { state: 'SHOWN', value: 'Kari Tilgang' } });
        expect((await access.byId(other.id))?.name).toEqual({ state: 'WITHHELD', value: null });
        await expect(edit('DELETE FROM token_actor')).rejects.toThrow(/never deleted/);
        await expect(edit("UPDATE token_actor SET actor = 'actor-0'")).rejects.toThrow(/stays who it is/);
      });
      it('is one, however many processes see it first at the same time', async () => {
        const other = await open();
        const seen = Array.from({ length: AT_ONCE }, (_, nth) => (nth % 2 === 0 ? access : other).actorOf(kari));
        expect(new Set((await Promise.all(seen)).map(({ id }) => id)).size).toBe(1);
      });
      it('is no longer told by name when its person is erased', async () => {
        const actor = await access.actorOf(kari);
        const [person] = await keys.personsOf('Kari Tilgang');
        expect(await access.forget([person ?? ''])).toBe(true);
        expect((await access.byId(actor.id))?.name).toEqual({ state: 'ERASED', value: null });
        expect((await access.actorOf(kari)).id).toBe(actor.id);
      });
    });

    describe('a revoked key', () => {
      it('never works again, and its actor is still known', async () => {
        const { secret, apiKey } = await made('Arkivsystemet');
        const kept = await made('Et annet system');
        expect(await access.revoke(apiKey.id)).toEqual({ ...apiKey, revokedAt: '2024-05-17T10:02:00.000Z' });
        expect(await authenticate(secret)).toBeNull();
        expect((await authenticate(kept.secret))?.id).toBe(kept.apiKey.actor);
        expect((await access.byId(apiKey.actor))?.name).toEqual({ state: 'SHOWN', value: 'Arkivsystemet' });
        await access.close();
        access = await open();
        expect(await authenticate(secret)).toBeNull();
      });
      it('keeps the time of the first revocation', async () => {
        const { apiKey } = await made('Arkivsystemet');
        const first = await access.revoke(apiKey.id);
        expect(await access.revoke(apiKey.id)).toEqual(first);
      });
      it('is not made good again by whoever has the database open', async () => {
        await access.revoke((await made('Arkivsystemet')).apiKey.id);
        await expect(edit('UPDATE api_key SET revoked_at = NULL')).rejects.toThrow(/revoked once/);
        await expect(edit('DELETE FROM api_key')).rejects.toThrow(/never deleted/);
        await expect(edit("UPDATE api_key SET scopes = '[]'")).rejects.toThrow(/revoked once|when it is made/);
        const { apiKey } = await made('Et annet system');
        await expect(edit(`UPDATE api_key SET scopes = '[]' WHERE id = '${apiKey.id}'`)).rejects.toThrow(/when it is made/);
      });
      it('must be one that exists', async () => {
        const { secret } = await made('Arkivsystemet');
        for (const id of ['', 'key-0', secret]) expect(await access.revoke(id)).toMatchObject({ code: 'UNKNOWN_API_KEY' });
        expect(await authenticate(secret)).not.toBeNull();
      });
    });

    it('another process creates and revokes while this one serves, and that counts at once', async () => {
      const other = await open();
      const { secret, apiKey } = await made('Fra kommandolinjen', 'auditor', 'MACHINE', other);
      expect((await authenticate(secret))?.role).toBe('auditor');
      await other.revoke(apiKey.id);
      expect(await authenticate(secret)).toBeNull();
    });

    it('the list is newest first, with revoked keys, and holds no secret', async () => {
      const created = [await made('A'), await made('B', 'steering'), await made('Kari', 'admin', 'PERSON')];
      await access.revoke(created[1]?.apiKey.id ?? '');
      const listed = await access.list();
      expect(listed.map((one) => [one.name.value, one.role, one.revokedAt !== null])).toEqual([
        ['Kari', 'admin', false],
        ['B', 'steering', true],
        ['A', 'secretariat', false],
      ]);
      for (const { secret } of created) expect(JSON.stringify(listed)).not.toContain(secret.slice(9));
    });

    describe('a person’s name', () => {
      it('is opened when the actor is asked for, and ERASED with the person, while the actor and the key stand', async () => {
        const { secret, apiKey } = await made('Kari Nordmann', 'steering', 'PERSON');
        const shown = { state: 'SHOWN', value: 'Kari Nordmann' };
        expect(await access.byId(apiKey.actor)).toEqual({ id: apiKey.actor, role: 'steering', actorKind: 'PERSON', name: shown });
        await keys.tombstone(await keys.personFor('Kari Nordmann', null));
        expect((await access.byId(apiKey.actor))?.name).toEqual({ state: 'ERASED', value: null });
        expect((await access.list())[0]?.name).toEqual({ state: 'ERASED', value: null });
        expect((await authenticate(secret))?.id).toBe(apiKey.actor);
      });
      it('is ERASED when its box was deleted', async () => {
        const { apiKey } = await made('Kari Nordmann', 'steering', 'PERSON');
        await edit('UPDATE actor SET box = NULL');
        expect((await access.byId(apiKey.actor))?.name.state).toBe('ERASED');
      });
    });

    describe('the first key', () => {
      const file = (): string => join(dataDir, SECRETARIAT_KEY_FILE);
      it('is the secretariat’s, and stays in a file for its owner only', async () => {
        const first = await access.ensureFirstKey();
        expect(first).toEqual({ secret: expect.stringMatching(/^sk_/) as string, file: file() });
        expect(await access.byKey(first?.secret ?? '')).toMatchObject({ actor: { role: 'secretariat', actorKind: 'MACHINE' } });
        expect(readFileSync(file(), 'utf8')).toBe(`${first?.secret ?? ''}\n`);
        expect(statSync(file()).mode & 0o777).toBe(0o600);
      });
      it('is made once, by one of those who start at once, also when it has been revoked since', async () => {
        const other = await open();
        const firsts = await Promise.all([access.ensureFirstKey(), other.ensureFirstKey()]);
        const [first] = firsts.filter((one) => one !== null);
        expect(firsts.filter((one) => one === null)).toHaveLength(1);
        await access.revoke((await access.list())[0]?.id ?? '');
        expect(await access.ensureFirstKey()).toBeNull();
        expect(readFileSync(file(), 'utf8')).toBe(`${first?.secret ?? ''}\n`);
      });
      it('is not made where somebody has made a key before', async () => {
        await made('Arkivsystemet', 'steering');
        expect(await access.ensureFirstKey()).toBeNull();
        expect(existsSync(file())).toBe(false);
      });
      it('replaces a file that a start before it left behind, and leaves no draft', async () => {
        writeFileSync(file(), 'sk_old\n', { mode: 0o644 });
        const first = await access.ensureFirstKey();
        expect(readFileSync(file(), 'utf8')).toBe(`${first?.secret ?? ''}\n`);
        expect(statSync(file()).mode & 0o777).toBe(0o600);
        expect(readdirSync(dataDir).filter((one) => one.startsWith(SECRETARIAT_KEY_FILE))).toEqual([SECRETARIAT_KEY_FILE]);
      });
    });
  });
};
