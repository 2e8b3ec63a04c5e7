import { APPEND_BOX_BYTES_MAX, RevisionConflict, StoreUnavailable, type EventStore, type StoredEvent } from '@saksgang/event-store';
import type { Position, Scheduler } from '@saksgang/kernel';
import type { ReadableLog } from '@saksgang/recording';
import { entriesOf, type IsErased } from './side-by-side.js';

export type CopyParts = Readonly<{
  source: ReadableLog;
  target: Pick<EventStore, 'append'>;
  isErased: IsErased;
  scheduler: Scheduler;
  /** Sees how many entries this call has copied, and where the last of them stands in the source. */
  told: (copied: number, position: Position) => void;
}>;

/** Entries that follow each other in the log and in one stream, and go into one append. */
const RUN_EVENTS_MAX = 500; // entries of a run
const RUN_BYTES_MAX = 262_144; // bytes of leaves of a run, unless one entry alone has more
const RUN_BOX_BYTES_MAX = APPEND_BOX_BYTES_MAX / 4; // bytes of boxes of a run, unless one entry alone has more
const TRIES_MAX = 12; // attempts of one append while the target is away
const RETRY_MS_MIN = 100; // ms before the second attempt; doubled for each further one
const RETRY_MS_MAX = 5_000; // ms

/** Somebody else writes in the log that is copied to. */
export class TargetIsWritten extends Error {
  override readonly name = 'TargetIsWritten';
}

/**
 * Copies the entries after a position of the source, up to its end as it was when asked, in log order: one append is acknowledged
 * before the next is sent. Answers how many. What was copied before a fault stays, and is found again by comparing.
 * @throws TargetIsWritten; StoreUnavailable when the target stays away; AppendTooLarge for an entry the target's engine cannot take
 */
export const copyAfter = async (after: Position, parts: CopyParts): Promise<number> => {
  let run: StoredEvent[] = [];
  let bytes = { leaves: 0, boxes: 0 };
  let copied = 0;
  const send = async (): Promise<void> => {
    const last = run.at(-1);
    if (last === undefined) return;
    await appendRun(run, parts);
    copied += run.length;
    run = [];
    bytes = { leaves: 0, boxes: 0 };
    parts.told(copied, last.position);
  };
  for await (const event of entriesOf(parts.source, after)) {
    const more = bytesOf(event);
    const full = bytes.leaves + more.leaves > RUN_BYTES_MAX || bytes.boxes + more.boxes > RUN_BOX_BYTES_MAX;
    if (full || run.length === RUN_EVENTS_MAX || run.at(-1)?.stream !== event.stream) await send();
    run.push(event);
    bytes = { leaves: bytes.leaves + more.leaves, boxes: bytes.boxes + more.boxes };
  }
  await send();
  return copied;
};

const bytesOf = ({ leaf, boxes }: StoredEvent): Readonly<{ leaves: number; boxes: number }> => ({
  leaves: Buffer.byteLength(leaf, 'utf8'),
  boxes: boxes.reduce((sum, box) => sum + box.bytes.byteLength, 0),
});

const appendRun = async (run: readonly StoredEvent[], { target, isErased, scheduler }: CopyParts): Promise<void> => {
  const [first] = run as readonly [StoredEvent, ...StoredEvent[]];
  const events = run.map(({ id, type, recordedAt, leaf, boxes }) => ({
    id,
    type,
    recordedAt,
    leaf,
    boxes: boxes.filter(({ person }) => !isErased(person)),
  }));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await target.append(first.stream, first.revision - 1, events);
      return;
    } catch (fault) {
      if (fault instanceof RevisionConflict)
        throw new TargetIsWritten(
          `The log that is copied to is written by somebody else: ${fault.message}. Nothing of theirs was touched.`,
        );
      // The same ids at the same revision: if it was written after all, it is not written twice.
      if (!(fault instanceof StoreUnavailable) || attempt === TRIES_MAX) throw fault;
      await scheduler.sleep(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** (attempt - 1)));
    }
  }
};
