import type streams from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import type { LogRecord, SharedLog, StreamRange } from './shared-log.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  notFoundMessage,
  refusal,
  streamDeleted,
  textOf,
} from './wire.js';

type ReadOptions = InstanceType<typeof streams.ReadReq.Options>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
export type ReadCall = grpc.ServerWritableStream<InstanceType<typeof streams.ReadReq>, ReadResp>;

const SEARCH_WINDOW = 32; // records, when the client asks for none of its own

/** Writes, and waits while the client does not take it; false when the client has gone. */
const give = (call: ReadCall, message: ReadResp): Promise<boolean> =>
  new Promise((resolve) => {
    if (call.cancelled || call.destroyed) return resolve(false);
    if (call.write(message)) return resolve(true);
    const settle = (): void => {
      for (const event of ['drain', 'cancelled', 'close', 'error']) call.off(event, settle);
      resolve(!call.cancelled && !call.destroyed);
    };
    for (const event of ['drain', 'cancelled', 'close', 'error']) call.on(event, settle);
  });

const giveAll = async (call: ReadCall, messages: Iterable<ReadResp>): Promise<void> => {
  for (const message of messages) if (!(await give(call, message))) return;
  call.end();
};

/** One stream or $all, a page of so many. */
export const read = async (log: SharedLog, call: ReadCall, options: ReadOptions): Promise<void> => {
  const forward = options.getReadDirection() === 0;
  const count = Number(options.getCount());
  if (options.hasAll()) return giveAll(call, pageOfAll(log, options, forward, count).map(eventMessage));
  const stream = textOf(options.getStream()?.getStreamIdentifier());
  const page = log.readStream(stream, { from: startOf(options), forward, count });
  if (page === 'deleted') return void call.emit('error', streamDeleted(stream));
  return giveAll(call, page === 'not-found' ? [notFoundMessage(stream)] : page.map(eventMessage));
};

const startOf = (options: ReadOptions): StreamRange['from'] => {
  const stream = options.getStream();
  if (stream?.hasStart()) return 'start';
  return stream?.hasEnd() ? 'end' : BigInt(stream?.getRevision() ?? '0');
};

/** Forward from a position inclusive, backward from it exclusive: a position lies before its record. */
const pageOfAll = (log: SharedLog, options: ReadOptions, forward: boolean, count: number): readonly LogRecord[] => {
  const from = startOfAll(log, options, false);
  const matches = filterOf(options);
  const records = forward ? log.records().slice(from) : log.records().slice(0, from).reverse();
  return records.filter(matches).slice(0, count);
};

const startOfAll = (log: SharedLog, options: ReadOptions, exclusive: boolean): number => {
  const all = options.getAll();
  const position = all?.getPosition();
  if (position !== undefined) return log.indexOf(BigInt(position.getCommitPosition()), exclusive);
  return all?.hasEnd() ? log.records().length : 0;
};

const filterOf = (options: ReadOptions): ((record: LogRecord) => boolean) => {
  const filter = options.getFilter();
  if (filter === undefined) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const subject = filter.hasStreamIdentifier() ? (record: LogRecord) => record.stream : (record: LogRecord) => record.type;
  const prefixes = expression?.getPrefixList() ?? [];
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => subject(record).startsWith(prefix));
  const pattern = new RegExp(expression?.getRegex() ?? '', 'u');
  return (record) => pattern.test(subject(record));
};

export type Subscribing = Readonly<{ id: string; caughtUp: boolean }>;

/** $all from after a position, then live until the client goes. Checkpoints tell how far a filter has looked. */
export const subscribe = async (log: SharedLog, call: ReadCall, options: ReadOptions, { id, caughtUp }: Subscribing): Promise<void> => {
  if (!options.hasAll()) return void call.emit('error', refusal(grpc.status.UNIMPLEMENTED, 'only $all is subscribed to here'));
  const matches = filterOf(options);
  const filter = options.getFilter();
  const interval = filter && (filter.getMax() || SEARCH_WINDOW) * Math.max(1, filter.getCheckpointintervalmultiplier());
  let next = startOfAll(log, options, true);
  let looked = 0;
  let live = false;
  if (!(await give(call, confirmationMessage(id)))) return;
  for (;;) {
    for (const record of recordsFrom(log, next)) {
      next += 1;
      looked += 1;
      if (matches(record) && !(await give(call, eventMessage(record)))) return;
      if (interval !== undefined && looked % interval === 0 && !(await give(call, checkpointMessage(record.position)))) return;
    }
    if (!live && caughtUp && !(await give(call, caughtUpMessage()))) return;
    live = true;
    if (!(await somethingNew(log, call, next))) return;
  }
};

function* recordsFrom(log: SharedLog, from: number): Iterable<LogRecord> {
  for (let index = from; index < log.records().length; index += 1) yield log.records()[index] as LogRecord;
}

/** False when the client has gone. */
const somethingNew = (log: SharedLog, call: ReadCall, have: number): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (more: boolean): void => {
      stop();
      for (const event of ['cancelled', 'close', 'error']) call.off(event, gone);
      resolve(more);
    };
    const gone = (): void => settle(false);
    const stop = log.onAppend(() => settle(true));
    if (call.cancelled || call.destroyed) return gone();
    if (log.records().length > have) return settle(true);
    for (const event of ['cancelled', 'close', 'error']) call.on(event, gone);
  });
