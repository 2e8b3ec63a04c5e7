import type { ActorId, Box, Instant, PersonId, Role } from '@saksgang/kernel';

/** A name in the clear, or the box of a sealed one. */
export type NameStored = Readonly<{ name: string; box: null }> | Readonly<{ name: null; box: Box }>;

export type ActorRow = Readonly<{
  actor: ActorId;
  role: Role;
  actorKind: 'PERSON' | 'MACHINE';
  name: string | null;
  sealed: string | null;
  person: PersonId | null;
  /** Null once erased, and for a name in the clear. */
  box: Uint8Array | null;
}>;
export type KeyRow = ActorRow &
  Readonly<{
    id: string;
    prefix: string;
    hash: Uint8Array;
    createdAt: Instant;
    revokedAt: Instant | null;
    expiresAt: Instant | null;
    /** JSON of a list of mutation names; null: whatever the role may. */
    scopes: string | null;
  }>;
/** An actor known by tokens. All null: no name was ever told. */
export type TokenActorRow = Omit<ActorRow, 'name'>;

export type NewActor = Pick<ActorRow, 'actor' | 'role' | 'actorKind'> & NameStored & Readonly<{ createdAt: Instant }>;
export type NewKey = Pick<KeyRow, 'id' | 'hash' | 'prefix' | 'expiresAt' | 'scopes'>;
export type NewTokenActor = Pick<TokenActorRow, 'actor' | 'role' | 'actorKind'> &
  Readonly<{ digest: Uint8Array; box: Box | null; createdAt: Instant }>;

/**
 * Where actors and their keys lie: a file, or a database that several instances share. Nothing is cached: each call answers by what is
 * stored when it is asked. What it writes is durable when it answers. No actor and no key is ever deleted, a revoked key stays revoked.
 */
export interface AccessRows {
  /** As whoever keeps the record calls it: a file, or a schema of a database. */
  readonly place: string;
  actorById(id: ActorId): Promise<ActorRow | null>;
  keyById(id: string): Promise<KeyRow | null>;
  keyByHash(hash: Uint8Array): Promise<KeyRow | null>;
  /** Newest first, at most `limit`. */
  keys(limit: number): Promise<readonly KeyRow[]>;
  /** Both or neither. */
  insertKey(actor: NewActor, key: NewKey): Promise<void>;
  /** The same where there never was a key, and false where there was one. `make` is called under the lock, once at most, by one process. */
  insertFirstKey(make: () => Readonly<{ actor: NewActor; key: NewKey }>): Promise<boolean>;
  tokenActorById(id: ActorId): Promise<TokenActorRow | null>;
  tokenActorByDigest(digest: Uint8Array): Promise<TokenActorRow | null>;
  /** Nothing, when another process was first. */
  insertTokenActor(actor: NewTokenActor): Promise<void>;
  setTokenRole(id: ActorId, role: Role, actorKind: TokenActorRow['actorKind']): Promise<void>;
  /** Deletes the boxes of these persons' names. False when their bytes may still lie in what is kept: ask again. Idempotent. */
  forget(persons: readonly PersonId[]): Promise<boolean>;
  /** Nothing, when it is revoked already or not there. */
  revoke(id: string, at: Instant): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}
