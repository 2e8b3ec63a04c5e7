import { StoreUnavailable } from '@saksgang/event-store';
import type { Received } from './driver.js';
import { HEAD_READ_FIRST, HEAD_READS_MAX, READ_EVENTS_MAX } from './limits.js';
import type { Line } from './line.js';
import { collect } from './reading.js';
import { recordStreamOf } from './stored-form.js';

/** Finds the record's last event among all that the server holds. */
export type LogEnd = Readonly<{
  /** An event of the record is known to stand here. */
  seen: (commit: bigint) => void;
  /** Commit position of the record's last event; `birth` when there is none. @throws CallFailed */
  find: () => Promise<bigint>;
}>;

/**
 * The library cannot ask a server for the last event of some streams only, so this reads all of them backwards until one is
 * the record's. What has been looked through once is not looked through again: others' events cost one reading each.
 */
export const createLogEnd = (line: Line, prefix: string, birth: bigint): LogEnd => {
  let last = birth;
  /** Nothing of the record stands after `last` up to here. */
  let searched = birth;

  const find = async (): Promise<bigint> => {
    const floor = larger(searched, last);
    let from: bigint | 'end' = 'end';
    let end: bigint | null = null;
    for (let reads = 0; reads < HEAD_READS_MAX; reads += 1) {
      const before: bigint | 'end' = from;
      let count = 2 * Math.min(READ_EVENTS_MAX, HEAD_READ_FIRST * 2 ** Math.min(reads, 10));
      // Others' events may be 16 MiB each: what was not answered in time is asked again for half as many.
      const page: Received[] = await line.untilAnswered((client) => {
        count = Math.max(1, count >> 1);
        return collect(client.readAllBackwards(before, count));
      });
      const positions = page.map(placeOf);
      end ??= positions[0] ?? birth;
      const ours = page.findIndex((event, index) => positions[index]! > floor && isOurs(event));
      const lowest = positions.at(-1);
      if (ours >= 0) last = larger(last, positions[ours]!);
      if (ours >= 0 || lowest === undefined || lowest <= floor || lowest === before) {
        searched = larger(searched, larger(end, last));
        return last;
      }
      from = lowest;
    }
    throw new StoreUnavailable(
      `more than ${HEAD_READS_MAX * READ_EVENTS_MAX} events of others lie behind the record’s last one`,
      'not-written',
    );
  };
  const isOurs = ({ event }: Received): boolean => event !== undefined && recordStreamOf(prefix, event.streamId) !== null;

  return {
    seen: (commit) => {
      last = larger(last, commit);
    },
    find,
  };
};

/** Of any event, also of others', which may have been written in any way. */
const placeOf = ({ event, commitPosition }: Received): bigint => event?.position?.commit ?? commitPosition ?? 0n;
const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);
