import { createHash } from 'node:crypto';
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
import { PersonErased, PersonUnknown, type Random } from '@saksgang/kernel';
import { KEY_ENCRYPTION_KEY_FILE, KEY_STORE_FILE, openKeyStore, type KeyStore } from './key-store.js';
import { KeyStoreRefused } from './key-store-refused.js';

const clock = { now: () => '2024-05-17T10:00:00.000Z' };
const seeded = (seed: string): Random => {
  let turn = 0;
  const block = (): Buffer => createHash('sha256').update(`${seed} ${turn++}`).digest();
  return { bytes: (count) => Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, block)).subarray(0, count) };
};

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
const edit = (sql: string): void => {
  const file = openSqliteFile(join(dataDir, KEY_STORE_FILE), { synchronous: 'FULL' });
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
afterEach(() => {
  for (const store of opened) store.close();
  rmSync(dataDir, { recursive: true });
});

describe('persons', () => {
  it('are found again by exactly their name, and made once', () => {
    const keys = open();
    const kari = keys.personFor('Kari Nordmann', null);
    expect(kari).toMatch(/^person-[0-9a-f-]{36}$/);
    expect(keys.personFor('Kari Nordmann', null)).toBe(kari);
    const others = ['kari nordmann', 'Kari  Nordmann', 'Kari Nordman', 'Ola Nordmann', ''].map((name) => keys.personFor(name, null));
    expect(new Set([kari, ...others]).size).toBe(6);
  });
  it('are the same whether a letter is composed or not', () => {
    const keys = open();
    expect(keys.personFor('Ka\u030are', null)).toBe(keys.personFor('K\u00e5re', null));
  });
  it('are found again after the store was closed, with the same key', () => {
    const before = open();
    const kari = before.personFor('Kari Nordmann', null);
    const key = Buffer.from(before.keyOf(kari).key ?? []);
    before.close();
    const after = open({ seed: 'second' });
    expect(after.personFor('Kari Nordmann', null)).toBe(kari);
    expect(Buffer.from(after.keyOf(kari).key ?? [])).toEqual(key);
    expect(key).toHaveLength(32);
  });
  it('may be known by a second name, by which they are then found', () => {
    const keys = open();
    const kari = keys.personFor('Kari Nordmann', null);
    expect(keys.personFor('Kari Hansen', kari)).toBe(kari);
    expect(keys.personFor('Kari Hansen', null)).toBe(kari);
    expect(keys.personFor('Kari Nordmann', null)).toBe(kari);
  });
  it('have keys of their own', () => {
    const keys = open();
    const [kari, ola] = ['Kari', 'Ola'].map((name) => keys.keyOf(keys.personFor(name, null)).key);
    expect(kari).not.toEqual(ola);
  });
  it('that the store has never seen are unknown, not erased', () => {
    const keys = open();
    expect(keys.keyOf('person-0').state).toBe('UNKNOWN');
    expect(() => keys.personFor('Kari', 'person-0')).toThrow(PersonUnknown);
    expect(() => keys.tombstone('person-0')).toThrow(PersonUnknown);
    expect(keys.personFor('Kari', null)).not.toBe('person-0');
  });
});

describe('two processes on one store', () => {
  it('share one key-encryption key, and see each other’s persons, names and tombstones', () => {
    const one = open({ seed: 'one' });
    const two = open({ seed: 'two' });
    const kari = one.personFor('Kari', null);
    expect(two.personFor('Kari', null)).toBe(kari);
    expect(two.keyOf(kari)).toEqual(one.keyOf(kari));
    one.personFor('Kari Hansen', kari);
    expect(two.personFor('Kari Hansen', null)).toBe(kari);
    two.tombstone(kari);
    expect(one.keyOf(kari).state).toBe('ERASED');
  });
});

describe('a tombstone', () => {
  it('ends all use of the key, and stands after the store was closed', () => {
    const keys = open();
    const kari = keys.personFor('Kari', null);
    const ola = keys.personFor('Ola', null);
    keys.tombstone(kari);
    keys.tombstone(kari);
    expect(keys.keyOf(kari)).toEqual({ state: 'ERASED', key: null });
    expect(() => keys.personFor('Kari', null)).toThrow(PersonErased);
    expect(() => keys.personFor('Kari Hansen', kari)).toThrow(PersonErased);
    keys.close();
    const after = open({ seed: 'second' });
    expect(after.keyOf(kari).state).toBe('ERASED');
    expect(after.keyOf(ola).state).toBe('LIVE');
  });
  it('is not taken back, and no person is deleted, by whoever has the file open', () => {
    const keys = open();
    keys.tombstone(keys.personFor('Kari', null));
    expect(() => edit('UPDATE person SET tombstoned_at = NULL')).toThrow(/never taken back/);
    expect(() => edit('DELETE FROM person_name; DELETE FROM person')).toThrow(/never deleted/);
  });
  it('stands when the key is gone, and the name then makes a new person', () => {
    const keys = open();
    const kari = keys.personFor('Kari', null);
    keys.tombstone(kari);
    edit('DELETE FROM person_name; UPDATE person SET wrapped = NULL');
    expect(keys.keyOf(kari).state).toBe('ERASED');
    expect(keys.personFor('Kari', null)).not.toBe(kari);
  });
});

describe('the files', () => {
  it('are for their owner only', () => {
    open().personFor('Kari', null);
    for (const name of readdirSync(dataDir)) expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining([KEY_ENCRYPTION_KEY_FILE, KEY_STORE_FILE]));
  });
  it('hold neither a name nor an unwrapped key', () => {
    const keys = open();
    const kari = keys.personFor('Kari Kanarifugl', null);
    const key = Buffer.from(keys.keyOf(kari).key ?? []);
    const encryptionKey = Buffer.from(readFileSync(keyFile(), 'utf8'), 'base64url');
    for (const name of readdirSync(dataDir)) {
      const bytes = readFileSync(join(dataDir, name));
      expect(bytes.includes('Kanarifugl')).toBe(false);
      expect(bytes.includes(key)).toBe(false);
      expect(bytes.includes(encryptionKey)).toBe(false);
    }
    expect(encryptionKey).toHaveLength(32);
  });
  it('of a newer program are refused', () => {
    open().close();
    edit('PRAGMA user_version = 99');
    expect(() => open()).toThrow(NewerDatabase);
  });
});

