import { grown, isGrown, listOf, type Grown } from './grown.js';

describe('a list that grows at its end', () => {
  it('answers its values, oldest first, and nothing for the empty one', () => {
    expect(listOf(null)).toEqual([]);
    expect(listOf(grown(grown(null, 'a'), 'b'))).toEqual(['a', 'b']);
    expect([grown(null, 'a'), null, ['a'], { before: null, last: 'a' }].map(isGrown)).toEqual([true, false, false, false]);
  });

  it('stays as it is when others grow from it', () => {
    const shared = grown(null, 1);
    const [one, other] = [grown(shared, 2), grown(shared, 3)];
    expect([listOf(shared), listOf(one), listOf(other)]).toEqual([[1], [1, 2], [1, 3]]);
  });

  it('copies nothing: a list of 100,000 shares all but its last value with the one before', () => {
    let list: Grown<number> = null;
    for (let nth = 0; nth < 100_000; nth += 1) {
      const longer: Grown<number> = grown(list, nth);
      if (longer?.before !== list) throw new Error('it was copied');
      list = longer;
    }
    expect(listOf(list)).toHaveLength(100_000);
  });
});
