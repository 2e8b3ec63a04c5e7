import { copyFileSync, chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ACCESS_FILE, READINGS_FILE } from '@saksgang/access';
import { openSqliteFile } from '@saksgang/database';
import { EXPORT_FILES, toBase64, verifierKeyText } from '@saksgang/record';
import { KEY_ENCRYPTION_KEY_FILE, KEY_STORE_FILE, SIGNER_FILE, SIGNING_KEY_FILE } from '@saksgang/recording';
import { logFileOf, snapshotLog } from './engines.js';
import { writeManifest } from './keeping/backup-manifest.js';
import { checkCopy } from './keeping/checked-copy.js';
import { makeWhole } from './keeping/whole-directory.js';
import { machineClock } from './machine.js';
import { options } from './options.js';
import { createProgress } from './progress.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';
import { notesBeside } from './verify/notes-beside.js';

const OWNER_ONLY = 0o600;
/** The log's file in a backup. */
export const LOG_IN_BACKUP = 'log.db';

/** Databases of the key store's own backup. */
const KEY_DATABASES = [KEY_STORE_FILE, ACCESS_FILE, READINGS_FILE, SIGNER_FILE];
/** Files of it, each with the setting that may name another place. */
const KEY_FILES = [
  [KEY_ENCRYPTION_KEY_FILE, 'KEY_ENCRYPTION_KEY_FILE'],
  [SIGNING_KEY_FILE, 'SIGNING_KEY_FILE'],
] as const;

/** The data directory of these settings, which must hold a record. @throws when there is none */
export const dataDirOf = ({ environment }: Terminal): string => {
  const dataDir = resolve(environment['DATA_DIR'] || './data');
  if (!existsSync(dataDir)) throw new Error(`There is no data directory at ${dataDir}: set DATA_DIR.`);
  return dataDir;
};

const backUpRecord = async (to: string, terminal: Terminal): Promise<void> => {
  const dataDir = dataDirOf(terminal);
  const log = logFileOf(dataDir);
  if (terminal.environment['EVENT_STORE'] === 'kurrent')
    throw new Error(
      'The log lies on a server of its own, which has its own backup. For a copy here: npm run cli -- move --from kurrent --to sqlite:DIR',
    );
  if (!existsSync(log)) throw new Error(`There is no log in ${dataDir}: set DATA_DIR.`);
  const { entries, root, signed } = await makeWhole(to, statSync(log).size, async (directory) => {
    const file = join(directory, LOG_IN_BACKUP);
    const copying = createProgress(terminal, 'copying', 'bytes');
    snapshotLog(dataDir, file);
    copying.end(statSync(file).size);
    chmodSync(file, OWNER_ONLY);
    // Read after the copy was made: what the copy does not reach is no concern of it.
    const beside = notesBeside(dataDir);
    const checked = await checkCopy(file, beside.notes, createProgress(terminal, 'verifying', 'entries'));
    const names = [LOG_IN_BACKUP];
    if (checked.newest !== null && beside.key !== null) {
      writeFileSync(join(directory, EXPORT_FILES.checkpoint), checked.newest.note, { mode: OWNER_ONLY });
      writeFileSync(join(directory, EXPORT_FILES.key), `${verifierKeyText(beside.key)}\n`, { mode: OWNER_ONLY });
      names.push(EXPORT_FILES.checkpoint, EXPORT_FILES.key);
    }
    const { logId, entries, signed } = checked;
    const said = { holds: 'record', madeAt: machineClock.now(), logId, entries, root: toBase64(checked.root), signed } as const;
    await writeManifest(directory, names, said);
    return checked;
  });
  terminal.print(`${entries} entries, root ${toBase64(root)}, in ${resolve(to)}.`);
  terminal.print(signed === null ? 'No checkpoint had been signed yet.' : `Verified against its checkpoint of ${signed} entries.`);
  terminal.print('No key is in it: names of persons open only with the key store, which has a backup of its own (backup --keys).');
};

const backUpKeys = async (to: string, terminal: Terminal): Promise<void> => {
  const dataDir = dataDirOf(terminal);
  if (!existsSync(join(dataDir, KEY_STORE_FILE))) throw new Error(`There is no key store in ${dataDir}: set DATA_DIR.`);
  const elsewhere: string[] = [];
  const names: string[] = [];
  await makeWhole(to, 0, async (directory) => {
    for (const name of KEY_DATABASES) {
      if (!existsSync(join(dataDir, name))) continue;
      copyDatabase(join(dataDir, name), join(directory, name));
      names.push(name);
    }
    for (const [name, setting] of KEY_FILES) {
      const named = terminal.environment[setting];
      if (named) elsewhere.push(`${setting} (${named})`);
      else if (existsSync(join(dataDir, name))) {
        copyFileSync(join(dataDir, name), join(directory, name));
        names.push(name);
      }
    }
    for (const name of names) chmodSync(join(directory, name), OWNER_ONLY);
    await writeManifest(directory, names, { holds: 'keys', madeAt: machineClock.now() });
  });
  terminal.print(`${names.join(', ')}, in ${resolve(to)}.`);
  if (elsewhere.length > 0) terminal.print(`Not in it, as it lies where the settings say: ${elsewhere.join(', ')}. Keep a copy of it too.`);
  terminal.print(
    'Keep it secret and apart from backups of the record. When a person has been erased, make a new one and destroy the older ones.',
  );
};

/** As it stands at one moment, beside whoever writes in it; nothing that was deleted comes along. */
const copyDatabase = (from: string, to: string): void => {
  const file = openSqliteFile(from, { synchronous: 'FULL', readonly: true });
  try {
    file.prepare('VACUUM INTO ?').run(to);
  } finally {
    file.close();
  }
};

export const backup: CliCommand = {
  usage: 'backup --to DIR [--keys]',
  does: 'copies the record beside a running server and verifies the copy; with --keys the keys instead, which belong in another place',
  run: async (args, terminal) => {
    const { values } = options({ args: [...args], options: { to: { type: 'string' }, keys: { type: 'boolean' } } });
    if (!values.to) throw new BadUsage(`Say where to: ${backup.usage}`);
    await (values.keys ? backUpKeys(values.to, terminal) : backUpRecord(values.to, terminal));
  },
};
