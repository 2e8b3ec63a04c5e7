// What every bench here understands on its command line.
import { parseArgs } from 'node:util';

const ENTRIES_MAX = 2_000_000; // entries of a preloaded log

/** `--entries 10000,100000`, `--quick`, `--records <folder>` in which preloaded records are kept between benches. */
export const readOptions = () => {
  const { values } = parseArgs({
    options: {
      entries: { type: 'string' },
      quick: { type: 'boolean', default: false },
      records: { type: 'string' },
    },
  });
  const entries = (values.entries ?? (values.quick ? '10000' : '10000,100000')).split(',').map(Number);
  if (entries.some((count) => !Number.isInteger(count) || count < 1_000 || count > ENTRIES_MAX)) {
    process.stderr.write(`--entries takes whole numbers from 1000 to ${ENTRIES_MAX}, separated by commas\n`);
    process.exit(2);
  }
  return { entries, quick: values.quick, records: values.records ?? null };
};
