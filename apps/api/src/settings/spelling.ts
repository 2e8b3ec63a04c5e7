const APART_MAX = 2; // letters put in, left out, changed, or swapped with their neighbour
const NAME_MIN = 6; // letters; what is shorter is close to anything
const OURS = /^SAKSGANG_/;

/** How many letters two names are apart, counted no further than matters. */
const apart = (one: string, other: string): number => {
  if (Math.abs(one.length - other.length) > APART_MAX) return APART_MAX + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const ways = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1)];
      next.push(Math.min(...ways, ...(swapped ? [(before[j - 2] ?? 0) + 1] : [])));
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
};

/**
 * What looks like a setting and is none: it is warned of, not refused, as an environment is shared with others. Names alone are told,
 * never values.
 */
export const misspelt = (environment: Readonly<Record<string, string | undefined>>, names: readonly string[]): readonly string[] =>
  Object.keys(environment)
    .filter((name) => environment[name] && !names.includes(name) && name.length >= NAME_MIN)
    .flatMap((name) => {
      const [meant] = names.filter((one) => one.length >= NAME_MIN && apart(name, one) <= APART_MAX);
      if (meant !== undefined) return [`${name} is no setting and does nothing. Is ${meant} meant?`];
      return OURS.test(name) ? [`${name} is no setting and does nothing: settings have names without SAKSGANG_.`] : [];
    });
