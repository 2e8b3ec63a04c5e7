import { troubleOf } from '@saksgang/database';
import { StoreUnavailable } from '@saksgang/event-store';
import type { Actor, Instant, Refusal } from '@saksgang/kernel';
import type { Access } from './api-keys.js';
import {
  credentialInUrl,
  identityUnavailable,
  keyExpired,
  keyRevoked,
  keysUnavailable,
  keyUnknown,
  malformedCredential,
  noRole,
  severalCredentials,
  tokenRefused,
} from './identity-refusals.js';
import { KEYS_RETRY_MS, KeysUnavailable } from './key-set.js';
import type { Tokens } from './tokens.js';

/** Whatever a request carries that may tell who asks. `connection`: the payload that opens a WebSocket. `url`: path and query. */
export type Presented = Readonly<{
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  connection?: Readonly<Record<string, unknown>> | null;
  url?: string;
}>;

/** What a client is told of a credential that is no good: how RFC 6750 calls it, and the status of an answer over HTTP. */
export type IdentityRefused = Readonly<{
  refusal: Refusal;
  status: 400 | 401 | 403 | 503;
  error: 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'temporarily_unavailable';
  retryAfterMs: number | null;
}>;

/** Whoever presents a credential is who it says or nobody at all gets an answer: a bad one never reads as the public does. */
export type Identity =
  | Readonly<{ state: 'NOBODY' }>
  /** `until`: from when on it is no longer good; null: until it is revoked. */
  | Readonly<{ state: 'KNOWN'; actor: Actor; until: Instant | null }>
  | (Readonly<{ state: 'REFUSED' }> & IdentityRefused);

export type Identify = (presented: Presented) => Promise<Identity>;
/** Where a token that was refused is written down: why, never what it was. */
export type IdentityLog = (level: 'info' | 'warn', message: string, about: Readonly<Record<string, string>>) => void;

const BEARER = /^Bearer +(\S+) *$/i;
const CREDENTIALS = ['authorization', 'x-api-key'] as const;
/** Names under which a credential would stand in an address, in a log, and in a history of somebody's browser. */
const IN_URL = ['access_token', 'authorization', 'token', 'api_key', 'apikey', 'x-api-key'] as const;
const HEAD = 'sk_';

const refused = (
  refusal: Refusal,
  status: IdentityRefused['status'],
  error: IdentityRefused['error'],
  retryAfterMs: number | null = null,
): Identity => ({ state: 'REFUSED', refusal, status, error, retryAfterMs });

/** Who asks, by one API key or one access token. Nothing is cached: a revoked key is no good from the next question on. */
export const createIdentify =
  ({ access, tokens, log = () => undefined }: Readonly<{ access: Access; tokens: Tokens; log?: IdentityLog }>): Identify =>
  async (presented) => {
    if (carriesInUrl(presented.url ?? '')) return refused(credentialInUrl(), 400, 'invalid_request');
    const found = credentialsIn(presented);
    if (found.length === 0) return { state: 'NOBODY' };
    const [credential] = found;
    if (credential === undefined || found.length > 1) return refused(severalCredentials(), 400, 'invalid_request');
    const secret = secretOf(credential);
    if (secret === null) return refused(malformedCredential(), 401, 'invalid_token');
    try {
      return await (secret.startsWith(HEAD) || credential.name === 'x-api-key'
        ? byKey(access, secret)
        : byToken(access, tokens, log, secret));
    } catch (problem) {
      if (!(problem instanceof StoreUnavailable) && troubleOf(problem) === null) throw problem;
      log('warn', 'who asks cannot be found out', { reason: String(problem) });
      return refused(keysUnavailable(), 503, 'temporarily_unavailable', KEYS_RETRY_MS);
    }
  };

const byKey = async (access: Access, secret: string): Promise<Identity> => {
  const found = await access.byKey(secret);
  if (typeof found !== 'string') return { state: 'KNOWN', ...found };
  const refusals = { UNKNOWN: keyUnknown, REVOKED: keyRevoked, EXPIRED: keyExpired } as const;
  return refused(refusals[found](), 401, 'invalid_token');
};

const byToken = async (access: Access, tokens: Tokens, log: IdentityLog, token: string): Promise<Identity> => {
  try {
    const found = await tokens.read(token);
    if (typeof found !== 'string') {
      const actor = await access.actorOf(found);
      return { state: 'KNOWN', actor, until: new Date(found.until).toISOString() };
    }
    log('info', 'an access token was refused', { reason: found });
    return found === 'NO_ROLE' ? refused(noRole(), 403, 'insufficient_scope') : refused(tokenRefused(found), 401, 'invalid_token');
  } catch (problem) {
    if (!(problem instanceof KeysUnavailable)) throw problem;
    log('warn', 'an issuer of access tokens cannot be asked for its keys', { issuer: problem.issuer, reason: problem.message });
    return refused(identityUnavailable(), 503, 'temporarily_unavailable', KEYS_RETRY_MS);
  }
};

type Credential = Readonly<{ name: (typeof CREDENTIALS)[number]; value: unknown }>;

/** Every credential, wherever it stands and however its name is spelt; a header that was sent twice counts twice. */
const credentialsIn = ({ headers, connection }: Presented): readonly Credential[] => [
  ...credentialsAmong(headers).flatMap(({ name, value }) => [value].flat().map((one) => ({ name, value: one }))),
  ...(connection === null || connection === undefined ? [] : credentialsAmong(connection)),
];

/** Most requests carry none, and each has a dozen headers: nothing is made of those that are none. */
const credentialsAmong = (given: Readonly<Record<string, unknown>>): readonly Credential[] => {
  const found: Credential[] = [];
  for (const spelt of Object.keys(given)) {
    const name = CREDENTIALS.find((one) => one.length === spelt.length && one === spelt.toLowerCase());
    const value = given[spelt];
    if (name !== undefined && value !== undefined && value !== null) found.push({ name, value });
  }
  return found;
};

const secretOf = ({ name, value }: Credential): string | null => {
  if (typeof value !== 'string') return null;
  return name === 'x-api-key' ? value : (BEARER.exec(value)?.[1] ?? null);
};

const carriesInUrl = (url: string): boolean => {
  const query = url.slice(url.indexOf('?') + 1);
  if (query === url || query === '') return false;
  const names = new Set([...new URLSearchParams(query).keys()].map((name) => name.toLowerCase()));
  return IN_URL.some((name) => names.has(name));
};
