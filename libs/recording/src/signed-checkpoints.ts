import { migrate, openSqliteFile, type Migration, type SqliteFile } from '@saksgang/database';
import type { Instant } from '@saksgang/kernel';
import type { Tree } from '@saksgang/record';
import { claimFile } from './secret-file.js';

/**
 * The signer's memory in the data directory: every checkpoint it has signed, and where its reading ended. Apart from the log and from
 * the index, so that putting back one of those does not make the signer forget what it has vouched for.
 */
export const SIGNER_FILE = 'signer.db';

export type SignedCheckpoint = Readonly<{
  /** Counts up over all origins, from 1. */
  number: number;
  origin: string;
  /** Entries. */
  size: number;
  root: Uint8Array;
  /** The signed note. */
  note: string;
  signedAt: Instant;
}>;
/** A name under which checkpoints are signed. `key`: the published key, null before the first signature. */
export type Origin = Readonly<{ number: number; name: string; key: string | null }>;
/** Where the signer's own reading of the log ended. */
export type ReadTo = Readonly<{ log: string; ordinal: number; tree: Tree }>;

/** Durable when it answers. Several processes may have it open, and each sees what the others did. */
export interface SignedCheckpoints {
  /** Where it lies, as whoever keeps the record calls it: a file, or a schema of a database. */
  readonly place: string;
  /** The origin that is signed under now, or null before the first start. */
  readonly origin: () => Promise<Origin | null>;
  /** The first origin by this name, until it has a published key: what a fork began has one, and its name in the log. */
  readonly nameOrigin: (name: string) => Promise<Origin>;
  /** A new origin after the one there is: a fork. */
  readonly addOrigin: (name: string) => Promise<Origin>;
  readonly hasOrigin: (name: string) => Promise<boolean>;
  /** The origin of this number, counted from 1, and the newest checkpoint under it; null when there has been none such. */
  readonly originAt: (number: number) => Promise<Readonly<{ origin: Origin; last: SignedCheckpoint | null }> | null>;
  readonly setKey: (origin: Origin, key: string) => Promise<void>;
  /** The newest checkpoint under the present origin. */
  readonly last: () => Promise<SignedCheckpoint | null>;
  /** Under the present origin: of exactly this size, or the smallest that covers it. */
  readonly covering: (size: number) => Promise<SignedCheckpoint | null>;
  /** Under the present origin, ascending by size, from beyond `size` on. */
  readonly beyond: (size: number, limit: number) => Promise<readonly SignedCheckpoint[]>;
  /** Of all origins, newest first, from before this number on. */
  readonly before: (number: number | null, limit: number) => Promise<readonly SignedCheckpoint[]>;
  readonly count: () => Promise<number>;
  readonly readTo: () => Promise<ReadTo | null>;
  /** Keeps a new checkpoint, or with null just where the reading ended. False when somebody else signed after `last`. */
  readonly keep: (last: SignedCheckpoint | null, next: Omit<SignedCheckpoint, 'number'> | null, readTo: ReadTo) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'origins, checkpoints and where the reading ended',
    up: (file) =>
      file.exec(`
        CREATE TABLE origin(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT) STRICT;
        CREATE TABLE checkpoint(number INTEGER PRIMARY KEY, origin INTEGER NOT NULL REFERENCES origin, size INTEGER NOT NULL,
          root BLOB NOT NULL, note TEXT NOT NULL, signed_at TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX checkpoint_by_size ON checkpoint(origin, size);
        CREATE TABLE read_to(one INTEGER PRIMARY KEY CHECK(one = 1), origin INTEGER NOT NULL REFERENCES origin, log TEXT NOT NULL,
          ordinal INTEGER NOT NULL, size INTEGER NOT NULL, hashes BLOB NOT NULL) STRICT;
        CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;
        CREATE TRIGGER checkpoint_is_fixed BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
        CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint
          WHEN EXISTS (SELECT 1 FROM checkpoint WHERE origin = NEW.origin AND size >= NEW.size)
          BEGIN SELECT RAISE(ABORT, 'a checkpoint is never of fewer entries'); END;`),
  },
];

const HASH_BYTES = 32;
const CHECKPOINT = `SELECT checkpoint.number, origin.name AS origin, size, root, note, signed_at AS "signedAt"
  FROM checkpoint JOIN origin ON origin.number = checkpoint.origin`;
const PRESENT = 'checkpoint.origin = (SELECT max(number) FROM origin)';

/** @throws NewerDatabase when a newer program made the file. */
export const openSignedCheckpoints = (path: string): SignedCheckpoints => {
  claimFile(path);
  const file = openSqliteFile(path, { synchronous: 'FULL' });
  try {
    migrate(file, MIGRATIONS, 'Start the program that wrote it, or a newer one: what was signed cannot be worked out anew.');
    return checkpointsOver(file);
  } catch (fault) {
    file.close();
    throw fault;
  }
};

