// What jest's own runner does and the light one leaves out: a test or hook that hangs is stopped and named, a rejection
// that nobody handles fails the test it came from, and a test that could never be executed is refused.
import { addEventHandler, getState } from 'jest-circus';

// Nothing is timed here: a busy machine may take its time, only what hangs is stopped.
const WITHIN_MS = 60_000;
const limits = new WeakMap();
const unhandled = new Map();
let running = false;

process.on('unhandledRejection', (reason, promise) => unhandled.set(promise, reason));
process.on('rejectionHandled', (promise) => unhandled.delete(promise));

/** As in jest: how long every test and hook of this file may take, in milliseconds. */
globalThis.jest.setTimeout = (ms) => {
  limits.set(getState(), ms);
  return globalThis.jest;
};

const within = async (fn, ms, what) => {
  let timer;
  const hangs = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not end within ${ms} ms`)), ms);
  });
  running = true;
  try {
    await Promise.race([fn(), hangs]);
  } finally {
    running = false;
    clearTimeout(timer);
  }
  await new Promise(setImmediate); // Node tells of a rejection when the promises of this turn are through
  const [rejection] = unhandled.values();
  unhandled.clear();
  if (rejection !== undefined) throw rejection;
};

addEventHandler((event, state) => {
  if (event.name !== 'add_test' && event.name !== 'add_hook') return;
  const what = event.testName ?? event.hookType;
  if (running) throw new Error(`"${what}" is declared while a test runs: it might never be executed`);
  const { children, hooks } = state.currentDescribeBlock;
  const added = event.name === 'add_test' ? children.at(-1) : hooks.at(-1);
  const { fn } = added;
  if (!fn) return;
  if (fn.length > 0) throw new Error(`"${what}" takes a callback: return a promise`);
  added.fn = () => within(fn, event.timeout ?? limits.get(state) ?? WITHIN_MS, what);
});
