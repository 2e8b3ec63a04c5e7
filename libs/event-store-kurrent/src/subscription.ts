import { createDoorbell } from '@saksgang/event-store';
import type { Scheduler } from '@saksgang/kernel';
import type { Received } from './driver.js';
import { faultOf, type Fault } from './faults.js';
import { CallFailed, type Line } from './line.js';
import { FOLLOW_BUFFER, SAFETY_WAKE_MS } from './limits.js';

/** One subscription on one client, pulled: the server is held when FOLLOW_BUFFER events lie ready. */
export type Session = Readonly<{
  /** The next event that lies ready, or null. */
  take: () => Received | null;
  ready: () => boolean;
  /** Resolves when something lies ready, the signal aborts, or after SAFETY_WAKE_MS of silence. @throws CallFailed: what broke it */
  more: (signal: AbortSignal) => Promise<'something' | 'silence'>;
  /** The last one the server told of; -1 when none. It runs AHEAD of the events that lie ready. */
  checkpoint: () => bigint;
  /** Breaks it: the log has gone on and it has said nothing. */
  silent: () => CallFailed;
  leave: () => void;
}>;

export const subscribe = (
  line: Line,
  { prefix, scheduler }: Readonly<{ prefix: string; scheduler: Scheduler }>,
  after: bigint,
): Session => {
  const client = line.client();
  const bell = createDoorbell();
  let broke: unknown = null;
  let checkpoint = -1n;
  const subscription = client.subscribe(after, prefix, FOLLOW_BUFFER, (commit) => {
    checkpoint = commit;
  });
  const breaks = (error: unknown): void => {
    broke ??= error;
    bell.ring();
  };
  subscription.on('readable', bell.ring);
  subscription.on('error', breaks);
  subscription.on('end', () => breaks(new Error('the server ended the subscription')));
  subscription.on('close', () => breaks(new Error('the subscription was closed')));

  const broken = (error: unknown): CallFailed => {
    const fault: Fault = faultOf(error);
    if (fault.kind === 'line') line.broken(client, error);
    return new CallFailed(fault, false, { cause: error });
  };
  const ready = (): boolean => subscription.readableLength > 0;

  const more: Session['more'] = async (signal) => {
    if (ready() || signal.aborted) return 'something';
    if (broke !== null) throw broken(broke);
    const over = new AbortController();
    const stop = (): void => over.abort();
    signal.addEventListener('abort', stop, { once: true });
    let silence = false;
    const timer = scheduler.sleep(SAFETY_WAKE_MS, over.signal).then(
      () => {
        silence = true;
        over.abort();
      },
      () => undefined,
    );
    await bell.after(bell.rung(), over.signal);
    over.abort();
    await timer;
    signal.removeEventListener('abort', stop);
    return silence ? 'silence' : 'something';
  };

  return {
    take: () => subscription.read() as Received | null,
    ready,
    more,
    checkpoint: () => checkpoint,
    silent: () => broken(new Error('the subscription went silent while the log grew')),
    leave: () => {
      void subscription.unsubscribe().catch(() => undefined);
      subscription.destroy();
    },
  };
};
