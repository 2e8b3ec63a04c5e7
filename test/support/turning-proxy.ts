import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
const LOOK_MS = 250; // ms between two looks at /readyz
const LOOK_LATE_MS = 2_000; // ms after which no answer is one
/** What came back unanswered, or not at all, was not begun. */
const NOT_BEGUN: ReadonlySet<string> = new Set(['ECONNREFUSED']);

export type TurningProxy = Readonly<{
  url: string;
  /** Which ports are sent requests now. */
  ready: () => readonly number[];
  /** Sends nothing to what listened here before, and from now on to this port too. */
  replace: (before: number, now: number) => void;
  close: () => Promise<void>;
}>;

/** As docker/haproxy.cfg does it: to each that is ready in turn, and once more to another what one turned away or never got. */
export const startTurningProxy = async (first: readonly number[]): Promise<TurningProxy> => {
  let ports = [...first];
  let ready: readonly number[] = [];
  let turn = 0;
  const agent = new Agent({ keepAlive: true });

  const look = async (port: number): Promise<boolean> => {
    try {
      const answer = await fetch(`http://${HOST}:${port}/readyz`, { signal: AbortSignal.timeout(LOOK_LATE_MS) });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  };
  const lookAtAll = async (): Promise<void> => {
    const looked = [...ports];
    const standing = await Promise.all(looked.map(look));
    ready = looked.filter((port, index) => standing[index] && ports.includes(port));
  };
  let looking = lookAtAll();
  await looking;
  const timer = setInterval(() => void (looking = looking.then(lookAtAll)), LOOK_MS);

  const ask = (port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: HOST, port, method, path: url, headers: { ...headers, connection: 'keep-alive' }, agent }, resolve);
      asked.once('error', reject).end(body);
    });
  /** From the next that is ready on, each once. */
  const answer = async (incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> => {
    turn += 1;
    const order = ready.map((_, index) => ready[(turn + index) % ready.length] as number);
    for (const [index, port] of order.entries()) {
      const isLast = index === order.length - 1;
      try {
        const answered = await ask(port, incoming, body);
        if (answered.statusCode !== 503 || isLast) return answered;
        answered.resume();
      } catch (error) {
        if (isLast || !NOT_BEGUN.has((error as { code?: string }).code ?? '')) throw error;
      }
    }
    throw new Error('nobody is ready');
  };

  const serve = async (incoming: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await incoming.toArray());
    try {
      const answered = await answer(incoming, body);
      reply.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(reply);
    } catch (error) {
      reply.writeHead(502, { 'content-type': 'text/plain' }).end(String(error));
    }
  };
  const server = createServer((incoming, reply) => void serve(incoming, reply));
  server.listen(0, HOST);
  await once(server, 'listening');
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}/graphql`,
    ready: () => ready,
    replace: (before, now) => {
      ports = ports.map((port) => (port === before ? now : port));
      ready = ready.filter((port) => port !== before);
    },
    close: async () => {
      clearInterval(timer);
      await looking;
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
