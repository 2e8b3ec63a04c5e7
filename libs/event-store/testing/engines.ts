import type { EngineName } from '../src/engine-name.js';

/** Total by type: an engine cannot be named without saying here whether the contract runs on it, and why not. The test summary prints it. */
export const ENGINES: Readonly<Record<EngineName, 'runs here' | `NOT RUN: ${string}`>> = {
  memory: 'runs here',
  sqlite: 'runs here',
  kurrent: 'runs here',
};
