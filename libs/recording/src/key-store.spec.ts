import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NewerDatabase, openSqliteFile } from '@saksgang/database';
import { keyStoreContract } from '../testing/key-store.contract.js';
import { seeded } from '../testing/world.js';
import { KEY_ENCRYPTION_KEY_FILE } from './key-encryption-key.js';
import { KEY_STORE_FILE, type KeyStore } from './key-store.js';
import { KeyStoreRefused } from './key-store-refused.js';
import { openKeyStore } from './sqlite-key-store.js';

const clock = { now: () => '2024-05-17T10:00:00.000Z' };
let dataDir: string;
let opened: KeyStore[];
const open = (options: Readonly<{ seed?: string; keyEncryptionKeyFile?: string }> = {}): KeyStore => {
  const store = openKeyStore({
    dataDir,
    keyEncryptionKeyFile: options.keyEncryptionKeyFile ?? null,
    clock,
    random: seeded(options.seed ?? 'first'),
  });
  opened.push(store);
  return store;
};
const refusalOf = (work: () => unknown): KeyStoreRefused => {
  try {
    work();
  } catch (fault) {
    if (fault instanceof KeyStoreRefused) return fault;
    throw fault;
  }
  throw new Error('it was not refused');
};
const keyFile = (): string => join(dataDir, KEY_ENCRYPTION_KEY_FILE);
const editIn = (directory: string, sql: string): void => {
  const file = openSqliteFile(join(directory, KEY_STORE_FILE), { synchronous: 'FULL' });
  try {
    file.exec(sql);
  } finally {
    file.close();
  }
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'saksgang-keys-'));
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  rmSync(dataDir, { recursive: true });
});

keyStoreContract('a file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'saksgang-keys-'));
  const at = (seed: string): KeyStore => openKeyStore({ dataDir: directory, keyEncryptionKeyFile: null, clock, random: seeded(seed) });
  return {
    open: async (seed = 'first') => at(seed),
    keyFile: join(directory, KEY_ENCRYPTION_KEY_FILE),
    edit: async (sql) => editIn(directory, sql),
    remove: async () => rmSync(directory, { recursive: true }),
  };
});

describe('the files', () => {
  it('are for their owner only', async () => {
    await open().personFor('Kari', null);
    for (const name of readdirSync(dataDir)) expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining([KEY_ENCRYPTION_KEY_FILE, KEY_STORE_FILE]));
  });
  it('hold neither a name nor an unwrapped key', async () => {
    const keys = open();
    const kari = await keys.personFor('Kari Kanarifugl', null);
    const key = Buffer.from((await keys.keyOf(kari)).key ?? []);
    const encryptionKey = Buffer.from(readFileSync(keyFile(), 'utf8'), 'base64url');
    for (const name of readdirSync(dataDir)) {
      const bytes = readFileSync(join(dataDir, name));
      expect(bytes.includes('Kanarifugl')).toBe(false);
      expect(bytes.includes(key)).toBe(false);
      expect(bytes.includes(encryptionKey)).toBe(false);
    }
    expect(encryptionKey).toHaveLength(32);
  });
  it('of a newer program are refused', async () => {
    await open().close();
    editIn(dataDir, 'PRAGMA user_version = 99');
    expect(() => open()).toThrow(NewerDatabase);
  });
});

describe('the key-encryption key', () => {
  it('is made once', async () => {
    await open().close();
    const made = readFileSync(keyFile(), 'utf8');
    await open({ seed: 'second' }).close();
    expect(readFileSync(keyFile(), 'utf8')).toBe(made);
    expect(readdirSync(dataDir).filter((name) => name.startsWith(KEY_ENCRYPTION_KEY_FILE))).toEqual([KEY_ENCRYPTION_KEY_FILE]);
  });
  it('is refused when others may read it', async () => {
    await open().close();
    for (const mode of [0o640, 0o604, 0o660, 0o601]) {
      chmodSync(keyFile(), mode);
      const refused = refusalOf(() => open());
      expect(refused.code).toBe('KEY_FILE_TOO_OPEN');
      expect(refused.message).toContain(`chmod 600 '${keyFile()}'`);
    }
    chmodSync(keyFile(), 0o400);
    await open().close();
  });
  it('is not made anew while there are keys that it wrapped', async () => {
    const keys = open();
    await keys.personFor('Kari', null);
    await keys.close();
    copyFileSync(keyFile(), `${keyFile()}.kept`);
    unlinkSync(keyFile());
    expect(refusalOf(() => open()).code).toBe('KEY_FILE_MISSING');
    expect(existsSync(keyFile())).toBe(false);
    copyFileSync(`${keyFile()}.kept`, keyFile());
    expect((await open().keyOf('person-0')).state).toBe('UNKNOWN');
  });
  it('of another store is refused', async () => {
    const keys = open();
    await keys.personFor('Kari', null);
    await keys.close();
    writeFileSync(keyFile(), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    expect(refusalOf(() => open()).code).toBe('KEY_WRONG');
  });
  it('is refused when the file does not hold 32 bytes of base64', async () => {
    for (const text of [
      '',
      'x',
      Buffer.alloc(31).toString('base64'),
      Buffer.alloc(33).toString('base64'),
      `${'A'.repeat(43)}!`,
      'A'.repeat(5_000),
    ]) {
      writeFileSync(keyFile(), text, { mode: 0o600 });
      const refused = refusalOf(() => open());
      expect(refused.code).toBe('KEY_FILE_MALFORMED');
      if (text.length > 1) expect(refused.message).not.toContain(text);
    }
  });
  it('may come from a file of its own, as openssl writes it, and is then not made', async () => {
    const elsewhere = join(dataDir, 'elsewhere.key');
    expect(refusalOf(() => open({ keyEncryptionKeyFile: elsewhere })).code).toBe('KEY_FILE_MISSING');
    writeFileSync(elsewhere, `${Buffer.alloc(32, 0xfb).toString('base64')}\n`, { mode: 0o600 });
    expect(readFileSync(elsewhere, 'utf8')).toMatch(/[+/].*=\n$/);
    const keys = open({ keyEncryptionKeyFile: elsewhere });
    const kari = await keys.personFor('Kari', null);
    await keys.close();
    expect(await open({ keyEncryptionKeyFile: elsewhere }).personFor('Kari', null)).toBe(kari);
    expect(existsSync(keyFile())).toBe(false);
  });
});
