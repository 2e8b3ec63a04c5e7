import { containing, foldReference, foldText, sortKey } from './folding.js';

describe('a reference is found whatever its spelling', () => {
  it.each([
    ['18/01456-7', ['2018/1456-7', '2018/1456']],
    ['2018/1456', ['2018/1456']],
    ['18/1456', ['2018/1456']],
    [' 18 / 01456 ', ['2018/1456']],
    ['18/01456‑07', ['2018/1456-7', '2018/1456']],
    ['97/12', ['1997/12']],
    ['Meld. St. 8 (2018–2019)', ['meldst8(2018-2019)']],
    ['meld.st. 8 (2018-19)', ['meldst8(2018-2019)']],
    ['Innst. 258 S (2018–2019)', ['innst258s(2018-2019)']],
    ['NOU 2013: 4', ['nou2013:4']],
    ['A', ['a']],
    ['KS’ Landsting', ['ks’landsting']],
    ['A\u030As', ['ås']],
    ['  ', []],
  ])('%s', (written, folded) => expect(foldReference(written)).toEqual(folded));
});

describe('text', () => {
  it('is found without regard to case, form of letters and spaces, but æ, ø and å are letters of their own', () => {
    expect(foldText('  KULTUR\u00a0for  framtida ')).toBe('kultur for framtida');
    expect(foldText('A\u030A')).toBe('å');
    expect(foldText('å')).not.toBe(foldText('a'));
  });

  it('sorts as a Norwegian reader sorts', () => {
    const words = ['ås', 'Ærlig', 'øl', 'zebra', 'Bø', 'adel', 'punkt 10', 'punkt 9', 'élan'];
    expect([...words].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual([
      'adel',
      'Bø',
      'élan',
      'punkt 9',
      'punkt 10',
      'zebra',
      'Ærlig',
      'øl',
      'ås',
    ]);
  });

  it('is taken literally where it holds signs of a pattern', () => expect(containing('50 %_\\')).toBe('%50 \\%\\_\\\\%'));
});
