// npm run bench [-- --entries 10000,100000] [--only store,http,page,postgres,visible,rebuild,recording,verify] [--quick] [--records <folder to keep filled records in>]
// Each bench is a process of its own. Tables and, last, one JSON object go to standard output; progress to standard error.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare } from '../../apps/prepare.mjs';

/** In this order; what each is given beside `--entries`. */
const BENCHES = {
  store: ({ quick }) => (quick ? ['--rounds', '3'] : []),
  http: (options) => shared(options),
  page: (options) => shared(options),
  postgres: (options) => shared(options),
  visible: (options) => shared(options),
  rebuild: (options) => shared(options),
  verify: ({ quick }) => (quick ? ['--quick'] : []),
  recording: (options) => shared(options),
};
const shared = ({ quick, records }) => ['--records', records, ...(quick ? ['--quick'] : [])];
const BENCH_MS_MAX = 7_200_000; // ms of one bench
const HERE = fileURLToPath(new URL('.', import.meta.url));
const say = (line) => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    entries: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    records: { type: 'string' },
  },
});
const chosen = values.only?.split(',') ?? Object.keys(BENCHES);
const unknown = chosen.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  process.stderr.write(`there is no bench ${unknown.join(', ')}: choose among ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(2);
}
const entries = values.entries ?? (values.quick ? '10000' : '10000,100000');

let interrupted = false;
/** Its table goes out as it comes; its figures, one JSON object a line, are gathered. */
const runBench = async (name, records) => {
  const args = [join(HERE, `${name}.bench.mjs`), '--entries', entries, ...BENCHES[name]({ quick: values.quick, records })];
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 2], timeout: BENCH_MS_MAX });
  const stopChild = () => {
    interrupted = true;
    child.kill('SIGTERM');
  };
  process.once('SIGINT', stopChild).once('SIGTERM', stopChild);
  const ended = once(child, 'close');
  const figures = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) figures.push(JSON.parse(line));
    else say(line);
  }
  const [code, signal] = await ended;
  process.removeListener('SIGINT', stopChild).removeListener('SIGTERM', stopChild);
  return code === 0 ? { bench: name, figures } : { bench: name, figures, failed: `ended with ${code ?? signal}` };
};

prepare();
const machine = {
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
  NODE_ENV: 'production',
};
say(`Node ${machine.node}, ${machine.platform}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, NODE_ENV=production`);
say('Trust ratios and medians of neighbouring slices; absolute numbers are of this machine, in this hour.');
const records = values.records ?? mkdtempSync(join(tmpdir(), 'saksgang-bench-records-'));
const results = [];
try {
  for (const name of chosen) {
    say(`\n${name}`);
    const result = await runBench(name, records);
    if (result.failed) say(`  ${name} ${result.failed}`);
    results.push(result);
    if (interrupted) break;
  }
} finally {
  if (!values.records) rmSync(records, { recursive: true, force: true });
}
const missed = results.flatMap(({ figures }) => figures.filter(({ ok }) => !ok));
if (missed.length > 0) say(`\nbelow what is wanted: ${missed.map((one) => `${one.figure} (${one.entries} entries)`).join('; ')}`);
say(`\n${JSON.stringify({ machine, quick: values.quick, results })}`);
// A missed bound is told, not failed on: machines differ. A bench that did not run to its end fails.
process.exit(results.some(({ failed }) => failed) ? 1 : 0);