describe('the key-encryption key', () => {
  it('is made once', () => {
    open().close();
    const made = readFileSync(keyFile(), 'utf8');
    open({ seed: 'second' }).close();
    expect(readFileSync(keyFile(), 'utf8')).toBe(made);
    expect(readdirSync(dataDir).filter((name) => name.startsWith(KEY_ENCRYPTION_KEY_FILE))).toEqual([KEY_ENCRYPTION_KEY_FILE]);
  });
  it('is refused when others may read it', () => {
    open().close();
    for (const mode of [0o640, 0o604, 0o660, 0o601]) {
      chmodSync(keyFile(), mode);
      const refused = refusalOf(() => open());
      expect(refused.code).toBe('KEY_FILE_TOO_OPEN');
      expect(refused.message).toContain(`chmod 600 '${keyFile()}'`);
    }
    chmodSync(keyFile(), 0o400);
    open().close();
  });
  it('is not made anew while there are keys that it wrapped', () => {
    const keys = open();
    keys.personFor('Kari', null);
    keys.close();
    copyFileSync(keyFile(), `${keyFile()}.kept`);
    unlinkSync(keyFile());
    expect(refusalOf(() => open()).code).toBe('KEY_FILE_MISSING');
    expect(existsSync(keyFile())).toBe(false);
    copyFileSync(`${keyFile()}.kept`, keyFile());
    expect(open().keyOf('person-0').state).toBe('UNKNOWN');
  });
  it('of another store is refused', () => {
    const keys = open();
    keys.personFor('Kari', null);
    keys.close();
    writeFileSync(keyFile(), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    expect(refusalOf(() => open()).code).toBe('KEY_WRONG');
  });
  it('is refused when the file does not hold 32 bytes of base64', () => {
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
  it('may come from a file of its own, as openssl writes it, and is then not made', () => {
    const elsewhere = join(dataDir, 'elsewhere.key');
    expect(refusalOf(() => open({ keyEncryptionKeyFile: elsewhere })).code).toBe('KEY_FILE_MISSING');
    writeFileSync(elsewhere, `${Buffer.alloc(32, 0xfb).toString('base64')}\n`, { mode: 0o600 });
    expect(readFileSync(elsewhere, 'utf8')).toMatch(/[+/].*=\n$/);
    const keys = open({ keyEncryptionKeyFile: elsewhere });
    const kari = keys.personFor('Kari', null);
    keys.close();
    expect(open({ keyEncryptionKeyFile: elsewhere }).personFor('Kari', null)).toBe(kari);
    expect(existsSync(keyFile())).toBe(false);
  });
});
