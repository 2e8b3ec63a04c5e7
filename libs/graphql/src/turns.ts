import { type Reading } from '@saksgang/projections';

/** Questions to the read models one operation asks in one go; then everyone else has a turn. */
export const QUESTIONS_PER_TURN = 16;

/** Answered without waiting, or by a source that goes at its reader's pace. */
const AS_THEY_ARE: ReadonlySet<string | symbol> = new Set<keyof Reading>(['itemAtHand', 'entriesAfter', 'timelineAfter']);

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * The same reading for one operation, which asks only so much in one go, and nothing any more once it is late: the read models answer
 * on the one thread that everyone shares. What is at hand is answered without waiting, as before.
 */
export const takingTurns = (reading: Reading, late: Readonly<{ throwIfAborted: () => void }> | undefined): Reading => {
  let left = QUESTIONS_PER_TURN;
  let turn: Promise<void> | null = null;
  const ask = async (answer: () => unknown): Promise<unknown> => {
    while (left === 0) {
      turn ??= nextTurn().then(() => {
        turn = null;
        left = QUESTIONS_PER_TURN;
      });
      await turn;
    }
    left -= 1;
    late?.throwIfAborted();
    return answer();
  };
  return new Proxy(reading, {
    get: (target, name, receiver) => {
      const own: unknown = Reflect.get(target, name, receiver);
      if (typeof own !== 'function' || AS_THEY_ARE.has(name)) return own;
      return (...given: readonly unknown[]): unknown => {
        late?.throwIfAborted();
        if (left > 0) {
          left -= 1;
          return Reflect.apply(own, target, given);
        }
        return ask(() => Reflect.apply(own, target, given));
      };
    },
  });
};
