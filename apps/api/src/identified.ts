import { createIdentify, type Access, type Identify, type Identity, type IdentityLog, type Presented, type Tokens } from '@saksgang/access';
import type { Clock } from '@saksgang/kernel';

/** ms for which who was seen at the door counts as who asks; a body that is longer on its way is judged anew. */
export const SEEN_MS_MAX = 1_000;

type Seen = Readonly<{ presented: Presented; identity: Identity; at: number; lines: readonly Parameters<IdentityLog>[] }>;

/**
 * Who asks, found once for each request: first at the door, which counts it, then where it is answered, which takes what was found.
 * Taken once: whatever goes on for longer asks anew. What the door found is logged by who takes it, so that each refusal is one line.
 */
export const identifiedOnce = ({
  access,
  tokens,
  log,
  clock,
}: Readonly<{ access: Access; tokens: Tokens; log: IdentityLog; clock: Clock }>): Readonly<{ atDoor: Identify; identify: Identify }> => {
  const seen = new WeakMap<object, Seen>();
  const anew = createIdentify({ access, tokens, log });
  const now = (): number => Date.parse(clock.now());
  return {
    atDoor: async (presented) => {
      const lines: Parameters<IdentityLog>[] = [];
      const at = now();
      const identity = await createIdentify({ access, tokens, log: (...line) => void lines.push(line) })(presented);
      seen.set(presented.headers, { presented, identity, at, lines });
      return identity;
    },
    identify: async (presented) => {
      const found = seen.get(presented.headers);
      seen.delete(presented.headers);
      if (found === undefined || now() - found.at > SEEN_MS_MAX || !isSame(found.presented, presented)) return anew(presented);
      for (const line of found.lines) log(...line);
      return found.identity;
    },
  };
};

/** The headers are the same object: those of one request, or of the request that opened a WebSocket. */
const isSame = (one: Presented, other: Presented): boolean =>
  one.url === other.url && (one.connection ?? null) === (other.connection ?? null);
