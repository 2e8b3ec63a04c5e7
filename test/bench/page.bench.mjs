// What people read, question by question: the server, the same schema served by Apollo, and a bare Fastify route that sends a ready
// string of the same bytes take turns in short slices; the same clients, no compression. Figures are requests a CPU second of the server.
//   node test/bench/page.bench.mjs [--entries 10000,100000,1000000] [--quick]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, load, post } from './clients.mjs';
import { cpuSeconds, figure, median, progress, report, residentMiB } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { questionsFor } from './questions.mjs';
import { itemsOf } from './sample-log.mjs';
import { settled, startApi, startApollo, startBare } from './server.mjs';
import { withWorkspace } from './workspace.mjs';

const CLIENTS = 10;
const WANTED = { bare: 8, apollo: 3, past: 1.5, size: 1.5 }; // % of the bare route, times Apollo, times now, times the smallest size
const MEMORY_MIB = 400;
const COMPARED = ['timeline page', 'filtered list', 'status board of a project']; // by size
const { entries, quick, records } = readOptions();
const [ROUNDS, SLICE_MS, WARM_MS] = quick ? [3, 500, 1_000] : [5, 1_500, 3_000];

/** Answers requests a CPU second and a second. Every answer must be the one the house gave at first; Apollo ends it with a line feed. */
const slice = async ({ pid, connection, path }, { bodies, texts }, ms) => {
  let sent = 0;
  const check = ({ status, text }) => {
    if (status !== 200 || !texts.has(text.trimEnd())) throw new Error(`another answer than expected: ${status} ${text.slice(0, 300)}`);
  };
  const before = cpuSeconds(pid);
  const bodyOf = () => bodies[(sent += 1) % bodies.length];
  const { seconds, count } = await load({ ...connection, path }, { clients: CLIENTS, ms, bodyOf, check });
  const cpu = cpuSeconds(pid);
  return { rate: count / seconds, perCpuSecond: before === null ? null : count / (cpu - before) };
};

const measureQuestion = async (servers, question, size) => {
  const turns = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (let turn = 1; turn <= ROUNDS; turn += 1) {
    progress(`page, ${size} entries, ${question.name}: round ${turn} of ${ROUNDS}`);
    for (const [name, server] of Object.entries(servers)) turns[name].push(await slice(server, question, SLICE_MS));
  }
  return turns;
};

const ratioOf = (turns, one, other) =>
  turns[other] === undefined || turns[one][0].perCpuSecond === null
    ? null
    : median(turns[one].map(({ perCpuSecond }, turn) => perCpuSecond / turns[other][turn].perCpuSecond));
const middle = (turns) => (turns[0].perCpuSecond === null ? null : median(turns.map(({ perCpuSecond }) => perCpuSecond)));

const figuresOf = (size, { name, bytes, of }, turns, all) => {
  const isPage = name === 'timeline page';
  const bare = ratioOf(turns, 'api', 'bare');
  const [now, then] = [all.get(of), middle(turns.api)];
  return [
    figure(size, `${name}: against the bare route`, bare === null ? null : bare * 100, '%', {
      digits: 1,
      floor: isPage ? WANTED.bare : null,
    }),
    figure(size, `${name}: against Apollo`, ratioOf(turns, 'api', 'apollo'), '×', { digits: 2, floor: isPage ? WANTED.apollo : null }),
    ...(of === null
      ? []
      : [figure(size, `${name}: cost, against now`, now && then ? now / then : null, '×', { digits: 2, ceiling: WANTED.past })]),
    figure(size, `${name}: requests`, then, '/cpu s'),
    figure(size, `${name}: bytes`, bytes, 'B'),
  ];
};

/** What each question costs at this size, against the smallest. */
const growthOf = (size, costs, smallest) =>
  COMPARED.map((name) =>
    figure(size, `${name}: cost, against ${smallest.size} entries`, smallest.costs.get(name) / costs.get(name), '×', {
      digits: 2,
      ceiling: WANTED.size,
    }),
  );

const measure = async ({ root, preloaded }, size) => {
  const api = await startApi(await preloaded(size));
  const connection = connect({ port: api.port }, CLIENTS);
  const questions = await questionsFor((body) => post(connection, body), itemsOf(size));
  const folder = join(root, `ready-${size}`);
  mkdirSync(folder);
  for (const [number, question] of questions.entries()) {
    const answers = [];
    for (const body of question.bodies) answers.push(await post(connection, body));
    const bad = answers.find(({ status, text }) => status !== 200 || text.includes('"errors"'));
    if (bad) throw new Error(`${question.name}: ${bad.status} ${bad.text.slice(0, 500)}`);
    question.texts = new Set(answers.map(({ text }) => text));
    question.bytes = Math.round(answers.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / answers.length);
    writeFileSync(join(folder, `${number}.json`), answers[0].text);
  }
  const bare = await startBare(folder);
  const apollo = await startApollo(() => preloaded(size));
  const servers = { api: { ...api, connection }, bare: { ...bare, connection: connect({ port: bare.port }, CLIENTS) } };
  if (apollo) servers.apollo = { ...apollo, connection: connect({ port: apollo.port }, CLIENTS) };
  for (const server of Object.values(servers)) await settled(server);
  // All are warmed before any is measured: what is compiled for the last question runs in the first one too.
  for (const [number, question] of questions.entries()) {
    progress(`page, ${size} entries: warming ${question.name}`);
    servers.bare.path = `/${number}`;
    for (const server of Object.values(servers)) await slice(server, question, WARM_MS);
  }
  const [figures, costs] = [[], new Map()];
  for (const [number, question] of questions.entries()) {
    servers.bare.path = `/${number}`;
    const turns = await measureQuestion(servers, question, size);
    costs.set(question.name, middle(turns.api));
    figures.push(...figuresOf(size, question, turns, costs));
  }
  figures.push(figure(size, 'resident memory of the server after all questions', residentMiB(api.pid), 'MiB', { ceiling: MEMORY_MIB }));
  for (const server of Object.values(servers)) server.connection.agent.destroy();
  await Promise.all([api, bare, ...(apollo ? [apollo] : [])].map((server) => server.stop()));
  return { figures, costs, size };
};

await withWorkspace(records, async (workspace) => {
  const [figures, sizes] = [[], []];
  for (const size of entries) {
    const measured = await measure(workspace, size);
    sizes.push(measured);
    figures.push(...measured.figures);
    if (sizes.length > 1) figures.push(...growthOf(size, measured.costs, sizes[0]));
  }
  report(figures);
});
