import type { Role } from '@saksgang/kernel';

/** Signatures that a public key checks. No shared secret (HS*) and no unsigned token is among them, so neither can be asked for. */
export const TOKEN_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'] as const;
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];

export const TOKEN_BYTES_MAX = 8_192; // bytes of one token
export const SUBJECT_CHARS_MAX = 255; // characters of `sub`, as OpenID Connect has it

/** One issuer of access tokens that is believed, and what of its tokens counts. */
export type TrustedIssuer = Readonly<{
  /** Compared with `iss` character by character. */
  issuer: string;
  /** A token is for this record when `aud` names one of them. */
  audiences: readonly string[];
  algorithms: readonly TokenAlgorithm[];
  /** Where its keys are; null: as its `.well-known/openid-configuration` says. */
  jwksUri: string | null;
  /** The path to the claim that tells roles: a text, or a list of texts. */
  roleClaim: readonly string[];
  /** Which role a value of that claim stands for. What is not here stands for none. */
  roles: Readonly<Record<string, Role>>;
  /** The claim with the person's name, which is sealed; null: no name is kept. */
  nameClaim: string | null;
  actorKind: 'PERSON' | 'MACHINE';
  /** What the header's `typ` must be, in any case. */
  typ: string;
  /** s that clocks may differ. */
  clockToleranceSeconds: number;
  /** s from `iat` to `exp`, at most. */
  lifetimeSecondsMax: number;
  /** Bytes of one token, at most TOKEN_BYTES_MAX. */
  tokenBytesMax: number;
}>;

/** `https:`, or `http:` on this machine alone; no user, no query, no fragment. */
export const isIssuerUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
};

const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** Keys come from where the issuer itself is as safe from listeners. */
export const isKeyUrl = (text: string, issuer: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname) && isLoopback(new URL(issuer).hostname));
};
