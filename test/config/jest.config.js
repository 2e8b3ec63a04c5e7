import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** @type {import('jest').Config} */
export default {
  rootDir: root,
  // Plain Node processes, one a core, which keep what they have imported: jest's own sandbox links the whole application
  // anew for each of some two hundred specs. Specs therefore share one global scope, and put back what they change in it.
  runner: '<rootDir>/test/config/runner.mjs',
  setupFiles: ['<rootDir>/test/config/sources.mjs'],
  setupFilesAfterEnv: ['<rootDir>/test/config/limits.mjs'],
  // Every core: the default leaves one idle, which is half of a small machine.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/config/longest-first.mjs',
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {},
};
