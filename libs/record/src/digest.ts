import { createHash } from 'node:crypto';
import { isSealed, isUnsealed } from '@saksgang/kernel';
import { CANONICAL_DEPTH_MAX, NotCanonical, canonicalJson } from './canonical.js';

/** SHA-256 of the UTF-8 bytes, base64url without padding. */
export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64url');

/**
 * SHA-256 over the canonical command input, base64url: tells a retry from another command under the same id, and tells nothing about
 * a name. So that it hangs on what was said and not on how it came: a field that is null counts as left out (an element of a list
 * that is null counts), and texts are taken in NFC. Where a personal value stands, `{"person": id}` is counted, the id null where
 * none was given: names are compared by who compares digests, by asking whose they are.
 * @throws NotCanonical
 */
export const inputDigest = (input: unknown): string => sha256Of(canonicalJson(asCounted(input, 0)));

const asCounted = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value !== 'object' || value === null) return value;
  if (depth > CANONICAL_DEPTH_MAX) throw new NotCanonical([], `is nested deeper than ${CANONICAL_DEPTH_MAX} levels`);
  if (isSealed(value) || isUnsealed(value)) return { person: value.person ?? null };
  if (Array.isArray(value)) return Array.from(value, (element) => asCounted(element, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  // Left as it is, for canonicalJson to refuse: copying a Date or a Map would make it an empty object.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key.normalize('NFC'), asCounted(member, depth + 1)]),
  );
};
