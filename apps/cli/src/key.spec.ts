import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnPostgres, freshDatabase } from '../../../test/support/postgres.js';
import { runCommand } from './commands.js';
import { explain } from './explain.js';
import { BadUsage, RefusedByRecord } from './terminal.js';

describe('keys on the command line', () => {
  let dataDir: string;
  const lines: string[] = [];
  const run = async (...args: string[]): Promise<string[]> => {
    lines.length = 0;
    await runCommand(args, { environment: { DATA_DIR: dataDir }, print: (line) => lines.push(line), write: (text) => lines.push(text) });
    return [...lines];
  };
  const failure = (...args: string[]): Promise<unknown> =>
    run(...args).then(
      () => null,
      (error: unknown) => error,
    );

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'saksgang-cli-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('prints a new key once, lists it without its secret, and revokes it', async () => {
    const [secret, told] = await run('key', 'create', '--name', 'Åse Østby', '--role', 'secretariat');
    expect(secret).toMatch(/^sk_[\w-]{43}$/);
    const id = /^(key-\S+),/.exec(told ?? '')?.[1] ?? '';
    const [row] = await run('key', 'list');
    expect(row).toContain('Åse Østby');
    expect(row).toContain('good');
    expect(row).not.toContain(secret);
    expect((await run('key', 'revoke', id))[0]).toContain('is revoked');
    expect((await run('key', 'list'))[0]).toContain('revoked 2');
  });

  it('makes a key for a time and for some commands, and shows both in the list', async () => {
    const make = (...more: readonly string[]) => run('key', 'create', '--name', 'Arkivet', '--role', 'secretariat', '--machine', ...more);
    expect((await make('--expires', '90d', '--scope', 'addNote', '--scope', 'reportPoint'))[1]).toContain('good until 2');
    const row = (await run('key', 'list'))[0];
    expect(row).toContain('addNote,reportPoint');
    expect(row).toContain('good until 2');
    await make('--scope', 'read');
    expect((await run('key', 'list'))[0]).toMatch(/good\treading$/);
    for (const bad of [
      ['--expires', 'i går'],
      ['--scope', 'burnEverything'],
    ])
      expect(explain(await failure('key', 'create', '--name', 'x', '--role', 'steering', ...bad))).toMatch(/^BAD_KEY_(EXPIRY|SCOPE): /);
  });

  it('refuses an unknown role and an unknown key with what to do', async () => {
    for (const refused of [await failure('key', 'create', '--name', 'x', '--role', 'king'), await failure('key', 'revoke', 'key-none')]) {
      expect(refused).toBeInstanceOf(RefusedByRecord);
      expect(explain(refused)).toMatch(/^[A-Z_]+: .+\. .+/);
    }
  });

  it.each([[['key', 'create']], [['key', 'create', '--nme', 'x']], [['key', 'revoke']], [['key', 'mint']], [['key', 'list', 'all']]])(
    'tells the usage for %j',
    async (args) => {
      expect(await failure(...args)).toBeInstanceOf(BadUsage);
    },
  );

  it('says where it looked when there is no data directory', async () => {
    rmSync(dataDir, { recursive: true });
    expect(explain(await failure('key', 'list'))).toContain(dataDir);
  });

  it('shows its commands when asked for nothing', async () => {
    expect((await run()).join('\n')).toContain('key create --name NAME --role ROLE');
  });
});

describeOnPostgres('keys on the command line, where instances share them', () => {
  it('are made and revoked in the database, from the directory of any instance', async () => {
    const { url, drop } = await freshDatabase();
    const directories = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'saksgang-cli-')));
    const KEY_ENCRYPTION_KEY_FILE = join(directories[0] ?? '', 'key-encryption.key');
    writeFileSync(KEY_ENCRYPTION_KEY_FILE, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
    const run = async (instance: number, ...args: string[]): Promise<string> => {
      const lines: string[] = [];
      const environment = { DATA_DIR: directories[instance], DATABASE_URL: url, KEY_ENCRYPTION_KEY_FILE };
      await runCommand(args, { environment, print: (line) => lines.push(line), write: (text) => lines.push(text) });
      return lines.join('\n');
    };
    try {
      const id = /^(key-\S+),/m.exec(await run(0, 'key', 'create', '--name', 'Åse Østby', '--role', 'secretariat'))?.[1] ?? '';
      expect(await run(1, 'key', 'list')).toContain('Åse Østby');
      await run(1, 'key', 'revoke', id);
      expect(await run(0, 'key', 'list')).toContain('revoked 2');
      expect(directories.flatMap((directory) => readdirSync(directory))).toEqual(['key-encryption.key']);
    } finally {
      await drop();
      for (const directory of directories) rmSync(directory, { recursive: true });
    }
  });
});
