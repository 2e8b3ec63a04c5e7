import { migrate, openSqliteFile, type Migration } from '@saksgang/database';
import { appendLeaf, leafHash, treeAt } from '@saksgang/record';

/** The index's file in the data directory: it can be deleted, and is then built anew from the log, the same to the byte. */
export const RECORD_INDEX_FILE = 'record.db';
export const LEVELS_MAX = 52; // levels of a tree: sizes are safe integers

/** How far the index has come. `log`: the log it was read from, null before the first entry; `ordinal`: of the last batch's end. */
export type Standing = Readonly<{ size: number; log: string | null; ordinal: number }>;
/** What the index takes of an entry: its number in the log and its leaf. */
export type IndexedEntry = Readonly<{ ordinal: number; leaf: string }>;

/**
 * Every leaf's hash by its dense index, and above them the hash of every complete subtree: a node (level, n) stands over the leaves
 * n·2^level … (n+1)·2^level − 1. Calls are synchronous; several processes may follow into one file, each batch is taken once.
 */
export interface TreeIndex {
  readonly standing: () => Standing;
  /** Takes the entries that follow `from`, and moves on to `ordinal`, in one transaction. False when the index no longer stands there. */
  readonly append: (from: Standing, entries: readonly IndexedEntry[], log: string, ordinal: number) => boolean;
  /** The same entries under their numbers in another log; `to` null: more of them follow. */
  readonly renumber: (first: number, ordinals: readonly number[], to: Readonly<{ log: string; ordinal: number }> | null) => void;
  /** Forgets every entry from `size` on. `at`: the number of the last that stays. */
  readonly truncate: (size: number, at: Readonly<{ log: string; ordinal: number }>) => void;
  /** The dense index of the entry at this number of the log, or null when the index has none (yet). */
  readonly indexAt: (log: string, ordinal: number) => number | null;
  /** @throws RangeError when the subtree is not complete */
  readonly node: (level: number, n: number) => Uint8Array;
  /** `count` nodes of a level from `first` on, as many as there are. */
  readonly nodes: (level: number, first: number, count: number) => readonly Uint8Array[];
  readonly close: () => void;
}

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'hashes of leaves and of complete subtrees, and how far they have come',
    up: (file) =>
      file.exec(`
        CREATE TABLE standing(one INTEGER PRIMARY KEY CHECK(one = 1), size INTEGER NOT NULL, log TEXT, ordinal INTEGER NOT NULL) STRICT;
        INSERT INTO standing VALUES (1, 0, NULL, 0);
        CREATE TABLE entry(n INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
        CREATE INDEX entry_by_ordinal ON entry(ordinal);
        CREATE TABLE node(level INTEGER NOT NULL, n INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(level, n)) STRICT, WITHOUT ROWID;`),
  },
];

/** @throws NewerDatabase when a newer program made the file. */
export const openTreeIndex = (path: string): TreeIndex => {
  const file = openSqliteFile(path, { synchronous: 'NORMAL' });
  try {
    migrate(file, MIGRATIONS, 'Start the newer program again, or delete this file: it is built anew from the log.');
    return indexOver(file);
  } catch (fault) {
    file.close();
    throw fault;
  }
};

type Hash = Readonly<{ hash: Uint8Array }>;

const indexOver = (file: ReturnType<typeof openSqliteFile>): TreeIndex => {
  const readStanding = file.prepare<Standing>('SELECT size, log, ordinal FROM standing');
  const moveTo = file.prepare('UPDATE standing SET size = ?, log = ?, ordinal = ?');
  const putEntry = file.prepare('INSERT INTO entry(n, ordinal, hash) VALUES (?, ?, ?)');
  const putNode = file.prepare('INSERT INTO node(level, n, hash) VALUES (?, ?, ?)');
  const setOrdinal = file.prepare('UPDATE entry SET ordinal = ? WHERE n = ? AND ordinal <> ?');
  const findOrdinal = file.prepare<Readonly<{ n: number }>>('SELECT n FROM entry WHERE ordinal = ?');
  const oneEntry = file.prepare<Hash>('SELECT hash FROM entry WHERE n = ?');
  const oneNode = file.prepare<Hash>('SELECT hash FROM node WHERE level = ? AND n = ?');
  const someEntries = file.prepare<Hash>('SELECT hash FROM entry WHERE n >= ? AND n < ? ORDER BY n');
  const someNodes = file.prepare<Hash>('SELECT hash FROM node WHERE level = ? AND n >= ? AND n < ? ORDER BY n');
  const dropEntries = file.prepare('DELETE FROM entry WHERE n >= ?');
  const dropNodes = file.prepare('DELETE FROM node WHERE level = ? AND n >= ?');

  const standing = (): Standing => readStanding.get() ?? { size: 0, log: null, ordinal: 0 };
  const node: TreeIndex['node'] = (level, n) => {
    const found = level === 0 ? oneEntry.get(n) : oneNode.get(level, n);
    if (found === undefined) throw new RangeError(`the index holds no node ${n} of level ${level}`);
    return found.hash;
  };
  return {
    standing,
    append: (from, entries, log, ordinal) =>
      file.transaction(() => {
        const now = standing();
        if (now.size !== from.size || now.ordinal !== from.ordinal || now.log !== from.log) return false;
        // Read again for every batch: another process may have moved the right edge, and it is 20 look-ups at a million entries.
        let tree = treeAt(now.size, node);
        for (const { ordinal: number, leaf } of entries)
          tree = appendLeaf(
            tree,
            leafHash(leaf),
            (level, n, hash) => void (level === 0 ? putEntry.run(n, number, hash) : putNode.run(level, n, hash)),
          );
        moveTo.run(tree.size, log, ordinal);
        return true;
      }),
    renumber: (first, ordinals, to) =>
      file.transaction(() => {
        ordinals.forEach((ordinal, offset) => setOrdinal.run(ordinal, first + offset, ordinal));
        if (to !== null) moveTo.run(standing().size, to.log, to.ordinal);
      }),
    truncate: (size, { log, ordinal }) =>
      file.transaction(() => {
        dropEntries.run(size);
        for (let level = 1; level <= LEVELS_MAX; level += 1) dropNodes.run(level, Math.floor(size / 2 ** level));
        moveTo.run(size, log, ordinal);
      }),
    indexAt: (log, ordinal) => (standing().log === log ? (findOrdinal.get(ordinal)?.n ?? null) : null),
    node,
    nodes: (level, first, count) =>
      (level === 0 ? someEntries.all(first, first + count) : someNodes.all(level, first, first + count)).map(({ hash }) => hash),
    close: () => file.close(),
  };
};
