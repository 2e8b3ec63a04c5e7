import type { ActorId, Instant, Role } from '@saksgang/kernel';

export const OPERATION_NAME_MAX = 64; // characters that are kept of an operation's name
export const REQUEST_ID_MAX = 64; // characters that are kept of a request's id

/** PERSONAL: a name of a person was opened. SHIELDED: an item was read that was shielded when it was read, as a whole or in part. */
export type ReadWhat = 'PERSONAL' | 'SHIELDED';

/** Who read of what. Neither what stood there nor what was asked with is told, so that nothing in it has to be erased. */
export type NewReading = Readonly<{
  actor: ActorId;
  /** What the reader was then. */
  role: Role;
  /** Under which the server's log tells of the request; null when none was told. */
  request: string | null;
  /** The name of the operation, at most OPERATION_NAME_MAX characters; null for one without. */
  operation: string | null;
  /** The item that was read of; of an actor's own name, the actor. */
  item: string | null;
  what: ReadWhat;
}>;
/** `number` grows, and is never used again. */
export type LoggedReading = NewReading & Readonly<{ number: number; at: Instant }>;

/** All that is given must fit; null and left out say nothing. `since` and `until` are both included. */
export type ReadingLogFilter = Readonly<{
  actors?: readonly string[] | null | undefined;
  items?: readonly string[] | null | undefined;
  since?: Instant | null | undefined;
  until?: Instant | null | undefined;
  what?: ReadWhat | null | undefined;
}>;

/** Who has read personal and shielded values. Where it lies, no row can be changed, and none removed but the oldest, by a cut that is itself kept. */
export interface ReadingLog {
  /** All or none, durable when it returns: what was shown stands here, whatever becomes of the machine. @throws when it cannot be written */
  write(readings: readonly NewReading[]): Promise<void>;
  /** Newest first, those below `number` (null: from the newest on), at most `limit`. */
  before(filter: ReadingLogFilter, number: number | null, limit: number): Promise<readonly LoggedReading[]>;
  /** Of all there are without looking at each; else of those that fit. */
  count(filter: ReadingLogFilter): Promise<number>;
  /**
   * Takes away the oldest that were written before this instant, at most `most`; answers how many. That it was done, and from when on the
   * log is whole, stands in the log for good. No other way takes one away.
   */
  cut(before: Instant, most: number): Promise<number>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** What a row must fulfil, for whoever keeps the rows to put into the words of a database. */
export type ReadingCondition =
  | Readonly<{ column: 'actor' | 'item'; is: 'among'; value: readonly string[] }>
  | Readonly<{ column: 'at' | 'what' | 'number'; is: '=' | '<' | '>=' | '<='; value: string | number }>;

export const conditionsOf = (
  { actors, items, since, until, what }: ReadingLogFilter,
  below: number | null,
): readonly ReadingCondition[] => [
  ...(actors ? [{ column: 'actor', is: 'among', value: actors } as const] : []),
  ...(items ? [{ column: 'item', is: 'among', value: items } as const] : []),
  ...(since ? [{ column: 'at', is: '>=', value: since } as const] : []),
  ...(until ? [{ column: 'at', is: '<=', value: until } as const] : []),
  ...(what ? [{ column: 'what', is: '=', value: what } as const] : []),
  ...(below === null ? [] : [{ column: 'number', is: '<', value: below } as const]),
];

/** Of the oldest, in order, those before the first that is younger: where the clock was once set back, it keeps those behind it. */
export const oldestBefore = <Row extends Pick<LoggedReading, 'at'>>(oldest: readonly Row[], before: Instant): readonly Row[] => {
  const young = oldest.findIndex(({ at }) => at >= before);
  return young === -1 ? oldest : oldest.slice(0, young);
};
