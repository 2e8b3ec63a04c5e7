import type WebSocket from 'ws';
import { createLogger, nestLogger } from '../../apps/api/src/logger.js';
import { needlesOf } from '../support/canary.js';
import { bytes, INIT, operation, socket } from '../support/hostile.js';
import { serve, type Fields, type Served } from '../support/serve.js';

const NAME = 'Zakarias Kvitfugl';
const SECRET = `sk_${'Kvitfuglnokkel'.padEnd(43, 'q')}`;
/** What would begin a line of its own, colour a terminal, or turn the direction of writing, were it written as it is. */
const BREAKS = '\r\n{"level":60,"msg":"forged"}\u001b[31m\u009b31m\u2028\u2029\u202e\u0000';
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const ACTED_ON = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e]/;

const DAYS = ['2020-01-01', `${NAME}${BREAKS}`, `«${NAME}»`, SECRET];

describe('What is logged', () => {
  let served: Served;
  let body: string;
  beforeAll(async () => {
    served = await serve({ settings: { RATE_PER_MINUTE: 0 } });
    body = await served.recorded('establishBody', { commandId: 'organ', name: 'Landstinget' });
  });
  afterAll(() => served.close());

  /** What is read breaks while this runs, with words that quote what was sent. */
  const whileBroken = async <T>(run: () => Promise<T>): Promise<T> => {
    const reading = served.record.reading as { pin: unknown };
    const { pin } = reading;
    reading.pin = () => Promise.reject(new TypeError(`Unexpected token in "${NAME}${BREAKS}" for Bearer ${SECRET}`));
    try {
      return await run();
    } finally {
      reading.pin = pin;
    }
  };
  const headersWith = (text: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      ['user-agent', 'x-request-id', 'accept-language', 'x-at-least-position', 'origin', 'referer', 'traceparent', 'x-forwarded-for'].map(
        (name) => [name, text],
      ),
    );
  const note = (text: string): Fields => ({ commandId: text.slice(0, 60), item: { id: body }, text });
  const NOTE = 'mutation Note($input: AddNoteInput!) { addNote(input: $input) { __typename ... on Recorded { item { id } } } }';

  it('of commands, questions and failures of every sort holds no name, no key and no line of somebody else', async () => {
    const alias = NAME.replace(' ', '_');
    for (const text of DAYS) {
      for (const key of [served.keys.secretariat, SECRET, null]) {
        await served.ask(NOTE, { input: note(text) }, { key });
        await served.ask(`query ${alias} { ${alias}: search(text: ${JSON.stringify(text)}) { totalCount } }`, {}, { key });
        await served.ask('query ($text: String!) { byReference(reference: $text) { id } }', { text }, { key });
        await served.ask('{ node(id: "x") { id } }', { [text]: text }, { key, headers: headersWith(encodeURIComponent(text)) });
      }
      await served.post(text);
      await served.post(JSON.stringify({ query: text, operationName: text, extensions: { text } }));
      await fetch(served.url.replace('/graphql', `/${encodeURIComponent(text)}?key=${encodeURIComponent(text)}`));
      await fetch(`${served.url}?query=${encodeURIComponent(text)}&variables=${encodeURIComponent(text)}`);
      await fetch(
        `${served.url}/stream?query=${encodeURIComponent(`subscription { entries(after: ${JSON.stringify(text)}) { id } }`)}`,
      ).then((response) => response.text());
    }
    const broken = await whileBroken(() =>
      served.ask(
        `mutation { ${alias}: addNote(input: { commandId: "x", item: { reference: "${NAME}" }, text: "${NAME}" }) { __typename } }`,
        {},
        {
          key: served.keys.secretariat,
          // A request's id is the one thing a client says that is logged: a plain word it chose for that.
          headers: { ...headersWith(NAME.replace(' ', '-')), 'x-request-id': '1' },
        },
      ),
    );
    expect(broken.errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL']);
    await bytes(`GET /${alias} HTTP/1.1\r\nhost: ${alias}\r\nx: ${alias}\r\n\r\n`.replace(' HTTP', '\u0085 HTTP'))(served);
    await socket((client: WebSocket) => {
      client.send(INIT.replace('}', `,"payload":{"authorization":"Bearer ${SECRET}","name":"${NAME}"}}`));
      client.once('message', () => {
        client.send(operation('1', `subscription { entries(after: "${NAME}") { id } }`));
        client.once('message', () => client.send(`{"type":"${NAME}"`));
      });
    })(served);

    const lines = served.logged;
    expect(lines.some((line) => line.includes('a resolver failed'))).toBe(true);
    for (const needle of [...needlesOf(NAME), ...needlesOf(SECRET), ...Object.values(served.keys).map((key) => Buffer.from(key))])
      expect(lines.filter((line) => Buffer.from(line).includes(needle))).toEqual([]);
    for (const line of lines) {
      expect(line.endsWith('\n') && !ACTED_ON.test(line) && line.indexOf('\n') === line.length - 1).toBe(true);
      expect((JSON.parse(line) as Fields)['level']).not.toBe(60);
    }
  });

  it('of a fault stands under the id that the answer tells, in its errors and its header', async () => {
    const { headers, errors } = await whileBroken(() =>
      served.ask('{ items { position } }', {}, { headers: { 'x-request-id': 'sak-18.1456' } }),
    );
    expect(headers.get('x-request-id')).toBe('sak-18.1456');
    expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL', requestId: 'sak-18.1456' });
    const line = served.logged.map((one) => JSON.parse(one) as Fields).find(({ requestId }) => requestId === 'sak-18.1456');
    expect(line).toMatchObject({
      level: 50,
      msg: 'a resolver failed',
      error: { type: 'TypeError', message: 'Unexpected token in «…» for Bearer …' },
    });
    expect((line?.['error'] as Fields)['stack']).toMatch(/^ +at /);
  });

  it.each(['two words', 'a'.repeat(65), '', '-x', 'æ', '{}'])('takes no «%s» for an id: it makes one', async (id) => {
    const { headers } = await served.ask('{ __typename }', {}, { headers: { 'x-request-id': encodeURI(id) === id ? id : encodeURI(id) } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('A line of the log', () => {
  it('tells of an error without what it quotes, and escapes what a terminal or a reader of lines acts on', () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    logger.error({ problem: `Error: bad «${NAME}»`, deep: { reason: `no "${NAME}"`, key: `sk_${NAME}` } }, 'x');
    nestLogger(logger).error(`broke at '${NAME}'`, `Error: ${NAME}\n    at somewhere (file.ts:1:2)`);
    logger.warn({ text: BREAKS }, BREAKS);
    expect(lines.map((line) => JSON.parse(line) as Fields)).toMatchObject([
      { problem: 'Error: bad «…»', deep: { reason: 'no «…»', key: 'sk_… Kvitfugl' } },
      { msg: 'broke at «…»', context: ['    at somewhere (file.ts:1:2)'] },
      { text: BREAKS, msg: BREAKS },
    ]);
    expect(lines.map((line) => ACTED_ON.test(line))).toEqual([false, false, false]);
  });
});
