import { createHash, randomFillSync } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NewerDatabase, openSqliteFile } from '@saksgang/database';
import { LOCALES, TITLE_BYTES_MAX, isRefusal, type Actor, type Random, type Refusal } from '@saksgang/kernel';
import { createSealer, openKeyStore, type KeyStore } from '@saksgang/recording';
import { accessContract } from '../testing/access.contract.js';
import { COMMAND_LINE, EXAMPLE_LOADER, ROLES, openAccess, systemActor, type Access, type CreatedApiKey } from './api-keys.js';
import { createIdentify, type Identity } from './identity.js';
import { ACCESS_FILE } from './sqlite-access-rows.js';
import { createTokens } from './tokens.js';

// Keys must differ, and nothing asked here depends on which they are: the real source.
const random: Random = { bytes: (count) => randomFillSync(new Uint8Array(count)) };
let minute = 0;
const clock = { now: () => `2024-05-17T10:${String(minute++ % 60).padStart(2, '0')}:00.000Z` };

let dataDir: string;
let keys: KeyStore;
let access: Access;
const open = (): Access => openAccess({ dataDir, sealer: createSealer({ keys, random }), clock, random });

beforeEach(() => {
  minute = 0;
  dataDir = mkdtempSync(join(tmpdir(), 'saksgang-access-'));
  keys = openKeyStore({ dataDir, keyEncryptionKeyFile: null, clock, random });
  access = open();
});
afterEach(async () => {
  await access.close();
  await keys.close();
  rmSync(dataDir, { recursive: true });
});

const made = async (name: string, role = 'secretariat', actorKind = 'MACHINE'): Promise<CreatedApiKey> => {
  const created = await access.create({ name, role, actorKind });
  if (isRefusal(created)) throw new Error(`refused: ${created.code}`);
  return created;
};
/** Who asks, by what one request carries. */
const identified = (headers: Readonly<Record<string, unknown>>): Promise<Identity> =>
  createIdentify({ access, tokens: createTokens([], { clock, scheduler: { sleep: () => new Promise(() => undefined) }, fetch }) })({
    headers: {},
    connection: headers,
  });
