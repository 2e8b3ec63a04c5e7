import {
  PersonErased,
  PersonUnknown,
  type Box,
  type EntryId,
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
  readonly disclose: (entry: EntryId, sealed: Sealed, box: Box | null) => Disclosure | null;
}

/**
 * The kernel's Sealer over the key store. Names are sealed in NFC.
 * Opening answers ERASED only for a person under a tombstone, a destroyed key or a deleted box: a person that the key store has never
 * seen, or a box that does not open, is a fault and throws (PersonUnknown, BoxRefused), lest damage pass for erasure.
 */
export const createSealer = ({ keys, random }: Readonly<{ keys: KeyStore; random: Random }>): Sealer & Discloser => {
  const liveKey = (person: PersonId): Uint8Array => {
    const found = keys.keyOf(person);
    if (found.state === 'LIVE') return found.key;
    throw found.state === 'ERASED' ? new PersonErased(person) : new PersonUnknown(person);
  };
  return {
    commit: async (name) => {
      const value = name.unsealed.normalize('NFC');
      const salt = saltFrom(random);
      // First, as it refuses a text that has no canonical form, before a person is made of it.
      const sealed = commitmentOf(salt, value);
      return { handle: { sealed, person: keys.personFor(value, name.person) }, salt, value };
    },
    find: async (name) => keys.personOf(name.normalize('NFC')),
    box: async (entry, { handle, salt, value }) => ({
      commitment: handle.sealed,
      person: handle.person,
      bytes: sealBox(liveKey(handle.person), entry, { salt, value }, random),
    }),
    open: async (entry, sealed, box) => {
      if (box === null) return { state: 'ERASED', value: null };
      const found = keys.keyOf(sealed.person);
      if (found.state === 'UNKNOWN') throw new PersonUnknown(sealed.person);
      if (found.state === 'ERASED') return { state: 'ERASED', value: null };
      const value = openBox(found.key, entry, sealed.sealed, box.bytes);
      if (typeof value !== 'string') throw new BoxRefused(entry, 'it does not hold a name');
      return { state: 'SHOWN', value };
    },
    disclose: (entry, sealed, box) => {
      const found = keys.keyOf(sealed.person);
      if (found.state === 'UNKNOWN') throw new PersonUnknown(sealed.person);
      return box === null || found.state === 'ERASED' ? null : discloseBox(found.key, entry, sealed.sealed, box.bytes);
    },
  };
};
