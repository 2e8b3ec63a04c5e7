/** One stretch of a comparison. SAME and REMOVED together are the one text, SAME and ADDED the other. */
export type DiffPart = Readonly<{ change: 'SAME' | 'REMOVED' | 'ADDED'; text: string }>;
/** `whole`: the texts were too long or too different to compare word by word, and one replaces the other. */
export type TextDiff = Readonly<{ parts: readonly DiffPart[]; whole: boolean }>;

export const DIFF_WORDS_MAX = 20_000; // words, spaces and marks of one text
export const DIFF_EDITS_MAX = 1_000; // words removed and added before giving up: bounds time and memory

/** Words, runs of space, and every other mark by itself. Joined again they are the text. */
const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];

type Words = readonly string[];

/** Where a step begins on the first text, and whether it adds a word of the other (down) or removes one (right). */
type Begin = Readonly<{ at: number; adds: boolean }>;

/** `reached[i]` is how far diagonal `2i − edits` got with `edits` edits; −1 marks a diagonal that is not there. */
const beginOf = (reached: Int32Array, index: number): Begin => {
  const down = reached[index] ?? -1;
  const right = index > 0 ? (reached[index - 1] ?? -1) + 1 : -1;
  return right <= down ? { at: down, adds: true } : { at: right, adds: false };
};

/**
 * Myers' greedy algorithm: for each number of edits, how far each diagonal gets. Answers these for every number of
 * edits, from which the way is traced back, or null above DIFF_EDITS_MAX.
 */
const frontiersOf = (one: Words, other: Words): readonly Int32Array[] | null => {
  const frontiers: Int32Array[] = [];
  const most = Math.min(one.length + other.length, DIFF_EDITS_MAX);
  for (let edit = 0; edit <= most; edit += 1) {
    const before = frontiers.at(-1);
    const reached = new Int32Array(edit + 1);
    frontiers.push(reached);
    for (let index = 0; index <= edit; index += 1) {
      const diagonal = 2 * index - edit;
      let at = before === undefined ? 0 : beginOf(before, index).at;
      while (at < one.length && at - diagonal < other.length && one[at] === other[at - diagonal]) at += 1;
      reached[index] = at;
      if (at === one.length && at - diagonal === other.length) return frontiers;
    }
  }
  return null;
};

type Step = Readonly<{ change: DiffPart['change']; word: string }>;

/** The steps of the way, traced back from the ends to the beginnings. */
const stepsOf = (one: Words, other: Words, frontiers: readonly Int32Array[]): readonly Step[] => {
  const steps: Step[] = [];
  let at = one.length;
  let to = other.length;
  const keepDownTo = (begin: number): void => {
    for (; at > begin; at -= 1, to -= 1) steps.push({ change: 'SAME', word: one[at - 1] ?? '' });
  };
  for (let edit = frontiers.length - 1; edit > 0; edit -= 1) {
    const begin = beginOf(frontiers[edit - 1] ?? new Int32Array(), (at - to + edit) / 2);
    keepDownTo(begin.at);
    if (begin.adds) steps.push({ change: 'ADDED', word: other[(to -= 1)] ?? '' });
    else steps.push({ change: 'REMOVED', word: one[(at -= 1)] ?? '' });
  }
  keepDownTo(0);
  return steps.reverse();
};

/** Neighbours of one change become one part; between two words that stay, what is removed comes before what is added. */
const partsOf = (steps: readonly Step[]): readonly DiffPart[] => {
  const parts: DiffPart[] = [];
  let removed = '';
  let added = '';
  let kept = '';
  const push = (change: DiffPart['change'], text: string): void => void (text === '' || parts.push({ change, text }));
  for (const { change, word } of steps) {
    if (change === 'SAME') {
      push('REMOVED', removed);
      push('ADDED', added);
      [removed, added, kept] = ['', '', kept + word];
    } else {
      push('SAME', kept);
      kept = '';
      if (change === 'REMOVED') removed += word;
      else added += word;
    }
  }
  push('SAME', kept);
  push('REMOVED', removed);
  push('ADDED', added);
  return parts;
};

const sameAtStart = (one: Words, other: Words): number => {
  const limit = Math.min(one.length, other.length);
  let length = 0;
  while (length < limit && one[length] === other[length]) length += 1;
  return length;
};

const sameAtEnd = (one: Words, other: Words, from: number): number => {
  const limit = Math.min(one.length, other.length) - from;
  let length = 0;
  while (length < limit && one[one.length - 1 - length] === other[other.length - 1 - length]) length += 1;
  return length;
};

const kept = (words: Words): readonly Step[] => words.map((word) => ({ change: 'SAME', word }));

/** What differs between two texts, by words. Bounded: where it would take too long, the one text replaces the other whole. */
export const diffOfTexts = (one: string, other: string): TextDiff => {
  const before = wordsOf(one);
  const after = wordsOf(other);
  const replaced: TextDiff = {
    whole: true,
    parts: partsOf([
      { change: 'REMOVED', word: one },
      { change: 'ADDED', word: other },
    ]),
  };
  if (before.length > DIFF_WORDS_MAX || after.length > DIFF_WORDS_MAX) return replaced;
  const start = sameAtStart(before, after);
  const end = sameAtEnd(before, after, start);
  const [middle, newMiddle] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const frontiers = frontiersOf(middle, newMiddle);
  if (frontiers === null) return replaced;
  const steps = [...kept(before.slice(0, start)), ...stepsOf(middle, newMiddle, frontiers), ...kept(before.slice(before.length - end))];
  return { whole: false, parts: partsOf(steps) };
};

/** One side of a comparison again: `REMOVED` gives the first text, `ADDED` the second. */
export const sideOf = (diff: TextDiff, side: 'REMOVED' | 'ADDED'): string =>
  diff.parts
    .filter(({ change }) => change === 'SAME' || change === side)
    .map(({ text }) => text)
    .join('');
