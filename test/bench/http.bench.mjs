// Durable mutations a second over HTTP: 1, 16 and 256 clients in alternating slices on one server with a filled record. Every
// answer is checked to be `Recorded`, which the server says after the commit.
//   node test/bench/http.bench.mjs [--entries 10000,100000] [--quick]
import { connect, load } from './clients.mjs';
import { cpuSeconds, figure, median, percentile, progress, report } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { inWork, itemsOf } from './sample-log.mjs';
import { startApi } from './server.mjs';
import { withWorkspace } from './workspace.mjs';

const CLIENTS = [1, 16, 256];
const FOUNDING_EVERY = 10; // one mutation in so many records a new resolution of three points, the others note on spread items
const { entries, quick, records } = readOptions();
const [ROUNDS, SLICE_MS, WARM_MS] = quick ? [3, 1_000, 1_000] : [5, 3_000, 4_000];

const OUTCOME = '__typename ... on Recorded { revision position item { id } } ... on Problem { code message(locale: EN) }';
const ADD_NOTE = `mutation Note($input: AddNoteInput!) { outcome: addNote(input: $input) { ${OUTCOME} } }`;
const RECORD = `mutation Record($input: RecordResolutionInput!) { outcome: recordResolution(input: $input) { ${OUTCOME} } }`;

const notePosted = (commandId, id) =>
  JSON.stringify({
    query: ADD_NOTE,
    variables: { input: { commandId, item: { id }, text: `Merknad ${commandId}: følges opp i neste møte.` } },
  });
const resolutionPosted = (commandId) => {
  const points = ['Utrede behovet for kulturfaglig kapasitet.', 'Avklare finansieringen.', 'Rapportere til styret.'].map((text, index) => ({
    label: String(index + 1),
    pointKind: 'MEASURE',
    text,
  }));
  const input = {
    commandId,
    resolutionType: 'VEDTAK',
    title: `Vedtak ${commandId}`,
    body: { name: 'Hovedstyret' },
    occurred: { text: '2024-03-12' },
    points,
  };
  return JSON.stringify({ query: RECORD, variables: { input } });
};

const check = ({ status, text }) => {
  const outcome = status === 200 ? JSON.parse(text).data?.outcome : undefined;
  if (outcome?.__typename !== 'Recorded') throw new Error(`not recorded: ${status} ${text.slice(0, 500)}`);
};

const measure = async ({ preloaded }, size) => {
  const server = await startApi(await preloaded(size));
  const items = inWork(itemsOf(size));
  let sent = 0;
  const bodyOf = () => {
    sent += 1;
    return sent % FOUNDING_EVERY === 0
      ? resolutionPosted(`bench-${sent}`)
      : notePosted(`bench-${sent}`, items[(sent * 7_919) % items.length].id);
  };
  const slices = CLIENTS.map((clients) => ({ clients, connection: connect(server, clients), rates: [], cpu: [], latencies: [] }));
  for (const { connection, clients } of slices) await load(connection, { clients, ms: WARM_MS, bodyOf, check });
  for (let turn = 1; turn <= ROUNDS; turn += 1) {
    progress(`http, ${size} entries: round ${turn} of ${ROUNDS}`);
    for (const slice of slices) {
      const before = cpuSeconds(server.pid);
      const { latencies, seconds, count } = await load(slice.connection, { clients: slice.clients, ms: SLICE_MS, bodyOf, check });
      const after = cpuSeconds(server.pid);
      slice.rates.push(count / seconds);
      if (before !== null) slice.cpu.push(((after - before) * 1e6) / count);
      slice.latencies.push(...latencies);
    }
  }
  for (const { connection } of slices) connection.agent.destroy();
  await server.stop();
  return slices.flatMap(({ clients, rates, cpu, latencies }) =>
    [
      figure(size, `durable mutations, ${clients} client${clients === 1 ? '' : 's'}`, median(rates), '/s'),
      figure(size, `  server CPU a mutation`, cpu.length === 0 ? null : median(cpu), 'µs'),
      figure(size, `  latency p50`, percentile(latencies, 0.5), 'ms', { digits: 1 }),
      figure(size, `  latency p99`, percentile(latencies, 0.99), 'ms', { digits: 1 }),
    ].map((one) => ({
      ...one,
      figure: one.figure.startsWith('  ') ? `${clients} client${clients === 1 ? '' : 's'}:${one.figure.slice(1)}` : one.figure,
    })),
  );
};

await withWorkspace(records, async (workspace) => {
  const figures = [];
  for (const size of entries) figures.push(...(await measure(workspace, size)));
  report(figures);
});
