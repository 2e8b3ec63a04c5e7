// Temporary folders and child processes of one bench: both are gone when it ends, however it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progress } from './measuring.mjs';
import { SAMPLE_VERSION } from './sample-log.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const STOP_MS_MAX = 10_000; // ms from the signal until it is sent again in earnest
const running = new Set();

export const start = (file, args, options) => {
  const child = spawn(process.execPath, [file, ...args], options);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
};

export const stop = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  await ended;
  clearTimeout(impatient);
};

const runToEnd = async (file, args) => {
  const child = start(file, args, { stdio: ['ignore', 2, 2] });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${file} ended with ${code ?? signal}`);
};

/** `records`: a folder in which filled records are kept for the next bench; null: each bench fills its own. */
export const withWorkspace = async (records, work) => {
  const root = mkdtempSync(join(tmpdir(), 'saksgang-bench-'));
  const tidy = () => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  };
  const interrupted = (signal) => {
    tidy();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await work({ root, preloaded: (entries) => preloaded(root, records ?? root, entries) });
  } finally {
    tidy();
  }
};

let copies = 0;
/** A data directory of one's own with a log of so many entries, its read models up to date. */
const preloaded = async (root, records, entries) => {
  const kept = join(records, `record-v${SAMPLE_VERSION}-${entries}`);
  if (!existsSync(kept)) {
    progress(`filling a record with ${entries} entries …`);
    const filling = `${kept}.filling`;
    rmSync(filling, { recursive: true, force: true });
    await runToEnd(join(HERE, 'preload.mjs'), [filling, String(entries)]);
    renameSync(filling, kept);
  }
  const copy = join(root, `copy-${(copies += 1)}-${entries}`);
  cpSync(kept, copy, { recursive: true, preserveTimestamps: true });
  return copy;
};
