// Runs once in each process of the runner, before the first spec is imported.
import { existsSync, statfsSync } from 'node:fs';
import { register } from 'node:module';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 * 1024 ** 3; // what the suites' directories take at any one time, several times over

// As it runs for its users: in development graphql checks the realm of every object it meets.
process.env.NODE_ENV = 'production';
// Where Linux offers files in memory, what is written for a test need not reach a disk; a killed process loses none of it.
if (!process.env.TMPDIR && existsSync(MEMORY)) {
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize >= ROOM_BYTES) process.env.TMPDIR = MEMORY;
}
process.setSourceMapsEnabled(true);
register('./typescript.hooks.mjs', import.meta.url);
