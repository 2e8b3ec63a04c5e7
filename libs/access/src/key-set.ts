import type { Clock, Scheduler } from '@saksgang/kernel';
import { createLocalJWKSet, errors, type CryptoKey, type JWK, type JWSHeaderParameters } from 'jose';
import { isKeyUrl, type TrustedIssuer } from './issuer.js';

export const KEYS_KEPT_MS = 600_000; // ms for which keys are believed; then they are asked for again
export const KEYS_COOLDOWN_MS = 30_000; // ms between two askings for a key that was not among them
export const KEYS_RETRY_MS = 5_000; // ms after a failure in which nothing is asked for again
const FETCH_MS = 5_000; // ms one answer of an issuer may take
const KEYS_BYTES_MAX = 262_144; // bytes of one answer of an issuer
const KEYS_MAX = 100; // keys of one issuer

/** An answer of an issuer; the body is read no further than is asked for. */
export type Fetch = (url: string, options: Readonly<{ signal: AbortSignal; redirect: 'error' }>) => Promise<Response>;

/** The issuer's keys cannot be had now: nothing can be said of its tokens. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  constructor(
    readonly issuer: string,
    reason: string,
  ) {
    super(`the keys of ${issuer} cannot be had: ${reason}`);
  }
}

/** The public keys of one issuer, kept for a while, and asked for again when a token names one that is not among them. */
export type KeySet = Readonly<{
  /** @throws KeysUnavailable; JWKSNoMatchingKey or JWKSMultipleMatchingKeys of jose. */
  keyFor: (header: JWSHeaderParameters) => Promise<CryptoKey>;
}>;
export type KeySetDeps = Readonly<{ clock: Clock; scheduler: Scheduler; fetch: Fetch }>;

type Keys = ReturnType<typeof createLocalJWKSet>;

export const createKeySet = ({ issuer, jwksUri }: Pick<TrustedIssuer, 'issuer' | 'jwksUri'>, deps: KeySetDeps): KeySet => {
  let keys: Keys | null = null;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failed: Readonly<{ at: number; problem: KeysUnavailable }> | null = null;
  let underway: Promise<Keys> | null = null;
  const now = (): number => Date.parse(deps.clock.now());

  const fetchKeys = async (): Promise<Keys> => {
    const from = jwksUri ?? (await discovered(issuer, deps));
    const set = (await readJson(from, deps)) as Readonly<{ keys?: unknown }> | null;
    if (!Array.isArray(set?.keys)) throw new Error('the answer holds no keys');
    return createLocalJWKSet({ keys: set.keys.slice(0, KEYS_MAX).filter(isPublicKey) });
  };
  /** Many tokens, one question at a time; a failure is not asked about again at once. */
  const refetch = (): Promise<Keys> => {
    if (underway !== null) return underway;
    if (failed !== null && now() < failed.at + KEYS_RETRY_MS) return Promise.reject(failed.problem);
    underway = fetchKeys()
      .then(
        (found) => {
          keys = found;
          fetchedAt = now();
          failed = null;
          return found;
        },
        (problem: unknown) => {
          failed = { at: now(), problem: new KeysUnavailable(issuer, problem instanceof Error ? problem.message : 'unknown') };
          throw failed.problem;
        },
      )
      .finally(() => (underway = null));
    return underway;
  };

  return {
    keyFor: async (header) => {
      const known = keys !== null && now() < fetchedAt + KEYS_KEPT_MS ? keys : await refetch();
      try {
        return await known(header);
      } catch (problem) {
        if (!(problem instanceof errors.JWKSNoMatchingKey) || now() < fetchedAt + KEYS_COOLDOWN_MS) throw problem;
        return (await refetch())(header);
      }
    },
  };
};

/** Secrets have no place among them, and one that is there does no harm. */
const isPublicKey = (key: unknown): key is JWK =>
  typeof key === 'object' && key !== null && ['RSA', 'EC'].includes(String((key as JWK).kty)) && !Object.hasOwn(key, 'd');

const discovered = async (issuer: string, deps: KeySetDeps): Promise<string> => {
  const told = (await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, deps)) as Readonly<{
    issuer?: unknown;
    jwks_uri?: unknown;
  }> | null;
  if (told?.issuer !== issuer) throw new Error('its configuration is that of another issuer');
  if (typeof told.jwks_uri !== 'string' || !isKeyUrl(told.jwks_uri, issuer))
    throw new Error('its configuration names no safe place for keys');
  return told.jwks_uri;
};

const readJson = async (url: string, { fetch, scheduler }: KeySetDeps): Promise<unknown> => {
  const late = new AbortController();
  const answered = new AbortController();
  scheduler.sleep(FETCH_MS, answered.signal).then(
    () => late.abort(new Error(`no answer in ${FETCH_MS} ms`)),
    () => undefined,
  );
  try {
    const response = await fetch(url, { signal: late.signal, redirect: 'error' });
    if (response.status !== 200) throw new Error(`status ${response.status}`);
    return JSON.parse(await textOf(response)) as unknown;
  } catch (problem) {
    // Its own words might quote what was answered.
    if (problem instanceof SyntaxError) throw new Error('the answer is not JSON', { cause: problem });
    throw late.signal.aborted ? (late.signal.reason as Error) : problem;
  } finally {
    answered.abort();
  }
};

const textOf = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > KEYS_BYTES_MAX) throw new Error(`the answer holds more than ${KEYS_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
