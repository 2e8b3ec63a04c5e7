import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, openSqliteFile, type Migration, type SqliteValue } from '@saksgang/database';
import type { Clock } from '@saksgang/kernel';
import { conditionsOf, oldestBefore, OPERATION_NAME_MAX, REQUEST_ID_MAX, type LoggedReading, type ReadingLog } from './reading-log.js';

export const READINGS_FILE = 'readings.db';
const BUSY_MS = 100; // ms to wait for another process: nobody but this one writes here, and the thread is shared

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'who read what',
    up: (file) =>
      file.exec(`
        CREATE TABLE readings(
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL,
          request TEXT CHECK(length(request) <= ${REQUEST_ID_MAX}), operation TEXT CHECK(length(operation) <= ${OPERATION_NAME_MAX}),
          item TEXT, what TEXT NOT NULL CHECK(what IN ('PERSONAL', 'SHIELDED'))) STRICT;
        CREATE INDEX readings_by_actor ON readings(actor);
        CREATE INDEX readings_by_item ON readings(item);
        CREATE TRIGGER reading_is_never_changed BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'a reading is never changed'); END;
        CREATE TRIGGER reading_is_never_removed BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'a reading is never removed'); END;
        -- A row put in the place of another fires no DELETE trigger unless a connection asks for it: numbers only grow.
        CREATE TRIGGER reading_is_never_replaced BEFORE INSERT ON readings
          WHEN NEW.number IN (SELECT number FROM readings) BEGIN SELECT RAISE(ABORT, 'a reading is never replaced'); END;`),
  },
  {
    name: 'what is cut, and is found by time',
    up: (file) =>
      file.exec(`
        CREATE TABLE cuts(number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, before TEXT NOT NULL, CHECK(before < at)) STRICT;
        CREATE TRIGGER cut_is_never_changed BEFORE UPDATE ON cuts BEGIN SELECT RAISE(ABORT, 'a cut is never changed'); END;
        CREATE TRIGGER cut_is_never_removed BEFORE DELETE ON cuts BEGIN SELECT RAISE(ABORT, 'a cut is never removed'); END;
        DROP TRIGGER reading_is_never_removed;
        CREATE TRIGGER reading_is_never_removed BEFORE DELETE ON readings
          WHEN OLD.at >= coalesce((SELECT max(before) FROM cuts), '')
          BEGIN SELECT RAISE(ABORT, 'a reading is never removed, unless it is cut as too old'); END;
        CREATE INDEX readings_by_time ON readings(at);
        CREATE INDEX readings_by_what ON readings(what);`),
  },
];

/** Numbers have no gaps, and only the oldest are ever cut. */
const ALL = 'SELECT coalesce((SELECT max(number) FROM readings) - (SELECT min(number) FROM readings) + 1, 0) AS found';
const OLDEST = 'SELECT number, at FROM readings ORDER BY number LIMIT ?';

/** Opens `readings.db` in the data directory. @throws NewerDatabase when a newer program wrote it. */
export const openReadingLog = ({ dataDir, clock }: Readonly<{ dataDir: string; clock: Clock }>): ReadingLog => {
  const path = join(dataDir, READINGS_FILE);
  // Made first, for its owner only: SQLite gives its side files the rights of the main one.
  closeSync(openSync(path, 'a', 0o600));
  // FULL: nothing can build it again, and one write for each wave of an answer is all it costs.
  const file = openSqliteFile(path, { synchronous: 'FULL', busyMs: BUSY_MS });
  try {
    migrate(file, MIGRATIONS, 'Start the program that wrote it, or a newer one: it tells who read what.');
  } catch (fault) {
    file.close();
    throw fault;
  }
  const insert = file.prepare('INSERT INTO readings(at, actor, role, request, operation, item, what) VALUES (?, ?, ?, ?, ?, ?, ?)');
  return {
    write: async (readings) => {
      const at = clock.now();
      file.transaction(() => {
        for (const { actor, role, request, operation, item, what } of readings) insert.run(at, actor, role, request, operation, item, what);
      });
    },
    before: async (filter, number, limit) => {
      const { where, values } = fitting(filter, number);
      const found = file.prepare<LoggedReading>(`SELECT * FROM readings ${where} ORDER BY number DESC LIMIT ?`);
      return found.all(...values, limit);
    },
    count: async (filter) => {
      const { where, values } = fitting(filter, null);
      if (where === '') return file.prepare<{ found: number }>(ALL).get()?.found ?? 0;
      return file.prepare<{ found: number }>(`SELECT count(*) AS found FROM readings ${where}`).get(...values)?.found ?? 0;
    },
    cut: async (before, most) =>
      file.transaction(() => {
        const rows = file.prepare<Pick<LoggedReading, 'number' | 'at'>>(OLDEST).all(most);
        const cut = oldestBefore(rows, before);
        const last = cut.at(-1);
        if (last === undefined) return 0;
        file
          .prepare("INSERT INTO cuts(at, before) SELECT ?, ? WHERE ? > coalesce((SELECT max(before) FROM cuts), '')")
          .run(clock.now(), before, before);
        file.prepare('DELETE FROM readings WHERE number <= ?').run(last.number);
        return cut.length;
      }),
    close: async () => file.close(),
  };
};

/** The words are fixed; what was given is bound. */
const fitting = (...asked: Parameters<typeof conditionsOf>): Readonly<{ where: string; values: readonly SqliteValue[] }> => {
  const conditions = conditionsOf(...asked);
  const words = conditions.map(({ column, is }) =>
    is === 'among' ? `${column} IN (SELECT value FROM json_each(?))` : `${column} ${is} ?`,
  );
  const values = conditions.map((one) => (one.is === 'among' ? JSON.stringify(one.value) : one.value));
  return { where: words.length === 0 ? '' : `WHERE ${words.join(' AND ')}`, values };
};
