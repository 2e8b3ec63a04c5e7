import { isRefusedContent, type PostgresTransaction, type PostgresWriter } from '@saksgang/database';
import type { Handed } from '../running/handed.js';
import { feedLane, laneOf, type Stopped } from '../running/lanes.js';
import type { Answer, Exchange, Request } from '../writing/exchange.js';
import { applyTo, CloseMissed, loadFrom } from '../writing/postgres-rows.js';
import { advance, stopAt } from './read-schemas.js';
import { REACHED, schemaOf } from './schemas.js';
import type { Share } from './shares.js';

/** Goes through an exchange with an engine that answers later. */
export const exchangeWith = async <Result>(answer: (request: Request) => Promise<Answer>, exchange: Exchange<Result>): Promise<Result> => {
  let next = exchange.next();
  while (next.done !== true) next = exchange.next(await answer(next.value));
  return next.value;
};

/** Of the tables in one schema, within a transaction: what the projection is to blame for is taken back, and nothing else is. */
export const postgresEngine =
  (tx: PostgresTransaction, schema: string) =>
  async (request: Request): Promise<Answer> => {
    if (request.ask === 'load') return { loaded: await loadFrom(tx, schema, request.wanted), problem: null };
    await tx.exec('SAVEPOINT changes');
    try {
      await applyTo(tx, schema, request.changes);
    } catch (problem) {
      if (!isOfProjection(problem)) throw problem;
      await tx.exec('ROLLBACK TO changes; RELEASE changes');
      return { loaded: null, problem };
    }
    await tx.exec('RELEASE changes');
    return { loaded: null, problem: null };
  };

/** Of tables that are being built, which nobody else knows of: each request is a transaction of its own. */
export const buildingEngine =
  (writer: PostgresWriter, schema: string) =>
  async (request: Request): Promise<Answer> => {
    if (request.ask === 'load') return { loaded: await writer.each((on) => loadFrom(on, schema, request.wanted)), problem: null };
    try {
      await writer.transaction((tx) => applyTo(tx, schema, request.changes));
      return { loaded: null, problem: null };
    } catch (problem) {
      if (!isOfProjection(problem)) throw problem;
      return { loaded: null, problem };
    }
  };

const isOfProjection = (problem: unknown): boolean => problem instanceof CloseMissed || isRefusedContent(problem);

type Outcome = Readonly<{ share: Share; ordinal: number; stopped: Stopped | null }>;

/**
 * Feeds a batch to all of these in one transaction: rows, and how far they have come. What one cannot take stops it just before; the others
 * go on. Answers those that have stopped. @throws Overtaken, and what the database throws when it is away or broken: then nothing of the
 * batch was written, or nobody knows, and no projection is to blame
 */
export const feedShares = async (
  writer: PostgresWriter,
  shares: readonly Share[],
  batch: readonly Handed[],
  end: number,
): Promise<readonly Share[]> => {
  const due = shares.filter(({ ordinal }) => ordinal < end);
  if (due.length === 0) return [];
  const outcomes = await writer.transaction(async (tx) => {
    // Whoever else would feed them waits here, and then finds that they stand elsewhere.
    await Promise.all(due.map(({ projection, ordinal }) => advance(tx, projection, ordinal, end)));
    const fed: Outcome[] = [];
    for (const share of due) {
      const lane = (share.lane ??= laneOf(share.projection, share.ordinal));
      const { ordinal, stopped } = await exchangeWith(postgresEngine(tx, schemaOf(share.projection)), feedLane(lane, batch, end));
      fed.push({ share, ordinal, stopped });
    }
    await Promise.all(
      fed.filter(({ stopped }) => stopped !== null).map((one) => stopAt(tx, one.share.projection, one.ordinal, one.stopped)),
    );
    await tx.rows('SELECT pg_notify($1, $2)', [REACHED, '']);
    return fed;
  });
  for (const { share, ordinal, stopped } of outcomes) {
    Object.assign(share, { ordinal, stopped });
    Object.assign(share.lane ?? {}, { ordinal, stopped });
    if (stopped !== null) Object.assign(share, { part: 'HAS_GIVEN_UP', lane: null });
  }
  return outcomes.filter(({ stopped }) => stopped !== null).map(({ share }) => share);
};
