import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveAdmin } from '@saksgang/admin';
import { registry } from '@saksgang/kinds';
import { type EventStore } from '@saksgang/event-store';
import { doneAlone } from '@saksgang/projections';
import { itemIdFor } from '@saksgang/record';
import { adminVerbs } from './admin-verbs.js';
import { type ExampleCommand, readExample, recordExample } from './example.js';
import { compiledBuilders } from './builders.js';
import { createLogger } from './logger.js';
import { openRecord } from './record.js';
import { createServer } from './server.js';
import { misspelt } from './settings/spelling.js';
import { readSettings, SETTINGS } from './settings.js';
import { systemClock, systemRandom, systemScheduler } from './system.js';
import { startWatching } from './watching/watching.js';

/** dist/apps/api/src → the top folder. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
const EXAMPLE_FOLDER = join(ROOT, 'apps', 'api', 'example');
const BUILT_PAGES = { graphiql: join(ROOT, 'dist', 'graphiql'), verifier: join(ROOT, 'dist', 'verifier') };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The example's first item is in this record: its id follows from its command. */
const holdsExample = async (store: EventStore, [first]: readonly ExampleCommand[]): Promise<boolean> => {
  if (!first) return false;
  const ids = [...registry.kinds.keys()].map((kind) => itemIdFor(kind, first.input.commandId));
  const pages = await Promise.all(ids.map((id) => store.readStream(id, { limit: 1 })));
  return pages.some((page) => page.events.length > 0);
};

const serve = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const logger = createLogger(settings.LOG_LEVEL);
  for (const warning of misspelt(process.env, Object.keys(SETTINGS))) logger.warn(warning);
  const watching = await startWatching(settings);
  const record = await openRecord({
    registry,
    settings,
    clock: systemClock,
    random: systemRandom,
    scheduler: systemScheduler,
    logger: (level, message, about) => logger[level](about, message),
    builders: compiledBuilders(),
    around: watching.around,
  });
  try {
    const { app, runAsExample, drain } = await createServer(record, settings, logger, BUILT_PAGES, {}, watching);
    const firstKey = await record.access.ensureFirstKey();
    if (firstKey) sayFirstKey(firstKey);
    if (settings.EXAMPLE_RECORD) {
      const commands = readExample(EXAMPLE_FOLDER);
      // A record of someone's own is left alone; the example's own one is completed if it was interrupted.
      const recordIt = async (): Promise<void> => {
        if (!record.isNew && !(await holdsExample(record.store, commands))) return;
        const { recorded } = await recordExample(commands, runAsExample);
        if (recorded > 0) say(`recorded the example: ${recorded} commands`);
      };
      const { DATABASE_URL: url } = settings;
      // Instances that start together over an empty cluster: one records it, the others find it there.
      await (url === undefined ? recordIt() : doneAlone({ url, scheduler: systemScheduler }, recordIt));
    }
    await app.listen(settings.PORT, settings.HOST);
    const admin = await serveAdmin({
      dataDir: settings.DATA_DIR,
      verbs: adminVerbs(record),
      scheduler: systemScheduler,
      logger: (level, message, about) => logger[level](about, message),
    });
    const measured = await watching.serve(record);
    stopOnSignal(async () => {
      await drain();
      await admin.close();
      await app.close();
      await record.close();
      await watching.stop();
    });
    const address = app.getHttpServer().address() as { port: number };
    if (measured) say(`metrics on ${measured.url}`);
    say(`listening on http://${settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST}:${address.port}/graphql`);
  } catch (error) {
    await record.close();
    await watching.stop();
    throw error;
  }
};

const sayFirstKey = ({ secret, file }: Readonly<{ secret: string; file: string }>): void => {
  say(`secretariat key (shown this once, kept in ${file} for its owner only): ${secret}`);
  say(`send it with every mutation: Authorization: Bearer ${secret.slice(0, 9)}…`);
};

const STOP_MS = 14_000; // ms after which a process that should stop is ended, whatever is left of it

/** The first signal stops in good order; a second one means it. */
const stopOnSignal = (stop: () => Promise<void>): void => {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    say(`${signal}: stopping`);
    setTimeout(() => {
      process.stderr.write(`not stopped within ${STOP_MS / 1_000} seconds: ended\n`);
      process.exit(1);
    }, STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`could not stop in good order: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
};

serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['LOG_LEVEL'] === 'debug') process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  process.exit(1);
});
