import { resolve } from 'node:path';
import { CHECKPOINT_SECONDS } from '@saksgang/recording';
import { z } from 'zod';
import { OIDC_ISSUERS } from './oidc-issuers.js';
import { SECRETS, withSecretsFromFiles } from './settings/secrets.js';
import { WATCHING, whyMetricsCannotBeServed } from './settings/watching.js';

const onOff = (byDefault: 'on' | 'off') =>
  z
    .enum(['on', 'off'], 'on or off')
    .default(byDefault)
    .transform((value) => value === 'on');
const path = (what: string) => z.string().min(1, `a path to ${what}`);

const isOrigin = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;

const isPostgres = (text: string): boolean => URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol);

/** What an event store's server is delivered with. */
const DEFAULT_PASSWORD = /:changeit@/i;

/** Every setting: by environment, parsed once at start. Units stand in the description. */
export const SETTINGS = {
  PORT: z.coerce.number('a whole number').int('a whole number').min(0).max(65_535).default(3000).describe('TCP port; 0 takes a free one'),
  HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0 for every interface'),
  DATA_DIR: path('the data directory').default('./data').describe('directory that holds the record, its keys and its read models'),
  EVENT_STORE: z
    .enum(['sqlite', 'kurrent'], 'sqlite or kurrent')
    .default('sqlite')
    .describe('engine of the log: sqlite in DATA_DIR, or kurrent for an EventStoreDB or KurrentDB server'),
  EVENTSTORE_CONNECTION: z
    .string()
    .min(1)
    .refine((text) => !DEFAULT_PASSWORD.test(text), 'one with a password other than «changeit», which every server begins with')
    .optional()
    .describe('with EVENT_STORE=kurrent: esdb://user:password@host:2113?tlsCAFile=…; a secret'),
  EVENTSTORE_CONNECTION_FILE: path('the connection string').optional().describe('file that holds EVENTSTORE_CONNECTION instead'),
  EVENTSTORE_STREAM_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9]*(\.[a-z0-9]+)*\.$/, 'lower-case letters and digits that end in a full stop')
    .default('saksgang.')
    .describe('what every stream of this record begins with on the server; two records on one server take two'),
  DATABASE_URL: z
    .string()
    .refine(isPostgres, 'the address of a database, postgres://user:password@host:5432/saksgang')
    .optional()
    .describe(
      'PostgreSQL 15 or newer for the read models, the keys of names and the API keys, which several processes over one log share; without it they lie in DATA_DIR; a secret',
    ),
  DATABASE_URL_FILE: path('the address of the database').optional().describe('file that holds DATABASE_URL instead'),
  EXAMPLE_RECORD: onOff('off').describe('record the example when the store is new; `npm start` turns it on'),
  KEY_ENCRYPTION_KEY_FILE: path('the key-encryption key')
    .optional()
    .describe('file with the key that wraps person keys; default DATA_DIR/key-encryption.key, made on first start'),
  RECORD_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/, 'a name without spaces and plus signs, such as postliste.eksempel.no/saksgang')
    .optional()
    .describe('name that checkpoints are signed under; default a name of its own, kept from the first start on'),
  SIGNER: onOff('on').describe('this process signs checkpoints; exactly one does'),
  SIGNING_KEY_FILE: path('the signing key')
    .optional()
    .describe('file with the key that signs checkpoints; default DATA_DIR/signing.key, made on first start'),
  CHECKPOINT_SECONDS: z.coerce
    .number('a whole number of seconds')
    .int('a whole number of seconds')
    .min(1, 'at least 1')
    .max(86_400, 'at most 86400')
    .default(CHECKPOINT_SECONDS)
    .describe('seconds between two signed checkpoints of a record that grows'),
  STALE_AFTER_DAYS: z.coerce
    .number('a whole number of days')
    .int('a whole number of days')
    .min(1, 'at least 1')
    .max(36_500, 'at most 36500')
    .default(90)
    .describe('days without an entry after which an item with something open is stale'),
  READING_LOG_DAYS: z.coerce
    .number('a whole number of days')
    .int('a whole number of days')
    .min(0, 'at least 0')
    .max(36_500, 'at most 36500')
    .default(0)
    .describe('days that it is kept who read names and what is shielded; 0 for ever'),
  PUBLIC_READ: onOff('on').describe('reading without a key'),
  OIDC_ISSUERS,
  INTROSPECTION: onOff('on').describe('answer introspection queries'),
  GRAPHIQL: onOff('on').describe('serve GraphiQL at /'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .refine((origins) => origins.every((one) => one === '*' || isOrigin(one)), 'origins with commas, https://side.eksempel.no, or *')
    .describe('origins whose pages may ask from a browser, with commas; * for all'),
  TRUST_PROXY: z.coerce
    .number('a whole number of proxies')
    .int('a whole number of proxies')
    .min(0, 'at least 0')
    .max(10, 'at most 10')
    .default(0)
    .describe('proxies in front whose X-Forwarded-For is believed; 0 believes none'),
  RATE_PER_MINUTE: z.coerce
    .number('a whole number of requests')
    .int('a whole number of requests')
    .min(0, 'at least 0')
    .max(1_000_000, 'at most 1000000')
    .default(1_200)
    .describe('requests a minute of one key, or of one address without a key; 0 for no limit'),
  CONNECTIONS_PER_ADDRESS: z.coerce
    .number('a whole number of connections')
    .int('a whole number of connections')
    .min(0, 'at least 0')
    .max(100_000, 'at most 100000')
    .default(256)
    .describe('connections of one address at a time, unless a proxy is trusted; 0 for no limit'),
  ...WATCHING,
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('what is logged, as JSON lines on standard error'),
} as const;

