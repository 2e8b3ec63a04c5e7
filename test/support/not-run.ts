import { appendFileSync } from 'node:fs';

/** Says by name what this run leaves out and how to run it; the test command prints and counts it. Never a silent skip. */
export const notRun = (what: string, how: string): void => {
  const file = process.env['SAKSGANG_NOT_RUN'];
  if (file) appendFileSync(file, `${what} (${how})\n`);
};

/** The full counts of `npm run test:long`. */
export const isLong = process.env['SAKSGANG_LONG'] === '1';

/** How many times: fewer in `npm test`, all of them in the long tier; what was left out is printed. */
export const rounds = (what: string, short: number, long: number): number => {
  if (isLong) return long;
  notRun(`${what}: ${long - short} of ${long}`, 'npm run test:long');
  return short;
};
