/** Text as a reader is to see it: whatever Markdown would take for a mark is escaped, and it stays on one line. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#~]/gu, '\\$&');

export type Table = Readonly<{ headings: readonly string[]; rows: readonly (readonly (string | number | null)[])[] }>;

/** Lines of a table; cells are escaped here. */
export const table = ({ headings, rows }: Table): readonly string[] => [
  rowOf(headings.map(plain)),
  rowOf(headings.map(() => '---')),
  ...rows.map((cells) => rowOf(cells.map((cell) => (cell === null ? '' : plain(String(cell)))))),
];

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