const authenticate = async (headers: Readonly<Record<string, unknown>>): Promise<Actor | null> => {
  const identity = await identified(headers);
  return identity.state === 'KNOWN' ? identity.actor : null;
};
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const editIn = (directory: string, sql: string): void => {
  const file = openSqliteFile(join(directory, ACCESS_FILE), { synchronous: 'FULL' });
  try {
    file.exec(sql);
  } finally {
    file.close();
  }
};
const edit = (sql: string): void => editIn(dataDir, sql);
/** A key that differs in its last character. */
const otherThan = (secret: string): string => `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;

accessContract('a file', async () => ({
  rows: async () => null,
  keys: async (directory, from) => openKeyStore({ dataDir: directory, keyEncryptionKeyFile: null, clock, random: from }),
  edit: async (directory, sql) => editIn(directory, sql),
  remove: async () => undefined,
}));

describe('a key', () => {
  it('is sk_ and 32 bytes, shown once, and tells who asks', async () => {
    const { secret, apiKey } = await made('Arkivsystemet', 'steering');
    expect(secret).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
    expect(await authenticate(bearer(secret))).toEqual({ id: apiKey.actor, role: 'steering', actorKind: 'MACHINE' });
    expect(apiKey).toEqual({
      id: expect.stringMatching(/^key-[0-9a-f-]{36}$/) as string,
      prefix: secret.slice(0, 9),
      actor: expect.stringMatching(/^actor-[0-9a-f-]{36}$/) as string,
      name: { state: 'SHOWN', value: 'Arkivsystemet' },
      role: 'steering',
      actorKind: 'MACHINE',
      createdAt: '2024-05-17T10:00:00.000Z',
      revokedAt: null,
      expiresAt: null,
      scopes: null,
    });
  });
  it('is stored as its SHA-256 only', async () => {
    const { secret } = await made('Arkivsystemet');
    const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)));
    expect(files.some((bytes) => bytes.includes(secret) || bytes.includes(secret.slice(9)))).toBe(false);
    const digest = createHash('sha256').update(secret).digest();
    expect(files.some((bytes) => bytes.includes(digest))).toBe(true);
  });
  it('counts as Bearer in any case of the scheme, as x-api-key, and in the payload that opens a WebSocket', async () => {
    const { secret, apiKey } = await made('Arkivsystemet');
    const presented = [
      { authorization: `bearer ${secret}` },
      { authorization: `BEARER   ${secret} ` },
      { 'x-api-key': secret },
      { Authorization: `Bearer ${secret}` },
      { 'X-API-Key': secret },
    ];
    for (const one of presented) expect((await authenticate(one))?.id).toBe(apiKey.actor);
  });
  it('is no good when it is another, cut, bare, doubled or no text', async () => {
    const { secret } = await made('Arkivsystemet');
    const other = (await made('Et annet system')).secret;
    const presented = [
      {},
      bearer(otherThan(secret)),
      bearer(secret.slice(0, -1)),
      bearer(`${secret}A`),
      bearer(`${secret} ${secret}`),
      bearer(''),
      { authorization: secret },
      { authorization: `Basic ${secret}` },
      { authorization: [`Bearer ${secret}`] },
      { 'x-api-key': `${secret}, ${secret}` },
      { 'x-api-key': 7 },
      { 'x-api-key': other, authorization: `Bearer ${secret}` },
      { 'x-api-key': secret, authorization: `Bearer ${secret}` },
      { Authorization: `Bearer ${secret}`, authorization: `Bearer ${secret}` },
      bearer(`sk_${'A'.repeat(100_000)}`),
      bearer("' OR 1=1 --"),
      bearer(createHash('sha256').update(secret).digest('base64url')),
    ];
    for (const one of presented) expect([one, await authenticate(one)]).toEqual([one, null]);
  });
});

describe('a key that is made for a time or for some commands', () => {
  const commands = ['addNote', 'reportPoint'];
  const makeWith = async (bounds: Readonly<{ expires?: string; scopes?: readonly string[] }>): Promise<CreatedApiKey | Refusal> => {
    await access.close();
    access = openAccess({ dataDir, sealer: createSealer({ keys, random }), clock: { now: () => now }, random, commands });
    return access.create({ name: 'Arkivsystemet', role: 'secretariat', actorKind: 'MACHINE', ...bounds });
  };
  const goodWith = async (bounds: Parameters<typeof makeWith>[0]): Promise<CreatedApiKey> => {
    const made = await makeWith(bounds);
    if (isRefusal(made)) throw new Error(made.code);
    return made;
  };
  let now: string;
  beforeEach(() => {
    now = '2026-03-02T10:00:00.000Z';
  });

  it.each([
    ['2026-03-02', '2026-03-02T22:59:59.999Z'],
    ['2027-01-01', '2027-01-01T22:59:59.999Z'],
    ['2026-07-01', '2026-07-01T21:59:59.999Z'],
    ['90d', '2026-05-31T10:00:00.000Z'],
  ])('is good through %s and says that it has expired from then on', async (expires, until) => {
    const { secret, apiKey } = await goodWith({ expires });
    expect(apiKey.expiresAt).toBe(until);
    now = new Date(Date.parse(until) - 1).toISOString();
    expect(await access.byKey(secret)).toMatchObject({ until });
    now = until;
    expect(await access.byKey(secret)).toBe('EXPIRED');
    const identity = await identified(bearer(secret));
    expect(identity).toMatchObject({ state: 'REFUSED', status: 401, refusal: { code: 'UNAUTHENTICATED' } });
    if (identity.state === 'REFUSED') expect(identity.refusal.message.nb).toContain('utløpt');
  });
  it.each(['', '2026-03-01', '2026-02-30', '0d', '4000d', '90', '-1d', '2099-01-01', '1e3d', 'i morgen'])(
    'is refused for «%s»',
    async (expires) => {
      expect(await makeWith({ expires })).toMatchObject({ code: 'BAD_KEY_EXPIRY' });
    },
  );
  it('is for those commands alone, each once, or for reading', async () => {
    const { secret, apiKey } = await goodWith({ scopes: ['reportPoint', 'addNote', 'addNote'] });
    expect(apiKey.scopes).toEqual(['addNote', 'reportPoint']);
    expect(await access.byKey(secret)).toMatchObject({ actor: { scope: ['addNote', 'reportPoint'] } });
    expect((await goodWith({ scopes: ['read'] })).apiKey.scopes).toEqual([]);
    for (const scopes of [[], ['read', 'addNote'], ['ADDNOTE'], ['erasePerson'], ['addNote', '']])
      expect(await makeWith({ scopes })).toMatchObject({ code: 'BAD_KEY_SCOPE' });
  });
  it('keeps what it was made for: not even the file lets it be changed', async () => {
    await goodWith({ expires: '90d', scopes: ['addNote'] });
    for (const change of ["expires_at = '2099-01-01T00:00:00.000Z'", 'expires_at = NULL', 'scopes = NULL'])
      expect(() => edit(`UPDATE api_key SET ${change}`)).toThrow(/when it is made/);
  });
  it('leaves the keys of before as they were: good, and for all that their role may', async () => {
    const { secret, apiKey } = await made('Arkivsystemet');
    await access.close();
    // As the first program left it.
    edit(`DROP TABLE token_actor; DROP TRIGGER bounds_stay; ALTER TABLE api_key DROP COLUMN expires_at;
      ALTER TABLE api_key DROP COLUMN scopes; PRAGMA user_version = 1`);
    access = open();
    expect(await authenticate(bearer(secret))).toEqual({ id: apiKey.actor, role: 'secretariat', actorKind: 'MACHINE' });
    expect(await access.list()).toEqual([apiKey]);
  });
});

describe('creating refuses', () => {
  const refusedFor = async (name: string, role = 'secretariat', actorKind = 'MACHINE'): Promise<Refusal> => {
    const answer = await access.create({ name, role, actorKind });
    if (!isRefusal(answer)) throw new Error('it was not refused');
    return answer;
  };
  it('a name that is none, and says so in three languages', async () => {
    for (const name of ['', '  ', 'to\nlinjer', 'a\u0000', '\ud800', 'ø'.repeat(TITLE_BYTES_MAX / 2 + 1)]) {
      const refused = await refusedFor(name);
      expect(refused.code).toBe('BAD_KEY_NAME');
      for (const locale of LOCALES) expect(refused.message[locale] + refused.whatToDo[locale]).not.toMatch(/undefined|^$/);
    }
    expect((await made('ø'.repeat(TITLE_BYTES_MAX / 2))).apiKey.name.value).toHaveLength(TITLE_BYTES_MAX / 2);
  });
  it('a role or a kind of actor that is none', async () => {
    for (const role of ['', 'Secretariat', 'root', 'constructor', '__proto__'])
      expect((await refusedFor('Navn', role)).code).toBe('BAD_ROLE');
    for (const kind of ['', 'person', 'SYSTEM']) expect((await refusedFor('Navn', 'admin', kind)).code).toBe('BAD_ACTOR_KIND');
    expect(await access.list()).toEqual([]);
    for (const role of ROLES) expect((await made('Navn', role)).apiKey.role).toBe(role);
  });
  it('a person who is being erased', async () => {
    const { apiKey } = await made('Kari Nordmann', 'steering', 'PERSON');
    await keys.tombstone(await keys.personFor('Kari Nordmann', null));
    expect((await refusedFor('Kari Nordmann', 'steering', 'PERSON')).code).toBe('PERSON_ERASED');
    expect((await access.list()).map(({ id }) => id)).toEqual([apiKey.id]);
  });
});

describe('a person’s name', () => {
  it('of a holder of tokens or a key is sealed: no file holds it, nor whose tokens they are', async () => {
    const { apiKey } = await made('Kari Kanarifugl', 'steering', 'PERSON');
    const token = {
      issuer: 'https://a.no',
      subject: 'kari',
      role: 'steering',
      name: 'Per Kanarifugl',
      actorKind: 'PERSON',
      until: 0,
    } as const;
    await access.actorOf(token);
    for (const name of readdirSync(dataDir)) expect(readFileSync(join(dataDir, name)).includes('"kari"')).toBe(false);
    for (const name of readdirSync(dataDir))
      expect([name, readFileSync(join(dataDir, name)).includes('Kanarifugl')]).toEqual([name, false]);
    expect(await access.byId(apiKey.actor)).toEqual({
      id: apiKey.actor,
      role: 'steering',
      actorKind: 'PERSON',
      name: { state: 'SHOWN', value: 'Kari Kanarifugl' },
    });
  });
});

describe('actors', () => {
  it('of the program are known without a key', async () => {
    expect(systemActor(EXAMPLE_LOADER)).toEqual({ id: 'example-loader', role: 'secretariat', actorKind: 'SYSTEM' });
    expect((await access.byId(EXAMPLE_LOADER))?.name).toEqual({ state: 'SHOWN', value: 'example-loader' });
    expect(systemActor(COMMAND_LINE)).toEqual({ id: 'command-line', role: 'admin', actorKind: 'SYSTEM' });
    expect(systemActor('constructor')).toBeNull();
  });
  it('that nobody made are not known', async () => {
    for (const id of ['', 'actor-0', 'somebody']) expect(await access.byId(id)).toBeNull();
  });
});

describe('the file', () => {
  it('is for its owner only', async () => {
    await made('Arkivsystemet');
    for (const name of readdirSync(dataDir).filter((one) => one.startsWith(ACCESS_FILE)))
      expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
  });
  it('of a newer program is refused', () => {
    edit('PRAGMA user_version = 99');
    expect(open).toThrow(NewerDatabase);
  });
});
