// `npm test` and `npm run test:long`: install and build what is missing, then run every check there is and say what was not run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { prepare, ROOT } from '../apps/prepare.mjs';

const LONG = process.argv.includes('--long');
const BUDGET_FACTOR_MAX = 4; // a suite this many times over its budget fails: shared machines are noisy, but not that noisy
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

prepare();

const scratch = mkdtempSync(join(tmpdir(), 'saksgang-test-'));
const env = { ...process.env, SAKSGANG_NOT_RUN: join(scratch, 'not-run.txt'), ...(LONG ? { SAKSGANG_LONG: '1' } : {}) };
const node = (args) => spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env }).status === 0;
const bin = (path) => join(ROOT, 'node_modules', path);

let passed = 0;
let failed = 0;
const count = (name, ok) => {
  ok ? (passed += 1) : (failed += 1);
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
};

if (only.length === 0) {
  count('types (tsc)', node([bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']));
  count(
    'lint (eslint)',
    node([
      bin('eslint/bin/eslint.js'),
      '--config',
      'test/config/eslint.config.js',
      '--cache',
      '--cache-location',
      bin('.cache/eslint'),
      '.',
    ]),
  );
  count('format (prettier)', node([bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '--cache', '.']));
}

const results = join(scratch, 'jest.json');
node([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  bin('jest/bin/jest.js'),
  '--config',
  'test/config/jest.config.js',
  '--json',
  '--outputFile',
  results,
  ...only,
]);
if (!existsSync(results)) {
  count('jest started', false);
} else {
  const report = JSON.parse(readFileSync(results, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  // A skipped test is a promise nobody keeps.
  if (report.numPendingTests + report.numTodoTests > 0)
    count(`no test is skipped (${report.numPendingTests + report.numTodoTests} are)`, false);
  checkBudgets(report);
  if (only.length === 0) checkThatEveryTestFileRan(report);
}

const notRun = existsSync(env.SAKSGANG_NOT_RUN) ? [...new Set(readFileSync(env.SAKSGANG_NOT_RUN, 'utf8').trim().split('\n'))] : [];
for (const line of notRun.sort()) console.log(`NOT RUN: ${line}`);
console.log(`not run, by name: ${notRun.length}`);
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Budgets are in seconds, for 2 cores and the short tier. */
function checkBudgets(report) {
  if (LONG) return;
  const budgets = JSON.parse(readFileSync(join(ROOT, 'test/config/budgets.json'), 'utf8'));
  for (const suite of report.testResults) {
    const name = relative(ROOT, suite.name).replaceAll('\\', '/');
    const budget = budgets[name] ?? budgets.default;
    const seconds = (suite.endTime - suite.startTime) / 1000;
    if (seconds > budget) console.log(`over budget: ${name} took ${seconds.toFixed(1)} s of ${budget} s`);
    if (seconds > budget * BUDGET_FACTOR_MAX) count(`${name} stays within ${BUDGET_FACTOR_MAX} times its budget`, false);
  }
}

/** A spec nobody executes and a contract no engine runs guard nothing. */
function checkThatEveryTestFileRan(report) {
  const ran = new Set(
    report.testResults
      .filter((suite) => suite.assertionResults.length > 0)
      .map((suite) => relative(ROOT, suite.name).replaceAll('\\', '/')),
  );
  const files = ['apps', 'libs', 'test'].flatMap((folder) => filesBelow(folder));
  const specs = files.filter((file) => /\.spec\.ts$/.test(file));
  const isContract = (file) => /\.contract\.ts$/.test(file);
  // A contract may be told in chapters: a chapter counts when the contract that a spec runs imports it.
  const sources = [...ran, ...files.filter(isContract)].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  const contracts = files
    .filter((file) => /\.contract\.ts$/.test(file))
    .filter((file) => !sources.includes(`${file.split('/').pop().replace(/\.ts$/, '')}.js'`));
  const strays = [
    ...specs.filter((file) => !ran.has(file)),
    ...contracts,
    ...files.filter((file) => /\.(test|e2e-spec)\.[cm]?[jt]s$/.test(file)),
  ];
  count(`every test file was executed${strays.length ? `; not: ${strays.join(', ')}` : ''}`, strays.length === 0);
}

function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
