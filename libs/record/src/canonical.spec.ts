import fc from 'fast-check';
import { rounds } from '../../../test/support/not-run.js';
import { isCanonicalJson } from './canonical-scan.js';
import { CANONICAL_DEPTH_MAX, NotCanonical, canonicalJson } from './canonical.js';

const SEED = 8785;

/** JSON with safe integers only, keys and strings of any well-formed text. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('json'), { maxKeys: 5 }),
  ),
}));

const pathOfFault = (value: unknown): string => {
  try {
    canonicalJson(value);
  } catch (fault) {
    if (fault instanceof NotCanonical) return fault.path.join('.');
    throw fault;
  }
  throw new Error('it was written');
};

describe('the canonical form', () => {
  it('escapes strings as the sample of RFC 8785 section 3.2.2', () => {
    expect(canonicalJson({ string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] })).toBe(
      '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });
  it('sorts keys by UTF-16 code units as the sample of RFC 8785 section 3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(sample)) as object).slice(1)).toEqual([
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalJson(sample).indexOf('Carriage Return')).toBeLessThan(canonicalJson(sample).indexOf('One'));
  });
  it('writes every integer of RFC 8785 appendix B that is safe, and −0 as 0', () => {
    expect([0, -0, 1, -1, 9007199254740991, -9007199254740991].map(canonicalJson)).toEqual([
      '0',
      '0',
      '1',
      '-1',
      '9007199254740991',
      '-9007199254740991',
    ]);
  });
  it('keeps æøå, decomposed letters, line separators and emoji as they are', () => {
    for (const text of ['æøåÆØÅ', 'a\u030a', '\u2028\u2029', '🎵', '\u007f', '\ufeff', '\ufffd'])
      expect(canonicalJson(text)).toBe(`"${text}"`);
  });
  it('escapes control characters, in short where JSON has a short form', () => {
    expect(canonicalJson('\b\t\n\f\r\u0000\u001f')).toBe('"\\b\\t\\n\\f\\r\\u0000\\u001f"');
  });
  it('takes objects without a prototype and keys named like the prototype', () => {
    expect(canonicalJson(Object.assign(Object.create(null) as object, { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
    expect(canonicalJson(JSON.parse('{"__proto__":{"x":1},"constructor":2}'))).toBe('{"__proto__":{"x":1},"constructor":2}');
  });
});

describe('the canonical form refuses', () => {
  it('decimals and integers that are not safe', () => {
    for (const number of [
      Number('333333333.33333329'),
      1e30,
      4.5,
      2e-3,
      1e-27,
      9007199254740992,
      -9007199254740992,
      5e-324,
      1.7976931348623157e308,
    ])
      expect(() => canonicalJson(number)).toThrow(NotCanonical);
    for (const number of [Number.NaN, Infinity, -Infinity]) expect(() => canonicalJson(number)).toThrow(NotCanonical);
  });
  it('lone surrogates in values and in keys', () => {
    for (const text of ['\ud83d', '\ude00', 'a\ude00\ud83d', '\ud83d\ud83d\ude00']) {
      expect(() => canonicalJson(text)).toThrow(NotCanonical);
      expect(() => canonicalJson({ [text]: 1 })).toThrow(NotCanonical);
    }
  });
  it('undefined, holes, functions, symbols and bigints, rather than leave them out', () => {
    // eslint-disable-next-line no-sparse-arrays -- the hole is what is refused
    for (const value of [undefined, { a: undefined }, [undefined], [1, , 2], () => 1, { f: () => 1 }, Symbol('s'), 1n])
      expect(() => canonicalJson(value)).toThrow(NotCanonical);
  });
  it('instances of classes, which would read back as something else', () => {
    class Party {
      readonly name = 'KS';
    }
    for (const value of [
      new Date(0),
      new Map(),
      new Set(),
      new Uint8Array(2),
      Buffer.from('x'),
      /x/,
      new Party(),
      new String('x'),
      new Number(1),
    ])
      expect(() => canonicalJson({ value })).toThrow(NotCanonical);
  });
  it('nesting beyond the limit, and so a value that holds itself', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(canonicalJson(nested(CANONICAL_DEPTH_MAX))).toHaveLength(2 * CANONICAL_DEPTH_MAX + 1);
    expect(() => canonicalJson(nested(CANONICAL_DEPTH_MAX + 1))).toThrow(NotCanonical);
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(() => canonicalJson(ring)).toThrow(NotCanonical);
  });
  it('and says where, without repeating the value', () => {
    expect(pathOfFault({ a: [1, { b: 'x', c: 0.5 }], d: 1 })).toBe('a.1.c');
    expect(pathOfFault([[], [[undefined]]])).toBe('1.0.0');
    expect(() => canonicalJson({ name: 'Kari Nordmann\ud800' })).toThrow(/^(?!.*Kari).*name holds a lone surrogate/s);
  });
});

describe('for any JSON with integers', () => {
  it('the canonical text reads back as the same value and is its own canonical text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
  it('the order in which keys were set does not show', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), json), { selector: ([key]) => key, maxLength: 8 }), (members) => {
        expect(canonicalJson(Object.fromEntries(members))).toBe(canonicalJson(Object.fromEntries([...members].reverse())));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
  it('keys stand in ascending order of UTF-16 code units at every level', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 10 }), (keys) => {
        const list = [...keys].sort((a, b) => (a < b ? -1 : 1));
        const expected = `{${list.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`;
        expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))).toBe(expected);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

/** What `isCanonicalJson` means, the slow way. */
const isWrittenSo = (text: string): boolean => {
  try {
    return canonicalJson(JSON.parse(text)) === text;
  } catch {
    return false;
  }
};

