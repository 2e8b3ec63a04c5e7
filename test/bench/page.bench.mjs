// A page of 50 timeline entries against a bare Fastify route that sends a ready string of exactly the same bytes: the same clients,
// alternating slices, no compression on either side. The figure is requests a CPU second of the server.
//   node test/bench/page.bench.mjs [--entries 10000,100000] [--quick]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, load, post } from './clients.mjs';
import { cpuSeconds, figure, median, progress, report } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { startApi, startBare } from './server.mjs';
import { withWorkspace } from './workspace.mjs';

const CLIENTS = 10;
const PAGE = 50;
const { entries, quick, records } = readOptions();
const [ROUNDS, SLICE_MS, WARM_MS] = quick ? [3, 1_000, 2_000] : [9, 2_000, 5_000];

const QUERY = `query Page { timeline(first: ${PAGE}) {
  nodes { id title description occurred { label } recordedAt position type item { id title } }
  pageInfo { hasNextPage endCursor } position
} }`;
const BODY = JSON.stringify({ query: QUERY });

const slice = async (server, connection, text, ms) => {
  const check = (answer) => {
    if (answer.status !== 200 || answer.text !== text)
      throw new Error(`another answer than expected: ${answer.status} ${answer.text.slice(0, 300)}`);
  };
  const before = cpuSeconds(server.pid);
  const { seconds, count } = await load(connection, { clients: CLIENTS, ms, bodyOf: () => BODY, check });
  const cpu = cpuSeconds(server.pid);
  return { rate: count / seconds, perCpuSecond: before === null ? null : count / (cpu - before) };
};

const measure = async ({ root, preloaded }, size) => {
  const api = await startApi(await preloaded(size));
  // Reading is open: no key is sent, to either.
  const toApi = connect({ port: api.port }, CLIENTS);
  const { status, text } = await post(toApi, BODY);
  const rows = JSON.parse(text).data?.timeline?.nodes?.length;
  if (status !== 200 || rows !== PAGE) throw new Error(`no page of ${PAGE}: ${status} ${text.slice(0, 500)}`);
  const file = join(root, `page-${size}.json`);
  writeFileSync(file, text);
  const bare = await startBare(file);
  const toBare = connect({ port: bare.port }, CLIENTS);
  const turns = { api: [], bare: [] };
  await slice(api, toApi, text, WARM_MS);
  await slice(bare, toBare, text, WARM_MS);
  for (let turn = 1; turn <= ROUNDS; turn += 1) {
    progress(`page, ${size} entries: round ${turn} of ${ROUNDS}`);
    turns.api.push(await slice(api, toApi, text, SLICE_MS));
    turns.bare.push(await slice(bare, toBare, text, SLICE_MS));
  }
  for (const { agent } of [toApi, toBare]) agent.destroy();
  await Promise.all([api.stop(), bare.stop()]);
  return figuresOf(size, Buffer.byteLength(text), turns);
};

const figuresOf = (size, bytes, { api, bare }) => {
  const measured = api[0].perCpuSecond !== null;
  const ratio = measured ? median(api.map(({ perCpuSecond }, turn) => perCpuSecond / bare[turn].perCpuSecond)) * 100 : null;
  const middle = (turns, name) => (turns[0][name] === null ? null : median(turns.map((turn) => turn[name])));
  return [
    figure(size, `page of ${PAGE} against the bare route, per CPU second`, ratio, '%', { digits: 1 }),
    figure(size, 'page: requests per CPU second of the server', middle(api, 'perCpuSecond'), '/cpu s'),
    figure(size, 'bare route: requests per CPU second of the server', middle(bare, 'perCpuSecond'), '/cpu s'),
    figure(size, 'page: requests', middle(api, 'rate'), '/s'),
    figure(size, 'bare route: requests', middle(bare, 'rate'), '/s'),
    figure(size, 'bytes of the page', bytes, 'B'),
  ];
};

await withWorkspace(records, async (workspace) => {
  const figures = [];
  for (const size of entries) figures.push(...(await measure(workspace, size)));
  report(figures);
});
