import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openAccess, openSharedAccessRows, ROLES, type Access, type ApiKey } from '@saksgang/access';
import { commandNames } from '@saksgang/commanding';
import { isRefusal } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { createSealer } from '@saksgang/recording';
import { machineClock, machineRandom } from './machine.js';
import { options } from './options.js';
import { openKeysOf, withSharedDatabase } from './shared-stores.js';
import { BadUsage, RefusedByRecord, type CliCommand, type Terminal } from './terminal.js';

/** Opens the keys of the data directory, or those that instances share, beside a running server or without one, and closes them again. */
const withAccess = async <A>({ environment }: Terminal, work: (access: Access) => Promise<A>): Promise<A> => {
  const dataDir = resolve(environment['DATA_DIR'] || './data');
  if (!existsSync(dataDir)) throw new Error(`There is no data directory at ${dataDir}: start the server once, or set DATA_DIR.`);
  const machine = { clock: machineClock, random: machineRandom };
  return withSharedDatabase({ environment }, async (database) => {
    const keys = await openKeysOf({ environment }, dataDir, database);
    try {
      const rows = database === null ? null : await openSharedAccessRows(database);
      const sealer = createSealer({ keys, random: machineRandom });
      const access = openAccess({ dataDir, rows, sealer, commands: commandNames(registry), ...machine });
      try {
        return await work(access);
      } finally {
        await access.close();
      }
    } finally {
      await keys.close();
    }
  });
};

const stateOf = ({ revokedAt, expiresAt }: ApiKey): string => {
  if (revokedAt !== null) return `revoked ${revokedAt}`;
  if (expiresAt === null) return 'good';
  return `${expiresAt <= machineClock.now() ? 'expired' : 'good until'} ${expiresAt}`;
};

const asRow = (key: ApiKey): string =>
  [
    key.id,
    `${key.prefix}…`,
    key.role,
    key.actorKind,
    key.name.value ?? `(${key.name.state.toLowerCase()})`,
    key.createdAt,
    stateOf(key),
    key.scopes === null ? 'all its role may' : key.scopes.length === 0 ? 'reading' : key.scopes.join(','),
  ].join('\t');

export const keyCreate: CliCommand = {
  usage: 'key create --name NAME --role ROLE [--machine] [--expires DAY|90d] [--scope read|COMMAND]…',
  does:
    `makes a key and prints it once; ROLE is ${ROLES.join(', ')}; --machine for a program instead of a person; --expires the last day ` +
    'it is good, or a number of days; --scope read for a key that only reads, or, once for each, the commands it may say',
  run: async (args, terminal) => {
    const { values } = options({
      args: [...args],
      options: {
        name: { type: 'string' },
        role: { type: 'string' },
        machine: { type: 'boolean' },
        expires: { type: 'string' },
        scope: { type: 'string', multiple: true },
      },
    });
    const { name, role } = values;
    if (!name || !role) throw new BadUsage(`Say who the key is for and what it may do: ${keyCreate.usage}`);
    const { expires = null, scope: scopes = null } = values;
    const wanted = { name, role, actorKind: values.machine ? 'MACHINE' : 'PERSON', expires, scopes };
    const created = await withAccess(terminal, (access) => access.create(wanted));
    if (isRefusal(created)) throw new RefusedByRecord(created);
    terminal.print(created.secret);
    terminal.print(
      `${created.apiKey.id}, role ${created.apiKey.role}, ${stateOf(created.apiKey)}. The key is shown this once. Send it as: Authorization: Bearer ${created.secret.slice(0, 9)}…`,
    );
  },
};

export const keyList: CliCommand = {
  usage: 'key list',
  does: 'prints every key, newest first: id, beginning, role, kind, name, made, state, what it is for',
  run: async (args, terminal) => {
    options({ args: [...args], options: {} });
    for (const key of await withAccess(terminal, (access) => access.list())) terminal.print(asRow(key));
  },
};

export const keyRevoke: CliCommand = {
  usage: 'key revoke ID',
  does: 'makes a key useless from now on, for ever',
  run: async (args, terminal) => {
    const { positionals } = options({ args: [...args], options: {}, allowPositionals: true });
    const [id] = positionals;
    if (!id || positionals.length > 1) throw new BadUsage(`Say which key, by the id that \`key list\` shows: ${keyRevoke.usage}`);
    const revoked = await withAccess(terminal, (access) => access.revoke(id));
    if (isRefusal(revoked)) throw new RefusedByRecord(revoked);
    terminal.print(`${revoked.id} is revoked since ${revoked.revokedAt ?? ''}.`);
  },
};
