import { createDoorbell, ordinalOf, positionOf, PositionUnknown } from '@saksgang/event-store';
import type { Projection } from '../projection.js';
import { createHandler, numberOf } from './handed.js';
import { sqliteEngine } from '../writing/sqlite-engine.js';
import { feed, laneOf, stoppedAt, type Lane, type Outcome } from './lanes.js';
import { openReadModels, shapeOf } from './read-models.js';
import { createRebuild, RebuildStopped } from './rebuild.js';
import type { Runner, RunnerParts } from './runner.types.js';
import { createWaiting } from './waiting.js';

/**
 * `resting`: its rows serve where they stand and are not fed, because they are being built anew. `yetToServe`: built apart and for the
 * first time, it has nothing to show to anybody until it has come as far as the others, and holds none of them back.
 */
type Kept = { lane: Lane; resting: boolean; yetToServe: boolean };

const RETRY_MS_MIN = 100; // ms after a first fault
const RETRY_MS_MAX = 10_000; // ms
/** From this many entries on, empty tables are filled in a shadow, with their indexes made last. */
const SHADOW_FROM = 5_000; // entries

export const createRunner = (parts: RunnerParts): Runner => {
  const { database, store, projections, logger, scheduler } = parts;
  const file = database.write;
  const engine = sqliteEngine(file, { isUndone: true });
  const origin = ordinalOf(store.logId, store.origin) ?? 0;
  const models = openReadModels(database, store.logId);
  const ending = new AbortController();
  const bell = createDoorbell();
  let newest = origin;
  let builds = 0;
  let following: Promise<void> = Promise.resolve();
  let started = false;

  /** A changed projection's rows go on serving where they stand if the tables are the same; else they cannot be read. */
  const prepare = (projection: Projection): Kept => {
    const { name } = projection;
    // A new start tries again what a poison entry had stopped.
    models.saveStop(name, null);
    const now = models.checkpoint(name);
    return { lane: laneOf(projection, now?.ordinal ?? origin), resting: now?.version !== projection.version, yetToServe: false };
  };
  const cannotBeRead = (projection: Projection): boolean => models.checkpoint(projection.name)?.shape !== shapeOf(projection);
  models.create(projections.filter(cannotBeRead), origin);
  const lanes = new Map<string, Kept>();
  for (const projection of projections) lanes.set(projection.name, prepare(projection));
  const all = (): readonly Kept[] => [...lanes.values()];
  const laneNamed = (name: string) => {
    const found = lanes.get(name);
    if (found === undefined) throw new RangeError(`there is no projection "${name}"`);
    return found;
  };

  const reached = (): number => {
    const running = all().filter(({ lane, yetToServe }) => lane.stopped === null && !yetToServe);
    return Math.min(...(running.length > 0 ? running : all()).map(({ lane }) => lane.ordinal));
  };

  /** The lanes the main follower feeds: not those whose rows another version made. */
  const fed = (): readonly Lane[] =>
    all()
      .filter(({ lane, resting }) => !resting && lane.stopped === null)
      .map(({ lane }) => lane);

  const saveOutcome = ({ lane, ordinal, stopped }: Outcome): void => {
    models.save(lane.projection, ordinal);
    if (stopped === null) return;
    models.saveStop(lane.projection.name, stopped);
    logger('error', 'a projection has stopped at an entry it cannot take', {
      projection: lane.projection.name,
      entry: stopped.ordinal,
      reason: stopped.reason,
    });
  };

  const followOnce = async (): Promise<void> => {
    const from = Math.min(...fed().map((lane) => lane.ordinal));
    if (!Number.isFinite(from)) return bell.after(bell.rung(), ending.signal);
    const hand = createHandler(store, parts.codec, parts.registry);
    const feeding = fed().length;
    for await (const batch of store.follow({ after: positionOf(store.logId, from), signal: ending.signal })) {
      const handed = await hand(batch.events);
      const end = numberOf(store, batch);
      newest = Math.max(newest, end);
      feed(file, engine, fed(), handed, end, saveOutcome);
      for (const kept of all()) if (kept.lane.ordinal >= reached()) kept.yetToServe = false;
      bell.ring();
      // A lane that came back (swapped in) may stand behind this follower: begin again from where it stands.
      if (fed().length > feeding || fed().some((lane) => lane.ordinal < end)) return;
    }
  };

  const follow = async (): Promise<void> => {
    for (let faults = 0; !ending.signal.aborted;) {
      try {
        await followOnce();
        faults = 0;
      } catch (problem) {
        if (problem instanceof PositionUnknown) beginAnew();
        else {
          const ms = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** faults);
          faults += 1;
          logger('warn', 'following the log was interrupted', { problem: String(problem), retryInMs: ms });
          await scheduler.sleep(ms, ending.signal).catch(() => undefined);
        }
      }
    }
  };

  /** The log is shorter than what was projected: it was restored to an earlier point, and the rows tell of what is no more. */
  const beginAnew = (): void => {
    logger('warn', 'the log ends before what was projected from it: projecting all of it again', { log: store.logId });
    models.create(projections, origin);
    for (const projection of projections) lanes.set(projection.name, prepare(projection));
    newest = origin;
    builds += 1;
  };

  const rebuilder = createRebuild(parts, models, origin, ending.signal);
  const swapped = (projection: Projection, ordinal: number): void => {
    lanes.set(projection.name, { lane: laneOf(projection, ordinal), resting: false, yetToServe: false });
    newest = Math.max(newest, ordinal);
    builds += 1;
    bell.ring();
  };
  const rebuild = async (names: readonly string[]): Promise<void> => {
    const chosen = names.map((name) => laneNamed(name).lane.projection);
    await rebuilder.rebuild(chosen, (projection) => lanes.get(projection.name)?.lane.ordinal ?? origin, swapped);
  };

  /** What another version made is built anew; what is empty and has much to take in is built the same way, which is quicker. */
  const dueToBuild = async (): Promise<readonly Kept[]> => {
    const head = ordinalOf(store.logId, await store.head()) ?? origin;
    newest = Math.max(newest, head);
    return all().filter(({ lane, resting }) => resting || (lane.ordinal === origin && head - origin >= SHADOW_FROM));
  };

  /** First what every reading needs. */
  const buildInOrder = async (due: readonly Kept[]): Promise<void> => {
    await buildDue(due.filter(({ lane }) => lane.projection.apart !== true));
    await buildDue(due.filter(({ lane }) => lane.projection.apart === true));
  };

  /** One pass for all; a projection that an entry stops is left out of the next. */
  const buildDue = async (due: readonly Kept[]): Promise<void> => {
    if (due.length === 0 || ending.signal.aborted) return;
    const names = due.map(({ lane }) => lane.projection.name);
    try {
      await rebuild(names);
    } catch (problem) {
      if (ending.signal.aborted) return;
      logger('error', 'building projections anew was given up', { projections: names, problem: String(problem) });
      const culprits = problem instanceof RebuildStopped ? due.filter(({ lane }) => lane.projection.name === problem.projection) : due;
      for (const kept of culprits) giveUpBuilding(kept, problem);
      bell.ring();
      await buildDue(due.filter((kept) => !culprits.includes(kept)));
    }
  };

  /** Empty tables of this version take what they can, entry by entry; rows of another version stay as they are, and say why. */
  const giveUpBuilding = (kept: Kept, problem: unknown): void => {
    const { lane } = kept;
    kept.resting = models.checkpoint(lane.projection.name)?.version !== lane.projection.version;
    if (kept.resting) lane.stopped = stoppedAt(problem instanceof RebuildStopped ? problem.ordinal : lane.ordinal + 1, problem);
  };

  const run = async (): Promise<void> => {
    let due: readonly Kept[] = [];
    try {
      due = await dueToBuild();
    } catch (problem) {
      logger('warn', 'the log could not be asked for its end', { problem: String(problem) });
    }
    for (const kept of due) {
      kept.resting = true;
      kept.yetToServe = kept.lane.projection.apart === true && kept.lane.ordinal === origin;
    }
    await Promise.all([follow(), buildInOrder(due)]);
  };

  const waiting = createWaiting({
    scheduler,
    bell,
    ending: ending.signal,
    reached,
    mayCome: () => all().some(({ lane }) => lane.stopped === null),
  });

  return {
    origin,
    start: () => {
      if (started) return;
      started = true;
      following = run();
    },
    stop: async () => {
      ending.abort();
      bell.ring();
      await following;
    },
    reached,
    builds: () => builds,
    standing: (name) => {
      const { ordinal, stopped } = laneNamed(name).lane;
      return { ordinal, stopped };
    },
    trouble: () => null,
    ...waiting,
    progress: () =>
      all().map(({ lane }) => ({
        projection: lane.projection.name,
        version: lane.projection.version,
        position: positionOf(store.logId, lane.ordinal),
        lag: Math.max(0, newest - lane.ordinal),
        stopped: lane.stopped && { position: positionOf(store.logId, lane.stopped.ordinal), reason: lane.stopped.reason },
        rebuilding: rebuilder.building().includes(lane.projection.name),
        here: true,
      })),
    rebuild,
  };
};
