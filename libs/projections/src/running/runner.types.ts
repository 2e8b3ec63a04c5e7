import type { Codec, EventStore } from '@saksgang/event-store';
import type { Position, Registry, Scheduler } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { Builders } from './builder-threads.js';
import type { Stopped } from './lanes.js';
import type { ReadFiles } from './read-models.js';

/** Where log lines go. `about` is plain data; nothing of an entry's content is ever in it. */
export type Logger = (level: 'info' | 'warn' | 'error', message: string, about: Readonly<Record<string, unknown>>) => void;

export type RunnerParts = Readonly<{
  database: ReadFiles;
  store: EventStore;
  codec: Pick<Codec, 'decode'>;
  registry: Registry;
  scheduler: Scheduler;
  logger: Logger;
  projections: readonly Projection[];
  /** Long builds are done by threads; without, on the caller's. */
  builders?: Builders | undefined;
}>;

export type Progress = Readonly<{
  projection: string;
  version: number;
  position: Position;
  /** Numbers between this projection and the log's newest entry that was seen. */
  lag: number;
  stopped: Readonly<{ position: Position; reason: string }> | null;
  /** It is being built anew beside the rows that serve. */
  rebuilding: boolean;
  /** It is fed, or built, by this process; else by another one on the same database, or by none just now. */
  here: boolean;
}>;

/** Follows the log and feeds the projections. One for each process and read database. */
export interface Runner {
  /** The number before the log's first entry. */
  readonly origin: number;
  start(): void;
  /** Ends following; what was fed is kept. Idempotent. */
  stop(): Promise<void>;
  /**
   * The number that every running projection has reached. Those that a poison entry stopped do not hold the others back, nor do
   * those built apart that have yet to be built at all.
   */
  reached(): number;
  /** How often tables have been put in the place of others since the start: what was read before may be told otherwise after. */
  builds(): number;
  /** Where one projection stands, and what stopped it. */
  standing(projection: string): Readonly<{ ordinal: number; stopped: Stopped | null }>;
  /** True once `reached()` is at least `ordinal`; false when `ms` milliseconds have gone without, or every projection has stopped. */
  waitFor(ordinal: number, ms: number): Promise<boolean>;
  /** Resolves when `reached()` lies beyond `ordinal`, or the signal aborts, or the runner is stopped. */
  beyond(ordinal: number, signal: AbortSignal): Promise<void>;
  /**
   * Why the read models should not be asked now, in plain words: their database is away, or what this version reads has never come as far
   * as the log was at the start. Null: they can be asked.
   */
  trouble(): string | null;
  progress(): readonly Progress[];
  /** Builds projections anew beside the rows that serve, and swaps them in. @throws RebuildStopped on a poison entry; the old rows then go on serving. */
  rebuild(projections: readonly string[]): Promise<void>;
}
