import { isRefusedForGood, type PostgresSession, type PostgresWriter } from '@saksgang/database';
import { createDoorbell, ordinalOf, positionOf, PositionUnknown } from '@saksgang/event-store';
import { createHandler, numberOf } from '../running/handed.js';
import type { Progress, Runner, RunnerParts } from '../running/runner.types.js';
import { createWaiting } from '../running/waiting.js';
import { RebuildStopped } from '../running/rebuild.js';
import { feedShares } from './feeding.js';
import { empty, reachedOf } from './read-schemas.js';
import { lockOf, REACHED, schemaOf } from './schemas.js';
import { keepSession } from './sessions.js';
import { AnotherLog, setUp, tidyUp } from './set-up.js';
import { createSharedRebuild } from './shared-rebuild.js';
import { createShares, type Share } from './shares.js';

/** How this process reaches the database that it shares with others. */
export type SharedDatabase = Readonly<{ session: () => Promise<PostgresSession>; writer: () => PostgresWriter }>;
export type SharedRunnerParts = Omit<RunnerParts, 'database'> &
  Readonly<{
    database: SharedDatabase;
    /** Schemas beside the projections', in which nothing but views over them lies, and the statements that make these. */
    schemas?: readonly string[];
    makeFaces?: () => readonly string[];
  }>;

const RETRY_MS_MIN = 100; // ms after a first fault
const RETRY_MS_MAX = 5_000; // ms
/** From this many entries on, empty tables are filled beside, with their indexes made last. */
const SHADOW_FROM = 5_000; // entries
const LET_GO = 'let go'; // said on the channel by who stops feeding
const TIDY_TURNS = 60; // turns of the session between two times at which what nobody uses is looked for

/**
 * The runner of a process that shares its read models in PostgreSQL with others. Each projection is fed by one of them, who holds its
 * lock; the others follow how far it has come. When that one is gone another takes over. What is written is fenced: whoever feeds says
 * where the tables stand and what they come to in the transaction of the rows, so that one who has lost the lock without knowing writes
 * nothing. Resolves when the schemas are there. @throws AnotherLog
 */
