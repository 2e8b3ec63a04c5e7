import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WITHIN_MS = 50_000; // a run that hangs is a finding, not a reason to hang
const PLANTED = {
  'tests.mjs': `
    it('hangs', () => new Promise(() => {}), 50);
    it('leaves a rejection to nobody', () => void Promise.reject(new Error('nobody took this')));
    it('is rejected, and takes it late', async () => {
      const late = Promise.reject(new Error('taken'));
      await new Promise(setImmediate);
      await expect(late).rejects.toThrow('taken');
    });
    it('declares another', () => it('comes too late', () => {}));
    it('is in order', () => expect(1 + 1).toBe(2));`,
  'file.mjs': `
    jest.setTimeout(50);
    describe('a file', () => {
      beforeAll(() => new Promise(() => {}));
      it('runs after a hook that hung', () => {});
    });`,
  'callback.mjs': `it('takes a callback', (done) => done());`,
};

type Report = Readonly<{
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: readonly Readonly<{
    name: string;
    message: string;
    assertionResults: readonly Readonly<{ title: string; status: string; failureMessages: readonly string[] }>[];
  }>[];
}>;

describe('The runner of the specs', () => {
  let tree: string;
  let report: Report;
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'saksgang-runner-'));
    for (const [name, text] of Object.entries(PLANTED)) writeFileSync(join(tree, name), text);
    const config = {
      rootDir: tree,
      roots: [tree],
      runner: join(ROOT, 'test/config/runner.mjs'),
      setupFiles: [join(ROOT, 'test/config/sources.mjs')],
      setupFilesAfterEnv: [join(ROOT, 'test/config/limits.mjs')],
      testMatch: ['**/*.mjs'],
      transform: {},
      maxWorkers: 2,
      haste: { forceNodeFilesystemAPI: true },
    };
    writeFileSync(join(tree, 'jest.config.json'), JSON.stringify(config));
    const results = join(tree, 'results.json');
    const args = ['--config', join(tree, 'jest.config.json'), '--json', '--outputFile', results];
    spawnSync(process.execPath, [join(ROOT, 'node_modules/jest/bin/jest.js'), ...args], {
      cwd: tree,
      encoding: 'utf8',
      timeout: WITHIN_MS,
    });
    report = JSON.parse(readFileSync(results, 'utf8')) as Report;
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  const told = (file: string): string[] =>
    report.testResults
      .filter(({ name }) => name.endsWith(file))
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ title, status, failureMessages }) =>
        `${title}: ${status} ${/Error: ([^\n]*)/.exec(failureMessages.join())?.[1] ?? ''}`.trim(),
      );

  it('stops a test that hangs, blames it for rejections that nobody takes, and refuses one that comes too late', () => {
    expect(told('/tests.mjs')).toEqual([
      'hangs: failed hangs did not end within 50 ms',
      'leaves a rejection to nobody: failed nobody took this',
      'is rejected, and takes it late: passed',
      'declares another: failed "comes too late" is declared while a test runs: it might never be executed',
      'is in order: passed',
      'comes too late: passed',
    ]);
  });

  it('stops a hook that hangs, within the limit of its file', () => {
    expect(told('/file.mjs')).toEqual(['(beforeAll): failed beforeAll did not end within 50 ms', 'runs after a hook that hung: passed']);
  });

  it('fails a file whose test takes a callback', () => {
    expect(report.numRuntimeErrorTestSuites).toBe(1);
    expect(report.testResults.find(({ name }) => name.endsWith('/callback.mjs'))?.message).toContain('return a promise');
  });
});
