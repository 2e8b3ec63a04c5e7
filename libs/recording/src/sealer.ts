import {
  PersonErased,
  PersonUnknown,
  type Box,
  type EntryId,
  type Opened,
  type PersonId,
  type Random,
  type Sealed,
  type Sealer,
} from '@saksgang/kernel';
import { BoxRefused, commitmentOf, discloseBox, openBox, saltFrom, sealBox, type Disclosure } from '@saksgang/record';
import type { KeyStore } from './key-store.js';

/** Opens a sealed value so that anybody can check it against the leaf. */
export interface Discloser {
  /** Null when box or key is gone. Does not judge who may see it: policy does, before. @throws PersonUnknown, BoxRefused */
  readonly disclose: (entry: EntryId, sealed: Sealed, box: Box | null) => Promise<Disclosure | null>;
}

/**
 * The kernel's Sealer over the key store. Names are sealed in NFC.
 * Opening answers ERASED only for a person under a tombstone, a destroyed key or a deleted box: a person that the key store has never
 * seen, or a box that does not open, is a fault and throws (PersonUnknown, BoxRefused), lest damage pass for erasure.
 */
export const createSealer = ({ keys, random }: Readonly<{ keys: KeyStore; random: Random }>): Sealer & Discloser => {
  /** What `use` makes of the person's key, which is a copy for it alone. @throws PersonUnknown */
  const keyed = async <T>(person: PersonId, use: (key: Uint8Array) => T, erased: () => T): Promise<T> => {
    const found = await keys.keyOf(person);
    if (found.state === 'UNKNOWN') throw new PersonUnknown(person);
    if (found.state === 'ERASED') return erased();
    try {
      return use(found.key);
    } finally {
      found.key.fill(0);
    }
  };
  return {
    commit: async (name) => {
      const value = name.unsealed.normalize('NFC');
      const salt = saltFrom(random);
      // First, as it refuses a text that has no canonical form, before a person is made of it.
      const sealed = commitmentOf(salt, value);
      return { handle: { sealed, person: await keys.personFor(value, name.person) }, salt, value };
    },
    find: (name) => keys.personOf(name.normalize('NFC')),
    box: async (entry, { handle, salt, value }) => ({
      commitment: handle.sealed,
      person: handle.person,
      bytes: await keyed(
        handle.person,
        (key) => sealBox(key, entry, { salt, value }, random),
        () => {
          throw new PersonErased(handle.person);
        },
      ),
    }),
    open: async (entry, sealed, box) => {
      if (box === null) return ERASED;
      return keyed<Opened>(
        sealed.person,
        (key) => {
          const value = openBox(key, entry, sealed.sealed, box.bytes);
          if (typeof value !== 'string') throw new BoxRefused(entry, 'it does not hold a name');
          return { state: 'SHOWN', value };
        },
        () => ERASED,
      );
    },
    disclose: (entry, sealed, box) =>
      keyed(
        sealed.person,
        (key) => (box === null ? null : discloseBox(key, entry, sealed.sealed, box.bytes)),
        () => null,
      ),
  };
};

const ERASED: Opened = { state: 'ERASED', value: null };
