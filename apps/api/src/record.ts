import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, type ReadingLog } from '@saksgang/access';
import { commandNames, createPersons, createSubmit, type Persons, policyFrom, type Submit } from '@saksgang/commanding';
import { type Codec, createCodec, type EventStore, StoreUnavailable } from '@saksgang/event-store';
import { type Registry, type Sealer } from '@saksgang/kernel';
import {
  type Builders,
  type Logger,
  openReadSide,
  openSharedReadSide,
  READ_MODELS_FILE,
  type Reading,
  type Readings,
  type ReadSide,
  type ReadSideParts,
  type Runner,
} from '@saksgang/projections';
import { leafOf, parseLeaf } from '@saksgang/record';
import {
  appendAfterErasures,
  applyTombstones,
  CHECKPOINT_SECONDS,
  type Discloser,
  eraseNames,
  type ErasingParts,
  openRecording,
  type Recording,
} from '@saksgang/recording';
import { cutReadings } from './cutting.js';
import { type EngineSettings, type Machine, openEngine } from './engines.js';
import { type Settings } from './settings.js';
import { openStores, type Stores } from './stores.js';
import { type Around, watchedStore } from './watching/watch.js';

/** A record, opened: everything below the edge, wired. One for each process. */
export type OpenedRecord = Readonly<{
  registry: Registry;
  store: EventStore;
  codec: Codec;
  sealer: Sealer & Discloser;
  access: Access;
  /** Who has read what is personal or shielded. */
  readingLog: ReadingLog;
  /** Why the database in which names, keys and readings lie does not answer now; null: it does, or they are files. */
  storesTrouble: Stores['trouble'];
  runner: Runner;
  reading: Reading;
  readings: Readings;
  submit: Submit;
  /** Finds persons by name, and erases them. */
  persons: Persons;
  /** Hashes, checkpoints and proofs of every entry. */
  recording: Recording;
  /** The log held nothing when it was opened. A log that could not say so counts as one that held something. */
  isNew: boolean;
  /** Stops following, lets running appends end, closes every file. Idempotent. */
  close: () => Promise<void>;
}>;

export type RecordOptions = Machine &
  Readonly<{
    registry: Registry;
    settings: Pick<Settings, 'DATA_DIR' | 'KEY_ENCRYPTION_KEY_FILE' | 'STALE_AFTER_DAYS'> &
      Partial<
        Pick<Settings, 'READING_LOG_DAYS' | 'RECORD_ORIGIN' | 'SIGNER' | 'SIGNING_KEY_FILE' | 'CHECKPOINT_SECONDS' | 'DATABASE_URL'>
      > &
      EngineSettings;
    logger: Logger;
    writer?: 'thread' | 'inline';
    /** Threads for long builds of read models; without, they are built on the caller's. Its kinds must be those of `registry`. */
    builders?: Builders;
    /** Watches every append. */
    around?: Around;
  }>;

export { READ_MODELS_FILE };

/** @throws when the data directory is in use, newer than this program, or its keys do not open; the message says what to do. */
export const openRecord = async ({
  registry,
  settings,
  logger,
  writer,
  builders,
  around,
  ...machine
}: RecordOptions): Promise<OpenedRecord> => {
  const { DATA_DIR: dataDir } = settings;
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // The engine takes the process lock, so it comes first: nothing is touched in a directory that another process serves.
    const engine = await openEngine({ ...machine, dataDir, settings, logger, ...(writer ? { writer } : {}) });
    closers.push(() => engine.close());
    const store = around ? watchedStore(engine, around) : engine;
    const stores = await openStores({
      ...machine,
      dataDir,
      databaseUrl: settings.DATABASE_URL ?? null,
      keyEncryptionKeyFile: settings.KEY_ENCRYPTION_KEY_FILE ?? null,
      commands: commandNames(registry),
    });
    closers.push(() => stores.close());
    const { keys, sealer, access, readingLog } = stores;
    const cutting = new AbortController();
    const cut = cutReadings({ ...machine, readingLog, days: settings.READING_LOG_DAYS ?? 0, logger }, cutting.signal);
    closers.push(() => (cutting.abort(), cut));
    // Before anything is served: what was erased is erased, whatever copy of log or keys lies here, and whatever broke it off.
    const erasing: ErasingParts = { keys, store, holders: [access], scheduler: machine.scheduler };
    await applyTombstones(erasing);
    const codec = createCodec({ registry, sealer, random: machine.random, leafOf, parseLeaf });
    const {
      reading,
      readings,
      runner,
      lookup,
      close: closeReadSide,
    } = await openReadModels(settings, { ...machine, store, codec, registry, logger, staleAfterDays: settings.STALE_AFTER_DAYS, builders });
    closers.push(closeReadSide);
    const named = { ...store, append: appendAfterErasures({ keys, store }) };
    const submit = createSubmit({ ...machine, store: named, codec, registry, sealer, lookup, policy: policyFrom(registry) });
    const persons = createPersons({
      ...machine,
      store: named,
      codec,
      registry,
      sealer,
      register: keys,
      eraseNames: (who) => eraseNames(erasing, who),
    });
    const recording = await openRecording({
      ...machine,
      dataDir,
      signed: stores.signed,
      store,
      logger,
      signs: settings.SIGNER ?? true,
      signingKeyFile: settings.SIGNING_KEY_FILE ?? null,
      origin: settings.RECORD_ORIGIN ?? null,
      checkpointSeconds: settings.CHECKPOINT_SECONDS ?? CHECKPOINT_SECONDS,
    });
    closers.push(() => recording.close());
    const isNew = await holdsNothing(store, logger);
    runner.start();
    recording.start();
    const { trouble: storesTrouble } = stores;
    const below = { registry, store, codec, sealer, access, readingLog, storesTrouble };
    return { ...below, runner, reading, readings, submit, persons, recording, isNew, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** In the database that several processes share, or in files of the data directory. */
const openReadModels = async (
  { DATABASE_URL: url, DATA_DIR: dataDir }: Readonly<{ DATABASE_URL?: string | undefined; DATA_DIR: string }>,
  parts: Omit<ReadSideParts, 'file'>,
): Promise<ReadSide> =>
  url === undefined ? openReadSide({ ...parts, file: join(dataDir, READ_MODELS_FILE) }) : openSharedReadSide({ ...parts, url });

/** A server may go away just after its log was opened: the record then serves what it has, as it does at any later time. */
const holdsNothing = async (store: EventStore, logger: Logger): Promise<boolean> => {
  try {
    return (await store.head()) === store.origin;
  } catch (problem) {
    if (!(problem instanceof StoreUnavailable)) throw problem;
    logger('warn', 'the event store went away while the record was opened', { reason: problem.message });
    return false;
  }
};
