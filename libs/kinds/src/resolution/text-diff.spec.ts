import fc from 'fast-check';
import { adopted, after, told } from '../../testing/board-resolution.js';
import { DIFF_EDITS_MAX, DIFF_WORDS_MAX, diffOfTexts, sideOf } from '@saksgang/kernel';
import { diffOfVariant, printedText } from './index.js';

const word = fc.constantFrom('KS', 'vil', 'løfte', 'fram', 'kulturen', ',', ' ', ' ', '\n', '«', '»', '2.1', 'å̊', '😀');
const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''));
const seeded = { seed: 20181003, numRuns: 300 };

describe('a comparison of two texts', () => {
  it('gives back both sides, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const diff = diffOfTexts(one, other);
        expect([sideOf(diff, 'REMOVED'), sideOf(diff, 'ADDED')]).toEqual([one, other]);
      }),
      seeded,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        const diff = diffOfTexts(one, other);
        expect([sideOf(diff, 'REMOVED'), sideOf(diff, 'ADDED')]).toEqual([one, other]);
      }),
      seeded,
    );
  });
  it('has no empty part, and no two neighbours of one change', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { parts } = diffOfTexts(one, other);
        expect(parts.every((part, index) => part.text !== '' && part.change !== parts[index + 1]?.change)).toBe(true);
      }),
      seeded,
    );
  });
  it('changes as few words as a comparison by brute force finds', () => {
    const letters = fc.array(fc.constantFrom('a ', 'b ', 'c '), { maxLength: 9 });
    const longestCommon = (one: readonly string[], other: readonly string[]): number => {
      if (one.length === 0 || other.length === 0) return 0;
      if (one[0] === other[0]) return 1 + longestCommon(one.slice(1), other.slice(1));
      return Math.max(longestCommon(one.slice(1), other), longestCommon(one, other.slice(1)));
    };
    const units = (line: string): readonly string[] => line.match(/[abc]|\s/g) ?? [];
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        const [left, right] = [one.join(''), other.join('')];
        const same = diffOfTexts(left, right).parts.filter(({ change }) => change === 'SAME');
        const kept = same.reduce((sum, part) => sum + units(part.text).length, 0);
        expect(kept).toBe(longestCommon(units(left), units(right)));
      }),
      { seed: 20181003, numRuns: 60 },
    );
  });
  it('is the same text in one part when nothing differs, and none for nothing', () => {
    expect(diffOfTexts('KS vil.', 'KS vil.')).toEqual({ whole: false, parts: [{ change: 'SAME', text: 'KS vil.' }] });
    expect(diffOfTexts('', '')).toEqual({ whole: false, parts: [] });
  });
  it('tells whole words apart, with Norwegian letters in them', () => {
    expect(diffOfTexts('Løfte fram lokal kultur.', 'Løfte frem lokal kultur!').parts).toEqual([
      { change: 'SAME', text: 'Løfte ' },
      { change: 'REMOVED', text: 'fram' },
      { change: 'ADDED', text: 'frem' },
      { change: 'SAME', text: ' lokal kultur' },
      { change: 'REMOVED', text: '.' },
      { change: 'ADDED', text: '!' },
    ]);
  });
  it('replaces the one by the other just above its bounds, and compares just below', () => {
    const words = (count: number, name: string): string => Array.from({ length: count }, (_, index) => `${name}${index}`).join(' ');
    const apart = (edits: number) => diffOfTexts(words(edits / 2, 'a').replaceAll(' ', '-'), words(edits / 2, 'b').replaceAll(' ', '+'));
    expect(apart(DIFF_EDITS_MAX / 2).whole).toBe(false);
    expect(apart(DIFF_EDITS_MAX).whole).toBe(true);
    const long = words(DIFF_WORDS_MAX / 2, 'a');
    expect(diffOfTexts(long, `${long} b`)).toMatchObject({ whole: true, parts: [{ change: 'REMOVED' }, { change: 'ADDED' }] });
    expect(diffOfTexts(long, long.replace('a17 ', 'b17 ')).whole).toBe(false);
  });
  it('sets a variant of the resolution against its own text', () => {
    const state = after(
      adopted,
      told({ type: 'TextVariantAdded', data: { medium: 'WEB_PAGE', title: null, text: 'Kort sagt.' } }, '2019-01-01'),
    );
    const [variant] = state.variants;
    if (variant === undefined) throw new Error('no variant');
    const diff = diffOfVariant(state, variant);
    expect([sideOf(diff, 'REMOVED'), sideOf(diff, 'ADDED')]).toEqual([printedText(state.points), 'Kort sagt.']);
  });
});
