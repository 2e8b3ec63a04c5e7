import type { Entry, PersonId } from '@saksgang/kernel';
import { createErasePerson, type EraseDeps, type ErasureOrder, type ErasureOutcome } from './erase-person.js';

/** One erasure as the log holds it, and its place among all of them, from 0. */
export type Erasure = Readonly<{ number: number; entry: Entry }>;

/** The persons whose names the record holds, sealed, and those whose names it has erased. */
export interface Persons {
  /** Every person that goes by exactly this name (NFC) and has not been erased: several may. Makes nobody. */
  named(name: string): Promise<readonly PersonId[]>;
  /** @throws only for a bug or a broken machine: refusals are values */
  erase(order: ErasureOrder): Promise<ErasureOutcome>;
  /** Newest first, from before this number on (null: the newest). One that the log does not hold, since it was set back, is left out. */
  erasures(before: number | null, limit: number): Promise<readonly Erasure[]>;
  erasureCount(): Promise<number>;
}

export const createPersons = (deps: EraseDeps): Persons => {
  const { register, store, codec } = deps;
  return {
    named: async (name) => {
      const persons = await register.personsOf(name.normalize('NFC').trim());
      const found = await Promise.all(persons.map(async (person) => ({ person, key: await register.keyOf(person) })));
      return found.filter(({ key }) => key.state === 'LIVE').map(({ person }) => person);
    },
    erase: createErasePerson(deps),
    erasures: async (before, limit) => {
      const tombstones = await register.tombstones();
      const found: Erasure[] = [];
      for (let number = Math.min(before ?? Infinity, tombstones.length) - 1; number >= 0 && found.length < limit; number -= 1) {
        const { events } = await store.readStream(tombstones[number]!.person, { limit: 1 });
        if (events[0] !== undefined) found.push({ number, entry: codec.decode(events[0]) });
      }
      return found;
    },
    erasureCount: async () => (await register.tombstones()).length,
  };
};
