import { readFileSync, writeFileSync } from 'node:fs';
import { PersonErased, PersonUnknown } from '@saksgang/kernel';
import { KeyStoreRefused, type KeyStore } from '../src/index.js';
import { seeded } from './world.js';

/** One keeping of the key store, empty when it is made. */
export type KeyStoreKeeping = Readonly<{
  /** Opens it as one more process does: with randomness of its own, and the key-encryption key in the file of `keyFile`. */
  open: (seed?: string) => Promise<KeyStore>;
  /** Where the key-encryption key lies. */
  keyFile: string;
  /** What somebody does who has the database open. @throws what the database says */
  edit: (sql: string) => Promise<void>;
  /** Closes and removes all. */
  remove: () => Promise<void>;
}>;

const AT_ONCE = 8; // who ask for the same name at the same time

/** What every keeping of the key store promises, each case named as the promise. */
export const keyStoreContract = (name: string, make: () => Promise<KeyStoreKeeping>): void => {
  describe(`A key store kept in ${name}`, () => {
    let keeping: KeyStoreKeeping;
    let opened: KeyStore[];
    const open = async (seed?: string): Promise<KeyStore> => {
      const store = await keeping.open(seed);
      opened.push(store);
      return store;
    };
    const stateOf = async (keys: KeyStore, person: string): Promise<string> => (await keys.keyOf(person)).state;
    const refusalOf = async (work: Promise<unknown>): Promise<KeyStoreRefused> => {
      const fault: unknown = await work.catch((problem: unknown) => problem);
      if (fault instanceof KeyStoreRefused) return fault;
      throw new Error(`it was not refused: ${String(fault)}`);
    };
    beforeEach(async () => {
      opened = [];
      keeping = await make();
    });
    afterEach(async () => {
      for (const store of opened) await store.close();
      await keeping.remove();
    });

    describe('persons', () => {
      it('are found again by exactly their name, and made once', async () => {
        const keys = await open();
        const kari = await keys.personFor('Kari Nordmann', null);
        expect(kari).toMatch(/^person-[0-9a-f-]{36}$/);
        expect(await keys.personFor('Kari Nordmann', null)).toBe(kari);
        const others: string[] = [];
        for (const other of ['kari nordmann', 'Kari  Nordmann', 'Kari Nordman', 'Ola Nordmann', ''])
          others.push(await keys.personFor(other, null));
        expect(new Set([kari, ...others]).size).toBe(6);
      });
      it('are the same whether a letter is composed or not', async () => {
        const keys = await open();
        expect(await keys.personFor('Ka\u030are', null)).toBe(await keys.personFor('K\u00e5re', null));
      });
      it('are found again after the store was closed, with the same key', async () => {
        const before = await open();
        const kari = await before.personFor('Kari Nordmann', null);
        const { key } = await before.keyOf(kari);
        await before.close();
        const after = await open('second');
        expect(await after.personFor('Kari Nordmann', null)).toBe(kari);
        expect((await after.keyOf(kari)).key).toEqual(key);
        expect(key).toHaveLength(32);
      });
      it('may be known by a second name, by which they are then found', async () => {
        const keys = await open();
        const kari = await keys.personFor('Kari Nordmann', null);
        expect(await keys.personFor('Kari Hansen', kari)).toBe(kari);
        expect(await keys.personFor('Kari Hansen', null)).toBe(kari);
        expect(await keys.personFor('Kari Nordmann', null)).toBe(kari);
      });
      it('have keys of their own, and a copy that is overwritten is a copy', async () => {
        const keys = await open();
        const [kari, ola] = [await keys.personFor('Kari', null), await keys.personFor('Ola', null)];
        const { key } = await keys.keyOf(kari);
        expect(key).not.toEqual((await keys.keyOf(ola)).key);
        const kept = Buffer.from(key ?? []);
        key?.fill(0);
        expect(Buffer.from((await keys.keyOf(kari)).key ?? [])).toEqual(kept);
      });
      it('that the store has never seen are unknown, not erased', async () => {
        const keys = await open();
        expect(await stateOf(keys, 'person-0')).toBe('UNKNOWN');
        await expect(keys.personFor('Kari', 'person-0')).rejects.toThrow(PersonUnknown);
        await expect(keys.tombstone('person-0')).rejects.toThrow(PersonUnknown);
        expect(await keys.personFor('Kari', null)).not.toBe('person-0');
        expect(await keys.personOf('Ola')).toBeNull();
      });
      it('of one name are told in the order in which they were made', async () => {
        const keys = await open();
        const ola = await keys.personFor('Ola', null);
        const kari = await keys.personFor('Kari', null);
        await keys.personFor('Felles Navn', kari);
        await keys.personFor('Felles Navn', ola);
        expect(await keys.personsOf('Felles Navn')).toEqual([ola, kari]);
        expect(await keys.personOf('Felles Navn')).toBe(ola);
        expect(await (await open('second')).personsOf('Felles Navn')).toEqual([ola, kari]);
      });
    });

    describe('two processes', () => {
      it('share one key-encryption key, and see each other’s persons, names and tombstones at once', async () => {
        const [one, two] = [await open('one'), await open('two')];
        const kari = await one.personFor('Kari', null);
        expect(await two.personFor('Kari', null)).toBe(kari);
        expect(await two.keyOf(kari)).toEqual(await one.keyOf(kari));
        await one.personFor('Kari Hansen', kari);
        expect(await two.personFor('Kari Hansen', null)).toBe(kari);
        await two.tombstone(kari);
        expect(await stateOf(one, kari)).toBe('ERASED');
        await expect(one.personFor('Kari', null)).rejects.toThrow(PersonErased);
        await two.destroy([kari]);
        expect([await one.keyOf(kari), await one.personOf('Kari')]).toEqual([{ state: 'ERASED', key: null }, null]);
      });
      it('that ask for the same new name at once make one person', async () => {
        const [one, two] = [await open('one'), await open('two')];
        const asked = Array.from({ length: AT_ONCE }, (_, nth) => (nth % 2 === 0 ? one : two).personFor('Kari', null));
        expect(new Set(await Promise.all(asked)).size).toBe(1);
        expect(await one.personsOf('Kari')).toHaveLength(1);
      });
      it('that open a new store at once make one of it', async () => {
        const [one, two] = await Promise.all([open('one'), open('two')]);
        const kari = await one.personFor('Kari', null);
        expect(await two.keyOf(kari)).toEqual(await one.keyOf(kari));
      });
    });

    describe('a tombstone', () => {
      it('ends all use of the key, and stands after the store was closed', async () => {
        const keys = await open();
        const [kari, ola] = [await keys.personFor('Kari', null), await keys.personFor('Ola', null)];
        await keys.tombstone(kari);
        await keys.tombstone(kari);
        expect(await keys.keyOf(kari)).toEqual({ state: 'ERASED', key: null });
        await expect(keys.personFor('Kari', null)).rejects.toThrow(PersonErased);
        await expect(keys.personFor('Kari Hansen', kari)).rejects.toThrow(PersonErased);
        await keys.close();
        const after = await open('second');
        expect([await stateOf(after, kari), await stateOf(after, ola)]).toEqual(['ERASED', 'LIVE']);
      });
      it('may be set on whom the store has never seen, and all are told, oldest first', async () => {
        const keys = await open();
        const kari = await keys.personFor('Kari', null);
        await keys.bury('person-0');
        await keys.bury(kari);
        await keys.bury('person-0');
        expect((await keys.tombstones()).map(({ person }) => person).sort()).toEqual([kari, 'person-0'].sort());
        expect([await stateOf(keys, 'person-0'), await stateOf(keys, kari)]).toEqual(['ERASED', 'ERASED']);
      });
      it('is not taken back, and no person is deleted, by whoever has the database open', async () => {
        const keys = await open();
        await keys.tombstone(await keys.personFor('Kari', null));
        await expect(keeping.edit('UPDATE person SET tombstoned_at = NULL')).rejects.toThrow(/never taken back/);
        await expect(keeping.edit('DELETE FROM person_name; DELETE FROM person')).rejects.toThrow(/never deleted/);
      });
      it('stands when the key is gone, and the name then makes a new person', async () => {
        const keys = await open();
        const kari = await keys.personFor('Kari', null);
        await keys.bury(kari);
        expect(await keys.destroy([kari])).toBe(true);
        expect(await keys.destroy([kari])).toBe(true);
        expect(await stateOf(keys, kari)).toBe('ERASED');
        expect(await keys.personsOf('Kari')).toEqual([]);
        expect(await keys.personFor('Kari', null)).not.toBe(kari);
      });
      it('comes before the key is destroyed: without one it stays', async () => {
        const keys = await open();
        const kari = await keys.personFor('Kari', null);
        await keys.destroy([kari]);
        expect([await stateOf(keys, kari), await keys.personOf('Kari')]).toEqual(['LIVE', kari]);
      });
    });

    it('remembers of each log how far it was searched', async () => {
      const keys = await open();
      expect(await keys.searched('a')).toBeNull();
      await keys.noteSearched('a', 'a-1');
      await keys.noteSearched('b', 'b-7');
      await keys.noteSearched('a', 'a-2');
      expect([await keys.searched('a'), await (await open('second')).searched('b')]).toEqual(['a-2', 'b-7']);
    });

    it('is closed twice as well as once', async () => {
      const keys = await open();
      await keys.close();
      await keys.close();
    });

    describe('another key-encryption key', () => {
      it('is refused in clear words, and so is none', async () => {
        const keys = await open();
        await keys.personFor('Kari', null);
        await keys.close();
        const kept = readFileSync(keeping.keyFile, 'utf8');
        writeFileSync(keeping.keyFile, `${Buffer.from(seeded('another').bytes(32)).toString('base64')}\n`);
        const wrong = await refusalOf(open());
        expect([wrong.code, wrong.message]).toEqual(['KEY_WRONG', expect.stringContaining('it is another key')]);
        writeFileSync(keeping.keyFile, kept);
        expect(await (await open()).personOf('Kari')).not.toBeNull();
      });
    });
  });
};
