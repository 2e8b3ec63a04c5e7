import { createRunner } from 'jest-light-runner';

const RUNTIME = 'child_process';

/**
 * The light runner with plain Node processes, except for how a process is told what it works on. The library answers whichever process
 * asks first by telling all of them, once: one that was not listening yet waits for ever, and the whole run with it. Here each is
 * answered when it asks, and told for itself.
 */
export default class Runner extends createRunner({ runtime: RUNTIME }) {
  _runTest(test) {
    const { config } = test.context;
    const isFirst = !this._testRunners.has(config);
    // The library makes the processes with the first test. At that time nobody else can be waiting for its answer.
    const result = super._runTest(test);
    const runner = this._testRunners.get(config);
    if (isFirst && this._runtime === RUNTIME) {
      const workerData = { globalConfig: this._globalConfig, projectConfig: config, runtime: RUNTIME };
      runner.run = (next) => runner.pool.run(next.path, { channel: answering(workerData) });
    }
    return result;
  }
}

/** Between this process and the one that takes the test. */
const answering = (workerData) => {
  let tell = () => undefined;
  return {
    onMessage: (listener) => {
      tell = listener;
    },
    postMessage: (message) => {
      if (message === 'jest-light-runner-get-worker-data') tell({ type: 'jest-light-runner-worker-data', workerData });
    },
  };
};
