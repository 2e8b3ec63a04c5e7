// From commit to visible: entries are appended to spread items at about 1,000 a second, and each is timed from its durable
// acknowledgement until all projections have it.
//   node test/bench/visible.bench.mjs [--entries 10000,100000] [--quick]
import { setTimeout as sleep } from 'node:timers/promises';
import { figure, percentile, progress, report } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { caughtUp, now, open, ordinalIn } from './record.mjs';
import { draftOf, inWork, itemsOf } from './sample-log.mjs';
import { withWorkspace } from './workspace.mjs';

const PER_SECOND = 1_000; // entries
const STEP_COPRIME = 7_919; // spreads one entry after another over the items
const VISIBLE_MS_MAX = 10_000;
const P99_CEILING_MS = 50;
const { entries, quick, records } = readOptions();
const [WARM_SECONDS, SECONDS] = quick ? [2, 3] : [4, 12];

/** Appends at the wanted rate for so many seconds; answers the ms from acknowledged to visible of each entry, and the rate. */
const run = async (record, items, seconds) => {
  const waits = [];
  const underWay = [];
  const appendOne = async (item) => {
    const revision = item.entries;
    item.entries += 1;
    const before = item.last ?? Promise.resolve();
    // One item's entries follow each other; others do not wait.
    item.last = before.then(async () => {
      const [event] = await record.codec.encode([draftOf(item, revision, now())], new Map());
      return record.store.append(item.id, revision - 1, [event]);
    });
    const { position } = await item.last;
    const committed = performance.now();
    if (!(await record.runner.waitFor(ordinalIn(record, position), VISIBLE_MS_MAX))) throw new Error('an entry did not become visible');
    waits.push(performance.now() - committed);
  };
  const started = performance.now();
  for (let sent = 0; performance.now() - started < seconds * 1000;) {
    const due = Math.floor(((performance.now() - started) * PER_SECOND) / 1000);
    for (; sent < due; sent += 1) underWay.push(appendOne(items[(sent * STEP_COPRIME) % items.length]));
    await sleep(1);
  }
  await Promise.all(underWay);
  return { waits, rate: waits.length / ((performance.now() - started) / 1000) };
};

const visible = async (record, size, items, which, ceiling = P99_CEILING_MS) => {
  await run(record, items, WARM_SECONDS);
  progress(`visible, ${size} entries, ${which}: ${SECONDS} s at ${PER_SECOND} a second`);
  const { waits, rate } = await run(record, items, SECONDS);
  const name = `commit to visible, ${which}, ${Math.round(rate)}/s`;
  return [
    figure(size, `${name}, p50`, percentile(waits, 0.5), 'ms', { digits: 2 }),
    figure(size, `${name}, p99`, percentile(waits, 0.99), 'ms', { digits: 2, ceiling }),
  ];
};

const measure = async ({ preloaded }, size) => {
  const record = await open(await preloaded(size));
  try {
    await caughtUp(record);
    const all = itemsOf(size);
    const figures = await visible(record, size, inWork(all), 'items in work');
    // Nothing is at hand when every item of a large record has its turn: each entry's stream is read and folded first.
    return all.length === inWork(all).length ? figures : [...figures, ...(await visible(record, size, all, 'every item in turn', null))];
  } finally {
    await record.close();
  }
};

await withWorkspace(records, async (workspace) => {
  const figures = [];
  for (const size of entries) figures.push(...(await measure(workspace, size)));
  report(figures);
});
