import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { appendLeaf, check, createTally, emptyTree, leafHash, sameBytes, type Finding, type Tree } from '@saksgang/record';
import { RECORD_INDEX_FILE } from '@saksgang/recording';
import * as say from './log-sentences.js';

/** Holds the index of hashes beside a log against its entries, as they go past. */
export type IndexCheck = Readonly<{ pass: (leaf: string) => void; findings: () => readonly Finding[]; close: () => void }>;

/** The index proofs are made from, where there is one: it may lag behind the log, but every hash in it has to be right. */
export const indexBeside = (directory: string): IndexCheck => {
  const file = join(directory, RECORD_INDEX_FILE);
  if (!existsSync(file)) return { pass: () => undefined, findings: () => [], close: () => undefined };
  const db = new Database(file, { readonly: true, fileMustExist: true });
  const wrong = createTally();
  let tree: Tree = emptyTree;
  const guarded = <A>(read: () => A): A | null => {
    try {
      return read();
    } catch (error) {
      wrong.add(error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  const statements = guarded(() => ({
    leaf: db.prepare<[number], Buffer>('SELECT hash FROM entry WHERE n = ?').pluck(),
    node: db.prepare<[number, number], Buffer>('SELECT hash FROM node WHERE level = ? AND n = ?').pluck(),
    size: db.prepare<[], number>('SELECT size FROM standing').pluck().get() ?? 0,
    over: db.prepare<[number], number>('SELECT count(*) FROM entry WHERE n >= ?').pluck(),
  }));
  const compare = (level: number, n: number, hash: Uint8Array): void => {
    if (statements === null || (n + 1) * 2 ** level > statements.size) return;
    const found = guarded(() => (level === 0 ? statements.leaf.get(n) : statements.node.get(level, n)));
    if (found === undefined || found === null || !sameBytes(found, hash)) wrong.add(`${level}/${n}`);
  };
  return {
    pass: (leaf) => void (tree = appendLeaf(tree, leafHash(leaf), compare)),
    findings: () => {
      const beyond = guarded(() => statements?.over.get(tree.size) ?? 0) ?? 0;
      if (beyond > 0) wrong.add(`+${beyond}`);
      return [check(wrong.count() === 0, say.indexAgrees(wrong.places()))];
    },
    close: () => void db.close(),
  };
};
