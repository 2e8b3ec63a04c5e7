// All projections built anew in a shadow while the old rows serve, and the first catch-up of a record whose read models were deleted.
//   node test/bench/rebuild.bench.mjs [--entries 10000,100000] [--quick]
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { figure, median, progress, report } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { caughtUp, open, READ_MODELS_FILE } from './record.mjs';
import { withWorkspace } from './workspace.mjs';

const REBUILD_FLOOR = 30_000; // entries a second
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
    const names = record.runner.progress().map(({ projection }) => projection);
    return await timed(() => record.runner.rebuild(names));
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

const measure = async ({ preloaded }, size) => {
  const dataDir = await preloaded(size);
  const [rebuilds, catchUps] = [[], []];
  for (let turn = 1; turn <= ROUNDS; turn += 1) {
    progress(`rebuild, ${size} entries: round ${turn} of ${ROUNDS}`);
    rebuilds.push(await rebuildOnce(dataDir));
    catchUps.push(await catchUpOnce(dataDir));
  }
  const per = (turns, unit) => size / median(turns.map((turn) => turn[unit]));
  return [
    figure(size, 'rebuild of all projections', per(rebuilds, 'seconds'), '/s', { floor: REBUILD_FLOOR }),
    figure(size, 'rebuild of all projections, per CPU second', per(rebuilds, 'cpu'), '/cpu s'),
    figure(size, 'first catch-up, read models deleted, opening included', per(catchUps, 'seconds'), '/s'),
    figure(size, 'first catch-up, per CPU second', per(catchUps, 'cpu'), '/cpu s'),
  ];
};

await withWorkspace(records, async (workspace) => {
  const figures = [];
  for (const size of entries) figures.push(...(await measure(workspace, size)));
  report(figures);
});
