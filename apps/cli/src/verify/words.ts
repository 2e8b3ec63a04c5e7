// The words of `verify`, read without node:util: this also runs where there is none.

/** The words were off. */
export class WrongWords extends Error {
  override readonly name = 'WrongWords';
}

export type Words = Readonly<{ named: ReadonlyMap<string, string>; rest: readonly string[] }>;

/** `--name value` and `--name=value` for the names given; the rest in order. @throws WrongWords */
export const wordsOf = (args: readonly string[], names: readonly string[]): Words => {
  const named = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as string;
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const [name = '', ...given] = word.slice(2).split('=');
    const value = given.length > 0 ? given.join('=') : args[(at += 1)];
    if (!names.includes(name)) throw new WrongWords(`There is no option --${name} here.`);
    if (value === undefined || value === '') throw new WrongWords(`--${name} takes a value.`);
    if (named.has(name)) throw new WrongWords(`--${name} is given twice.`);
    named.set(name, value);
  }
  return { named, rest };
};
