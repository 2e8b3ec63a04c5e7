import { createHash } from 'node:crypto';
import { isSealed, isUnsealed } from '@saksgang/kernel';
import { CANONICAL_DEPTH_MAX, NotCanonical, canonicalJson } from './canonical.js';

/** SHA-256 of the UTF-8 bytes, base64url without padding. */
export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64url');

/**
 * SHA-256 over the canonical command input with personal values left out, base64url: tells a retry from another command under the
 * same id, and tells nothing about a name. A personal value as a field is dropped with its key; in a list, or alone, null stands in
 * its place, so that the number of persons still counts.
 * @throws NotCanonical
 */
export const inputDigest = (input: unknown): string => sha256Of(canonicalJson(withoutPersonalValues(input, 0)));

const isPersonal = (value: unknown): boolean => isSealed(value) || isUnsealed(value);

const withoutPersonalValues = (value: unknown, depth: number): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > CANONICAL_DEPTH_MAX) throw new NotCanonical([], `is nested deeper than ${CANONICAL_DEPTH_MAX} levels`);
  if (isPersonal(value)) return null;
  if (Array.isArray(value)) return Array.from(value, (element) => withoutPersonalValues(element, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  // Left as it is, for canonicalJson to refuse: copying a Date or a Map would make it an empty object.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !isPersonal(member))
      .map(([key, member]) => [key, withoutPersonalValues(member, depth + 1)]),
  );
};
