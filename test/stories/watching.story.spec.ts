import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { Registry } from 'prom-client';
import { measureRecord } from '../../apps/api/src/watching/gauges.js';
import { KNOWN_OPERATIONS } from '../../apps/api/src/watching/known-operations.js';
import { createMetrics } from '../../apps/api/src/watching/metrics.js';
import { startWatching } from '../../apps/api/src/watching/watching.js';
import { needlesOf } from '../support/canary.js';
import { type Collector, startCollector } from '../support/collector.js';
import { rowsOf, sectionOf } from '../support/readme.js';
import { serve, type Served } from '../support/serve.js';

const TOKEN = 'c2Vrc3RlbiBoZW1tZWxpZ2UgYnl0ZXM=';
const NAME = 'Zakarias Kvitfugl';
const CLIENT = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
const OPERATIONS = fileURLToPath(new URL('../../apps/api/operations/', import.meta.url));

describe('Whoever runs the service', () => {
  let collector: Collector;
  let watching: Awaited<ReturnType<typeof startWatching>>;
  let served: Served;
  let url: string;
  let body: string;
  const metrics = async (): Promise<string> => (await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  /** The number behind a name with these labels; 0 where there is no such line. */
  const figure = (text: string, name: string, labels = ''): number => {
    const line = text.split('\n').find((one) => one.startsWith(`${name}${labels === '' ? ' ' : `{${labels}}`}`));
    return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')));
  };

  beforeAll(async () => {
    collector = await startCollector();
    watching = await startWatching({
      METRICS_PORT: 0,
      METRICS_HOST: '127.0.0.1',
      METRICS_TOKEN: TOKEN,
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.endpoint}/`,
    });
    served = await serve({ watching, settings: { RATE_PER_MINUTE: 60 } });
    url = (await watching.serve(served.record))?.url ?? '';
    body = await served.recorded('establishBody', { commandId: 'organ', name: 'Landstinget' });
  });
  afterAll(async () => {
    await watching.stop();
    await collector.close();
    await served.close();
  });

  it('shows the figures to nobody without the token, and nothing else at all', async () => {
    const asked = async (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<number> =>
      (await fetch(url.replace('/metrics', path), { method, headers })).status;
    const authorization = `Bearer ${TOKEN}`;
    expect(await asked('/metrics')).toBe(401);
    expect(await asked('/metrics', { authorization: `Bearer ${TOKEN}x` })).toBe(401);
    expect(await asked('/metrics', { authorization })).toBe(200);
    expect(await asked('/metrics', { authorization }, 'POST')).toBe(404);
    expect(await asked('/', { authorization })).toBe(404);
    expect((await fetch(served.url.replace('/graphql', '/metrics'))).status).toBe(404);
  });

  it('sees commands by type and outcome, refusals and errors by code, and how long answers and appends take', async () => {
    const note = { commandId: 'notat', item: { id: body }, text: NAME };
    for (const input of [
      note,
      note,
      { ...note, text: 'en annen' },
      { ...note, commandId: 'b', text: ' ' },
      { ...note, commandId: 'c', expectedRevision: 7 },
    ])
      await served.mutate('addNote', input);
    await served.ask('query Tidslinje { timeline { totalCount } }');
    await served.ask(`query ${NAME.replace(' ', '')} { timeline { totalCount } }`);
    await served.ask('{ timeline { totalCount } }');
    await served.ask('{ nothing }');
    await served.ask('{ items(first: 1000) { totalCount } }');
    const text = await metrics();
    const commands = (outcome: string): number => figure(text, 'saksgang_commands_total', `command="addNote",outcome="${outcome}"`);
    expect(['recorded', 'replayed', 'refused', 'invalid', 'conflict'].map(commands)).toEqual([1, 1, 1, 1, 1]);
    expect(figure(text, 'saksgang_refusals_total', 'code="COMMAND_ID_REUSED"')).toBe(1);
    expect(figure(text, 'saksgang_errors_total', 'code="GRAPHQL_VALIDATION_FAILED"')).toBe(1);
    expect(figure(text, 'saksgang_errors_total', 'code="BAD_PAGE"')).toBe(1);
    const answers = (operation: string, outcome: string): number =>
      figure(text, 'saksgang_graphql_operation_duration_seconds_count', `type="query",operation="${operation}",outcome="${outcome}"`);
    expect([answers('Tidslinje', 'ok'), answers('other', 'ok'), answers('unnamed', 'ok'), answers('unnamed', 'errors')]).toEqual([
      1, 1, 1, 1,
    ]);
    expect(figure(text, 'saksgang_append_duration_seconds_count', 'outcome="ok"')).toBe(2);
    expect(figure(text, 'saksgang_append_duration_seconds_sum', 'outcome="ok"')).toBeGreaterThan(0);
    for (const step of ['operation', 'command', 'append'])
      expect([step, figure(text, 'saksgang_steps_in_progress', `step="${step}"`)]).toEqual([step, 0]);
    expect(figure(text, 'saksgang_http_responses_total', 'status="200"')).toBeGreaterThan(5);
    expect(figure(text, 'saksgang_record_indexed_entries')).toBe(2);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).toMatch(/^saksgang_projection_lag_entries\{projection="[a-z]+"\} 0$/m);
    expect(needlesOf(NAME).filter((needle) => Buffer.from(text).includes(needle))).toEqual([]);
  });

  it('sees what was turned away at the door, and what is under way', async () => {
    let status = 200;
    for (let asked = 0; asked < 61 && status === 200; asked += 1)
      status = (await served.ask(`query Q${asked} { __typename }`, {}, { key: null })).status;
    expect(status).toBe(429);
    const text = await metrics();
    expect(figure(text, 'saksgang_errors_total', 'code="RATE_LIMITED"')).toBe(1);
    expect(figure(text, 'saksgang_http_responses_total', 'status="429"')).toBe(1);
    expect(figure(text, 'saksgang_http_requests_in_flight')).toBe(0);
  });

  it('is not buried under names that clients make up', async () => {
    const series = (await metrics()).split('\n').filter((line) => line.startsWith('saksgang_')).length;
    expect(series).toBeLessThan(300);
    expect((await metrics()).match(/operation="(?!other|unnamed|Tidslinje)/g)).toBeNull();
  });

  it('follows an operation through its commands and appends, under the client’s own trace, without a value that was sent', async () => {
    await served.ask(
      `mutation ${NAME.replace(' ', '')} { addNote(input: { commandId: "spor", item: { id: "${body}" }, text: "${NAME}" }) { __typename } }`,
      {},
      { key: served.keys.secretariat, headers: { traceparent: `00-${CLIENT.trace}-${CLIENT.span}-01`, 'user-agent': NAME } },
    );
    await watching.stop();
    const spans = collector.spans();
    const below = (parent: string): readonly string[] =>
      spans.filter(({ parentSpanId }) => parentSpanId === parent).map(({ name }) => name);
    const own = spans.filter(({ traceId }) => traceId === CLIENT.trace);
    expect(own.map(({ name }) => name).sort()).toEqual(['append', 'command addNote', 'mutation other']);
    expect(below(CLIENT.span)).toEqual(['mutation other']);
    const idOf = (name: string): string => own.find((one) => one.name === name)?.spanId ?? '';
    expect(below(idOf('mutation other'))).toEqual(['command addNote']);
    expect(below(idOf('command addNote'))).toEqual(['append']);
    const told = spans.flatMap(({ attributes }) => attributes.map(({ key }) => key));
    expect([...new Set(told)].sort()).toEqual(
      [
        'graphql.operation.name',
        'graphql.operation.type',
        'saksgang.code',
        'saksgang.command',
        'saksgang.entries',
        'saksgang.outcome',
      ].sort(),
    );
    expect(collector.received.join('')).toContain('"saksgang"');
    expect(needlesOf(NAME).filter((needle) => Buffer.from(collector.received.join('')).includes(needle))).toEqual([]);
  });
});

describe('A collector that is away', () => {
  it('costs the spans, nothing else', async () => {
    const gone = await startCollector();
    await gone.close();
    const watching = await startWatching({ METRICS_HOST: '127.0.0.1', OTEL_EXPORTER_OTLP_ENDPOINT: gone.endpoint });
    const served = await serve({ watching });
    for (const traceparent of [
      '',
      '00',
      `00-${'0'.repeat(32)}-${CLIENT.span}-01`,
      `ff-${CLIENT.trace}-${CLIENT.span}-01`,
      'x'.repeat(4_000),
    ])
      expect((await served.ask('{ __typename }', {}, { headers: { traceparent } })).data).toEqual({ __typename: 'Query' });
    expect(await served.recorded('establishBody', { commandId: 'organ', name: 'Landstinget' })).toMatch(/^body-/);
    await served.close();
    await watching.stop();
    expect(gone.received).toEqual([]);
  });
});

describe('The figures', () => {
  it('are those of the README, each with its type and labels, and no other', () => {
    const metrics = createMetrics();
    measureRecord(metrics.registry, {} as never);
    const rows = rowsOf(sectionOf('What is measured'));
    const told = metrics.registry
      .getMetricsAsArray()
      .map((one) => one as unknown as Readonly<{ name: string; type: string; labelNames: readonly string[] }>)
      .filter(({ name }) => name.startsWith('saksgang_'))
      .map(({ name, type, labelNames }) => [`\`${name}\``, type, labelNames.map((label) => `\`${label}\``).join(', ')]);
    expect(told.length).toBeGreaterThan(10);
    expect(rows.map((row) => row.slice(0, 3)).sort()).toEqual(told.sort());
  });

  it('name the operations of GraphiQL’s tabs, and no other', () => {
    const names = readdirSync(OPERATIONS)
      .filter((file) => file.endsWith('.graphql'))
      .flatMap((file) => parse(readFileSync(`${OPERATIONS}${file}`, 'utf8')).definitions)
      .flatMap((one) => ('operation' in one && one.name ? [one.name.value] : []));
    expect([...KNOWN_OPERATIONS].sort()).toEqual(names.sort());
  });

  it('tell how old the oldest entry is that a projection has yet to take', async () => {
    const served = await serve({ engine: 'sqlite' });
    await served.recorded('establishBody', { commandId: 'organ', name: 'Landstinget' });
    const { store, recording } = served.record;
    const registry = new Registry();
    const behind = { projection: 'items', version: 1, position: store.origin, lag: 1, stopped: null };
    const reading = { ...served.record.reading, progress: () => Promise.resolve([behind, { ...behind, projection: 'links', lag: 0 }]) };
    measureRecord(registry, { reading, store, recording, runner: served.record.runner, clock: { now: () => '2026-03-02T10:01:30.000Z' } });
    const text = await registry.metrics();
    await served.close();
    expect(text).toContain('saksgang_projection_lag_seconds{projection="items"} 90');
    expect(text).toContain('saksgang_projection_lag_seconds{projection="links"} 0');
  });
});
