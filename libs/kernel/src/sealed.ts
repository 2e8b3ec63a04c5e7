import type { EntryId, PersonId } from './entry.js';

/**
 * A person's name as the log, the deciders and the projections see it: never the name itself.
 * `sealed` is the commitment of RECORD.md section 1, base64url without padding.
 */
export type Sealed = Readonly<{ sealed: string; person: PersonId }>;

/** The box that lies beside a leaf and opens one sealed value. `bytes` is AES-256-GCM output. Boxes can be deleted; leaves cannot. */
export type Box = Readonly<{ commitment: string; person: PersonId; bytes: Uint8Array }>;

/** A name that arrived in a command and has yet to be sealed. Never stored, never logged. `person`: a known person, or null to find or make one by exact name. */
export type Unsealed = Readonly<{ unsealed: string; person: PersonId | null }>;

/** A sealed value whose secret is still at hand, between `commit` and `box`. */
export type Secret = Readonly<{ handle: Sealed; salt: Uint8Array; value: string }>;

export type Opened = Readonly<{ state: 'SHOWN'; value: string }> | Readonly<{ state: 'WITHHELD' | 'ERASED'; value: null }>;

/** Seals and opens personal values. Typed here, built in `recording` over the key store, injected by apps. */
export interface Sealer {
  /**
   * Finds or makes the person and commits to the name.
   * @throws PersonErased when the person's key has been destroyed. @throws PersonUnknown when there never was one.
   */
  commit(name: Unsealed): Promise<Secret>;
  /**
   * The person that `commit` of this name, without an id, would take; null where it would make one. Makes nobody. A person about to
   * be erased is still found; one whose key is destroyed is not.
   */
  find(name: string): Promise<PersonId | null>;
  /** Encrypts a committed value for one entry: the entry id and the commitment are the additional data. */
  box(entry: EntryId, secret: Secret): Promise<Box>;
  /** Opens a box, or says ERASED when box or key is gone. Does not judge who may see it: policy does, before. */
  open(entry: EntryId, sealed: Sealed, box: Box | null): Promise<Opened>;
}

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Sealed).sealed === 'string' &&
  typeof (value as Sealed).person === 'string';

export const isUnsealed = (value: unknown): value is Unsealed =>
  typeof value === 'object' && value !== null && typeof (value as Unsealed).unsealed === 'string';

/** No key was ever kept for this person: a command names one that is not there, or the key store is not the record's own. */
export class PersonUnknown extends Error {
  override readonly name = 'PersonUnknown';
  constructor(readonly person: PersonId) {
    super(`${person} is not in the key store. If the record names this person, restore the key store from its newest backup.`);
  }
}

/** The person's key has been destroyed, or is about to be: nothing is sealed under it again. The message holds no name. */
export class PersonErased extends Error {
  override readonly name = 'PersonErased';
  constructor(readonly person: PersonId) {
    super(`${person} has been erased: nothing can be sealed for this person`);
  }
}
