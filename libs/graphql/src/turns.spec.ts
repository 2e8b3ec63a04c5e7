import { type Reading } from '@saksgang/projections';
import { QUESTIONS_PER_TURN, takingTurns } from './turns.js';

describe('One operation', () => {
  const asked = () => {
    let count = 0;
    const reading = { gaps: async () => ((count += 1), []), itemAtHand: () => null } as unknown as Reading;
    return { reading, count: () => count };
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('asks the read models only so much in one go, then others have a turn', async () => {
    const { reading, count } = asked();
    const shared = takingTurns(reading, undefined);
    const answers = Promise.all(Array.from({ length: 3 * QUESTIONS_PER_TURN }, () => shared.gaps(null, null as never)));
    const seen = [count()];
    for (let at = 0; at < 3; at += 1) {
      await turn();
      seen.push(count());
    }
    expect(await answers).toHaveLength(3 * QUESTIONS_PER_TURN);
    expect(Math.max(...seen.map((one, at) => one - (seen[at - 1] ?? 0)))).toBe(QUESTIONS_PER_TURN);
  });

  it('asks nothing any more once nobody waits for its answer', async () => {
    const { reading, count } = asked();
    const late = new AbortController();
    const shared = takingTurns(reading, late.signal);
    await shared.gaps(null, null as never);
    late.abort(new Error('too late'));
    await expect((async () => shared.gaps(null, null as never))()).rejects.toThrow('too late');
    expect(count()).toBe(1);
  });
});
