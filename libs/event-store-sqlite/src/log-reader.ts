import {
  checkPage,
  positionOf,
  spanOf,
  StoreUnavailable,
  type StoredEvent,
  type StreamPage,
  type StreamPageOptions,
} from '@saksgang/event-store';
import { NO_STREAM, type Box, type StreamName } from '@saksgang/kernel';
import type { Database } from 'better-sqlite3';

/** Reads a log through a connection of its own. Every call sees what had been committed when it was made. */
export type LogReader = Readonly<{
  logId: string;
  last(): number;
  page(stream: StreamName, options: StreamPageOptions): StreamPage;
  after(ordinal: number, limit: number): readonly StoredEvent[];
  close(): void;
}>;

type Row = [position: number, stream: string, revision: number, id: Buffer, type: string, recordedAt: number, leaf: string];
type BoxRow = [position: number, person: string, commitment: Buffer, bytes: Buffer];

const EVENT =
  'SELECT e.position, s.stream_id, e.revision, e.event_id, e.type, e.recorded_at, e.leaf FROM event e JOIN stream s USING (stream_no)';
const BOX = 'SELECT b.position, b.person, b.commitment, b.bytes FROM sealed_box b';

const statementsOf = (db: Database) => ({
  last: db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM event').pluck(),
  stream: db.prepare<[string], [number, number]>('SELECT stream_no, head FROM stream WHERE stream_id = ?').raw(),
  forward: db
    .prepare<[number, number, number], Row>(`${EVENT} WHERE e.stream_no = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision`)
    .raw(),
  backward: db
    .prepare<[number, number, number], Row>(`${EVENT} WHERE e.stream_no = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision DESC`)
    .raw(),
  after: db.prepare<[number, number], Row>(`${EVENT} WHERE e.position > ? ORDER BY e.position LIMIT ?`).raw(),
  boxesOfStream: db
    .prepare<[number, number, number], BoxRow>(
      `${BOX} JOIN event e ON e.position = b.position WHERE e.stream_no = ? AND e.revision BETWEEN ? AND ? ORDER BY b.rowid`,
    )
    .raw(),
  boxesBetween: db.prepare<[number, number], BoxRow>(`${BOX} WHERE b.position BETWEEN ? AND ? ORDER BY b.rowid`).raw(),
});

/** Takes over `db` and closes it. @throws StoreUnavailable from every read the disk refuses */
export const createLogReader = (db: Database): LogReader => {
  const sql = statementsOf(db);
  const logId = db.prepare<[], string>("SELECT value FROM store_meta WHERE key = 'log_id'").pluck().get();
  if (logId === undefined) throw new Error(`${db.name} names no log: it was not made by this program`);

  const storedOf = (rows: readonly Row[], boxRows: readonly BoxRow[]): StoredEvent[] => {
    const boxes = new Map<number, Box[]>();
    for (const [position, person, commitment, bytes] of boxRows) {
      const box: Box = { person, commitment: commitment.toString('base64url'), bytes };
      const beside = boxes.get(position);
      if (beside === undefined) boxes.set(position, [box]);
      else beside.push(box);
    }
    return rows.map(([position, stream, revision, id, type, recordedAt, leaf]) => ({
      position: positionOf(logId, position),
      stream,
      revision,
      id: uuidOf(id),
      type,
      recordedAt: new Date(recordedAt).toISOString(),
      leaf,
      boxes: boxes.get(position) ?? [],
    }));
  };

  const page = (stream: StreamName, options: StreamPageOptions): StreamPage => {
    checkPage(options);
    const found = sql.stream.get(stream);
    if (found === undefined) return { events: [], head: NO_STREAM, end: true };
    const [no, head] = found;
    const { first, last, backward, count, end } = spanOf(options, head);
    if (count === 0) return { events: [], head, end };
    const rows = (backward ? sql.backward : sql.forward).all(no, first, last);
    return { events: storedOf(rows, sql.boxesOfStream.all(no, first, last)), head, end };
  };

  const after = (ordinal: number, limit: number): readonly StoredEvent[] => {
    const rows = sql.after.all(ordinal, limit);
    const [from] = rows[0] ?? [0];
    const [to] = rows.at(-1) ?? [-1];
    return rows.length === 0 ? [] : storedOf(rows, sql.boxesBetween.all(from, to));
  };

  return {
    logId,
    last: () => guarded(() => sql.last.get() ?? 0),
    page: (stream, options) => guarded(() => page(stream, options)),
    after: (ordinal, limit) => guarded(() => after(ordinal, limit)),
    close: () => void db.close(),
  };
};

const guarded = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_') !== true) throw error;
    throw new StoreUnavailable(`the log could not be read: ${(error as Error).message}`, 'not-written', { cause: error });
  }
};

const uuidOf = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
