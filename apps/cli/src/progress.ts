import type { Terminal } from './terminal.js';

/** How far a long piece of work has come, told on standard error: one line that is written over on a terminal, plain lines elsewhere. */
export type Progress = Readonly<{
  /** `done` counts from the start of this work. `share`: 0 to 1 of it all, or null when that is not known. */
  at: (done: number, share: number | null) => void;
  /** The last line, which stays. */
  end: (done: number) => void;
}>;

const LIVE_EVERY_MS = 200; // ms between two lines on a terminal
const PLAIN_EVERY_MS = 10_000; // ms between two lines elsewhere
const S = 1_000; // ms of a second
const OVER = '\r\u001b[K'; // to the line's beginning, and what stood there is gone

/** `what` begins the line («copying»), `unit` follows the count («entries»). `now`: ms that only grow. */
export const createProgress = (
  { progress }: Terminal,
  what: string,
  unit: string,
  now: () => number = () => performance.now(),
): Progress => {
  if (progress === undefined) return { at: () => undefined, end: () => undefined };
  const { live, write } = progress;
  const began = now();
  let told = live ? Number.NEGATIVE_INFINITY : began;
  const say = (text: string): void => write(live ? `${OVER}${what}: ${text}` : `${what}: ${text}\n`);
  const rate = (done: number): number => done / Math.max(0.001, (now() - began) / S);
  return {
    at: (done, share) => {
      if (now() - told < (live ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
      told = now();
      const percent = share === null ? '' : ` (${Math.floor(share * 100)} %)`;
      say(`${done} ${unit}${percent}, ${Math.round(rate(done))} a second${leftOf(share, now() - began)}`);
    },
    end: (done) => {
      say(`${done} ${unit} in ${((now() - began) / S).toFixed(1)} s, ${Math.round(rate(done))} a second`);
      if (live) write('\n');
    },
  };
};

/** Too early, an estimate is a guess. */
const SHARE_MIN = 0.02;
const leftOf = (share: number | null, ms: number): string => {
  if (share === null || share < SHARE_MIN) return '';
  const seconds = Math.ceil((ms * (1 - share)) / share / S);
  return `, about ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`} left`;
};
