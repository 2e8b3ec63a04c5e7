import type { Credentials } from './driver.js';

/** Parsed: `address` is what the client is given, without user and password, so that none of its messages can hold them. */
export type Connection = Readonly<{ address: string; keepAliveMs: number; credentials: Credentials; hosts: string }>;

/** The text never holds the user or the password. */
export class BadConnectionString extends Error {
  override readonly name = 'BadConnectionString';
  constructor(readonly why: string) {
    super(`the connection to the event store cannot be used: ${why}. Example: esdb://user:password@host:2113?tlsCAFile=/path/ca.crt`);
  }
}

const KEEP_ALIVE_MS = 10_000; // ms, the least the client takes
const KNOWN = ['tls', 'tlscafile', 'tlsverifycert', 'nodepreference', 'connectionname', 'maxdiscoverattempts', 'discoveryinterval', 'gossiptimeout', 'keepaliveinterval', 'keepalivetimeout', 'defaultdeadline', 'throwonappendfailure', 'usercertfile', 'userkeyfile']; // prettier-ignore
/** Sent nowhere: over an insecure connection the client leaves credentials out, but giving some keeps it off the batch path. */
const NOBODY: Credentials = { username: 'nobody', password: 'nobody' };

/**
 * `esdb://user:password@host:2113`, `esdb://u:p@h1:2113,h2:2113,h3:2113`, `esdb://host:2113?tls=false` (no credentials are sent then).
 * Refuses what the client would ignore in silence or what the adapter relies on being otherwise.
 * @throws BadConnectionString
 */
export const parseConnection = (text: string): Connection => {
  // The password ends at the last @ before the options: an @ that was not percent-encoded must not end up in a host.
  const match = /^(esdb|esdb\+discover):\/\/(?:([^?]*)@)?([^@?/]+)\/?(?:\?(.*))?$/.exec(text.trim());
  if (match === null) throw new BadConnectionString('it is not of the form esdb://user:password@host:port?option=value');
  const [, scheme, login, hosts = '', query = ''] = match;
  const options = optionsOf(query);
  const secure = options.get('tls') !== 'false';
  refuseOptions(options);
  const credentials = login === undefined ? null : credentialsOf(login);
  if (secure && credentials === null)
    throw new BadConnectionString('a TLS connection takes a user and a password (or say ?tls=false for an insecure server)');
  const kept = [...options].filter(([name]) => name !== 'keepaliveinterval' && name !== 'nodepreference');
  const address = `${scheme}://${hosts}?${[['nodePreference', 'leader'], ...kept].map((pair) => pair.join('=')).join('&')}`;
  const keepAliveMs = Number(options.get('keepaliveinterval') ?? KEEP_ALIVE_MS);
  if (!Number.isSafeInteger(keepAliveMs) || keepAliveMs < KEEP_ALIVE_MS)
    throw new BadConnectionString(`keepAliveInterval is at least ${KEEP_ALIVE_MS} (ms)`);
  return { address, keepAliveMs, credentials: credentials ?? NOBODY, hosts };
};

/** By flat name; the client compares them without case, hyphens and underscores. */
const optionsOf = (query: string): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const flat = name.toLowerCase().replace(/[_-]/g, '');
    if (!KNOWN.includes(flat)) throw new BadConnectionString(`there is no option «${name}»`);
    if (value === '' || options.has(flat)) throw new BadConnectionString(`the option «${name}» is empty or given twice`);
    options.set(flat, value);
  }
  return options;
};

const refuseOptions = (options: ReadonlyMap<string, string>): void => {
  if (options.get('tlsverifycert') === 'false')
    throw new BadConnectionString('tlsVerifyCert=false has no effect in this client. Give the server’s authority with tlsCAFile instead');
  if ((options.get('nodepreference') ?? 'leader').toLowerCase() !== 'leader')
    throw new BadConnectionString('this record reads its own writes, so nodePreference is always leader');
  if (options.has('usercertfile') || options.has('userkeyfile'))
    throw new BadConnectionString('signing in with a certificate is not supported: give a user and a password');
  if (options.get('throwonappendfailure') === 'false') throw new BadConnectionString('throwOnAppendFailure cannot be turned off');
};

const credentialsOf = (login: string): Credentials => {
  const [username = '', password = ''] = login.split(/:(.*)/s);
  try {
    const credentials = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    if (credentials.username !== '' && credentials.password !== '') return credentials;
  } catch {
    // The text of the error would hold the login.
  }
  throw new BadConnectionString('user and password are both needed, each percent-encoded');
};
