import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openReadDatabase } from '@saksgang/database';
import { createCodec, createMemoryEventStore, ordinalOf, type Codec, type EventStore } from '@saksgang/event-store';
import {
  notAfter,
  osloDay,
  parsePartialDate,
  type Clock,
  type DomainEvent,
  type EntryId,
  type Envelope,
  type Instant,
  type ItemId,
  type PartialDate,
  type Position,
  type Registry,
  type Scheduler,
} from '@saksgang/kernel';
import { entryIdFor, leafOf, parseLeaf, uuidV5 } from '@saksgang/record';
import { seededRandom } from '../../event-store/testing/seeded-random.js';
import {
  createLookup,
  createReading,
  createRunner,
  projectionsOf,
  READ_FUNCTIONS,
  type Builders,
  type Projection,
  type Reading,
  type ReadSide,
  type ReadTables,
} from '../src/index.js';
import type { Face, NarrowFace } from '../src/faces/face.js';
import { createStreamReader } from '../src/items/state.query.js';
import { narrowFaces } from '../src/read-side.js';
import { compared } from './comparing.js';
import { openMirror, type Mirror } from './mirror.js';
import type { MatterEvent } from './matter.kind.js';

export type Recorded = Readonly<{ item: ItemId; id: EntryId; ref: string; position: Position; ordinal: number }>;
export type Said = Partial<Omit<Envelope, 'occurred'>> & Readonly<{ occurred?: string }>;

/** A log, its read database, and a hand that records. Everything is real but the clock and the waiting. */
export type World = Readonly<{
  store: EventStore;
  codec: Codec;
  registry: Registry;
  /** Every instant from now on; entries are recorded at it. */
  at: (instant: Instant) => void;
  record: (item: ItemId, event: MatterEvent | DomainEvent, said?: Said) => Promise<Recorded>;
  /** Stored as it is, whatever it says: what a broken or a newer program would leave. */
  recordPoison: (item: ItemId) => Promise<Recorded>;
  /** Opens the read side over the same file, started; at most one at a time. */
  open: (
    parts?: Readonly<{
      projections?: readonly Projection[];
      store?: EventStore;
      idle?: boolean;
      builders?: Builders;
      observe?: (sql: string, parameters: readonly unknown[]) => void;
    }>,
  ) => Promise<OpenSide>;
  /** Lets a wait of this kind run out. */
  timeOut: () => void;
  logged: string[];
  close: () => Promise<void>;
}>;
export type OpenSide = ReadSide &
  Readonly<{
    file: ReturnType<typeof openReadDatabase<ReadTables>>['write'];
    read: ReturnType<typeof openReadDatabase<ReadTables>>['read'];
    /** What is read through each narrow face. */
    faces: ReturnType<typeof openReadDatabase<ReadTables, NarrowFace>>['faces'];
    caughtUp: () => Promise<void>;
    /** Nothing is being built any more, what is built apart included. @throws when that takes too many turns */ built: () => Promise<void>;
    /** SQL statements that questions have sent so far. */ statements: () => number;
  }>;

const TURNS_MAX = 100_000; // of the event loop

/** Every question that a spec asks is then asked of PostgreSQL too, of the same rows, and must be answered the same. */
export const IS_COMPARED = process.env['SAKSGANG_READ_DATABASE'] === 'postgres';
let mirrored: Promise<Mirror> | null = null;
let clockOfMirror: Clock | null = null;
/** One for all worlds of a process, which takes on the rows of whichever is asked. */
const sharedMirror = (projections: readonly Projection[], clock: Clock): Promise<Mirror> => {
  clockOfMirror = clock;
  return (mirrored ??= openMirror({ projections, clock: { now: () => (clockOfMirror ?? clock).now() } }));
};
const hasAllTables = (projections: readonly Projection[]): boolean => projections.length === PROJECTIONS_COUNT;
const PROJECTIONS_COUNT = 7;

/** Sealed values are stored without their boxes: a read model never opens one. */
const NO_BOXES = { get: () => null } as unknown as ReadonlyMap<string, null>;

export const idOf = (kind: string, name: string): ItemId => `${kind}-${uuidV5('4b3792ee-f026-48d6-b6b9-3e5968dea927', name)}`;
export const date = (text: string): PartialDate => {
  const parsed = parsePartialDate(text);
  if (!parsed.ok) throw new Error(`the spec itself names an impossible date: ${text}`);
  return parsed.value;
};

