import { fromBase64 } from './base64.js';
import { isCanonicalJson } from './canonical-scan.js';
import { HASH_BYTES } from './hash.js';

/** What an auditor holds is not what this program writes. `where` names the file and the place in it. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  constructor(
    readonly where: string,
    readonly why: string,
  ) {
    super(`${where}: ${why}`);
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** Reads the fields of one object strictly, each as what it has to be. Every reading throws Malformed. */
export const fieldsOf = (value: unknown, where: string) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(where, 'an object was expected');
  const fields = value as Fields;
  const bad = (name: string, what: string): Malformed => new Malformed(where, `${name} is not ${what}`);
  const text = (name: string): string => {
    const found = fields[name];
    if (typeof found !== 'string') throw bad(name, 'a text');
    return found;
  };
  return {
    text,
    textOrNull: (name: string): string | null => (fields[name] === null ? null : text(name)),
    count: (name: string): number => {
      const found = fields[name];
      if (!Number.isSafeInteger(found) || (found as number) < 0) throw bad(name, 'a whole number from 0');
      return found as number;
    },
    list: (name: string): readonly unknown[] => {
      const found = fields[name];
      if (!Array.isArray(found)) throw bad(name, 'a list');
      return found as unknown[];
    },
    member: (name: string): unknown => {
      if (!Object.hasOwn(fields, name)) throw new Malformed(where, `${name} is missing`);
      return fields[name];
    },
    hash: (name: string): Uint8Array => hashIn(text(name), where, name),
  };
};

export const hashIn = (text: unknown, where: string, name: string): Uint8Array => {
  const bytes = typeof text === 'string' ? fromBase64(text) : null;
  if (bytes?.length !== HASH_BYTES) throw new Malformed(where, `${name} is not ${HASH_BYTES} bytes in base64`);
  return bytes;
};

/** @throws Malformed. The engine's own message would quote the text. */
export const parseJsonIn = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed(where, 'this is not JSON');
  }
};

/**
 * The same for a text that has one spelling only: a key that stands twice would show a reader one value and be checked as the other.
 * @throws Malformed
 */
export const parseCanonicalIn = (text: string, where: string): unknown => {
  const value = parseJsonIn(text, where);
  if (!isCanonicalJson(text)) throw new Malformed(where, 'it is not canonical JSON: something stands twice, or is written otherwise');
  return value;
};
