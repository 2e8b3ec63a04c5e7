import type { Role } from '@saksgang/kernel';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { readCompact, type FormFlaw } from './compact-token.js';
import { SUBJECT_CHARS_MAX, type TrustedIssuer } from './issuer.js';
import { createKeySet, KeysUnavailable, type KeySet, type KeySetDeps } from './key-set.js';

/** Who a token speaks for, and for how long. */
export type TokenHolder = Readonly<{
  issuer: string;
  subject: string;
  role: Role;
  name: string | null;
  actorKind: 'PERSON' | 'MACHINE';
  /** ms since 1970 from which it is no longer good. */
  until: number;
}>;
/** Why it is not believed: its form, its issuer, its signature, its time or its claims. `NO_ROLE`: believed, but it may do nothing. */
export type TokenFlaw =
  FormFlaw | 'NO_ISSUERS' | 'UNKNOWN_ISSUER' | 'BAD_ALGORITHM' | 'BAD_SIGNATURE' | 'EXPIRED' | 'NOT_YET' | 'BAD_CLAIMS' | 'NO_ROLE';

export type Tokens = Readonly<{
  /** @throws KeysUnavailable when its issuer cannot be asked: whether it is good is then not known. */
  read: (token: string) => Promise<TokenHolder | TokenFlaw>;
}>;

type Trusted = TrustedIssuer & Readonly<{ keys: KeySet }>;

const LATEST_S = 253_402_300_799; // s since 1970 at the end of the year 9999
const ROLE_VALUES_MAX = 1_000; // values of a role claim that are looked at
const NAME_CHARS_MAX = 200; // characters of a name that is kept
const CONTROL_OR_HALF = /[\p{Cc}\p{Cs}]/u;
/** Of several roles the first of these counts. */
const STRONGEST_FIRST: readonly Role[] = ['admin', 'secretariat', 'auditor', 'steering', 'public'];

export const createTokens = (issuers: readonly TrustedIssuer[], deps: KeySetDeps): Tokens => {
  const trusted = new Map<string, Trusted>(issuers.map((one) => [one.issuer, { ...one, keys: createKeySet(one, deps) }]));
  const bytesMax = Math.max(0, ...issuers.map((one) => one.tokenBytesMax));
  return {
    read: async (token) => {
      if (trusted.size === 0) return 'NO_ISSUERS';
      const form = readCompact(token, bytesMax);
      if (typeof form === 'string') return form;
      const issuer = trusted.get(String(form.claims['iss']));
      // What is not of an issuer we know is not asked about anywhere.
      if (issuer === undefined || typeof form.claims['iss'] !== 'string') return 'UNKNOWN_ISSUER';
      if (token.length > issuer.tokenBytesMax) return 'TOO_LONG';
      if (!issuer.algorithms.some((one) => one === form.header['alg'])) return 'BAD_ALGORITHM';
      const now = Date.parse(deps.clock.now());
      const claims = await verified(token, issuer, now);
      return typeof claims === 'string' ? claims : holderOf(claims, issuer, now);
    },
  };
};

const verified = async (token: string, issuer: Trusted, now: number): Promise<JWTPayload | TokenFlaw> => {
  try {
    const { payload } = await jwtVerify(token, ({ alg, ...header }) => issuer.keys.keyFor({ ...header, alg }), {
      algorithms: [...issuer.algorithms],
      issuer: issuer.issuer,
      audience: [...issuer.audiences],
      typ: issuer.typ,
      clockTolerance: issuer.clockToleranceSeconds,
      currentDate: new Date(now),
      requiredClaims: ['iss', 'aud', 'sub', 'exp', 'iat'],
    });
    return payload;
  } catch (problem) {
    if (problem instanceof KeysUnavailable) throw problem;
    return faultOf(problem);
  }
};

const faultOf = (problem: unknown): TokenFlaw => {
  if (problem instanceof errors.JWTExpired) return 'EXPIRED';
  if (problem instanceof errors.JWTClaimValidationFailed) return problem.claim === 'nbf' ? 'NOT_YET' : 'BAD_CLAIMS';
  if (problem instanceof errors.JWTInvalid) return 'BAD_CLAIMS';
  // No such key, a key of another kind or too weak, a signature that is none: all the same to whoever sent it.
  return 'BAD_SIGNATURE';
};

/** What jose leaves open: when it was made, how long it lasts, whose it is, and which role that gives. */
const holderOf = (claims: JWTPayload, issuer: Trusted, now: number): TokenHolder | TokenFlaw => {
  const { sub, exp, iat, nbf } = claims;
  if (!isTime(exp) || !isTime(iat) || (nbf !== undefined && !isTime(nbf))) return 'BAD_CLAIMS';
  if (iat > now / 1_000 + issuer.clockToleranceSeconds) return 'NOT_YET';
  if (exp <= iat || exp - iat > issuer.lifetimeSecondsMax) return 'BAD_CLAIMS';
  if (typeof sub !== 'string' || sub === '' || sub.length > SUBJECT_CHARS_MAX || CONTROL_OR_HALF.test(sub)) return 'BAD_CLAIMS';
  const role = roleIn(claims, issuer);
  if (role === null) return 'NO_ROLE';
  const { issuer: name, actorKind, clockToleranceSeconds } = issuer;
  return { issuer: name, subject: sub, role, actorKind, name: nameIn(claims, issuer), until: (exp + clockToleranceSeconds) * 1_000 };
};

const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= LATEST_S;

const roleIn = (claims: JWTPayload, { roleClaim, roles }: TrustedIssuer): Role | null => {
  let value: unknown = claims;
  for (const name of roleClaim) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  const values: readonly unknown[] = typeof value === 'string' ? [value] : Array.isArray(value) ? value.slice(0, ROLE_VALUES_MAX) : [];
  const given = new Set(values.map((one) => (typeof one === 'string' && Object.hasOwn(roles, one) ? roles[one] : undefined)));
  return STRONGEST_FIRST.find((role) => given.has(role)) ?? null;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name that cannot be one is no reason to turn its holder away. */
const nameIn = (claims: JWTPayload, { nameClaim }: TrustedIssuer): string | null => {
  const value = nameClaim === null || !Object.hasOwn(claims, nameClaim) ? null : claims[nameClaim];
  const name = typeof value === 'string' ? value.normalize('NFC').trim() : '';
  return name === '' || name.length > NAME_CHARS_MAX || CONTROL_OR_HALF.test(name) ? null : name;
};
