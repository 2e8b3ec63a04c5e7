/** A run of marks that may begin or end bold or italic text. */
type Run = { readonly at: number; readonly marks: string; paired: boolean };

const RUN = /\*{1,3}|_{1,3}/gu;
const WORD = /[\p{L}\p{N}]/u;
const BLANK = /\s/u;

/** Bold and italic marks are not text: pairs of them go, a lone asterisk stays. Linear in the text. */
export const withoutEmphasis = (text: string): string => {
  const runs: Run[] = [];
  const begun: Run[] = [];
  for (const { index, 0: marks } of text.matchAll(RUN)) {
    const run: Run = { at: index, marks, paired: false };
    const [before, after] = [text[index - 1] ?? ' ', text[index + marks.length] ?? ' '];
    const partner = !BLANK.test(before) && !WORD.test(after) ? lastLike(begun, marks) : -1;
    if (partner >= 0) {
      for (const one of [run, begun[partner]]) if (one) one.paired = true;
      begun.length = partner;
    } else if (!BLANK.test(after) && !WORD.test(before) && begun.length < NESTED_MAX) begun.push(run);
    runs.push(run);
  }
  let from = 0;
  const kept: string[] = [];
  for (const { at, marks } of runs.filter(({ paired }) => paired)) {
    kept.push(text.slice(from, at));
    from = at + marks.length;
  }
  return [...kept, text.slice(from)].join('');
};

const NESTED_MAX = 8; // marks begun and not yet ended

const lastLike = (begun: readonly Run[], marks: string): number => begun.findLastIndex((one) => one.marks === marks);
