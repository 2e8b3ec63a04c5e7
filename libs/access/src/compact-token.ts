import { fromBase64url } from '@saksgang/record';

/** What is wrong with the form of a token. Never quotes it. */
export type FormFlaw = 'TOO_LONG' | 'NOT_THREE_PARTS' | 'NOT_CANONICAL' | 'NOT_JSON' | 'SAID_TWICE' | 'TOO_DEEP' | 'BAD_HEADER';
export type CompactToken = Readonly<{ header: Readonly<Record<string, unknown>>; claims: Readonly<Record<string, unknown>> }>;

const PARTS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const DEPTH_MAX = 8; // levels of lists and objects in a header or in claims
/** They would have this token bring its own key, name where to fetch one, or mean something that is not checked here. */
const REFUSED_IN_HEADER = ['crit', 'b64', 'jku', 'jwk', 'x5u', 'x5c', 'cty', 'zip', 'enc', 'epk'] as const;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a signed token in compact form (RFC 7515) without believing any of it. Strict, because a token that two readers read in two
 * ways is one that one of them can be fooled with: canonical base64url, UTF-8, and no member said twice at any depth.
 */
export const readCompact = (token: string, bytesMax: number): CompactToken | FormFlaw => {
  if (token.length > bytesMax) return 'TOO_LONG';
  if (!PARTS.test(token)) return 'NOT_THREE_PARTS';
  const parts = token.split('.').map(fromBase64url);
  const [head, body, signature] = parts;
  if (!head || !body || !signature) return 'NOT_CANONICAL';
  const header = readObject(head);
  if (typeof header === 'string') return header;
  const claims = readObject(body);
  if (typeof claims === 'string') return claims;
  const { alg, typ, kid } = header;
  if (typeof alg !== 'string' || typeof typ !== 'string' || (kid !== undefined && typeof kid !== 'string')) return 'BAD_HEADER';
  if (REFUSED_IN_HEADER.some((name) => Object.hasOwn(header, name))) return 'BAD_HEADER';
  return { header, claims };
};

const readObject = (bytes: Uint8Array): Readonly<Record<string, unknown>> | 'NOT_JSON' | 'SAID_TWICE' | 'TOO_DEEP' => {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
  } catch {
    return 'NOT_JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'NOT_JSON';
  return faultIn(text) ?? (value as Readonly<Record<string, unknown>>);
};

/** Strings, and the signs that open, part and close; of JSON that has been parsed, nothing else need be seen. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** In text that is JSON: a member that stands twice in one object, however it is spelt, or more levels than are read. */
const faultIn = (text: string): 'SAID_TWICE' | 'TOO_DEEP' | null => {
  // For each level that is open: the names of an object so far, or null for a list.
  const open: (Set<string> | null)[] = [];
  let latest = '';
  for (const [sign] of text.matchAll(TOKENS)) {
    if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : null);
      if (open.length > DEPTH_MAX) return 'TOO_DEEP';
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ':') {
      const names = open.at(-1);
      const name = JSON.parse(latest) as string;
      if (names?.has(name)) return 'SAID_TWICE';
      names?.add(name);
    } else if (sign !== ',') latest = sign;
  }
  return null;
};
