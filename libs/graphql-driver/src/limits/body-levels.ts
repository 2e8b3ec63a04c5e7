import { type GraphQLError } from 'graphql';
import { exceeded, LIMITS } from './limits.js';

const AROUND_VARIABLES = 3; // levels of a body around what `nested` counts, and one to spare: variables are judged once more, exactly

const NAMES_AROUND = 10; // names of a body that are no variable's

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** FNV-1a. */
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

/**
 * Refuses JSON that is nested more deeply than anything worth reading, before it is read: the parser descends by calling itself, which
 * takes the longer the deeper it is. So with more names than there may be values, and with many different ones: 60,000 held everybody
 * up for 140 ms, while the parser learned each as a new word. Different names are told apart by their hash: two that share it count
 * once. One look at each byte; whether it is JSON at all the parser says.
 */
export const bodyExceeds = (body: Buffer, { nested, values, names: different } = LIMITS): GraphQLError | null => {
  const allowed = nested + AROUND_VARIABLES;
  let levels = 0;
  let names = 0;
  let hash = HASH_START;
  const seen = new Set<number>();
  let quoted = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (quoted) {
      if (byte === QUOTE) quoted = false;
      else hash = Math.imul(hash ^ byte, HASH_FACTOR);
      if (byte === BACKSLASH) {
        at += 1;
        hash = Math.imul(hash ^ (body[at] ?? 0), HASH_FACTOR);
      }
    } else if (byte === QUOTE) {
      quoted = true;
      hash = HASH_START;
    } else if (OPENING.has(byte)) {
      levels += 1;
      if (levels > allowed) return exceeded('nested', nested, null);
    } else if (CLOSING.has(byte)) levels -= 1;
    else if (byte === COLON) {
      names += 1;
      if (names > values + NAMES_AROUND) return exceeded('values', values, null);
      seen.add(hash | 0);
      if (seen.size > different) return exceeded('names', different, null);
    }
  }
  return null;
};
