import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const README = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');

/** What stands under a heading of the second level. @throws when there is no such heading */
export const sectionOf = (title: string, markdown = README): string => {
  const [, section] = new RegExp(`^## ${title}\\n([\\s\\S]*?)(?=^## |\\n*$(?![\\s\\S]))`, 'm').exec(markdown) ?? [];
  if (section === undefined) throw new Error(`the README has no section «${title}»`);
  return section;
};

/** The rows of all tables in a text, heads and rules left out, each cell as it is written. */
export const rowsOf = (section: string): readonly (readonly string[])[] =>
  section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )
    .filter((cells, at, all) => !isRule(cells) && !isRule(all[at + 1] ?? []));

const isRule = (cells: readonly string[]): boolean => cells.length > 0 && cells.every((cell) => /^-+$/.test(cell));
