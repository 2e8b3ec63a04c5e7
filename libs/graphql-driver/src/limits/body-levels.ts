import { type GraphQLError } from 'graphql';
import { exceeded, LIMITS } from './limits.js';

const AROUND_VARIABLES = 3; // levels of a body around what `nested` counts, and one to spare: variables are judged once more, exactly

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Refuses JSON that is nested more deeply than anything worth reading, before it is read: the parser descends by calling itself, which
 * takes the longer the deeper it is. One look at each byte; whether it is JSON at all the parser says.
 */
export const bodyTooDeep = (body: Buffer, nested = LIMITS.nested): GraphQLError | null => {
  const allowed = nested + AROUND_VARIABLES;
  let levels = 0;
  let quoted = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (quoted) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPENING.has(byte)) {
      levels += 1;
      if (levels > allowed) return exceeded('nested', nested, null);
    } else if (CLOSING.has(byte)) levels -= 1;
  }
  return null;
};
