import { containing, foldReference, foldText, roughlyContaining, sortKey } from './folding.js';

describe('a reference is found whatever its spelling', () => {
  it.each([
    ['18/01456-7', ['2018/1456-7', '2018/1456']],
    ['2018/1456', ['2018/1456']],
    ['18/1456', ['2018/1456']],
    [' 18 / 01456 ', ['2018/1456']],
    ['18/01456‑07', ['2018/1456-7', '2018/1456']],
    ['97/12', ['1997/12']],
    ['18\u00a0/\u202f01456\u20117', ['2018/1456-7', '2018/1456']],
    ['18\u2044\u200b1456', ['2018/1456']],
    ['Meld. St. 8 (2018–2019)', ['meldst8(2018-2019)', 'meldst8(2018)', 'meldst8']],
    ['meld.st. 8 (2018-19)', ['meldst8(2018-2019)', 'meldst8(2018)', 'meldst8']],
    ['MELD.\u00a0ST.\u00a08 (2018\u20112019)', ['meldst8(2018-2019)', 'meldst8(2018)', 'meldst8']],
    ['Meld. St. 8 2018/2019', ['meldst8(2018-2019)', 'meldst8(2018)', 'meldst8']],
    ['Meld. St. 8 (2018)', ['meldst8(2018)', 'meldst8']],
    ['meld st 8 2018', ['meldst8(2018)', 'meldst8']],
    ['Meld. St. 8', ['meldst8']],
    ['meldst8', ['meldst8']],
    ['Innst. 258 S (2018–2019)', ['innst258s(2018-2019)', 'innst258s(2018)', 'innst258s']],
    ['innst 258 s 2018', ['innst258s(2018)', 'innst258s']],
    ['Innst.\u00a0258\u00a0S', ['innst258s']],
    ['St.meld. nr. 48 (2002–2003)', ['stmeldnr48(2002-2003)', 'stmeldnr48(2002)', 'stmeldnr48']],
    ['vedtak 897 (2016–2017)', ['vedtak897(2016-2017)', 'vedtak897(2016)', 'vedtak897']],
    ['Landsting 2016', ['landsting2016']],
    ['NOU 2013: 4', ['nou2013:4']],
    ['A', ['a']],
    ['KS’ Landsting', ['ks’landsting']],
    ['A\u030As', ['ås']],
    ['  ', []],
  ])('%s', (written, folded) => expect(foldReference(written)).toEqual(folded));
});

describe('a lookup finds what is recorded under another spelling', () => {
  const finds = (asked: string, recorded: string): boolean => foldReference(recorded).includes(foldReference(asked)[0] ?? '');

  it.each([
    ['18/01456-7', ['18/01456-7', '2018/1456', '18/1456', '18/01456', '2018/01456-7', '18/1456–7', ' 18 / 1456 - 7 ', '18 / 01456']],
    [
      'Meld. St. 8 (2018–2019)',
      [
        'Meld. St. 8',
        'meld st 8 2018',
        'MELD ST 8',
        'Meld.St.8',
        'meld. st. 8 (2018-2019)',
        'Meld. St. 8 (2018–19)',
        'Meld. St. 8 (2018‑2019)',
      ],
    ],
    ['Innst. 258 S (2018–2019)', ['Innst. 258 S', 'innst 258 s', 'innst. 258 S (2018-2019)', 'INNST 258S 2018', 'Innst. 258 S']],
    ['Sårbar 1', ['SÅRBAR 1', 'sårbar 1']],
  ])('%s', (recorded, spellings) => expect(spellings.filter((asked) => !finds(asked, recorded))).toEqual([]));

  it.each([
    ['18/01456', '18/01457-7'],
    ['18/1456-8', '18/01456-7'],
    ['1918/1456', '18/01456-7'],
    ['Meld. St. 80', 'Meld. St. 8 (2018–2019)'],
    ['Meld. St. 8 (2019–2020)', 'Meld. St. 8 (2018–2019)'],
    ['meld st 8 2019', 'Meld. St. 8 (2018–2019)'],
    ['Innst. 258 L', 'Innst. 258 S (2018–2019)'],
    ['Sarbar 1', 'Sårbar 1'],
  ])('but %s is not %s', (asked, recorded) => expect(finds(asked, recorded)).toBe(false));
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

describe('a rough pattern', () => {
  const SELF_FOLDED = /[a-hjl-z0-9]/u;
  const CHUNK = 0x1000; // code points folded in one go

  /** What LIKE answers: `%` any signs, `_` one, and a letter in either case. */
  const meets = (text: string, pattern: string): boolean =>
    new RegExp(
      `^${Array.from(pattern, (sign) => (sign === '%' ? '[^]*' : sign === '_' ? '[^]' : `[${sign}${sign.toUpperCase()}]`)).join('')}$`,
      'u',
    ).test(text);

  it.each(['', '\u0323'])('keeps no letter that another sign folds to, with %j behind it', (mark) => {
    for (let from = 0x80; from < 0x110000; from += CHUNK) {
      const signs = Array.from({ length: CHUNK }, (_, at) => from + at).filter(
        (code) => code < 0x110000 && (code < 0xd800 || code > 0xdfff),
      );
      const folded = foldText(signs.map((code) => `${String.fromCodePoint(code)}${mark}`).join('\n'));
      expect([from, SELF_FOLDED.exec(folded)?.[0]]).toEqual([from, undefined]);
    }
  });

  it('is met by every text that holds the words it was made of', () => {
    const signs = [
      'a',
      'B',
      'k',
      'K',
      '\u212a',
      'i',
      'I',
      'İ',
      'å',
      'Å',
      'A\u030a',
      '\u030a',
      '\u0323',
      'ſ',
      'S',
      ' ',
      '\n',
      '%',
      '_',
      '\\',
      '1',
      'Σ',
    ];
    let state = 1;
    const below = (count: number): number => (state = (state * 48_271) % 2_147_483_647) % count;
    let made = 0;
    for (let round = 0; round < 5_000; round += 1) {
      const text = Array.from({ length: 1 + below(9) }, () => signs[below(signs.length)]).join('');
      const folded = Array.from(foldText(text));
      const from = below(folded.length + 1);
      const rough = roughlyContaining(folded.slice(from, from + 1 + below(4)).join(''));
      if (rough === null) continue;
      made += 1;
      expect([text, rough, meets(text, rough)]).toEqual([text, rough, true]);
    }
    expect(made).toBeGreaterThan(1_000);
  });

  it('says what it can, and nothing where it can say nothing', () => {
    expect(roughlyContaining('vår skole 50 %_')).toBe('%v%r%s_ole%50%');
    expect(roughlyContaining('åki')).toBeNull();
    expect(meets('VA\u030aR S\u212aOLE', roughlyContaining('vår skole') ?? '')).toBe(true);
    expect(meets('var sole', roughlyContaining('vår skole') ?? '')).toBe(false);
  });
});
