import type { NewEvent } from '@saksgang/event-store';
import type { PersonId } from '@saksgang/kernel';
import { Worker } from 'node:worker_threads';
import type { AppendWriter, Command, Deletion, Verdict } from './verdict.js';
import type { FromWriter, ToWriter } from './writer-messages.js';

type Answer = string | null | Verdict | Deletion;
type Thread = { worker: Worker; opened: boolean; ready: Promise<void>; pending: Map<number, Waiting> };
type Waiting = Readonly<{ answer: (answer: Answer) => void; whenDead: Answer; whenNotStarted: Answer }>;
type Unsent = readonly [turn: number, command: Command, bytes: number];

const UNKNOWN: Verdict = { is: 'unavailable', message: 'the writer thread ended before it answered', outcome: 'unknown' };
const NOT_SENT: Verdict = { is: 'unavailable', message: 'the writer thread could not be started', outcome: 'not-written' };

const NOT_DELETED: Deletion = { is: 'failed', message: 'the writer thread ended before it answered' };

/** Starts the body of the writer's thread on a log file. */
export type StartThread = () => Worker;

export const startThreadFrom =
  (script: URL, file: string): StartThread =>
  () =>
    new Worker(script, { workerData: { file }, name: 'log-writer' });

/**
 * The writer in a thread of its own: a slow disk then holds up no reader. When the thread dies, what it had not answered is
 * answered as unknown, and the next call starts another; what it had committed stands in the log all the same.
 */
export class ThreadedWriter implements AppendWriter {
  private thread: Thread | null = null;
  private unsent: Unsent[] = [];
  private turn = 0;
  private closing: Promise<void> | null = null;

  constructor(
    private readonly start: StartThread,
    private readonly afterBatch: () => void,
  ) {}

  /** Resolves when the thread has opened the log. @throws what kept it from doing so */
  ready(): Promise<void> {
    return this.running().ready;
  }

  append(command: Command, bytes: number): Promise<Verdict> {
    return new Promise((resolve) => {
      const turn = this.ask((answer) => resolve(answer as Verdict), UNKNOWN, NOT_SENT);
      if (turn === null) return;
      this.unsent.push([turn, portable(command), bytes]);
      // Everyone whom the last batch answered asks again in the same turn of the loop: they share one message.
      if (this.unsent.length === 1) process.nextTick(this.send);
    });
  }

  deleteBoxes(persons: readonly PersonId[]): Promise<Deletion> {
    return new Promise((resolve) => {
      const turn = this.ask((answer) => resolve(answer as Deletion), NOT_DELETED, NOT_DELETED);
      // What was appended before goes before: the writer's thread hears its messages in order.
      this.send();
      if (turn !== null) this.post({ say: 'delete boxes', turn, persons: [...persons] });
    });
  }

  health(): Promise<string | null> {
    return new Promise((resolve) => {
      const dead = 'the writer thread has ended; the next append starts another';
      const turn = this.ask((answer) => resolve(answer as string | null), dead, dead);
      if (turn !== null) this.post({ say: 'health', turn });
    });
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    const thread = this.thread;
    if (thread === null) return;
    this.send();
    const ended = new Promise<void>((resolve) => thread.worker.once('exit', () => resolve()));
    thread.worker.ref();
    this.post({ say: 'close' });
    await ended;
  }

  /** Notes who waits for an answer, and keeps the process alive until it has come. Null when there is no thread to ask. */
  private ask(answer: (answer: Answer) => void, whenDead: Answer, whenNotStarted: Answer): number | null {
    let thread: Thread;
    try {
      thread = this.running();
    } catch {
      answer(whenNotStarted);
      return null;
    }
    this.turn += 1;
    if (thread.pending.size === 0) thread.worker.ref();
    thread.pending.set(this.turn, { answer, whenDead, whenNotStarted });
    return this.turn;
  }

  private readonly send = (): void => {
    if (this.unsent.length === 0) return;
    const appends = this.unsent;
    this.unsent = [];
    this.post({ say: 'append', appends });
  };

  private post(message: ToWriter): void {
    this.thread?.worker.postMessage(message);
  }

  private running(): Thread {
    if (this.thread !== null) return this.thread;
    const worker = this.start();
    const thread: Thread = { worker, opened: false, pending: new Map(), ready: Promise.resolve() };
    thread.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: FromWriter) => {
        if (message.say !== 'ready') return this.hear(thread, message);
        thread.opened = true;
        resolve();
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        reject(new Error('the writer thread ended before it was ready'));
        this.bury(thread);
      });
    });
    // Whoever asks for it gets the reason; nobody else may be ended by it.
    thread.ready.catch(() => undefined);
    this.thread = thread;
    return thread;
  }

  private hear(thread: Thread, message: Exclude<FromWriter, { say: 'ready' }>): void {
    if (message.say === 'health') this.answer(thread, message.turn, message.reason);
    else if (message.say === 'boxes deleted') this.answer(thread, message.turn, message.deletion);
    else for (const [turn, verdict] of message.verdicts) this.answer(thread, turn, verdict);
    if (thread.pending.size === 0) thread.worker.unref();
    if (message.say === 'settled') this.afterBatch();
  }

  private answer(thread: Thread, turn: number, answer: Answer): void {
    thread.pending.get(turn)?.answer(answer);
    thread.pending.delete(turn);
  }

  private bury(thread: Thread): void {
    if (this.thread === thread) this.thread = null;
    const neverSent = new Set(this.unsent.map(([turn]) => turn));
    this.unsent = [];
    const sent = (turn: number): boolean => thread.opened && !neverSent.has(turn);
    for (const [turn, waiting] of thread.pending) waiting.answer(sent(turn) ? waiting.whenDead : waiting.whenNotStarted);
    thread.pending.clear();
    // It may have committed something it could no longer tell of.
    this.afterBatch();
  }
}

/** Bytes that are a window into a larger buffer would take that whole buffer along to the other thread. */
const portable = (command: Command): Command =>
  command.events.every((event) => event.boxes.length === 0) ? command : { ...command, events: command.events.map(withOwnBytes) };
const withOwnBytes = (event: NewEvent): NewEvent => ({
  ...event,
  boxes: event.boxes.map((box) => ({ ...box, bytes: Uint8Array.from(box.bytes) })),
});
