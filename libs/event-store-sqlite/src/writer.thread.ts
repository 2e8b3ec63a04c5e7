import { parentPort, workerData } from 'node:worker_threads';
import { openForWriting } from './connection.js';
import type { Verdict } from './verdict.js';
import type { FromWriter, ToWriter, WriterThreadData } from './writer-messages.js';
import { Writer } from './writer.js';

/** The body of the writer's thread: the same Writer, spoken to by messages. It ends when the port is closed. */
const port = parentPort;
if (port === null) throw new Error('this file is the body of a thread: open the store instead');

const say = (message: FromWriter): void => port.postMessage(message);
let settled: [number, Verdict][] = [];
const writer = new Writer(openForWriting((workerData as WriterThreadData).file), () => {
  say({ say: 'settled', verdicts: settled });
  settled = [];
});

const hear = async (message: ToWriter): Promise<void> => {
  switch (message.say) {
    case 'append':
      for (const [turn, command, bytes] of message.appends) {
        writer.enqueue({ command, bytes, settle: (verdict) => void settled.push([turn, verdict]) });
      }
      return;
    case 'delete boxes':
      return say({ say: 'boxes deleted', turn: message.turn, deletion: await writer.deleteBoxes(message.persons) });
    case 'health':
      return say({ say: 'health', turn: message.turn, reason: await writer.health() });
    case 'close':
      await writer.close();
      return port.close();
  }
};

port.on('message', (message: ToWriter) => void hear(message));
say({ say: 'ready' });
