import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** @type {import('jest').Config} */
export default {
  rootDir: root,
  // Plain Node processes, which keep what they have imported: jest's own sandbox links the whole application
  // anew for each of some two hundred specs. Specs therefore share one global scope, and put back what they change in it.
  runner: '<rootDir>/test/config/runner.mjs',
  setupFiles: ['<rootDir>/test/config/sources.mjs'],
  setupFilesAfterEnv: ['<rootDir>/test/config/limits.mjs'],
  // One more than there are cores: stories wait for the servers and commands they start.
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/test/config/longest-first.mjs',
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {},
};
