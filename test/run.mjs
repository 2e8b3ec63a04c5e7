// `npm test` and `npm run test:long`: install and build what is missing, then run every check there is and say what was not run.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { prepare, ROOT } from '../apps/prepare.mjs';

const LONG = process.argv.includes('--long');
const BUDGET_FACTOR_MAX = 4; // a suite this many times over its budget fails: shared machines are noisy, but not that noisy
/** Those that do not count statements, or read plans. */
const COMPARED =
  /\/(reading|items|search|status|trace|planned|follow-ups|computed|both-axes\.property|rectangles\.property|differences\.property|held-back|labels|missing-documents|real-kinds)\.spec\.ts$/;
const COMPARED_IN_LONG = /\/(rectangles\.property|differences\.property|held-back|trace|computed)\.spec/;
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

/** Stories that start the built program, or choose their own engines. */
const ON_THEIR_OWN = /\/(start|command-line|stopping|hostile-load|rolling-restart|several-instances)\./;
/** Stories of what lies in files where it does not lie in PostgreSQL. */
const ON_FILES = /\/(keeping|full-disk|erasing|erasing-interrupted|restart|keys)\./;

prepare();

const scratch = mkdtempSync(join(tmpdir(), 'saksgang-test-'));
const env = { ...process.env, SAKSGANG_NOT_RUN: join(scratch, 'not-run.txt'), ...(LONG ? { SAKSGANG_LONG: '1' } : {}) };
const node = (args, more = {}) => spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...env, ...more } }).status === 0;
const bin = (path) => join(ROOT, 'node_modules', path);

let passed = 0;
let failed = 0;
const count = (name, ok) => {
  ok ? (passed += 1) : (failed += 1);
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
};

const treeChecked = only.length === 0 ? checkTheTree() : null;

const report = runJest('every suite', only);
if (report !== null) {
  checkBudgets(report);
  if (only.length === 0) checkThatEveryTestFileRan(report);
}
if (only.length === 0) {
  runStoriesOnKurrent();
  runStoriesOnPostgres();
  runQueriesOnPostgres();
}
await treeChecked;

const notRun = existsSync(env.SAKSGANG_NOT_RUN) ? [...new Set(readFileSync(env.SAKSGANG_NOT_RUN, 'utf8').trim().split('\n'))] : [];
for (const line of notRun.sort()) console.log(`NOT RUN: ${line}`);
console.log(`not run, by name: ${notRun.length}`);
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Types, lint and format, each in a process of its own beside the suites. */
async function checkTheTree() {
  const eslint = ['--config', 'test/config/eslint.config.js', '--cache', '--cache-location', bin('.cache/eslint'), '.'];
  const checks = [
    ['types (tsc)', [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']],
    ['lint (eslint)', [bin('eslint/bin/eslint.js'), ...eslint]],
    ['format (prettier)', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '--cache', '.']],
  ];
  const started = checks.map(async ([name, args]) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env });
    const [status] = await once(child, 'exit');
    count(name, status === 0);
  });
  await Promise.all(started);
}

/** Runs jest; its report, or null when it did not come so far. */
function runJest(name, args, more = {}) {
  const results = join(scratch, `${name.replaceAll(' ', '-')}.json`);
  const options = ['--config', 'test/config/jest.config.js', '--json', '--outputFile', results];
  node([bin('jest/bin/jest.js'), ...options, ...args], more);
  if (!existsSync(results)) {
    count(`jest started: ${name}`, false);
    return null;
  }
  const report = JSON.parse(readFileSync(results, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  // A skipped test is a promise nobody keeps.
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) count(`no test is skipped (${skipped} are)`, false);
  return report;
}

/** The whole application again on its other engine, against the scripted server: every story in the long tier, a few in the short one. */
function runStoriesOnKurrent() {
  const stories = filesBelow('test/stories').filter((file) => /\.story\.spec\.ts$/.test(file));
  const able = stories.filter((file) => !ON_THEIR_OWN.test(file));
  const chosen = LONG ? able : able.filter((file) => /\/(restart|point-three|auditor)\./.test(file));
  for (const file of stories.filter((one) => !chosen.includes(one))) {
    const how = able.includes(file) ? 'npm run test:long' : 'it starts the built program, or chooses its engine';
    appendFileSync(env.SAKSGANG_NOT_RUN, `on the kurrent engine: ${file} (${how})\n`);
  }
  count('stories were found for the kurrent engine', chosen.length >= 3);
  runJest('stories on kurrent', chosen, { SAKSGANG_STORY_ENGINE: 'kurrent' });
}

/** What the read models are asked, asked of the same rows in PostgreSQL too: each question must be answered the same by both. */
function runQueriesOnPostgres() {
  const able = filesBelow('libs/projections/src').filter((file) => COMPARED.test(file));
  const chosen = LONG ? able : able.filter((file) => !COMPARED_IN_LONG.test(file));
  for (const file of able.filter((one) => !chosen.includes(one)))
    appendFileSync(env.SAKSGANG_NOT_RUN, `the same questions on PostgreSQL: ${file} (npm run test:long)\n`);
  count('questions were found to ask of PostgreSQL', chosen.length >= 5);
  runJest('queries on PostgreSQL', chosen, { SAKSGANG_READ_DATABASE: 'postgres' });
}

/** And with its read models and small stores in PostgreSQL: every story in the long tier, a few in the short one. */
function runStoriesOnPostgres() {
  const stories = filesBelow('test/stories').filter((file) => /\.story\.spec\.ts$/.test(file));
  const able = stories.filter((file) => !ON_THEIR_OWN.test(file) && !ON_FILES.test(file));
  const chosen = LONG ? able : able.filter((file) => /\/point-three\./.test(file));
  for (const file of stories.filter((one) => !chosen.includes(one))) {
    const how = able.includes(file)
      ? 'npm run test:long'
      : 'it looks into files of the data directory, or starts the built program on them';
    appendFileSync(env.SAKSGANG_NOT_RUN, `with read models in PostgreSQL: ${file} (${how})\n`);
  }
  count('stories were found for read models in PostgreSQL', chosen.length >= 1);
  runJest('stories on PostgreSQL', chosen, { SAKSGANG_STORY_DATABASE: 'postgres' });
}

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
