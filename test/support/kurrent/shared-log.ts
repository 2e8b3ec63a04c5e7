/**
 * The one log of a scripted EventStoreDB, shared by the nodes of a cluster. It decides as the real server does where that was
 * read in its source (23.10 index writer): the rules of repeated ids, deleted streams and truncation. What it cannot show:
 * elections, replication, scavenge, $maxAge, access lists.
 */
export type LogRecord = Readonly<{
  /** Like the byte offset of the real log: grows, with gaps. */
  position: bigint;
  stream: string;
  revision: bigint;
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
  /** 100 ns since 1970, finer than the client shows it. */
  createdTicks: bigint;
}>;
export type Proposed = Pick<LogRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expected = bigint | 'no_stream' | 'any' | 'stream_exists';
export type Done = Readonly<{ is: 'written' | 'repeated'; revision: bigint | null; position: bigint | null }>;
export type Refused = Readonly<{ is: 'wrong-version'; actual: bigint | null }> | Readonly<{ is: 'deleted' | 'too-large' | 'denied' }>;
export type Verdict = Done | Refused;
export const isDone = (verdict: Verdict): verdict is Done => verdict.is === 'written' || verdict.is === 'repeated';

export type StreamRange = Readonly<{ from: bigint | 'start' | 'end'; forward: boolean; count: number }>;

export type SharedLog = Readonly<{
  append: (stream: string, expected: Expected, proposed: readonly Proposed[]) => Verdict;
  /** Soft: hidden until the next append, which goes on counting. */
  softDelete: (stream: string, expected: Expected) => Verdict;
  /** For ever. */
  tombstone: (stream: string, expected: Expected) => Verdict;
  readStream: (stream: string, range: StreamRange) => readonly LogRecord[] | 'not-found' | 'deleted';
  /** All records in log order; grows at its end only. */
  records: () => readonly LogRecord[];
  /** How many records lie before `position`, or up to and including it. */
  indexOf: (position: bigint, inclusive: boolean) => number;
  /** Called after each append; answers how to stop. */
  onAppend: (listener: () => void) => () => void;
}>;

