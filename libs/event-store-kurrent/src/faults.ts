/** What a client's error means here. Errors come in many shapes: by `type`, by gRPC code, or as plain text. */
export type Fault =
  | Readonly<{ kind: 'conflict'; actual: number }>
  | Readonly<{ kind: 'missing' }>
  | Readonly<{ kind: 'tombstoned' }>
  | Readonly<{ kind: 'too-large'; limit: number }>
  | Readonly<{ kind: 'denied'; reason: string }>
  /** The line or the server: worth another attempt, with a new client. `sent`: the server may have done what it was asked. */
  | Readonly<{ kind: 'line'; reason: string; sent: boolean }>;

/** A call that took too long by our own timer; the library's reads have none. */
export class Late extends Error {
  override readonly name = 'Late';
  constructor(readonly ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

type Shape = Readonly<{ type?: unknown; code?: unknown; message?: unknown; actualVersion?: unknown; maxAppendSize?: unknown }>;

const UNAUTHENTICATED = 16; // gRPC status
const PERMISSION_DENIED = 7; // gRPC status
/** The call never left, or the server said that it did not take it. */
const NOT_SENT = /No connection established|ECONNREFUSED|ENOTFOUND|Failed to discover|Name resolution failed|not ready|too busy|is busy/i;

/** @throws what is a bug of this program rather than a fault of the line */
export const faultOf = (error: unknown): Fault => {
  const { type, code, message, actualVersion, maxAppendSize } = (error ?? {}) as Shape;
  if (type === 'wrong-expected-version')
    return { kind: 'conflict', actual: typeof actualVersion === 'bigint' ? Number(actualVersion) : -1 };
  if (type === 'stream-not-found') return { kind: 'missing' };
  if (type === 'stream-deleted') return { kind: 'tombstoned' };
  if (type === 'maximum-append-size-exceeded') return { kind: 'too-large', limit: Number(maxAppendSize ?? 0) };
  if (type === 'access-denied' || code === UNAUTHENTICATED || code === PERMISSION_DENIED)
    return { kind: 'denied', reason: 'the event store does not let this user do that: check the user and its rights' };
  if (error instanceof TypeError || error instanceof RangeError) throw error;
  if (type === 'not-leader') return { kind: 'line', reason: 'the node that answered is not the leader', sent: false };
  const reason = plain(String(message ?? error));
  return { kind: 'line', reason, sent: !NOT_SENT.test(reason) };
};

const REASON_CHARS_MAX = 200;
/** One line of what the library said; it was given no password, so it can hold none. */
const plain = (message: string): string => message.replace(/\s+/g, ' ').trim().slice(0, REASON_CHARS_MAX) || 'the connection broke';
