import pg from 'pg';
import type { Scheduler } from '@saksgang/kernel';
import { bareTypes, connectPostgres } from './postgres-connection.js';
import type { StoredValue } from './postgres-copy.js';
import type { PostgresTransaction } from './postgres-writer.js';

/**
 * One connection of its own to PostgreSQL, for what lives as long as it does: advisory locks, and channels that are listened to. The
 * server ends it when nothing has been heard from it for SILENCE_MS, so that the locks of a process that hangs, or that cannot be reached
 * any more, are free for others.
 */
export type PostgresSession = Readonly<{
  /** False when another session holds it in a way that does not go together. Held until `unlock` or the end of the session. */
  tryLock: (lock: AdvisoryLock, how?: 'exclusive' | 'shared') => Promise<boolean>;
  unlock: (lock: AdvisoryLock, how?: 'exclusive' | 'shared') => Promise<void>;
  listen: (channel: string, hear: (payload: string) => void) => Promise<void>;
  /** Answers rows as lists of values, integers as numbers. */
  rows: PostgresTransaction['rows'];
  /** Aborted when the connection is gone, and with it everything that it held. */
  ended: AbortSignal;
  /** Idempotent. */
  close: () => Promise<void>;
}>;

/** Two signed 32-bit numbers: what sort of thing is locked, and which of them. */
export type AdvisoryLock = readonly [sort: number, which: number];

export type SessionOptions = Readonly<{ url: string; applicationName: string; scheduler: Scheduler }>;

const SILENCE_MS = 6_000; // ms without a word from this side after which the server ends the session
const PING_MS = 1_500; // ms between two words from this side
const ANSWER_MS_MAX = 4_000; // ms in which the server must answer a statement of this connection

/** @throws what the driver throws when the server cannot be reached, or does not let in */
export const openPostgresSession = async ({ url, applicationName, scheduler }: SessionOptions): Promise<PostgresSession> => {
  const ending = new AbortController();
  const { client, cut } = await connectPostgres(url, { applicationName, pipeline: true, answerMsMax: ANSWER_MS_MAX }, () => ending.abort());
  const heard = new Map<string, (payload: string) => void>();
  client.on('notification', ({ channel, payload }) => heard.get(channel)?.(payload ?? ''));

  const close = async (): Promise<void> => {
    ending.abort();
    cut();
  };
  const rows: PostgresSession['rows'] = async <Row extends readonly StoredValue[]>(text: string, values: readonly unknown[] = []) => {
    try {
      const answer = await client.query({ text, values: [...values], rowMode: 'array' as const, types: bareTypes });
      return answer.rows as unknown as readonly Row[];
    } catch (problem) {
      // What the server refuses leaves the session as it was; without an answer nobody knows what it holds.
      if (!(problem instanceof pg.DatabaseError)) await close();
      throw problem;
    }
  };
  const keepUp = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await scheduler.sleep(PING_MS, ending.signal).catch(() => undefined);
      if (!ending.signal.aborted) await rows('SELECT 1').catch(() => undefined);
    }
  };

  await rows(`SET idle_session_timeout = ${SILENCE_MS}`);
  void keepUp();
  const ask = async (name: string, [sort, which]: AdvisoryLock, how: 'exclusive' | 'shared'): Promise<boolean> => {
    const [row] = await rows<readonly [string]>(`SELECT pg_${name}${how === 'shared' ? '_shared' : ''}($1, $2)::text`, [sort, which]);
    return row?.[0] === 'true';
  };
  return {
    tryLock: (lock, how = 'exclusive') => ask('try_advisory_lock', lock, how),
    unlock: async (lock, how = 'exclusive') => void (await ask('advisory_unlock', lock, how)),
    listen: async (channel, hear) => {
      heard.set(channel, hear);
      await rows(`LISTEN ${client.escapeIdentifier(channel)}`);
    },
    rows,
    ended: ending.signal,
    close,
  };
};
