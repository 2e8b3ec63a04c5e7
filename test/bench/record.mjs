// The compiled record, opened in this process as the server opens it.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url));
export const { openRecord, READ_MODELS_FILE } = await built('apps/api/src/record.js');
const { registry } = await built('libs/kinds/src/index.js');
const { createCodec, ordinalOf } = await built('libs/event-store/src/index.js');
const { leafOf, parseLeaf } = await built('libs/record/src/index.js');
const { createSealer, openKeyStore } = await built('libs/recording/src/index.js');
const { compiledBuilders } = await built('apps/api/src/builders.js');
const { openEngine } = await built('apps/api/src/engines.js');

const clock = { now: () => new Date().toISOString() };
const random = { bytes: (count) => new Uint8Array(randomBytes(count)) };
const scheduler = { sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}) };
/** What goes well is not told; what does not ends the bench, so that no figure is taken of a record that limps. */
const logger = (level, message, about) => {
  if (level === 'info') return;
  process.stderr.write(`${level}: ${message} ${JSON.stringify(about)}\n`);
  process.exitCode = 1;
};

/** `settings`: more of them, as the server takes them. */
export const open = (dataDir, settings = {}) =>
  openRecord({
    registry,
    settings: { DATA_DIR: dataDir, EVENT_STORE: 'sqlite', ...settings },
    clock,
    random,
    scheduler,
    logger,
    builders: compiledBuilders(),
  });

/** The log alone, to be filled: read models are built when the record is opened. */
export const openLog = async (dataDir) => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const store = await openEngine({ settings: { EVENT_STORE: 'sqlite' }, dataDir, clock, random, scheduler });
  const keys = openKeyStore({ dataDir, clock, random, keyEncryptionKeyFile: null });
  const codec = createCodec({ registry, sealer: createSealer({ keys, random }), random, leafOf, parseLeaf });
  const close = async () => {
    await keys.close();
    await store.close();
  };
  return { store, codec, isNew: (await store.head()) === store.origin, close };
};

export const now = () => clock.now();
export const ordinalIn = ({ store }, position) => ordinalOf(store.logId, position);

const CATCH_UP_MS_MAX = 1_800_000; // ms
const POLL_MS = 20;
/** Waits until every projection has taken in the whole log. @throws when they do not come that far */
export const caughtUp = async ({ store, runner }) => {
  const head = ordinalOf(store.logId, await store.head());
  if (!(await runner.waitFor(head, CATCH_UP_MS_MAX))) throw new Error('the read models did not catch up');
  // Those that are built apart are not waited for.
  const until = performance.now() + CATCH_UP_MS_MAX;
  while (runner.progress().some(({ rebuilding, lag }) => rebuilding || lag > 0)) {
    if (performance.now() > until) throw new Error('not all read models were built');
    await sleep(POLL_MS);
  }
  const stopped = runner.progress().filter((projection) => projection.stopped);
  if (stopped.length > 0) throw new Error(`stopped: ${JSON.stringify(stopped)}`);
};
