// Pages of the timeline from read models in PostgreSQL, against the same pages of the same record from SQLite: the two take turns, page by
// page through the timeline, and no page is asked for twice, for then it would be remembered. What PostgreSQL costs is the CPU time of
// this process and of the server's processes that answer it.
//   node test/bench/postgres.bench.mjs [--entries 10000,100000] [--quick]
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import pg from 'pg';
import { figure, median, progress, report } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { caughtUp, open } from './record.mjs';
import { withWorkspace } from './workspace.mjs';

const PAGE = 50; // rows
const PAGES_MAX = 3_000;
const CEILING = 2; // times what SQLite costs
const LOCALES = { brief: 'nb', whole: null };
const WARM_PAGES = 40; // of each question: its statement is prepared
const COMPILED_AFTER_PAGES = 400; // in another language, so that none of them is remembered
const { entries, quick, records } = readOptions();
const PAGES_A_SLICE = quick ? 5 : 20;

/** The tests' own server, which is written for a compiler that is not at hand here. */
const startServer = async () => {
  const path = (below) => fileURLToPath(new URL(`../../${below}`, import.meta.url));
  const outfile = path('dist/test/support/postgres.mjs');
  await build({
    entryPoints: [path('test/support/postgres.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  cpSync(path('test/support/postgres/keeper.mjs'), path('dist/test/support/keeper.mjs'));
  const { startPostgres } = await import(outfile);
  return startPostgres({ settings: { shared_buffers: '512MB' } });
};

/** ms of CPU that these processes have used; null where the system does not say it finely enough. */
const cpuOf = (pids) => {
  const files = pids.map((pid) => `/proc/${pid}/schedstat`);
  return files.every((file) => existsSync(file))
    ? files.reduce((sum, file) => sum + Number(readFileSync(file, 'utf8').split(' ')[0]), 0) / 1e6
    : null;
};

/** Settled: what was written is known to the planner, and nothing is cleaned up beside what is measured. */
const settle = async (url) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.end();
};

const backendsOf = async (url) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`);
  await client.end();
  return rows.map(({ pid }) => pid);
};

const cursorsOf = async ({ reading }, pin) => {
  const cursors = [];
  for (let after = null; cursors.length < PAGES_MAX;) {
    const page = await reading.timeline({}, 'NEWEST_FIRST', { first: PAGE, after }, pin, 'en');
    if (page.nodes.length < PAGE) break;
    after = page.cursorAt(page.nodes.length - 1);
    cursors.push(after);
  }
  return cursors;
};

/** ms a page: of wall time, of this process's CPU and of the server's. */
const slice = async ({ reading }, pin, cursors, locale, pids) => {
  const walls = [];
  const [own, others] = [process.cpuUsage(), cpuOf(pids)];
  for (const after of cursors) {
    const from = performance.now();
    await reading.timeline({}, 'NEWEST_FIRST', { first: PAGE, after }, pin, locale);
    walls.push(performance.now() - from);
  }
  const { user, system } = process.cpuUsage(own);
  const server = others === null ? null : (cpuOf(pids) - others) / cursors.length;
  return { wall: median(walls), own: (user + system) / 1_000 / cursors.length, server };
};

const measure = async (size, sqlite, postgres, pids) => {
  const pin = await sqlite.reading.pin(null, null);
  const cursors = await cursorsOf(sqlite, pin);
  for (const record of [sqlite, postgres]) await slice(record, pin, cursors.slice(0, COMPILED_AFTER_PAGES), 'nn', []);
  const figures = [];
  for (const [name, locale] of Object.entries(LOCALES)) {
    const turns = [];
    for (const record of [sqlite, postgres]) await slice(record, pin, cursors.slice(0, WARM_PAGES), locale, []);
    for (let from = WARM_PAGES; from + PAGES_A_SLICE <= cursors.length; from += PAGES_A_SLICE) {
      const pages = cursors.slice(from, from + PAGES_A_SLICE);
      turns.push([await slice(sqlite, pin, pages, locale, []), await slice(postgres, pin, pages, locale, pids)]);
    }
    progress(`postgres, ${size} entries, ${name}: ${turns.length} turns of ${PAGES_A_SLICE} pages`);
    const isMeasured = turns.every(([, { server }]) => server !== null);
    const ratio = (of) => median(turns.map(of));
    const middle = (which, of) => median(turns.map((turn) => of(turn[which])));
    figures.push(
      figure(
        size,
        `timeline page, ${name}: CPU on PostgreSQL, against SQLite`,
        isMeasured ? ratio(([a, b]) => (b.own + b.server) / a.own) : null,
        '×',
        { digits: 2, ceiling: CEILING },
      ),
      figure(
        size,
        `timeline page, ${name}: wall time on PostgreSQL, against SQLite`,
        ratio(([a, b]) => b.wall / a.wall),
        '×',
        { digits: 2, ceiling: CEILING },
      ),
      figure(
        size,
        `timeline page, ${name}: SQLite, CPU`,
        middle(0, ({ own }) => own),
        'ms',
        { digits: 3 },
      ),
      figure(
        size,
        `timeline page, ${name}: PostgreSQL, CPU of the house`,
        middle(1, ({ own }) => own),
        'ms',
        { digits: 3 },
      ),
      figure(size, `timeline page, ${name}: PostgreSQL, CPU of the server`, isMeasured ? middle(1, ({ server }) => server) : null, 'ms', {
        digits: 3,
      }),
    );
  }
  return figures;
};

await withWorkspace(records, async ({ preloaded }) => {
  const figures = [];
  for (const size of entries) {
    const server = await startServer();
    try {
      const url = server.url('postgres');
      const sqlite = await open(await preloaded(size));
      progress(`postgres, ${size} entries: building the read models in PostgreSQL`);
      const postgres = await open(await preloaded(size), { DATABASE_URL: url, SIGNER: false });
      for (const record of [sqlite, postgres]) await caughtUp(record);
      await settle(url);
      figures.push(...(await measure(size, sqlite, postgres, await backendsOf(url))));
      for (const record of [sqlite, postgres]) await record.close();
    } finally {
      await server.stop();
    }
  }
  report(figures);
});
