import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { isRefusal, type Scheduler } from '@saksgang/kernel';
import { ADMIN_PROTOCOL, BadFrame, frameOf, framesIn, protocolUnknown, questionIn, verbUnknown, type AdminFrame } from './frames.js';
import { adminSocketOf, SOCKET_PATH_BYTES_MAX } from './socket-path.js';

/** One thing the keeper may ask of a running server. Reads its own input, and answers JSON or a Refusal. */
export type AdminVerb = (input: unknown) => Promise<unknown>;

export type AdminOptions = Readonly<{
  dataDir: string;
  /** All there are: nothing else is done. */
  verbs: Readonly<Record<string, AdminVerb>>;
  scheduler: Scheduler;
  logger: (level: 'info' | 'warn' | 'error', message: string, about: Readonly<Record<string, unknown>>) => void;
}>;

const CLIENTS_MAX = 8; // clients at once
const QUESTION_MS_MAX = 5_000; // ms a client has for its question
const WORKING_EVERY_MS = 1_000; // ms between two signs of life
const OWNER_ONLY = 0o600;

/**
 * Answers the keeper through a socket in the data directory that only its owner may open. The caller holds the directory's lock, so a
 * socket that is there already is what a killed process left. @throws when it cannot listen
 */
export const serveAdmin = async (options: AdminOptions): Promise<Readonly<{ close: () => Promise<void> }>> => {
  const path = adminSocketOf(options.dataDir);
  const isFile = process.platform !== 'win32';
  if (isFile && Buffer.byteLength(path) > SOCKET_PATH_BYTES_MAX) {
    options.logger('warn', 'no admin socket: the path of the data directory is too long for one', {
      path,
      bytesMax: SOCKET_PATH_BYTES_MAX,
    });
    return { close: async () => undefined };
  }
  if (isFile) rmSync(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A client that hangs up is gone; what it asked for goes on.
    socket.on('error', () => undefined);
    socket.setTimeout(QUESTION_MS_MAX, () => socket.destroy());
    void answer(socket, options);
  });
  server.maxConnections = CLIENTS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  if (isFile) chmodSync(path, OWNER_ONLY);
  return {
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

const answer = async (socket: Socket, options: AdminOptions): Promise<void> => {
  const frame = await frameFor(socket, options).catch((fault: unknown): AdminFrame => {
    options.logger('warn', 'the admin socket could not do what was asked', { problem: String(fault) });
    return { failed: fault instanceof Error ? fault.message : String(fault) };
  });
  socket.end(frameOf(frame));
};

const frameFor = async (socket: Socket, { verbs, scheduler, logger }: AdminOptions): Promise<AdminFrame> => {
  const question = await firstIn(socket);
  socket.setTimeout(0);
  if (question.protocol !== ADMIN_PROTOCOL) return { refused: protocolUnknown(question.protocol) };
  const verb = Object.hasOwn(verbs, question.verb) ? verbs[question.verb] : undefined;
  if (verb === undefined) return { refused: verbUnknown(question.verb, Object.keys(verbs)) };
  logger('info', 'the keeper asks', { verb: question.verb });
  const done = new AbortController();
  const alive = signsOfLife(socket, scheduler, done.signal);
  try {
    const result = await verb(question.input);
    return isRefusal(result) ? { refused: result } : { done: result ?? null };
  } finally {
    done.abort();
    await alive;
  }
};

const firstIn = async (socket: Socket): Promise<ReturnType<typeof questionIn>> => {
  const frames = framesIn(socket.iterator({ destroyOnReturn: false }));
  const first = await frames.next();
  await frames.return(undefined);
  if (first.done) throw new BadFrame('the client hung up without a question');
  return questionIn(first.value);
};

const signsOfLife = async (socket: Socket, scheduler: Scheduler, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted && !socket.destroyed) {
    await scheduler.sleep(WORKING_EVERY_MS, signal).catch(() => undefined);
    if (!signal.aborted) socket.write(frameOf({ working: true }));
  }
};
