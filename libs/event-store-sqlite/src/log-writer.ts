import type { NewEvent } from '@saksgang/event-store';
import { NO_STREAM, type PersonId, type Revision, type StreamName } from '@saksgang/kernel';
import type { Database } from 'better-sqlite3';
import { HEADS_MAX } from './limits.js';
import type { Command, Verdict } from './verdict.js';

/** A transaction that failed as a whole: nothing of it stands, or, when the commit itself failed, it cannot be said. */
export class TransactionFailed extends Error {
  override readonly name = 'TransactionFailed';
  constructor(
    readonly outcome: 'not-written' | 'unknown',
    options: ErrorOptions,
  ) {
    super(options.cause instanceof Error ? options.cause.message : String(options.cause), options);
  }
}

export type LogWriter = Readonly<{
  /**
   * Puts the commands into one transaction, in order. A conflict is found before anything of its command is written,
   * so that it fails alone. Returns after the commit: what it calls appended is on the disk.
   * @throws TransactionFailed
   */
  commit(commands: readonly Command[]): Verdict[];
  /** Deletes every box of these persons in one transaction, and answers how many there were. @throws what the disk throws: then none */
  deleteBoxes(persons: readonly PersonId[]): number;
  /** Writes something of no meaning, durably. @throws when it cannot */
  probe(): void;
}>;

type Stream = Readonly<{ no: number; head: Revision }>;

const statementsOf = (db: Database) => ({
  begin: db.prepare('BEGIN IMMEDIATE'),
  commit: db.prepare('COMMIT'),
  last: db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM event').pluck(),
  stream: db.prepare<[string], [number, number]>('SELECT stream_no, head FROM stream WHERE stream_id = ?').raw(),
  newStream: db.prepare('INSERT INTO stream(stream_id, head) VALUES (?, ?)'),
  head: db.prepare('UPDATE stream SET head = ? WHERE stream_no = ?'),
  standing: db
    .prepare<[number, number, number], [number, Buffer]>(
      'SELECT position, event_id FROM event WHERE stream_no = ? AND revision BETWEEN ? AND ? ORDER BY revision',
    )
    .raw(),
  streamOfId: db.prepare<[Buffer], number>('SELECT stream_no FROM event WHERE event_id = ?').pluck(),
  event: db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)'),
  box: db.prepare('INSERT INTO sealed_box VALUES (?, ?, ?, ?)'),
  deleteBoxes: db.prepare<[string]>('DELETE FROM sealed_box WHERE person = ?'),
  probe: db.prepare("INSERT INTO store_meta VALUES ('probes', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value + 1 AS TEXT)"),
});

export const createLogWriter = (db: Database): LogWriter => {
  const sql = statementsOf(db);
  const heads = new Map<StreamName, Stream>(); // in order of use: the first is the one to forget
  let last: number | null = null; // position of the last event; null: to be read again

  const streamOf = (name: StreamName): Stream | null => {
    const known = heads.get(name);
    if (known !== undefined) return known;
    const row = sql.stream.get(name);
    return row === undefined ? null : { no: row[0], head: row[1] };
  };

  const remember = (name: StreamName, stream: Stream): void => {
    heads.delete(name);
    heads.set(name, stream);
    if (heads.size > HEADS_MAX) heads.delete(heads.keys().next().value as StreamName);
  };

  const originalOf = (stream: Stream | null, { expected, events }: Command): Verdict => {
    const actual = stream?.head ?? NO_STREAM;
    const revision = expected + events.length;
    if (stream === null || revision > actual) return { is: 'conflict', actual };
    const standing = sql.standing.all(stream.no, expected + 1, revision);
    const same =
      standing.length === events.length && standing.every(([, id], index) => id.equals(bytesOfId((events[index] as NewEvent).id)));
    return same ? { is: 'appended', ordinal: (standing.at(-1) as [number, Buffer])[0], revision } : { is: 'conflict', actual };
  };

  const place = (command: Command): Verdict => {
    const { stream: name, expected, events } = command;
    const stream = streamOf(name);
    const actual = stream?.head ?? NO_STREAM;
    if (actual !== expected) return originalOf(stream, command);
    const ids = events.map((event) => bytesOfId(event.id));
    for (const [index, id] of ids.entries()) {
      const elsewhere = sql.streamOfId.get(id);
      if (elsewhere === undefined) continue;
      if (elsewhere === stream?.no) return { is: 'conflict', actual };
      return { is: 'malformed', why: `event ${events[index]?.id} stands in another stream` };
    }
    const head = expected + events.length;
    const no = stream?.no ?? Number(sql.newStream.run(name, head).lastInsertRowid);
    if (stream !== null) sql.head.run(head, no);
    let ordinal = lastOrdinal();
    for (const [index, event] of events.entries()) insert(event, ids[index] as Buffer, (ordinal += 1), no, expected + 1 + index);
    last = ordinal;
    remember(name, { no, head });
    return { is: 'appended', ordinal, revision: head };
  };

  const lastOrdinal = (): number => last ?? sql.last.get() ?? 0;

  const insert = (event: NewEvent, id: Buffer, ordinal: number, no: number, revision: Revision): void => {
    sql.event.run(ordinal, no, revision, id, event.type, Date.parse(event.recordedAt), event.leaf);
    for (const box of event.boxes) sql.box.run(ordinal, box.person, Buffer.from(box.commitment, 'base64url'), box.bytes);
  };

  /** What was remembered may be of a transaction that no longer is. */
  const takeBack = (cause: unknown, outcome: 'not-written' | 'unknown'): never => {
    heads.clear();
    last = null;
    try {
      rollBack();
    } catch {
      // A broken disk may refuse even this. The next commit tries again before it begins; the first cause is the one to tell.
    }
    throw new TransactionFailed(outcome, { cause });
  };

  /** SQLite may have rolled back by itself. */
  const rollBack = (): void => {
    if (db.inTransaction) db.exec('ROLLBACK');
  };

  const commit = (commands: readonly Command[]): Verdict[] => {
    let verdicts: Verdict[];
    try {
      rollBack();
      sql.begin.run();
      verdicts = commands.map(place);
    } catch (cause) {
      return takeBack(cause, 'not-written');
    }
    try {
      sql.commit.run();
    } catch (cause) {
      // A full disk stops the commit mark itself. After any other fault the mark may have reached the disk unsynced.
      return takeBack(cause, isFull(cause) ? 'not-written' : 'unknown');
    }
    return verdicts;
  };

  const deleteBoxes = db.transaction((persons: readonly PersonId[]): number =>
    persons.reduce((sum, person) => sum + sql.deleteBoxes.run(person).changes, 0),
  );

  return { commit, deleteBoxes: (persons) => deleteBoxes.immediate(persons), probe: () => void sql.probe.run() };
};

const isFull = (error: unknown): boolean => (error as { code?: string }).code === 'SQLITE_FULL';
const bytesOfId = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
