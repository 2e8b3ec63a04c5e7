import { createHash, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import {
  PersonErased,
  isRefusal,
  personErased,
  type Actor,
  type ActorDirectory,
  type ActorId,
  type Clock,
  type Instant,
  type Opened,
  type PersonId,
  type Random,
  type Refusal,
  type Role,
  type Sealer,
} from '@saksgang/kernel';
import { toBase64url, uuidV4 } from '@saksgang/record';
import type { TokenHolder } from './tokens.js';
import { createTokenActors } from './token-actors.js';
import { expiryOf, scopesFrom, scopesOf } from './key-bounds.js';
import type { AccessRows, ActorRow, KeyRow, NameStored, NewActor, NewKey } from './access-rows.js';
import { openSqliteAccessRows } from './sqlite-access-rows.js';
import { badActorKind, badKeyName, badRole, faultInName, unknownKey } from './api-key-refusals.js';
import { SECRETARIAT_KEY_FILE, writeKeyFile } from './secretariat-key.js';
import { isRole, systemActor } from './system-actors.js';

export { SECRETARIAT_KEY_FILE } from './secretariat-key.js';
export { COMMAND_LINE, EXAMPLE_LOADER, ROLES, isRole, systemActor } from './system-actors.js';

export const API_KEYS_LISTED_MAX = 10_000; // keys of one list
const KEY_BYTES = 32; // of the secret behind `sk_`
const PREFIX_CHARS = 9; // of a key shown in lists: `sk_` and six more
const API_KEY = /^sk_[A-Za-z0-9_-]{43}$/;

/** A key as lists show it; the secret is not in it, nor anywhere else. */
export type ApiKey = Readonly<{
  /** `key-<uuid>`: what `revoke` takes. */
  id: string;
  /** The first characters of the secret, to tell keys apart. */
  prefix: string;
  actor: ActorId;
  name: Opened;
  role: Role;
  actorKind: 'PERSON' | 'MACHINE';
  createdAt: Instant;
  revokedAt: Instant | null;
  /** From then on it is no good. */
  expiresAt: Instant | null;
  /** The commands it may say, of those its role may; none: it only reads. Null: all of them. */
  scopes: readonly string[] | null;
}>;

export type KeyHolder = Readonly<{ actor: Actor; until: Instant | null }>;
export type KeyFlaw = 'UNKNOWN' | 'REVOKED' | 'EXPIRED';

/** `secret` is shown this once: only its SHA-256 is stored. */
export type CreatedApiKey = Readonly<{ secret: string; apiKey: ApiKey }>;

/** Who a key is for and what it is good for; `scopes` are checked, and left out it may do whatever its role may. */
export type WantedKey = Readonly<{
  name: string;
  role: string;
  actorKind: string;
  /** A day, the last on which it is good (Oslo), or `90d`; null: until it is revoked. */
  expires?: string | null;
  /** Mutation names, or `read` alone. */
  scopes?: readonly string[] | null;
}>;

/** Who may ask, by API key. Another process may create and revoke meanwhile: every call reads what is stored, nothing is cached. */
export interface Access extends ActorDirectory {
  /**
   * Makes an actor and its key. A PERSON's name is sealed, a MACHINE's is stored as it is; both in NFC.
   * Refuses BAD_KEY_NAME, BAD_ROLE, BAD_ACTOR_KIND, BAD_KEY_EXPIRY, BAD_KEY_SCOPE (whatever the
   * command line passes on) and PERSON_ERASED.
   */
  create(wanted: WantedKey): Promise<CreatedApiKey | Refusal>;
  /** Newest first, revoked ones included; at most API_KEYS_LISTED_MAX. */
  list(): Promise<readonly ApiKey[]>;
  /** From now on the key is no good, for ever; its actor stays known. Idempotent. Refuses UNKNOWN_API_KEY. */
  revoke(id: string): Promise<ApiKey | Refusal>;
  /** Whose key this secret is and until when, or why it is no good. */
  byKey(secret: string): Promise<KeyHolder | KeyFlaw>;
  /**
   * The actor this holder of tokens is: made on first sight, with the name sealed, and the same from then on. The role is the token's.
   * The name stays the one first told.
   */
  actorOf(holder: TokenHolder): Promise<Actor>;
  /**
   * In a store that never had a key: makes the secretariat's, and writes its secret to `secretariat.key` in the data directory, for
   * its owner only. Null in any other.
   */
  ensureFirstKey(): Promise<Readonly<{ secret: string; file: string }> | null>;
  /**
   * Deletes the boxes of these persons' names: who they were is then told of no actor. Their keys go on working until they are revoked.
   * False when the bytes may still lie in what is kept, because somebody reads it: call it again. Idempotent.
   */
  forget(persons: readonly PersonId[]): Promise<boolean>;
  /** Idempotent. */
  close(): Promise<void>;
}

export type AccessOptions = Readonly<{
  /** Holds `secretariat.key` and, unless the keys lie elsewhere, `access.db`. */
  dataDir: string;
  /** Where actors and keys lie, when it is not `access.db`: closed with the access. */
  rows?: AccessRows | null;
  sealer: Sealer;
  clock: Clock;
  random: Random;
  /** The mutation names that a key may be for; left out, a key is for reading or for all its role may. */
  commands?: readonly string[];
}>;

/** Opens `access.db` in the data directory, or takes the rows that are given. @throws NewerDatabase when a newer program wrote the file. */
export const openAccess = ({ dataDir, rows: given, sealer, clock, random, commands = [] }: AccessOptions): Access => {
  const rows = given ?? openSqliteAccessRows(dataDir);

  const nameToStore = async (name: string, actorUuid: string, actorKind: ApiKey['actorKind']): Promise<NameStored> => {
    if (actorKind === 'MACHINE') return { name, box: null };
    const secret = await sealer.commit({ unsealed: name, person: null });
    return { name: null, box: await sealer.box(actorUuid, secret) };
  };
  const openName = async (row: ActorRow): Promise<Opened> => {
    if (row.name !== null) return { state: 'SHOWN', value: row.name };
    if (row.sealed === null || row.person === null)
      throw new Error(`${row.actor} has neither a name nor a sealed one: ${rows.place} is damaged`);
    const box = row.box === null ? null : { commitment: row.sealed, person: row.person, bytes: row.box };
    return sealer.open(uuidOf(row.actor), { sealed: row.sealed, person: row.person }, box);
  };
  const tokenActorById: ActorDirectory['byId'] = async (id) => {
    const row = await rows.tokenActorById(id);
    if (row === null) return null;
    const { role, actorKind } = row;
    if (row.sealed === null) return { id, role, actorKind, name: { state: 'WITHHELD', value: null } };
    return { id, role, actorKind, name: await openName({ ...row, name: null }) };
  };
  const shown = async (row: KeyRow): Promise<ApiKey> => ({
    id: row.id,
    prefix: row.prefix,
    actor: row.actor,
    name: await openName(row),
    role: row.role,
    actorKind: row.actorKind,
    createdAt: row.createdAt,
    revokedAt: row.revokedAt,
    expiresAt: row.expiresAt,
    scopes: scopesOf(row),
  });

  const keyFor = (actorUuid: string, { role, actorKind, expiresAt, scopes }: Bounds, name: NameStored, secret: string): MadeKey => ({
    actor: { actor: `actor-${actorUuid}`, role, actorKind, ...name, createdAt: clock.now() },
    key: { id: `key-${uuidV4(random)}`, hash: hashOf(secret), prefix: secret.slice(0, PREFIX_CHARS), expiresAt, scopes },
  });
  const stored = async (id: string): Promise<ApiKey | null> => {
    const row = await rows.keyById(id);
    return row === null ? null : shown(row);
  };

  return {
    create: async (wanted) => {
      const name = wanted.name.normalize('NFC').trim();
      const fault = faultInName(name);
      if (fault !== null) return badKeyName(fault);
      if (!isRole(wanted.role)) return badRole();
      if (wanted.actorKind !== 'PERSON' && wanted.actorKind !== 'MACHINE') return badActorKind();
      const expiresAt = expiryOf(wanted.expires ?? null, clock);
      if (isRefusal(expiresAt)) return expiresAt;
      const scopes = scopesFrom(wanted.scopes ?? null, commands);
      if (isRefusal(scopes)) return scopes;
      const actorUuid = uuidV4(random);
      const sealed = await nameToStore(name, actorUuid, wanted.actorKind).catch(asRefusal);
      if (isRefusal(sealed)) return sealed;
      const secret = newSecret(random);
      const { actor, key } = keyFor(actorUuid, { role: wanted.role, actorKind: wanted.actorKind, expiresAt, scopes }, sealed, secret);
      await rows.insertKey(actor, key);
      const apiKey = await stored(key.id);
      if (apiKey === null) throw new Error(`the key just made is not in ${rows.place}`);
      // Erased since the name was sealed: whoever deleted the boxes did not see this one.
      if (apiKey.name.state === 'ERASED' && sealed.box !== null) await rows.forget([sealed.box.person]);
      return { secret, apiKey };
    },
    list: async () => Promise.all((await rows.keys(API_KEYS_LISTED_MAX)).map(shown)),
    revoke: async (id) => {
      await rows.revoke(id, clock.now());
      return (await stored(id)) ?? unknownKey();
    },
    byKey: async (secret) => {
      if (!API_KEY.test(secret)) return 'UNKNOWN';
      const hash = hashOf(secret);
      const row = await rows.keyByHash(hash);
      // The index found it by a hash the caller cannot choose; comparing once more in constant time costs nothing.
      if (row === null || !timingSafeEqual(hash, row.hash)) return 'UNKNOWN';
      if (row.revokedAt !== null) return 'REVOKED';
      if (row.expiresAt !== null && row.expiresAt <= clock.now()) return 'EXPIRED';
      const scope = scopesOf(row);
      const actor = { id: row.actor, role: row.role, actorKind: row.actorKind, ...(scope === null ? {} : { scope }) };
      return { actor, until: row.expiresAt };
    },
    actorOf: createTokenActors({ rows, sealer, clock, random }),
    byId: async (id) => {
      const system = systemActor(id);
      // A system actor's name is its id, in every language.
      if (system !== null) return { ...system, name: { state: 'SHOWN', value: id } };
      const row = await rows.actorById(id);
      if (row === null) return tokenActorById(id);
      return { id, role: row.role, actorKind: row.actorKind, name: await openName(row) };
    },
    ensureFirstKey: async () => {
      const first = { secret: '', file: '' };
      const made = await rows.insertFirstKey(() => {
        first.secret = newSecret(random);
        // The file first: after a crash in between there is no key yet, and the next start makes another.
        first.file = writeKeyFile(join(dataDir, SECRETARIAT_KEY_FILE), first.secret, random);
        const bounds: Bounds = { role: 'secretariat', actorKind: 'MACHINE', expiresAt: null, scopes: null };
        return keyFor(uuidV4(random), bounds, { name: 'Sekretariatet', box: null }, first.secret);
      });
      return made ? first : null;
    },
    forget: (persons) => rows.forget(persons),
    close: () => rows.close(),
  };
};

type Bounds = Pick<KeyRow, 'role' | 'actorKind' | 'expiresAt' | 'scopes'>;
type MadeKey = Readonly<{ actor: NewActor; key: NewKey }>;

const newSecret = (random: Random): string => `sk_${toBase64url(random.bytes(KEY_BYTES))}`;
// A plain hash is enough: the secret is 256 random bits, not a password.
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();
const uuidOf = (actor: ActorId): string => actor.slice('actor-'.length);

const asRefusal = (fault: unknown): Refusal => {
  if (fault instanceof PersonErased) return personErased();
  throw fault;
};
