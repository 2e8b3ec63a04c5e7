import { readFileSync, statSync } from 'node:fs';

/** Settings that are secrets: they are shown nowhere, and each may stand in a file that the setting NAME_FILE names. */
export const SECRETS = ['EVENTSTORE_CONNECTION', 'DATABASE_URL', 'METRICS_TOKEN'] as const;

const EVERYBODY = 0o007; // any right of those who are neither owner nor group
const SECRET_BYTES_MAX = 10_000; // bytes of a file that holds a secret

type Environment = Readonly<Record<string, string | undefined>>;
export type SecretRead = Readonly<{ environment: Environment; problems: readonly string[] }>;

/** Why a file cannot be taken for one that holds a secret; null where it can. Its text is in no answer. */
const whyNot = (file: string): string | null => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return 'there is no such file';
  if (!found.isFile() || found.size > SECRET_BYTES_MAX) return `it is no file of at most ${SECRET_BYTES_MAX} bytes`;
  // Windows keeps rights elsewhere and answers the same mode for every file.
  if (process.platform !== 'win32' && (found.mode & EVERYBODY) !== 0) return `everybody on this machine may use it. Run: chmod 600 ${file}`;
  return null;
};

/** The environment with every secret that a file holds in its place, as far as the file is fit to hold one. */
export const withSecretsFromFiles = (environment: Environment): SecretRead => {
  const problems: string[] = [];
  const read: Record<string, string> = {};
  for (const name of SECRETS) {
    const file = environment[`${name}_FILE`];
    if (!file) continue;
    const why = environment[name] ? `is set beside ${name}. Set one of them.` : whyNotSaid(file);
    if (why === null) read[name] = readFileSync(file, 'utf8').trim();
    else problems.push(`${name}_FILE: ${why}`);
  }
  return { environment: { ...environment, ...read }, problems };
};
const whyNotSaid = (file: string): string | null => {
  const why = whyNot(file);
  return why === null ? null : `is «${file}», but ${why}`;
};
