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

const timed = async (work) => {
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
};

const rebuildOnce = async (dataDir) => {
  const record = await open(dataDir);
  try {
    await caughtUp(record);
    const names = record.runner.progress().map(({ projection }) => projection);
    return (await timed(() => record.runner.rebuild(names))).seconds;
  } finally {
    await record.close();
  }
};

/** From opening the record until the read models have the whole log. */
const catchUpOnce = async (dataDir) => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, `${READ_MODELS_FILE}${suffix}`), { force: true });
  const { seconds, result: record } = await timed(async () => {
    const opened = await open(dataDir);
    await caughtUp(opened);
    return opened;
  });
  await record.close();
  return seconds;
};

const measure = async ({ preloaded }, size) => {
  const dataDir = await preloaded(size);
  const [rebuilds, catchUps] = [[], []];
  for (let turn = 1; turn <= ROUNDS; turn += 1) {
    progress(`rebuild, ${size} entries: round ${turn} of ${ROUNDS}`);
    rebuilds.push(size / (await rebuildOnce(dataDir)));
    catchUps.push(size / (await catchUpOnce(dataDir)));
  }
  return [
    figure(size, 'rebuild of all projections', median(rebuilds), '/s', { floor: REBUILD_FLOOR }),
    figure(size, 'first catch-up, read models deleted, opening included', median(catchUps), '/s'),
  ];
};

await withWorkspace(records, async (workspace) => {
  const figures = [];
  for (const size of entries) figures.push(...(await measure(workspace, size)));
  report(figures);
});
