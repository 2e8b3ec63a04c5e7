// Projections built anew while the old rows serve: the four that every reading needs, and those built apart. Then the first catch-up of
// a record whose read models were deleted, a correction in a long stream, and what a server over the record takes of memory.
//   node test/bench/rebuild.bench.mjs [--entries 10000,100000] [--quick]
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { figure, median, progress, report, residentMiB } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { caughtUp, now, open, ordinalIn, READ_MODELS_FILE } from './record.mjs';
import { draftOf } from './sample-log.mjs';
import { startApi } from './server.mjs';
import { withWorkspace } from './workspace.mjs';

const REBUILD_FLOOR = 30_000; // entries a second
const CORRECTION_MS_CEILING = 100;
const MEMORY_MIB_CEILING = 400;
const LONG_STREAM = 10_000; // entries
const CORRECTIONS = 9;
const APPEND = 500; // entries of one append
const PAGES_WALKED = 200;
const VISIBLE_MS_MAX = 60_000;
/** What is built in one pass, by the name it goes by in the report. */
const GROUPS = {
  'items, timeline, links and history': { names: ['items', 'timeline', 'links', 'history'], floor: REBUILD_FLOOR },
  search: { names: ['search'], floor: null },
  signals: { names: ['signals'], floor: null },
};
const { entries, quick, records } = readOptions();
const ROUNDS = quick ? 2 : 3;

/** Seconds on the wall, and of CPU: the second is what other work on the machine disturbs least. */
const timed = async (work) => {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6, result };
};

const rebuildOnce = async (dataDir) => {
  const record = await open(dataDir);
  try {
    await caughtUp(record);
    const taken = {};
    for (const [group, { names }] of Object.entries(GROUPS)) taken[group] = await timed(() => record.runner.rebuild(names));
    return taken;
  } finally {
    await record.close();
  }
};

/** From opening the record until the read models have the whole log. */
const catchUpOnce = async (dataDir) => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, `${READ_MODELS_FILE}${suffix}`), { force: true });
  const { result: record, ...taken } = await timed(async () => {
    const opened = await open(dataDir);
    await caughtUp(opened);
    return opened;
  });
  await record.close();
  return taken;
};

/** Resident memory of a server that has just started, and after pages of its timeline have been walked. */
const memory = async (dataDir, size) => {
  progress(`memory, ${size} entries`);
  const api = await startApi(dataDir);
  try {
    const started = residentMiB(api.pid);
    const query = 'query Page($after: String) { timeline(first: 50, after: $after) { nodes { id title } pageInfo { endCursor } } }';
    let after = null;
    for (let page = 0; page < PAGES_WALKED; page += 1) {
      const answer = await fetch(`http://127.0.0.1:${api.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { after } }),
      });
      const told = await answer.json();
      if (told.errors) throw new Error(JSON.stringify(told.errors));
      after = told.data.timeline.pageInfo.endCursor;
    }
    return [
      figure(size, 'resident memory of a server, started', started, 'MiB'),
      figure(size, `the same, ${PAGES_WALKED} pages later`, residentMiB(api.pid), 'MiB', { ceiling: MEMORY_MIB_CEILING }),
    ];
  } finally {
    await api.stop();
  }
};

/** From sending a correction until all projections have it, its stream having so many entries. */
const corrections = async (dataDir, size) => {
  const record = await open(dataDir);
  try {
    await caughtUp(record);
    // Behind every item that the record was filled with.
    const item = { number: size + 1, kind: 'body', id: 'body-00000000-0000-5000-a000-00000000beef' };
    const append = async (revision, drafts) => record.store.append(item.id, revision - 1, await record.codec.encode(drafts, new Map()));
    for (let first = 0; first < LONG_STREAM; first += APPEND)
      await append(
        first,
        Array.from({ length: APPEND }, (_, more) => draftOf(item, first + more, now())),
      );
    await caughtUp(record);
    const turns = [];
    for (let nth = 0; nth < CORRECTIONS; nth += 1) {
      progress(`correction in a stream of ${LONG_STREAM}: ${nth + 1} of ${CORRECTIONS}`);
      const draft = draftOf(item, LONG_STREAM + nth, now());
      const corrected = draftOf(item, 1 + Math.floor((nth * LONG_STREAM) / CORRECTIONS), now());
      const data = { entry: corrected.id, version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [] };
      const event = { type: 'EntryCorrected', data: { ...data, set: [{ path: 'claim', value: `Rettet ${nth}.` }] } };
      turns.push(
        await timed(async () => {
          const { position } = await append(LONG_STREAM + nth, [{ ...draft, event, reason: 'Feil i protokollen.' }]);
          if (!(await record.runner.waitFor(ordinalIn(record, position), VISIBLE_MS_MAX)))
            throw new Error('a correction did not become visible');
        }),
      );
    }
    const ms = (unit) => median(turns.map((turn) => turn[unit])) * 1000;
    return [
      figure(size, `correction in a stream of ${LONG_STREAM}, sent to visible, p50`, ms('seconds'), 'ms', {
        ceiling: CORRECTION_MS_CEILING,
      }),
      figure(size, 'the same, CPU', ms('cpu'), 'ms'),
    ];
  } finally {
    await record.close();
  }
};

const measure = async ({ preloaded }, size) => {
  const dataDir = await preloaded(size);
  const [rebuilds, catchUps] = [[], []];
  for (let turn = 1; turn <= ROUNDS; turn += 1) {
    progress(`rebuild, ${size} entries: round ${turn} of ${ROUNDS}`);
    rebuilds.push(await rebuildOnce(dataDir));
    catchUps.push(await catchUpOnce(dataDir));
  }
  const per = (turns, unit) => size / median(turns.map((turn) => turn[unit]));
  const rebuilt = Object.entries(GROUPS).flatMap(([group, { floor }]) => {
    const turns = rebuilds.map((round) => round[group]);
    return [
      figure(size, `rebuild of ${group}`, per(turns, 'seconds'), '/s', { floor }),
      figure(size, `rebuild of ${group}, per CPU second`, per(turns, 'cpu'), '/cpu s'),
    ];
  });
  return [
    ...rebuilt,
    ...(await memory(dataDir, size)),
    ...(await corrections(dataDir, size)),
    figure(size, 'first catch-up, read models deleted, opening included', per(catchUps, 'seconds'), '/s'),
    figure(size, 'first catch-up, per CPU second', per(catchUps, 'cpu'), '/cpu s'),
  ];
};

await withWorkspace(records, async (workspace) => {
  const figures = [];
  for (const size of entries) figures.push(...(await measure(workspace, size)));
  report(figures);
});