/** Pieces that are canonical in one place and not in another. */
const PIECES = [
  ...'"\\{}[]:,-019.eE+ tfn/ub\u007fæ\u2028\ud83d\ude00\u0000\n',
  '\\"',
  '\\\\',
  '\\b',
  '\\/',
  '\\u0001',
  '\\u000b',
  '\\u001F',
]
  .concat(['\\u0008', '\\u0041', '\\ud800', '\\ud83d\\ude00', 'true', 'false', 'null', '""', '{}', '[]', '9007199254740991'])
  .concat(['9007199254740992', '1234567890123456', '-0', '"a":1,', ',"a":1', '"a\\n":0', '"a\\u0001":0', '"":0', '\ufeff', '😀', '\ufb33']);
const MUTATIONS = rounds('changed texts whose canonical form is asked for', 3_000, 200_000);

describe('whether a text is canonical', () => {
  const isCanonical = isCanonicalJson;
  it('is answered as by writing its value anew, for any JSON, spelled in any way', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(isCanonical(text)).toBe(true);
        for (const other of [` ${text}`, `${text} `, `${text}0`, JSON.stringify(value), JSON.stringify(value, null, 1)])
          expect(isCanonical(other)).toBe(isWrittenSo(other));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
  it(`is answered as by writing its value anew, for ${MUTATIONS} texts of which a piece was changed, added or taken out`, () => {
    const both = { yes: 0, no: 0 };
    fc.assert(
      fc.property(json, fc.nat(), fc.nat({ max: 3 }), fc.constantFrom(...PIECES), (value, somewhere, taken, piece) => {
        const text = canonicalJson(value);
        const at = somewhere % (text.length + 1);
        for (const put of [piece, '']) {
          const other = text.slice(0, at) + put + text.slice(at + taken);
          const expected = isWrittenSo(other);
          both[expected ? 'yes' : 'no'] += 1;
          if (isCanonical(other) !== expected) throw new Error(`${JSON.stringify(other)}: ${expected} was right`);
        }
      }),
      { seed: SEED, numRuns: MUTATIONS },
    );
    // Both answers were there to be wrong about.
    expect(Math.min(both.yes, both.no)).toBeGreaterThan(MUTATIONS / 20);
  });
  it('is answered as by writing its value anew, for objects with any two keys', () => {
    const key = fc
      .array(fc.constantFrom(...'ab"\\\n\b\u0001\u001f\u007f/é\u2028\ufb33', '😀'), { maxLength: 4 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(key, key, (one, other) => {
        const text = `{${JSON.stringify(one)}:0,${JSON.stringify(other)}:0}`;
        expect(isCanonical(text)).toBe(one < other);
        expect(isWrittenSo(text)).toBe(one < other);
      }),
      { seed: SEED, numRuns: MUTATIONS / 3 },
    );
  });
  it.each(['1', '0', '-1', '9007199254740991', '"\\\\ud800"', '{"10":0,"2":1}', '{"1":0,"2":1,"a":2}', '[{"a":[]}]', '{"__proto__":{}}'])(
    'yes of %s',
    (text) => {
      expect(isCanonical(text)).toBe(true);
    },
  );
  it.each([
    ['a decimal', '1.5'],
    ['a decimal that says an integer', '1.0'],
    ['an exponent', '1e3'],
    ['minus nought', '-0'],
    ['a number beyond the safe integers', '9007199254740993'],
    ['the largest double of RFC 8785 appendix B', '1.7976931348623157e+308'],
    ['keys out of order', '{"b":1,"a":2}'],
    ['numeric keys in the order of numbers', '{"2":1,"10":0}'],
    ['a key said twice', '{"a":1,"a":1}'],
    ['a space', '{"a": 1}'],
    ['a needless escape', '"\\u0041"'],
    ['an escaped solidus', '"\\/"'],
    ['a capital in an escape', '"\\u001F"'],
    ['a lone surrogate', '"\\ud800"'],
    ['a lone surrogate as a key', '{"\\ud800":1}'],
    ['too deep nesting', `${'['.repeat(65)}1${']'.repeat(65)}`],
    ['nesting without end', '['.repeat(300_000)],
    ['objects nested too deep', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`],
    ['half a character', '"\ud83d"'],
    ['the halves of a character in the wrong order', '"\ude00\ud83d"'],
    ['a key out of order by its escape', '{"a\\u0001":0,"a\\n":0,"a\\b":0}'],
    ['nothing', ''],
    ['two values', '1 2'],
    ['a comma too many', '[1,]'],
    ['a text that does not end', '"a'],
    ['a word cut short', 'tru'],
    ['a sign alone', '-'],
    ['a nought before a number', '01'],
  ])('no of %s', (_what, text) => {
    expect(isCanonical(text)).toBe(false);
  });
});
