import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { exampleFile } from './settings/example-file.js';
import { misspelt } from './settings/spelling.js';
import { BadSettings, readSettings, SETTINGS } from './settings.js';

describe('settings', () => {
  it('has a default for everything, so that an empty environment serves', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', EVENT_STORE: 'sqlite', EXAMPLE_RECORD: false, GRAPHIQL: true });
  });

  it.each(['0', '-1', '1.5', 'ninety', '40000'])('refuses %s days as the time after which something is stale', (STALE_AFTER_DAYS) => {
    expect(() => readSettings({ STALE_AFTER_DAYS })).toThrow(/STALE_AFTER_DAYS: is «/);
    expect(readSettings({ STALE_AFTER_DAYS: '30' }).STALE_AFTER_DAYS).toBe(30);
    expect(readSettings({}).STALE_AFTER_DAYS).toBe(90);
  });

  it.each(['0', '1.5', 'often', '90000'])('refuses %s seconds between two checkpoints', (CHECKPOINT_SECONDS) => {
    expect(() => readSettings({ CHECKPOINT_SECONDS })).toThrow(/CHECKPOINT_SECONDS: is «/);
    expect(readSettings({ CHECKPOINT_SECONDS: '5' }).CHECKPOINT_SECONDS).toBe(5);
  });

  it.each(['postliste for kommunen', 'a+b'])('refuses «%s» as the origin, which no signed note could hold', (RECORD_ORIGIN) => {
    expect(() => readSettings({ RECORD_ORIGIN })).toThrow(/RECORD_ORIGIN: is «/);
    expect(readSettings({ RECORD_ORIGIN: 'postliste.eksempel.no/saksgang' }).RECORD_ORIGIN).toBe('postliste.eksempel.no/saksgang');
  });

  it('takes an empty value for not set', () => {
    expect(readSettings({ PORT: '', LOG_LEVEL: '' }).PORT).toBe(3000);
  });

  it('lists every bad setting with what it should be', () => {
    const bad = () => readSettings({ PORT: 'three', EVENT_STORE: 'oracle', EXAMPLE_RECORD: 'yes' });
    expect(bad).toThrow(BadSettings);
    expect(bad).toThrow(/PORT: is «three»/);
    expect(bad).toThrow(/EVENT_STORE: is «oracle», should be sqlite/);
    expect(bad).toThrow(/EXAMPLE_RECORD: is «yes», should be on or off/);
  });

  it.each(['-1', '65536', '3.5', 'NaN'])('refuses the port %s', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(BadSettings);
  });

  it('takes a database for the read models, and shows its password nowhere', () => {
    const DATABASE_URL = 'postgres://saksgang:hemmelig@db:5432/saksgang';
    expect(readSettings({ DATABASE_URL })).toMatchObject({ DATABASE_URL });
    expect(() => readSettings({ DATABASE_URL, DATABASE_URL_FILE: '/x' })).toThrow(/Set one of them/);
    expect(() => readSettings({ DATABASE_URL: 'mysql://saksgang:hemmelig@db/x' })).toThrow(
      /DATABASE_URL: is «…», should be the address of a database/,
    );
  });

  it('takes a connection with the engine that needs one, by one way and no other', () => {
    const EVENT_STORE = 'kurrent';
    const EVENTSTORE_CONNECTION = 'esdb://saksgang:hemmelig@db:2113';
    expect(readSettings({ EVENT_STORE, EVENTSTORE_CONNECTION })).toMatchObject({ EVENT_STORE, EVENTSTORE_CONNECTION });
    expect(() => readSettings({ EVENT_STORE })).toThrow(/takes EVENTSTORE_CONNECTION or EVENTSTORE_CONNECTION_FILE/);
    expect(() => readSettings({ EVENT_STORE, EVENTSTORE_CONNECTION, EVENTSTORE_CONNECTION_FILE: '/x' })).toThrow(/Set one of them/);
    expect(() => readSettings({ EVENTSTORE_CONNECTION })).toThrow(/EVENTSTORE_CONNECTION: is set, but EVENT_STORE is sqlite/);
    expect(() => readSettings({ EVENTSTORE_CONNECTION })).not.toThrow(/hemmelig/);
  });

  describe('that are secrets', () => {
    let folder: string;
    let file: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'saksgang-settings-'));
      file = join(folder, 'secret');
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    const write = (text: string, mode: number): void => {
      writeFileSync(file, text);
      chmodSync(file, mode);
    };
    const GOOD = 'c2Vrc3RlbiBoZW1tZWxpZ2UgYnl0ZXM=';

    it('may stand in a file that not everybody may read', () => {
      write(`${GOOD}\n`, 0o600);
      expect(readSettings({ METRICS_TOKEN_FILE: file })).toMatchObject({ METRICS_TOKEN: GOOD });
      write('esdb://saksgang:hemmelig@db:2113\n', 0o640);
      expect(readSettings({ EVENT_STORE: 'kurrent', EVENTSTORE_CONNECTION_FILE: file })).toMatchObject({
        EVENTSTORE_CONNECTION: 'esdb://saksgang:hemmelig@db:2113',
      });
    });

    it.each([
      ['that everybody may read', 0o644, GOOD, /METRICS_TOKEN_FILE: is «.*», but everybody on this machine may use it\. Run: chmod 600/],
      ['that everybody may write', 0o602, GOOD, /chmod 600/],
      ['that is too large for one', 0o600, 'x'.repeat(10_001), /no file of at most/],
      ['with a secret that is too short', 0o600, 'hemmelig', /METRICS_TOKEN: is «…», should be at least 24 characters/],
    ])('are not taken from a file %s', (_which, mode, text, why) => {
      write(text, mode);
      expect(() => readSettings({ METRICS_TOKEN_FILE: file })).toThrow(why);
      expect(() => readSettings({ METRICS_TOKEN_FILE: file })).not.toThrow(text);
    });

    it('are refused where they stand twice, nowhere, or are known to everybody, and are never told', () => {
      expect(() => readSettings({ METRICS_TOKEN: GOOD, METRICS_TOKEN_FILE: file })).toThrow(/METRICS_TOKEN_FILE: is set beside/);
      expect(() => readSettings({ METRICS_TOKEN_FILE: file })).toThrow(/there is no such file/);
      for (const METRICS_TOKEN of ['changeme', 'a'.repeat(40), '12341234123412341234123412341234', 'to ord med mellomrom og langt nok']) {
        expect(() => readSettings({ METRICS_TOKEN })).toThrow(/METRICS_TOKEN: is «…»/);
        expect(() => readSettings({ METRICS_TOKEN })).not.toThrow(METRICS_TOKEN);
      }
      const EVENTSTORE_CONNECTION = 'esdb://admin:changeit@db:2113';
      expect(() => readSettings({ EVENT_STORE: 'kurrent', EVENTSTORE_CONNECTION })).toThrow(/a password other than «changeit»/);
    });
  });

  it('keeps the figures of the service from other machines, unless they know a secret', () => {
    expect(readSettings({ METRICS_PORT: '9464' })).toMatchObject({ METRICS_PORT: 9464, METRICS_HOST: '127.0.0.1' });
    expect(readSettings({}).METRICS_PORT).toBeUndefined();
    expect(() => readSettings({ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' })).toThrow(
      /Set METRICS_TOKEN or METRICS_TOKEN_FILE as well/,
    );
    const METRICS_TOKEN = 'c2Vrc3RlbiBoZW1tZWxpZ2UgYnl0ZXM=';
    expect(readSettings({ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0', METRICS_TOKEN })).toMatchObject({ METRICS_HOST: '0.0.0.0' });
    for (const OTEL_EXPORTER_OTLP_ENDPOINT of ['collector:4318', 'grpc://collector:4317', 'http://user:secret@collector:4318'])
      expect(() => readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT })).toThrow(/should be the address of a collector/);
  });

  it.each([
    ['RATE_PER_MINTUE', 'RATE_PER_MINUTE'],
    ['PUBLIC_RAED', 'PUBLIC_READ'],
    ['CORS_ORIGIN', 'CORS_ORIGINS'],
    ['SIGNING_KEYFILE', 'SIGNING_KEY_FILE'],
    ['SAKSGANG_DATA_DIR', 'names without SAKSGANG_'],
  ])('warns of %s, without its value', (name, meant) => {
    expect(misspelt({ [name]: 'hemmelig' }, Object.keys(SETTINGS))).toEqual([expect.stringContaining(meant)]);
    expect(misspelt({ [name]: 'hemmelig' }, Object.keys(SETTINGS))).not.toEqual([expect.stringContaining('hemmelig')]);
  });

  it('warns of nothing else', () => {
    const others = { PATH: '/bin', HOME: '/root', HOSTNAME: 'a', LOGNAME: 'b', NODE_ENV: 'production', PORT: '1', RATE_PER_MINUTE: '' };
    expect(misspelt(others, Object.keys(SETTINGS))).toEqual([]);
  });

  it('stand all of them in .env.example, with their defaults', () => {
    const file = fileURLToPath(new URL('../../../.env.example', import.meta.url));
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, exampleFile(SETTINGS));
    expect(readFileSync(file, 'utf8')).toBe(exampleFile(SETTINGS));
    expect(() => readSettings(parseEnv(readFileSync(file, 'utf8').replaceAll(/^#(?=[A-Z])/gm, '')))).not.toThrow();
  });

  it.each(['Saksgang.', 'saksgang', '$x.', '.'])('refuses the stream prefix «%s»', (EVENTSTORE_STREAM_PREFIX) => {
    expect(() => readSettings({ EVENTSTORE_STREAM_PREFIX })).toThrow(/EVENTSTORE_STREAM_PREFIX: is «/);
  });

  describe('issuers of access tokens', () => {
    const issuer = {
      issuer: 'https://innlogging.eksempel.no',
      audiences: ['saksgang'],
      algorithms: ['ES256'],
      roleClaim: 'roles',
      roles: { sekretariat: 'secretariat' },
    };
    const read = (...issuers: readonly unknown[]) => readSettings({ OIDC_ISSUERS: JSON.stringify(issuers) }).OIDC_ISSUERS;

    it('are none unless they are named, and are careful where nothing else is said', () => {
      expect(readSettings({}).OIDC_ISSUERS).toEqual([]);
      expect(read(issuer)).toEqual([
        {
          ...issuer,
          roleClaim: ['roles'],
          jwksUri: null,
          nameClaim: null,
          actorKind: 'PERSON',
          typ: 'at+jwt',
          clockToleranceSeconds: 5,
          lifetimeSecondsMax: 86_400,
          tokenBytesMax: 8_192,
        },
      ]);
      expect(read({ ...issuer, issuer: 'http://127.0.0.1:8080', jwksUri: 'http://127.0.0.1:8080/k' })).toHaveLength(1);
    });

    it.each<[string, unknown, RegExp]>([
      ['no list', issuer, /should be a list of issuers/],
      ['an address without a lock', [{ ...issuer, issuer: 'http://innlogging.eksempel.no' }], /at 0\.issuer: an https address/],
      ['an address with a question', [{ ...issuer, issuer: 'https://x.no/?a=1' }], /at 0\.issuer/],
      ['an address with a user', [{ ...issuer, issuer: 'https://kari@x.no' }], /at 0\.issuer/],
      ['a shared secret', [{ ...issuer, algorithms: ['HS256'] }], /at 0\.algorithms\.0: one of RS256/],
      ['no signature', [{ ...issuer, algorithms: ['none'] }], /at 0\.algorithms\.0/],
      ['no algorithm', [{ ...issuer, algorithms: [] }], /at least one algorithm/],
      ['nobody to be for', [{ ...issuer, audiences: [] }], /at least one audience/],
      ['a role that is none', [{ ...issuer, roles: { x: 'king' } }], /at 0\.roles\.x: public, steering/],
      ['no role', [{ ...issuer, roles: {} }], /at least one value with its role/],
      ['keys from an address without a lock', [{ ...issuer, jwksUri: 'http://keys.eksempel.no' }], /at 0\.jwksUri: an https address/],
      ['keys on this machine for an issuer elsewhere', [{ ...issuer, jwksUri: 'http://127.0.0.1/k' }], /at 0\.jwksUri/],
      ['what would be ignored', [{ ...issuer, audience: 'saksgang' }], /audience/],
      ['clocks that differ by an hour', [{ ...issuer, clockToleranceSeconds: 3_600 }], /at most 300 seconds/],
      ['a token of a megabyte', [{ ...issuer, maxTokenBytes: 1_048_576 }], /at most 8192 bytes/],
      ['one issuer twice', [issuer, issuer], /names each issuer once/],
    ])('are refused: %s', (_what, value, why) => {
      expect(() => readSettings({ OIDC_ISSUERS: JSON.stringify(value) })).toThrow(BadSettings);
      expect(() => readSettings({ OIDC_ISSUERS: JSON.stringify(value) })).toThrow(why);
    });

    it('are refused with all that is wrong at once, and when they are no JSON', () => {
      const bad = () => read({ ...issuer, algorithms: ['none'], audiences: [], roles: { x: 'king' } });
      for (const place of ['algorithms', 'audiences', 'roles']) expect(bad).toThrow(`at 0.${place}`);
      expect(() => readSettings({ OIDC_ISSUERS: '[{' })).toThrow(/JSON: a list of issuers/);
    });
  });

  it('describes every setting', () => {
    for (const [name, setting] of Object.entries(SETTINGS))
      expect([name, setting.description]).toEqual([name, expect.stringMatching(/\w/)]);
  });
});
