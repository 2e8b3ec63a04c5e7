// Numbers and how they are told. A figure is one line of the report: {entries, figure, value, unit, floor, ok}.
import { existsSync, readFileSync } from 'node:fs';

const ascending = (numbers) => [...numbers].sort((a, b) => a - b);
export const median = (numbers) => percentile(numbers, 0.5);
/** `share` from 0 to 1. The value that so large a share of the numbers does not exceed. */
export const percentile = (numbers, share) => {
  const sorted = ascending(numbers);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** The same numbers on every run: mulberry32. */
export const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

const TICKS_PER_SECOND = 100; // USER_HZ, which Linux shows to programs whatever the kernel's own rate is
/** CPU seconds that a process has used so far, all of its threads; null where the system does not say. */
export const cpuSeconds = (pid) => {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  // The name of the program, which may hold spaces, ends with the last parenthesis; after it the third field comes first.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
};

/** Memory of a process that is in use now; null where the system does not say. */
export const residentMiB = (pid) => {
  const file = `/proc/${pid}/status`;
  const kib = existsSync(file) ? /^VmRSS:\s+(\d+) kB/mu.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return kib === undefined ? null : Number(kib) / 1024;
};

/** `floor`: at least this much is wanted (null: nothing is); with `ceiling` at most so much. A value of null was not measured. */
export const figure = (entries, name, value, unit, { floor = null, ceiling = null, digits = 0 } = {}) => {
  const rounded = value === null ? null : Number(value.toFixed(digits));
  const ok = value === null || ((floor === null || value >= floor) && (ceiling === null || value <= ceiling));
  return { entries, figure: name, value: rounded, unit, floor: floor ?? ceiling, ok };
};

const judged = ({ value, floor, ok }) => (floor === null || value === null ? '' : `${ok ? 'ok   ' : 'MISSED'} bound ${floor}`);
const row = (one) =>
  `${String(one.entries).padStart(8)}  ${one.figure.padEnd(62)} ${String(one.value ?? 'not measured').padStart(12)} ${one.unit.padEnd(6)} ${judged(one)}`;

/** The table for people, and after it one JSON object a line. */
export const report = (figures) => {
  for (const one of figures) process.stdout.write(`${row(one).trimEnd()}\n`);
  for (const one of figures) process.stdout.write(`${JSON.stringify(one)}\n`);
};

export const progress = (text) => void process.stderr.write(`${text}\n`);
