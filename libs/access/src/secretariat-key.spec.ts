import { randomFillSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '@saksgang/kernel';
import { createSealer, openKeyStore, type KeyStore } from '@saksgang/recording';
import { SECRETARIAT_KEY_FILE, openAccess, type Access } from './api-keys.js';

const random: Random = { bytes: (count) => randomFillSync(new Uint8Array(count)) };
const clock = { now: () => '2024-05-17T10:00:00.000Z' };

let dataDir: string;
let keys: KeyStore;
let access: Access;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'saksgang-access-'));
  keys = openKeyStore({ dataDir, keyEncryptionKeyFile: null, clock, random });
  access = openAccess({ dataDir, sealer: createSealer({ keys, random }), clock, random });
});
afterEach(() => {
  access.close();
  keys.close();
  rmSync(dataDir, { recursive: true });
});

describe('the first key', () => {
  const file = (): string => join(dataDir, SECRETARIAT_KEY_FILE);

  it('is the secretariat’s, and stays in a file for its owner only', async () => {
    const first = access.ensureFirstKey();
    expect(first).toEqual({ secret: expect.stringMatching(/^sk_/) as string, file: file() });
    expect(await access.byKey(first?.secret ?? '')).toMatchObject({ actor: { role: 'secretariat', actorKind: 'MACHINE' } });
    expect(readFileSync(file(), 'utf8')).toBe(`${first?.secret ?? ''}\n`);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });
  it('is made once, also when it has been revoked since', async () => {
    const first = access.ensureFirstKey();
    expect(access.ensureFirstKey()).toBeNull();
    await access.revoke((await access.list())[0]?.id ?? '');
    expect(access.ensureFirstKey()).toBeNull();
    expect(readFileSync(file(), 'utf8')).toBe(`${first?.secret ?? ''}\n`);
  });
  it('is not made where somebody has made a key before', async () => {
    await access.create({ name: 'Arkivsystemet', role: 'steering', actorKind: 'MACHINE' });
    expect(access.ensureFirstKey()).toBeNull();
    expect(existsSync(file())).toBe(false);
  });
  it('replaces a file that a start before it left behind, and leaves no draft', () => {
    writeFileSync(file(), 'sk_old\n', { mode: 0o644 });
    const first = access.ensureFirstKey();
    expect(readFileSync(file(), 'utf8')).toBe(`${first?.secret ?? ''}\n`);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).filter((name) => name.startsWith(SECRETARIAT_KEY_FILE))).toEqual([SECRETARIAT_KEY_FILE]);
  });
});
