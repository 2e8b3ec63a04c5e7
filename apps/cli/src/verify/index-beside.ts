import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { check, createTally, sameBytes, type Finding, type NodeMade } from '@saksgang/record';
import { RECORD_INDEX_FILE } from '@saksgang/recording';
import * as say from './log-sentences.js';

/** Holds the index of hashes beside a log against the hashes of its entries, as they are made. */
export type IndexCheck = Readonly<{ made: NodeMade; findings: () => readonly Finding[]; close: () => void }>;

const PAGE = 1_000; // hashes of one level read at once

/** The index proofs are made from, where there is one: it may lag behind the log, but every hash in it has to be right. */
export const indexBeside = (directory: string): IndexCheck => {
  const file = join(directory, RECORD_INDEX_FILE);
  if (!existsSync(file)) return { made: () => undefined, findings: () => [], close: () => undefined };
  const db = new Database(file, { readonly: true, fileMustExist: true });
  const wrong = createTally();
  const guarded = <A>(read: () => A): A | null => {
    try {
      return read();
    } catch (error) {
      wrong.add(error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  const statements = guarded(() => ({
    entries: db.prepare<[number, number], Row>('SELECT n, hash FROM entry WHERE n >= ? AND n < ?').raw(),
    nodes: db.prepare<[number, number, number], Row>('SELECT n, hash FROM node WHERE level = ? AND n >= ? AND n < ?').raw(),
    size: db.prepare<[], number>('SELECT size FROM standing').pluck().get() ?? 0,
    over: db.prepare<[number], number>('SELECT count(*) FROM entry WHERE n >= ?').pluck(),
  }));
  const hashAt = inOrder((level, from, to) =>
    guarded(() => (level === 0 ? statements?.entries.all(from, to) : statements?.nodes.all(level, from, to))),
  );
  let size = 0;
  return {
    made: (level, n, hash) => {
      if (level === 0) size = n + 1;
      if (statements === null || (n + 1) * 2 ** level > statements.size) return;
      const found = hashAt(level, n);
      if (found === undefined || !sameBytes(found, hash)) wrong.add(`${level}/${n}`);
    },
    findings: () => {
      const beyond = guarded(() => statements?.over.get(size) ?? 0) ?? 0;
      if (beyond > 0) wrong.add(`+${beyond}`);
      return [check(wrong.count() === 0, say.indexAgrees(wrong.places()))];
    },
    close: () => void db.close(),
  };
};

type Row = [n: number, hash: Buffer];

/** Reads hashes page by page: those of each level are asked for in their order, and a look-up each would take longer than hashing. */
const inOrder = (read: (level: number, from: number, to: number) => readonly Row[] | null | undefined) => {
  const pages = new Map<number, Readonly<{ from: number; hashes: ReadonlyMap<number, Buffer> }>>();
  return (level: number, n: number): Buffer | undefined => {
    let page = pages.get(level);
    if (page === undefined || n < page.from || n >= page.from + PAGE) {
      page = { from: n, hashes: new Map(read(level, n, n + PAGE) ?? []) };
      pages.set(level, page);
    }
    return page.hashes.get(n);
  };
};