export const openWorld = (registry: Registry): World => {
  const directory = mkdtempSync(join(tmpdir(), 'saksgang-projections-'));
  const random = seededRandom('projections');
  const store = createMemoryEventStore({ random });
  const sealer = { box: () => Promise.reject(new Error('nothing is sealed here')) };
  const codec = createCodec({ registry, sealer, random, leafOf, parseLeaf });
  let now: Instant = '2018-10-03T10:00:00.000Z';
  const waits = new Set<() => void>();
  const scheduler: Scheduler = {
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        waits.add(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      }),
  };
  const logged: string[] = [];
  const open = new Set<OpenSide>();
  let recorded = 0;

  const append = async (
    item: ItemId,
    make: (revision: number, id: EntryId) => Promise<Parameters<EventStore['append']>[2]>,
  ): Promise<Recorded> => {
    const { head } = await store.readStream(item, { direction: 'backward', limit: 1 });
    const id = entryIdFor(item, `c${recorded++}`, 0);
    const { position, revision } = await store.append(item, head, await make(head + 1, id));
    return { item, id, ref: `${item}@${revision}`, position, ordinal: ordinalOf(store.logId, position) ?? -1 };
  };

  return {
    store,
    codec,
    registry,
    logged,
    at: (instant) => void (now = instant),
    timeOut: () => {
      for (const done of waits) done();
      waits.clear();
    },
    record: (item, event, { occurred, ...said } = {}) =>
      append(item, (revision, id) =>
        codec.encode(
          [
            {
              id,
              stream: item,
              revision,
              recordedAt: now,
              actor: 'actor-1',
              commandId: `c${recorded}`,
              inputDigest: 'A'.repeat(43),
              occurred: occurred === undefined ? notAfter(osloDay(now)) : date(occurred),
              assertedBy: null,
              source: null,
              reason: null,
              ...said,
              event,
            },
          ],
          NO_BOXES,
        ),
      ),
    recordPoison: (item) => append(item, async (_, id) => [{ id, type: 'Opened', recordedAt: now, leaf: '{"not":"a leaf"}', boxes: [] }]),
    open: async ({ projections = projectionsOf(registry), store: followed = store, idle = false, observe, builders } = {}) => {
      const clock = { now: () => now };
      const database = openReadDatabase<ReadTables, NarrowFace>({
        file: join(directory, 'read.db'),
        functions: READ_FUNCTIONS,
        faces: narrowFaces(clock),
        ...(observe ? { observe } : {}),
      });
      const logger = (level: string, message: string): void => void logged.push(`${level}: ${message}`);
      const runner = createRunner({ database, store: followed, codec, registry, scheduler, logger, projections, builders });
      let statements = 0;
      const read = database.read.withPlugin({
        transformQuery: ({ node }) => {
          statements += 1;
          return node;
        },
        transformResult: ({ result }) => Promise.resolve(result),
      });
      const ask: typeof database.ask = (sql, values) => {
        statements += 1;
        return database.ask(sql, values);
      };
      const parts = { runner, store: followed, registry, clock, staleAfterDays: 90, whole: read };
      const sources = { ...parts, face: 'INTERNAL' as const, read, ask };
      const mirror = IS_COMPARED && hasAllTables(projections) ? await sharedMirror(projections, clock) : null;
      const seenBy = (face: Face): Reading => {
        const asked = face === 'INTERNAL' ? { read, ask } : database.faces[face];
        const inSqlite = createReading({ ...parts, face, ...asked }, createStreamReader(sources));
        if (mirror === null) return inSqlite;
        const whole = mirror.faces.INTERNAL.read;
        const there = { ...parts, whole, face, ...mirror.faces[face] };
        return compared(inSqlite, createReading(there, createStreamReader({ ...sources, whole })), mirror, database.write);
      };
      const reading = seenBy('INTERNAL');
      const side: OpenSide = {
        reading,
        readings: { INTERNAL: reading, STEERING: seenBy('STEERING'), PUBLIC: seenBy('PUBLIC') },
        runner,
        lookup: createLookup(sources),
        file: database.write,
        read: database.read,
        faces: database.faces,
        statements: () => statements,
        caughtUp: async () => {
          await runner.waitFor(ordinalOf(followed.logId, await followed.head()) ?? 0, 1);
        },
        built: async () => {
          const isBuilt = (): boolean => runner.progress().every(({ rebuilding, lag }) => !rebuilding && lag === 0);
          for (let turns = 0; !isBuilt(); turns += 1) {
            if (turns === TURNS_MAX) throw new Error('the read models are not built');
            await nextTurn();
          }
        },
        close: async () => {
          if (!open.delete(side)) return;
          await runner.stop();
          await database.close();
        },
      };
      open.add(side);
      if (idle) return side;
      runner.start();
      await side.caughtUp();
      return side;
    },
    close: async () => {
      for (const side of [...open]) await side.close();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
