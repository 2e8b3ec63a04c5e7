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

  it('refuses a setting that would be ignored', () => {
    expect(() => readSettings({ DATABASE_URL: 'postgres://localhost/x' })).toThrow(/DATABASE_URL: is set, but this version/);
  });

  it('takes a connection with the engine that needs one, by one way and no other', () => {
    const EVENT_STORE = 'kurrent';
    const EVENTSTORE_CONNECTION = 'esdb://saksgang:hemmelig@db:2113';
    expect(readSettings({ EVENT_STORE, EVENTSTORE_CONNECTION })).toMatchObject({ EVENT_STORE, EVENTSTORE_CONNECTION });
    expect(readSettings({ EVENT_STORE, EVENTSTORE_CONNECTION_FILE: '/run/secrets/db' })).toMatchObject({ EVENT_STORE });
    expect(() => readSettings({ EVENT_STORE })).toThrow(/takes EVENTSTORE_CONNECTION or EVENTSTORE_CONNECTION_FILE/);
    expect(() => readSettings({ EVENT_STORE, EVENTSTORE_CONNECTION, EVENTSTORE_CONNECTION_FILE: '/x' })).toThrow(/Set one of them/);
    expect(() => readSettings({ EVENTSTORE_CONNECTION })).toThrow(/EVENTSTORE_CONNECTION: is set, but EVENT_STORE is sqlite/);
    expect(() => readSettings({ EVENTSTORE_CONNECTION })).not.toThrow(/hemmelig/);
  });

  it.each(['Saksgang.', 'saksgang', '$x.', '.'])('refuses the stream prefix «%s»', (EVENTSTORE_STREAM_PREFIX) => {
    expect(() => readSettings({ EVENTSTORE_STREAM_PREFIX })).toThrow(/EVENTSTORE_STREAM_PREFIX: is «/);
  });

  it('describes every setting', () => {
    for (const [name, setting] of Object.entries(SETTINGS))
      expect([name, setting.description]).toEqual([name, expect.stringMatching(/\w/)]);
  });
});