export const openSharedRunner = async (parts: SharedRunnerParts): Promise<Runner> => {
  const { database, store, projections, logger, scheduler } = parts;
  const origin = ordinalOf(store.logId, store.origin) ?? 0;
  const shares = createShares(projections, origin);
  const writer = database.writer();
  const ending = new AbortController();
  const bell = createDoorbell();
  const { schemas = [], makeFaces = () => [] } = parts;
  const setUpParts = { writer, scheduler, logId: store.logId, origin, projections, schemas, makeFaces };
  let head: number | null = null;
  /** How far the log was when it was first seen, until the read models have come so far. */
  let toShow: number | null = null;
  let isShown = false;
  let turns = 0;
  let started = false;
  let followed: Promise<void> = Promise.resolve();
  let building: Promise<void> = Promise.resolve();
  /** Of the following that is under way: it begins anew when there is more, or less, to be fed. */
  let current = new AbortController();

  const saw = (ordinal: number): void => {
    toShow ??= ordinal;
    head = Math.max(head ?? origin, ordinal);
  };
  const arrived = (): void => {
    shares.letServe(head !== null && head - origin < SHADOW_FROM);
    isShown ||= toShow !== null && shares.reached() >= toShow;
    bell.ring();
  };
  const refresh = async (session: PostgresSession): Promise<void> => {
    for (const [name, reached] of await reachedOf(session, projections)) shares.heard(name, reached);
    arrived();
  };

  const begun = async (session: PostgresSession): Promise<void> => {
    await setUp(session, setUpParts);
    await session.listen(REACHED, (payload) => {
      if (payload === LET_GO) sessions.wake();
      void refresh(session).catch(() => undefined);
    });
    await refresh(session);
  };
  const lost = (): void => {
    for (const share of shares.all) {
      share.part = 'FOLLOWS';
      share.lane = null;
    }
    current.abort();
  };

  const turn = async (session: PostgresSession): Promise<void> => {
    await refresh(session);
    if (!started) return;
    await elect(session);
    await lookAtLog();
    if (head !== null) assign(head);
    arrived();
    if (turns % TIDY_TURNS === 0) await tidyUp(session, setUpParts);
    turns += 1;
  };
  /** Nobody else holds what can be locked. What another said last is looked at after that. */
  const elect = async (session: PostgresSession): Promise<void> => {
    const open = shares.all.filter(({ part }) => part === 'FOLLOWS');
    const taken = await Promise.all(open.map(({ projection }) => session.tryLock(lockOf('project', schemaOf(projection)))));
    const mine = open.filter((_, index) => taken[index]);
    if (mine.length === 0) return;
    await refresh(session);
    for (const share of mine) {
      share.part = 'HOLDS';
      // Whoever takes over tries again what stopped the one before.
      share.stopped = null;
    }
    logger('info', 'this process feeds projections from now on', { projections: mine.map(({ projection }) => projection.name) });
  };
  const lookAtLog = async (): Promise<void> => {
    if (shares.all.some(({ part }) => part === 'FEEDS') && head !== null) return;
    try {
      saw(ordinalOf(store.logId, await store.head()) ?? origin);
    } catch (problem) {
      logger('warn', 'the log could not be asked for its end', { problem: String(problem) });
    }
  };
  /** What is empty and has much to take in is built beside, which is quicker. */
  const assign = (end: number): void => {
    const held = shares.all.filter(({ part }) => part === 'HOLDS');
    if (held.length === 0) return;
    for (const share of held) share.part = share.ordinal === origin && end - origin >= SHADOW_FROM ? 'BUILDS' : 'FEEDS';
    const due = held.filter(({ part }) => part === 'BUILDS');
    if (due.length > 0) building = building.then(() => buildInOrder(due));
    current.abort();
    bell.ring();
  };

  const sessions = keepSession({
    open: database.session,
    scheduler,
    logger,
    begun,
    turn,
    lost,
    isForGood: (problem) => problem instanceof AnotherLog || isRefusedForGood(problem),
  });

  try {
    await sessions.first;
  } catch (problem) {
    await sessions.stop();
    await writer.close();
    throw problem;
  }

  const fed = (): readonly Share[] => shares.all.filter(({ part, stopped }) => part === 'FEEDS' && stopped === null);
  const followOnce = async (): Promise<void> => {
    current = new AbortController();
    const { signal } = current;
    const lanes = fed();
    if (lanes.length === 0) return bell.after(bell.rung(), ending.signal);
    const from = Math.min(...lanes.map(({ ordinal }) => ordinal));
    const hand = createHandler(store, parts.codec, parts.registry);
    for await (const batch of store.follow({ after: positionOf(store.logId, from), signal })) {
      const handed = await hand(batch.events);
      const end = numberOf(store, batch);
      saw(end);
      for (const { projection, stopped } of await feedShares(writer, fed(), handed, end)) {
        logger('error', 'a projection has stopped at an entry it cannot take', {
          projection: projection.name,
          entry: stopped?.ordinal,
          reason: stopped?.reason,
        });
        // Another process may be of a version that can take it.
        await sessions.unlock(lockOf('project', schemaOf(projection)));
      }
      arrived();
      if (signal.aborted || fed().some(({ ordinal }) => ordinal < end)) return;
    }
  };
  const follow = async (): Promise<void> => {
    for (let faults = 0; !ending.signal.aborted;) {
      try {
        await followOnce();
        faults = 0;
      } catch (problem) {
        if (ending.signal.aborted) return;
        await recover(problem);
        const ms = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** faults);
        faults += 1;
        logger('warn', 'following the log was interrupted', { problem: String(problem), retryInMs: ms });
        await scheduler.sleep(ms, ending.signal).catch(() => undefined);
      }
    }
  };
  /** Whatever went wrong, where the tables stand is asked of them before anything else is written. */
  const recover = async (problem: unknown): Promise<void> => {
    for (const share of shares.all) share.lane = null;
    const session = sessions.now();
    if (session === null) return;
    try {
      if (problem instanceof PositionUnknown) await beginAnew();
      await refresh(session);
    } catch (again) {
      logger('warn', 'PostgreSQL could not be asked where the read models stand', { problem: String(again) });
    }
  };
  /** The log is shorter than what was projected: it was restored to an earlier point, and the rows tell of what is no more. */
  const beginAnew = async (): Promise<void> => {
    logger('warn', 'the log ends before what was projected from it: projecting all of it again', { log: store.logId });
    head = null;
    for (const { projection } of fed()) await writer.transaction((tx) => empty(tx, projection, origin));
  };

  const rebuilder = createSharedRebuild(parts, sessions, origin, ending.signal);
  const rebuild = async (names: readonly string[]): Promise<void> => {
    const chosen = names.map((name) => shares.named(name));
    await rebuilder.rebuild(chosen.map(({ projection }) => projection));
    for (const share of chosen) share.lane = null;
    const session = sessions.now();
    if (session !== null) await refresh(session);
  };
  /** First what every reading needs. */
  const buildInOrder = async (due: readonly Share[]): Promise<void> => {
    await buildDue(due.filter(({ projection }) => projection.apart !== true));
    await buildDue(due.filter(({ projection }) => projection.apart === true));
  };
  /** One pass for all; a projection that an entry stops is left out of the next. */
  const buildDue = async (due: readonly Share[]): Promise<void> => {
    const still = due.filter(({ part }) => part === 'BUILDS');
    if (still.length === 0 || ending.signal.aborted) return;
    const names = still.map(({ projection }) => projection.name);
    const done = (shared: readonly Share[], part: Share['part']): void => {
      for (const share of shared) if (share.part === 'BUILDS') share.part = part;
      current.abort();
      bell.ring();
    };
    try {
      await rebuild(names);
      done(still, 'FEEDS');
    } catch (problem) {
      if (ending.signal.aborted) return;
      logger('error', 'building projections anew was given up', { projections: names, problem: String(problem) });
      // Empty tables take what they can, entry by entry.
      const culprits = problem instanceof RebuildStopped ? still.filter(({ projection }) => projection.name === problem.projection) : [];
      done(culprits, 'FEEDS');
      // It was no entry: whoever holds the lock decides again.
      if (culprits.length === 0) return done(still, 'HOLDS');
      await buildDue(still.filter((share) => !culprits.includes(share)));
    }
  };

  const waiting = createWaiting({
    scheduler,
    bell,
    ending: ending.signal,
    reached: shares.reached,
    mayCome: () => shares.all.some(({ stopped }) => stopped === null),
  });
  /** Others need not wait until they look again. */
  const letGo = async (): Promise<void> => {
    const held = shares.all.filter(({ part }) => part !== 'FOLLOWS' && part !== 'HAS_GIVEN_UP');
    for (const share of held) {
      share.part = 'HAS_GIVEN_UP';
      await sessions.unlock(lockOf('project', schemaOf(share.projection)));
    }
    if (held.length > 0) await sessions.now()?.rows('SELECT pg_notify($1, $2)::text', [REACHED, LET_GO]);
  };
  const progressOf = ({ projection, ordinal, stopped, part }: Share): Progress => ({
    projection: projection.name,
    version: projection.version,
    position: positionOf(store.logId, ordinal),
    lag: Math.max(0, (head ?? ordinal) - ordinal),
    stopped: stopped && { position: positionOf(store.logId, stopped.ordinal), reason: stopped.reason },
    rebuilding: part === 'BUILDS' || rebuilder.building().includes(projection.name),
    here: part === 'FEEDS' || part === 'BUILDS',
  });
  return {
    origin,
    start: () => {
      if (started) return;
      started = true;
      followed = follow();
      sessions.wake();
    },
    stop: async () => {
      ending.abort();
      current.abort();
      bell.ring();
      await followed;
      await building.catch(() => undefined);
      await letGo().catch(() => undefined);
      await sessions.stop();
      await writer.close();
    },
    reached: shares.reached,
    builds: shares.builds,
    standing: (name) => {
      const { ordinal, stopped } = shares.named(name);
      return { ordinal, stopped };
    },
    ...waiting,
    trouble: () => {
      if (sessions.now() === null) return 'the database of the read models is away';
      return isShown ? null : 'the read models of this version have not come as far as the log yet';
    },
    progress: () => shares.all.map(progressOf),
    rebuild,
  };
};