/** Their values are shown nowhere. */
const isSecret = (name: string): boolean => (SECRETS as readonly string[]).includes(name);

const SHOWN_MAX = 120; // characters of a value in an error

const schema = z.object(SETTINGS);
export type Settings = Readonly<z.infer<typeof schema>>;

/** Every bad setting in one error, each with what it should be. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  constructor(readonly problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** An empty value counts as not set; a secret may stand in a file. @throws BadSettings naming all that is wrong. */
export const readSettings = (given: Readonly<Record<string, string | undefined>>): Settings => {
  const { environment, problems: unread } = withSecretsFromFiles(given);
  const set = Object.fromEntries(Object.keys(SETTINGS).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const parsed = schema.safeParse(set);
  const problems = [...unread];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      problems.push(
        `${name}: is «${isSecret(name) ? '…' : shortened(environment[name] ?? '')}», should be ${issue.message} (${SETTINGS[name as keyof typeof SETTINGS].description})`,
      );
    }
  }
  if (parsed.success) problems.push(...whyEngineCannotBeUsed(parsed.data), ...whyMetricsCannotBeServed(parsed.data));
  if (!parsed.success || problems.length > 0) throw new BadSettings(problems);
  return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
};

/** A value as an error shows it: what is wrong with it is said beside. */
const shortened = (value: string): string => (value.length <= SHOWN_MAX ? value : `${value.slice(0, SHOWN_MAX)}…`);

/** An engine takes its own settings and no other's: what would be ignored is refused. */
const whyEngineCannotBeUsed = (settings: Settings): readonly string[] => {
  // What a file holds stands in both.
  const [name] = (['EVENTSTORE_CONNECTION_FILE', 'EVENTSTORE_CONNECTION'] as const).filter((one) => settings[one] !== undefined);
  if (settings.EVENT_STORE === 'sqlite')
    return name === undefined ? [] : [`${name}: is set, but EVENT_STORE is sqlite. Unset it, or set EVENT_STORE=kurrent.`];
  return name === undefined ? ['EVENT_STORE: is kurrent, which takes EVENTSTORE_CONNECTION or EVENTSTORE_CONNECTION_FILE.'] : [];
};
