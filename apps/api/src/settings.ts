import { resolve } from 'node:path';
import { CHECKPOINT_SECONDS } from '@saksgang/recording';
import { z } from 'zod';

const onOff = (byDefault: 'on' | 'off') =>
  z
    .enum(['on', 'off'], 'on or off')
    .default(byDefault)
    .transform((value) => value === 'on');
const path = (what: string) => z.string().min(1, `a path to ${what}`);

/** Every setting: by environment, parsed once at start. Units stand in the description. */
export const SETTINGS = {
  PORT: z.coerce.number('a whole number').int('a whole number').min(0).max(65_535).default(3000).describe('TCP port; 0 takes a free one'),
  HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0 for every interface'),
  DATA_DIR: path('the data directory').default('./data').describe('directory that holds the record, its keys and its read models'),
  EVENT_STORE: z.enum(['sqlite'], 'sqlite').default('sqlite').describe('engine of the log'),
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
  PUBLIC_READ: onOff('on').describe('reading without a key'),
  INTROSPECTION: onOff('on').describe('answer introspection queries'),
  GRAPHIQL: onOff('on').describe('serve GraphiQL at /'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('what is logged, as JSON lines on standard error'),
} as const;

/** Names that belong to engines, identities and signing this version does not have. Set, they are refused rather than ignored. */
const NOT_YET = ['EVENTSTORE_CONNECTION', 'DATABASE_URL', 'OIDC_ISSUERS', 'CORS_ORIGINS'];

const schema = z.object(SETTINGS);
export type Settings = Readonly<z.infer<typeof schema>>;

/** Every bad setting in one error, each with what it should be. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  constructor(readonly problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** An empty value counts as not set. @throws BadSettings naming all that is wrong. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const given = Object.fromEntries(Object.keys(SETTINGS).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const parsed = schema.safeParse(given);
  const problems = NOT_YET.filter((name) => environment[name]).map(
    (name) => `${name}: is set, but this version does not have what it controls. Unset it.`,
  );
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      problems.push(
        `${name}: is «${environment[name]}», should be ${issue.message} (${SETTINGS[name as keyof typeof SETTINGS].description})`,
      );
    }
  }
  if (!parsed.success || problems.length > 0) throw new BadSettings(problems);
  return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
};
