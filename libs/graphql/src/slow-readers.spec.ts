import { request, type IncomingMessage } from 'node:http';
import { SaksgangGraphqlDriver } from '@saksgang/graphql-driver';
import type { Scheduler } from '@saksgang/kernel';
import WebSocket from 'ws';
import { listen, TRANSPORTS, type Transport } from '../../../test/support/listening.js';
import { openHouse, recorded, type House } from '../testing/house.js';

const ENTRIES = 140;
const TEXT_CHARS = 60_000; // characters of one entry: all of them are several times what the sockets between hold
const QUIET_TURNS = 400; // turns of the loop in which a source that is not asked counts as held
const TURNS_MAX = 200_000;
const ENTRIES_QUERY = `subscription($after: Position) { entries(after: $after) { id position changes { after } } }`;

type Sleep = Readonly<{ ms: number; signal: AbortSignal | undefined; over: () => void }>;
/** Waits end when the spec says so. */
const createClockwork = () => {
  const sleeps = new Set<Sleep>();
  const scheduler: Scheduler = {
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleep = { ms, signal, over: resolve };
        sleeps.add(sleep);
        signal?.addEventListener('abort', () => (sleeps.delete(sleep), reject(signal.reason as Error)), { once: true });
      }),
  };
  return {
    scheduler,
    /** Lets the waits of this moment run out. */
    runOut: async (): Promise<void> => {
      for (const sleep of [...sleeps]) {
        sleeps.delete(sleep);
        sleep.over();
      }
      await turn();
    },
  };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const until = async (holds: () => boolean): Promise<void> => {
  for (let turns = 0; !holds(); turns += 1) {
    if (turns > TURNS_MAX) throw new Error('it never came');
    await turn();
  }
};

type Message = Readonly<{
  data?: { entries: { id: string; position: string } };
  errors?: readonly { extensions: { code: string; position: string } }[];
}>;
/** A reader that takes nothing until it is told to; `ended`: the server said that there is no more. */
type Reader = Readonly<{ messages: Message[]; ended: () => boolean; goOn: () => void; leave: () => void }>;

const overWebSocket = async (url: string, authorization: string, variables: object): Promise<Reader> => {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  const messages: Message[] = [];
  let ended = false;
  await new Promise((resolve) => socket.once('open', resolve));
  const acknowledged = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await acknowledged;
  socket.on('message', (text: Buffer) => {
    const { type, payload } = JSON.parse(text.toString()) as { type: string; payload: Message };
    if (type === 'next') messages.push(payload);
    if (type === 'complete') ended = true;
  });
  socket.on('error', () => undefined);
  socket.pause();
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: ENTRIES_QUERY, variables } }));
  return { messages, ended: () => ended, goOn: () => socket.resume(), leave: () => socket.terminate() };
};

const overEventStream = async (url: string, authorization: string, variables: object): Promise<Reader> => {
  const messages: Message[] = [];
  let ended = false;
  const asking = request(`${url}/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization },
  });
  const answered = new Promise<IncomingMessage>((resolve) => asking.once('response', resolve));
  asking.on('error', () => undefined);
  asking.end(JSON.stringify({ query: ENTRIES_QUERY, variables }));
  const answer = await answered;
  let rest = '';
  answer.setEncoding('utf8').on('error', () => undefined);
  const take = (text: string): void => {
    const events = (rest + text).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '));
      if (event.startsWith('event: next') && data) messages.push(JSON.parse(data.slice('data: '.length)) as Message);
      if (event.startsWith('event: complete')) ended = true;
    }
  };
  return { messages, ended: () => ended, goOn: () => void answer.on('data', take), leave: () => answer.destroy() };
};

const READERS: Readonly<Record<Transport, (url: string, authorization: string, variables: object) => Promise<Reader>>> = {
  'graphql-ws': overWebSocket,
  'server-sent events': overEventStream,
};

describe.each(TRANSPORTS)('A reader over %s that takes nothing', (transport) => {
  const clockwork = createClockwork();
  let house: House;
  let url: string;
  let reader: Reader;
  let pulled: number;
  let signal: AbortSignal;
  beforeAll(async () => {
    house = await openHouse(SaksgangGraphqlDriver, { scheduler: clockwork.scheduler });
    await house.app.listen(0, '127.0.0.1');
    url = `${await house.app.getUrl()}/graphql`;
    const ks = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS' });
    for (let number = 1; number < ENTRIES; number += 1)
      await recorded(house, 'addNote', { commandId: `n-${number}`, item: { id: ks }, text: `${number} ${'x'.repeat(TEXT_CHARS)}` });
    const { reading } = house.reads;
    const asked = { ...reading };
    Object.assign(reading, {
      entriesAfter: async function* (...[after, filter, ending]: Parameters<typeof asked.entriesAfter>) {
        signal = ending;
        for await (const row of asked.entriesAfter(after, filter, ending)) {
          pulled += 1;
          yield row;
        }
      },
    });
  }, 60_000);
  beforeEach(async () => {
    pulled = 0;
    reader = await READERS[transport](url, `Bearer ${house.keys['secretariat']}`, { after: house.store.origin });
    await until(() => pulled > 0);
    // The sockets between take what they hold; then the source is asked for nothing more.
    let [quiet, seen] = [0, pulled];
    while (quiet < QUIET_TURNS) {
      await turn();
      quiet = pulled === seen ? quiet + 1 : 0;
      seen = pulled;
    }
  });
  afterEach(() => reader.leave());
  afterAll(() => house.close());

  it('holds its source and nothing else; then it is told where it stood and closed, and resumes there exactly', async () => {
    expect(pulled).toBeLessThan(ENTRIES);
    expect(signal.aborted).toBe(false);
    await clockwork.runOut();
    expect(signal.aborted).toBe(true);
    const handed = pulled;
    reader.goOn();
    await until(() => reader.ended());
    const told = reader.messages.at(-1)?.errors?.[0]?.extensions;
    const sent = reader.messages.slice(0, -1).map(({ data }) => data?.entries);
    expect([pulled, sent.length]).toEqual([handed, handed]);
    expect(told).toMatchObject({ code: 'READER_TOO_SLOW', position: sent.at(-1)?.position });
    const again = listen(transport, url, ENTRIES_QUERY, { after: told?.position }, `Bearer ${house.keys['secretariat']}`);
    const others = await again.take(ENTRIES - handed);
    await again.leave();
    const { data } = await house.ask(`{ history(orderBy: OLDEST_FIRST, first: 1) { totalCount } }`);
    const seen = [...sent.map((entry) => entry?.id), ...others.map(({ entries }) => entries.id)];
    expect(seen.map((id) => Number(id?.split('@')[1]))).toEqual(Array.from({ length: data.history.totalCount }, (_, at) => at));
  }, 30_000);

  it('is hung up on when it never takes what it is told', async () => {
    const server = house.app.getHttpServer();
    const connections = () =>
      new Promise<number>((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));
    await clockwork.runOut();
    const before = await connections();
    await clockwork.runOut();
    let now = before;
    for (let turns = 0; now >= before && turns < TURNS_MAX; turns += 1) now = await connections();
    expect(now).toBe(before - 1);
    expect(signal.aborted).toBe(true);
  }, 30_000);
});
