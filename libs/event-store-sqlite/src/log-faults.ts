import type { Database } from 'better-sqlite3';

/** Faults of one kind that are named. */
const NAMED_MAX = 100;
const AFTERWARDS_KIB = 8_192; // KiB of pages kept once the file was found whole

/** A stream tells how far it has come; an append is judged by that, so it must be where its last event is. */
const HEADS = `SELECT stream_id FROM stream s WHERE head IS NOT (SELECT max(revision) FROM event e WHERE e.stream_no = s.stream_no) LIMIT ${NAMED_MAX}`;
const TRIGGERS = ['event_is_never_changed', 'event_is_never_removed', 'stream_is_never_removed', 'stream_keeps_its_name'];

/**
 * What is wrong with a log's file that its entries do not show: pages and indexes that do not agree, rows that point nowhere, streams
 * that say another head than they have, and guards that are gone. Empty when nothing is. Reads the whole file.
 */
export const faultsIn = (db: Database): readonly string[] => {
  const text = (sql: string): readonly string[] => db.prepare<[], string>(sql).pluck().all();
  const integrity = text(`PRAGMA integrity_check(${NAMED_MAX})`).filter((line) => line !== 'ok');
  const orphans = db.prepare<[], { table: string; rowid: number }>('PRAGMA foreign_key_check').all().slice(0, NAMED_MAX);
  // What comes after reads the log once from end to end: it has no use for these pages, nor for keeping its own.
  db.pragma('shrink_memory');
  db.pragma(`cache_size = -${AFTERWARDS_KIB}`);
  const guards = new Set(text("SELECT name FROM sqlite_schema WHERE type = 'trigger'"));
  return [
    ...integrity,
    ...orphans.map(({ table, rowid }) => `row ${rowid} of ${table} points at nothing`),
    ...text(HEADS).map((stream) => `${stream} does not end where it says`),
    ...TRIGGERS.filter((name) => !guards.has(name)).map((name) => `the guard ${name} is gone`),
  ];
};