type ReadToRow = Readonly<{ log: string; ordinal: number; size: number; hashes: Uint8Array }>;

const checkpointsOver = (file: SqliteFile): SignedCheckpoints => {
  const present = file.prepare<Origin>('SELECT number, name, key FROM origin ORDER BY number DESC LIMIT 1');
  const newest = file.prepare<SignedCheckpoint>(`${CHECKPOINT} WHERE ${PRESENT} ORDER BY size DESC LIMIT 1`);
  const covering = file.prepare<SignedCheckpoint>(`${CHECKPOINT} WHERE ${PRESENT} AND size >= ? ORDER BY size LIMIT 1`);
  const beyond = file.prepare<SignedCheckpoint>(`${CHECKPOINT} WHERE ${PRESENT} AND size > ? ORDER BY size LIMIT ?`);
  const before = file.prepare<SignedCheckpoint>(`${CHECKPOINT} WHERE checkpoint.number < ? ORDER BY checkpoint.number DESC LIMIT ?`);
  const counted = file.prepare<Readonly<{ count: number }>>('SELECT count(*) AS count FROM checkpoint');
  const numbered = file.prepare<Origin>('SELECT number, name, key FROM origin WHERE number = ?');
  const newestOf = file.prepare<SignedCheckpoint>(`${CHECKPOINT} WHERE checkpoint.origin = ? ORDER BY size DESC LIMIT 1`);
  const named = file.prepare('SELECT 1 FROM origin WHERE name = ?');
  const insertOrigin = file.prepare('INSERT INTO origin(name) VALUES (?)');
  const rename = file.prepare('UPDATE origin SET name = ? WHERE number = ?');
  const setKey = file.prepare('UPDATE origin SET key = ? WHERE number = ?');
  const insert = file.prepare('INSERT INTO checkpoint(origin, size, root, note, signed_at) VALUES (?, ?, ?, ?, ?)');
  const readTo = file.prepare<ReadToRow>('SELECT log, ordinal, size, hashes FROM read_to WHERE origin = (SELECT max(number) FROM origin)');
  const putReadTo = file.prepare(`INSERT INTO read_to(one, origin, log, ordinal, size, hashes) VALUES (1, ?, ?, ?, ?, ?)
    ON CONFLICT(one) DO UPDATE SET origin = excluded.origin, log = excluded.log, ordinal = excluded.ordinal, size = excluded.size, hashes = excluded.hashes`);

  const origin = (): Origin | null => present.get() ?? null;
  const demanded = (): Origin => {
    const found = origin();
    if (found === null) throw new Error('there is no origin');
    return found;
  };
  const last = (): SignedCheckpoint | null => newest.get() ?? null;
  return {
    place: file.path,
    origin: async () => origin(),
    nameOrigin: async (name) =>
      file.transaction(() => {
        const found = origin();
        if (found === null) insertOrigin.run(name);
        else if (found.key === null) rename.run(name, found.number);
        return demanded();
      }),
    addOrigin: async (name) =>
      file.transaction(() => {
        insertOrigin.run(name);
        return demanded();
      }),
    hasOrigin: async (name) => named.get(name) !== undefined,
    originAt: async (number) => {
      const found = numbered.get(number);
      return found === undefined ? null : { origin: found, last: newestOf.get(number) ?? null };
    },
    setKey: async ({ number }, key) => void setKey.run(key, number),
    last: async () => last(),
    covering: async (size) => covering.get(size) ?? null,
    beyond: async (size, limit) => beyond.all(size, limit),
    before: async (number, limit) => before.all(number ?? Number.MAX_SAFE_INTEGER, limit),
    count: async () => counted.get()?.count ?? 0,
    readTo: async () => {
      const row = readTo.get();
      return row === undefined ? null : { log: row.log, ordinal: row.ordinal, tree: { size: row.size, hashes: hashesIn(row.hashes) } };
    },
    keep: async (seen, next, { log, ordinal, tree }) =>
      file.transaction(() => {
        if ((last()?.number ?? null) !== (seen?.number ?? null)) return false;
        const { number } = demanded();
        if (next !== null) insert.run(number, next.size, next.root, next.note, next.signedAt);
        putReadTo.run(number, log, ordinal, tree.size, Buffer.concat(tree.hashes));
        return true;
      }),
    close: async () => file.close(),
  };
};

export const hashesIn = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: bytes.length / HASH_BYTES }, (_, nth) => bytes.slice(nth * HASH_BYTES, (nth + 1) * HASH_BYTES));