export const APPEND_BYTES_LIMIT = 1024 * 1024; // bytes of one append, MaxAppendSize of servers up to 25.0
/** The number of a stream that was deleted: as its `$tb` softly, as the revision of its last event for ever. */
export const DELETED = 9_223_372_036_854_775_807n;
const RECORD_BYTES = 137n; // what a record costs besides its content: any number that makes gaps
const TICKS_PER_MS = 10_000n;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = ({ type, data, metadata }: Proposed): number => data.byteLength + metadata.byteLength + 2 * type.length;
const systemRecord = (id: string, type: string, data: unknown): Proposed => ({
  id,
  type,
  contentType: 'application/json',
  data: utf8(JSON.stringify(data)),
  metadata: new Uint8Array(),
});
/** Ids of the log's own records: never an application's, the same in every run. */
const systemId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const makeSharedLog = (now: () => number = Date.now): SharedLog => {
  const log: LogRecord[] = [];
  const streams = new Map<string, LogRecord[]>();
  const listeners = new Set<() => void>();
  const nextSystemId = (): string => systemId(log.length);
  let offset = 0n;

  const all = (stream: string): readonly LogRecord[] => streams.get(stream) ?? [];
  const headOf = (stream: string): bigint => all(stream).at(-1)?.revision ?? -1n;

  const write = (stream: string, proposed: readonly Proposed[], revision = headOf(stream) + 1n): LogRecord[] => {
    const written = proposed.map((one, index): LogRecord => {
      const position = offset;
      offset += RECORD_BYTES + BigInt(bytesOf(one) + stream.length);
      return { ...one, stream, revision: revision + BigInt(index), position, createdTicks: BigInt(now()) * TICKS_PER_MS + 4_321n };
    });
    log.push(...written);
    const standing = streams.get(stream);
    if (standing === undefined) streams.set(stream, written);
    else standing.push(...written);
    for (const listener of [...listeners]) listener();
    return written;
  };

  /** Metadata of a stream is the last event of its `$$` stream; the first readable revision follows from it. */
  const truncationOf = (stream: string): Readonly<{ before: bigint; softlyDeleted: boolean }> => {
    const last = all(`$$${stream}`).at(-1);
    if (last === undefined) return { before: 0n, softlyDeleted: false };
    const { $tb, $maxCount } = JSON.parse(new TextDecoder().decode(last.data)) as { $tb?: number; $maxCount?: number };
    if ($tb === Number(DELETED)) return { before: DELETED, softlyDeleted: true };
    const byCount = $maxCount === undefined ? 0n : headOf(stream) - BigInt($maxCount) + 1n;
    const byRevision = BigInt($tb ?? 0);
    return { before: byCount > byRevision ? byCount : byRevision, softlyDeleted: false };
  };
  const truncateBefore = (stream: string, revision: number | bigint): void => {
    // JSON has no number as large as DELETED for JavaScript: the text is written as the server writes it.
    const text = `{"$tb":${String(revision)}}`;
    write(`$$${stream}`, [{ ...systemRecord(nextSystemId(), '$metadata', {}), data: utf8(text) }]);
  };

  const repeated = (stream: string, proposed: readonly Proposed[], from: bigint): 'all' | 'some' | 'none' => {
    const stands = proposed.map((one, index) => all(stream)[Number(from) + index]?.id === one.id);
    if (stands.every(Boolean)) return 'all';
    return stands[0] === true ? 'some' : 'none';
  };
  const repeatOf = (stream: string, from: bigint, count: number): Verdict => {
    const last = all(stream)[Number(from) + count - 1];
    return { is: 'repeated', revision: last?.revision ?? null, position: last?.position ?? null };
  };

  /** null: it may be written. */
  const check = (stream: string, expected: Expected, proposed: readonly Proposed[]): Verdict | null => {
    const head = headOf(stream);
    if (head === DELETED) return { is: 'deleted' };
    const wrong: Verdict = { is: 'wrong-version', actual: head < 0n ? null : head };
    const { softlyDeleted } = truncationOf(stream);
    if (expected === 'stream_exists' && (head < 0n || softlyDeleted)) return wrong;
    if (expected === 'any' || expected === 'stream_exists') {
      // The real one looks in a memory of 8 MB only: here it never forgets, there it may. Nobody should rely on it.
      const from = all(stream).find((record) => record.id === proposed[0]?.id)?.revision;
      if (from === undefined) return null;
      return repeated(stream, proposed, from) === 'all' ? repeatOf(stream, from, proposed.length) : wrong;
    }
    const after = expected === 'no_stream' ? -1n : expected;
    if (after > head) return wrong;
    if (after === head) return null; // ids that stand elsewhere in the stream are not looked for
    const standing = proposed.length === 0 ? 'none' : repeated(stream, proposed, after + 1n);
    if (standing === 'all') return repeatOf(stream, after + 1n, proposed.length);
    return standing === 'none' && expected === 'no_stream' && softlyDeleted ? null : wrong;
  };

  const append = (stream: string, expected: Expected, proposed: readonly Proposed[]): Verdict => {
    if (stream.startsWith('$') && !/^\$\$[^$]/.test(stream)) return { is: 'denied' };
    if (proposed.reduce((sum, one) => sum + bytesOf(one), 0) > APPEND_BYTES_LIMIT) return { is: 'too-large' };
    const verdict = check(stream, expected, proposed);
    if (verdict !== null) return verdict;
    if (truncationOf(stream).softlyDeleted) truncateBefore(stream, headOf(stream) + 1n);
    const last = write(stream, proposed).at(-1);
    const head = headOf(stream);
    return { is: 'written', revision: head < 0n ? null : head, position: last?.position ?? null };
  };

  const deleting =
    (carryOut: (stream: string) => void) =>
    (stream: string, expected: Expected): Verdict => {
      const verdict = check(stream, expected, []);
      if (verdict !== null) return verdict;
      carryOut(stream);
      return { is: 'written', revision: headOf(stream), position: log.at(-1)?.position ?? null };
    };

  const readStream = (stream: string, { from, forward, count }: StreamRange): readonly LogRecord[] | 'not-found' | 'deleted' => {
    const head = headOf(stream);
    if (head === DELETED) return 'deleted';
    const { before, softlyDeleted } = truncationOf(stream);
    if (head < 0n || softlyDeleted) return 'not-found';
    const readable = all(stream).filter((record) => record.revision >= before);
    const starting = from === 'start' ? 0n : from === 'end' ? head : from;
    const inRange = readable.filter(({ revision }) => (forward ? revision >= starting : revision <= starting));
    return (forward ? inRange : inRange.reverse()).slice(0, count);
  };

  const indexOf = (position: bigint, inclusive: boolean): number => {
    let [low, high] = [0, log.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const here = (log[middle] as LogRecord).position;
      if (here < position || (inclusive && here === position)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // A new database already holds events of its own: whoever reads $all without a filter meets them.
  write('$users', [systemRecord(nextSystemId(), '$User', 'admin')]);
  write('$user-admin', [systemRecord(nextSystemId(), '$UserCreated', { loginName: 'admin' })]);
  write('$$$user-admin', [systemRecord(nextSystemId(), '$metadata', { $acl: { $r: '$admins' } })]);

  return {
    append,
    softDelete: deleting((stream) => truncateBefore(stream, DELETED)),
    tombstone: deleting((stream) => void write(stream, [systemRecord(nextSystemId(), '$streamDeleted', {})], DELETED)),
    readStream,
    records: () => log,
    indexOf,
    onAppend: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
