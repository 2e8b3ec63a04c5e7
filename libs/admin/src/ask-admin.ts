import { connect } from 'node:net';
import type { Refusal } from '@saksgang/kernel';
import { ADMIN_PROTOCOL, BadFrame, frameOf, framesIn, type AdminFrame } from './frames.js';
import { adminSocketOf } from './socket-path.js';

export type AdminAnswer = Readonly<
  { is: 'done'; result: unknown } | { is: 'refused'; refusal: Refusal } | { is: 'failed'; message: string }
>;

const SILENCE_MS_MAX = 30_000; // ms without a sign of life
/** Nobody listens: there is no such file, or the process that made it is dead. */
const NOBODY = ['ENOENT', 'ECONNREFUSED'];

/**
 * Asks the running server of a data directory. Null when none runs there: the caller then takes the lock and does it itself.
 * `working` is called about once a second. @throws BadFrame when the server hangs up, or falls silent, without an answer
 */
export const askAdmin = async (dataDir: string, verb: string, input: unknown, working: () => void): Promise<AdminAnswer | null> => {
  const socket = connect(adminSocketOf(dataDir));
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  } catch (fault) {
    if (NOBODY.includes((fault as NodeJS.ErrnoException).code ?? '')) return null;
    throw fault;
  }
  socket.setTimeout(SILENCE_MS_MAX, () => socket.destroy(new BadFrame(`the server has said nothing for ${SILENCE_MS_MAX} ms`)));
  socket.write(frameOf({ protocol: ADMIN_PROTOCOL, verb, input }));
  try {
    for await (const value of framesIn(socket)) {
      const frame = value as AdminFrame;
      if ('done' in frame) return { is: 'done', result: frame.done };
      if ('refused' in frame) return { is: 'refused', refusal: frame.refused };
      if ('failed' in frame) return { is: 'failed', message: frame.failed };
      working();
    }
  } finally {
    socket.destroy();
  }
  throw new BadFrame('the server hung up before it had answered: look in its log');
};
