import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { takeProcessLock } from '@saksgang/database';
import { openReadOnly } from '@saksgang/event-store-sqlite';
import { positionOf } from '@saksgang/event-store';
import { rootOf, toBase64 } from '@saksgang/record';
import { openKeyStore, readTombstones } from '@saksgang/recording';
import { jest } from '@jest/globals';
import { makeSignedRecord, scheduler, type SignedRecord } from '../../../../test/support/signed-record.js';
import { runCommand } from '../commands.js';
import { machineClock, machineRandom } from '../machine.js';
import { makeWhole } from './whole-directory.js';

jest.setTimeout(60_000);

const ENTRIES = 40;
const KEY_FILES = ['keys.db', 'key-encryption.key'];

describe('Backing up and restoring', () => {
  let record: SignedRecord;
  let space: string;
  let backedUp: string;
  let logId: string;
  const at = (name: string): string => join(space, name);
  const ran = async (...args: string[]): Promise<string> => {
    const lines: string[] = [];
    const environment = { DATA_DIR: record.dataDir };
    await runCommand(args, { environment, print: (line) => lines.push(line), write: (text) => lines.push(text) });
    return lines.join('\n');
  };
  const entriesIn = async (directory: string) => {
    const log = openReadOnly({ directory, scheduler });
    const enough = new AbortController();
    const all = [];
    for await (const { events, caughtUp } of log.follow({ after: log.origin, signal: enough.signal })) {
      all.push(...events);
      if (caughtUp) enough.abort();
    }
    await log.close();
    return { logId: log.logId, all };
  };
  /** A data directory of the same record whose log is lost: its keys are there. */
  const withoutLog = (name: string): string => {
    mkdirSync(at(name));
    for (const file of KEY_FILES) cpSync(join(record.dataDir, file), join(at(name), file));
    return at(name);
  };

  beforeAll(async () => {
    record = await makeSignedRecord(ENTRIES, 'keeping');
    space = mkdtempSync(join(tmpdir(), 'saksgang-keeping-'));
    backedUp = at('backup');
    expect(await ran('backup', '--to', backedUp)).toContain(`${ENTRIES} entries, root ${toBase64(rootOf(record.treeAt(ENTRIES)))}`);
    ({ logId } = await entriesIn(record.dataDir));
  });
  afterAll(() => {
    rmSync(space, { recursive: true, force: true });
    record.remove();
  });

  it('makes a copy that holds no key, for its owner only, and leaves nothing beside it', () => {
    expect(readdirSync(backedUp).sort()).toEqual(['log.db', 'manifest.json']);
    for (const file of readdirSync(backedUp)) expect(statSync(join(backedUp, file)).mode & 0o777).toBe(0o600);
    expect(readdirSync(space)).toEqual(['backup']);
    expect(JSON.parse(readFileSync(join(backedUp, 'manifest.json'), 'utf8'))).toMatchObject({ holds: 'record', logId, entries: ENTRIES });
  });

  it('restores the same entries under a new name of the log', async () => {
    const to = withoutLog('whole');
    expect(await ran('restore', '--from', backedUp, '--to', to)).toContain('Nothing that was signed for is missing');
    const [before, after] = [await entriesIn(record.dataDir), await entriesIn(to)];
    expect(after.logId).not.toBe(before.logId);
    const content = ({ all }: typeof before) => all.map(({ position: _, ...rest }) => rest);
    expect(content(after)).toEqual(content(before));
    expect(await ran('verify', 'database', to)).toMatch(/sealed boxes open[^]* 0 failed$/);
  });

  it('restores up to any position of the backed-up log, and to none of another', async () => {
    const to = withoutLog('earlier');
    expect(await ran('restore', '--from', backedUp, '--to', to, '--at', positionOf(logId, 17))).toContain(
      `17 entries, root ${toBase64(rootOf(record.treeAt(17)))}`,
    );
    expect((await entriesIn(to)).all.map(({ leaf }) => leaf)).toEqual(record.leaves.slice(0, 17));
    const later = withoutLog('later');
    for (const position of [positionOf(logId, ENTRIES + 1), positionOf('0123456789abcdef', 3), 'yesterday'])
      await expect(ran('restore', '--from', backedUp, '--to', later, '--at', position)).rejects.toThrow(/no position of this backup/);
    expect(readdirSync(later).filter((name) => name.startsWith('log.db'))).toEqual([]);
  });

  it('brings nothing back of a person who was erased after the backup was made', async () => {
    const to = withoutLog('erased');
    const { all } = await entriesIn(record.dataDir);
    const [box] = all.flatMap(({ boxes }) => boxes);
    const keys = openKeyStore({ dataDir: to, keyEncryptionKeyFile: null, clock: machineClock, random: machineRandom });
    await keys.tombstone(box?.person ?? '');
    await keys.close();
    expect(readTombstones(to)).toEqual(new Set([box?.person]));
    expect(await ran('restore', '--from', backedUp, '--to', to)).toContain('1 persons are erased');
    const restored = (await entriesIn(to)).all;
    expect(restored.map(({ leaf }) => leaf)).toEqual(record.leaves);
    const persons = new Set(restored.flatMap(({ boxes }) => boxes.map(({ person }) => person)));
    expect(persons.size).toBe(1);
    expect(persons).not.toContain(box?.person);
    const bytes = Buffer.from(box?.bytes ?? []);
    expect(readFileSync(join(backedUp, 'log.db')).includes(bytes)).toBe(true);
    for (const name of readdirSync(to)) expect([name, readFileSync(join(to, name)).includes(bytes)]).toEqual([name, false]);
  });

  it('keeps the keys in a backup of their own, which is put back whole and over nothing', async () => {
    expect(await ran('backup', '--keys', '--to', at('keys'))).toContain('Keep it secret');
    expect(readdirSync(at('keys')).sort()).toEqual([...KEY_FILES, 'manifest.json'].sort());
    const to = at('both');
    await ran('restore', '--from', backedUp, '--keys', at('keys'), '--to', to);
    expect(await ran('verify', 'database', to)).toMatch(/sealed boxes open/);
    // A key store that is there may know of more that was erased.
    rmSync(join(to, 'log.db'));
    const keys = openKeyStore({ dataDir: to, keyEncryptionKeyFile: null, clock: machineClock, random: machineRandom });
    await keys.personFor('Ny Person', null);
    await keys.close();
    await expect(ran('restore', '--from', backedUp, '--keys', at('keys'), '--to', to)).rejects.toThrow(/tombstones that must not be lost/);
  });

  it('clears away what an interrupted run left, and no run that is under way', async () => {
    mkdirSync(at('again.incomplete'));
    writeFileSync(join(at('again.incomplete'), 'log.db'), 'half');
    const lock = takeProcessLock(at('again.incomplete'));
    await expect(ran('backup', '--to', at('again'))).rejects.toThrow(/another process is writing in/);
    lock.release();
    await ran('backup', '--to', at('again'));
    expect(existsSync(at('again.incomplete'))).toBe(false);
    const to = withoutLog('interrupted');
    writeFileSync(join(to, 'log.db.restoring'), 'half');
    await ran('restore', '--from', at('again'), '--to', to);
    expect(readdirSync(to).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  describe('refuses, and leaves nothing behind,', () => {
    const nothingMadeAt = (name: string): void => expect(readdirSync(space).filter((one) => one.startsWith(name))).toEqual([]);

    it('to write where something is, or where there is no room', async () => {
      writeFileSync(at('a-file'), '');
      for (const to of [at('a-file'), backedUp])
        await expect(ran('backup', '--to', to)).rejects.toThrow(/name a directory that is not there yet/);
      await expect(makeWhole(at('vast'), Number.MAX_SAFE_INTEGER, async () => undefined)).rejects.toThrow(/bytes free on the disk/);
      nothingMadeAt('vast');
    });

    it('to keep what was not finished', async () => {
      const broken = makeWhole(at('broken'), 0, async (directory) => {
        writeFileSync(join(directory, 'half'), 'x');
        throw new Error('the power went');
      });
      await expect(broken).rejects.toThrow('the power went');
      nothingMadeAt('broken');
    });

    it('to call a copy that does not verify a backup', async () => {
      const failing = async (name: string, change: (file: string) => void): Promise<string> => {
        const dataDir = at(`${name}-record`);
        cpSync(record.dataDir, dataDir, { recursive: true });
        change(join(dataDir, 'log.db'));
        const quiet = { environment: { DATA_DIR: dataDir }, print: () => undefined, write: () => undefined };
        const failure = await runCommand(['backup', '--to', at(name)], quiet).then(
          () => 'it did not fail',
          (error: Error) => error.message,
        );
        expect([name, existsSync(at(name)), existsSync(at(`${name}.incomplete`))]).toEqual([name, false, false]);
        return failure;
      };
      const overwritten = (from: string, to: string) => (file: string) => {
        const bytes = readFileSync(file);
        expect(bytes.includes(from)).toBe(true);
        bytes.write(to, bytes.lastIndexOf(from));
        writeFileSync(file, bytes);
      };
      expect(await failing('no-json-leaf', overwritten('{"actor"', '["actor"'))).toMatch(/does not verify/);
      expect(await failing('cut', (file) => writeFileSync(file, readFileSync(file).subarray(0, 8_192)))).not.toBe('it did not fail');
      // A text that was changed well is told by what was signed, and by nothing else.
      const changedWell = overwritten('stand nummer', 'stand NUMMER');
      const signed = (file: string): void => {
        const memory = new Database(join(file, '..', 'signer.db'));
        memory.exec('CREATE TABLE origin(number INTEGER, key TEXT); CREATE TABLE checkpoint(origin INTEGER, size INTEGER, note TEXT)');
        memory.prepare('INSERT INTO origin VALUES (1, ?)').run(record.key);
        memory.prepare('INSERT INTO checkpoint VALUES (1, ?, ?)').run(ENTRIES, record.noteAt(ENTRIES));
        memory.close();
      };
      const both = (file: string): void => (signed(file), changedWell(file));
      expect(await failing('changed', both)).toContain(`The first ${ENTRIES} entries are not those that were signed for.`);
    });

    it('to restore what is no backup, of another version, of other things, or not as it was', async () => {
      const to = withoutLog('refused');
      const changed = (name: string, change: (directory: string) => void): string => {
        cpSync(backedUp, at(name), { recursive: true });
        change(at(name));
        return at(name);
      };
      const manifest = (edit: (text: string) => string) => (directory: string) =>
        writeFileSync(join(directory, 'manifest.json'), edit(readFileSync(join(directory, 'manifest.json'), 'utf8')));
      for (const [from, why] of [
        [record.dataDir, /is no backup/],
        [at('keys'), /backup of the keys, not of the record/],
        [changed('longer', (directory) => appendFileSync(join(directory, 'log.db'), 'x')), /not as it was when the backup was made/],
        [
          changed(
            'newer',
            manifest((text) => text.replace('"version": 1', '"version": 2')),
          ),
          /version 2; this program knows version 1/,
        ],
        [
          changed(
            'no-json',
            manifest((text) => text.slice(5)),
          ),
          /damaged/,
        ],
        [
          changed(
            'other',
            manifest((text) => text.replace('saksgang-backup', 'other')),
          ),
          /not of a backup/,
        ],
        [
          changed(
            'no-root',
            manifest((text) => text.replace('"root"', '"toor"')),
          ),
          /damaged/,
        ],
        [
          changed(
            'root',
            manifest((text) => text.replace(/"root": "./, '"root": "!')),
          ),
          /another root/,
        ],
      ] as const)
        await expect(ran('restore', '--from', from, '--to', to)).rejects.toThrow(why);
      expect(readdirSync(to).filter((name) => name.startsWith('log.db'))).toEqual([]);
    });

    it('to restore over a log, without keys unless told to, and where a server runs', async () => {
      await expect(ran('restore', '--from', backedUp, '--to', record.dataDir)).rejects.toThrow(/holds a log already/);
      await expect(ran('restore', '--from', backedUp, '--to', at('keyless'))).rejects.toThrow(/--without-keys/);
      expect(await ran('restore', '--from', backedUp, '--to', at('keyless'), '--without-keys')).toContain(`${ENTRIES} entries`);
      const busy = withoutLog('busy');
      const lock = takeProcessLock(busy);
      await expect(ran('restore', '--from', backedUp, '--to', busy)).rejects.toThrow(/another process is writing in/);
      lock.release();
    });
  });
});
