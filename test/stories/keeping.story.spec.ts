import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { READINGS_FILE } from '@saksgang/access';
import { runCommand } from '../../apps/cli/src/commands.js';
import { explain } from '../../apps/cli/src/explain.js';
import { BadUsage } from '../../apps/cli/src/terminal.js';
import { demandBuild, listening, start, startCli, stop, type Process } from '../support/built-server.js';
import { startKurrentServer } from '../support/kurrent/kurrent-server.js';

jest.setTimeout(240_000);

const NAME = 'Ann Evy Duun';
const LOAD_MAX = 60; // mutations
const WRITERS = 4; // clients at once
const READY_TRIES_MAX = 400;
const ESTABLISH = `mutation ($input: EstablishBodyInput!) {
  establishBody(input: $input) { __typename ... on Recorded { position } ... on Problem { code } } }`;

type Ran = Readonly<{ code: number | null; out: string; err: string }>;
type Answer = Readonly<{
  data: Readonly<Record<string, unknown>> | null;
  errors?: readonly Readonly<{ extensions?: { code?: string } }>[];
}>;

/** The commands that the README shows, each without its comment. */
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const SHOWN = [...(/^## Drift\n[^]*?^```sh\n([^]*?)^```/mu.exec(README)?.[1] ?? '').matchAll(/^npm run cli -- (.*?)(?: +#.*)?$/gmu)].map(
  ([, words = '']) => words,
);

describe('The keeper of the record', () => {
  const space = mkdtempSync(join(tmpdir(), 'saksgang-keeper-'));
  const at = (name: string): string => join(space, name);
  const dataDir = at('data');
  const running: Process[] = [];
  let url = '';
  let position = '';
  let load = { ended: Promise.resolve(), going: false, recorded: 0 };

  const serve = async (directory: string): Promise<Process> => {
    const server = start({ DATA_DIR: directory, PORT: '0', CHECKPOINT_SECONDS: '1', EXAMPLE_RECORD: directory === dataDir ? 'on' : 'off' });
    running.push(server);
    url = await listening(server);
    return server;
  };
  /** As a process of its own, beside the server. */
  const process = async (args: readonly string[]): Promise<Ran> => {
    const command = startCli(args, { DATA_DIR: dataDir });
    running.push(command);
    const code = await command.ended;
    return { code, out: command.said.join('\n'), err: command.erred.join('\n') };
  };
  /** In this process, which is quicker. */
  const cli = async (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> => {
    const out: string[] = [];
    const terminal = {
      environment: { DATA_DIR: dataDir, ...more },
      print: (line: string) => out.push(line),
      write: (text: string) => out.push(text),
    };
    const said = (code: number, err: string): Ran => ({ code, out: out.join('\n'), err });
    return runCommand(args, terminal).then(
      (code) => said(code, ''),
      (error: Error) => said(error instanceof BadUsage ? 64 : 1, explain(error)),
    );
  };
  const done = async (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> => {
    const ran = await cli(args, environment);
    expect(ran).toMatchObject({ code: 0, err: '' });
    return ran.out;
  };
  const run = new Set<string>();
  /** The README's command that begins so, as words, with its directories in ours. */
  const shown = (beginning: string): readonly string[] => {
    const [line = ''] = SHOWN.filter((one) => one.startsWith(beginning));
    run.add(line);
    return line.split(' ').map((word, nth, words) => {
      if (word.startsWith('sqlite:') || word === './data') return word.replace('./data', dataDir);
      const isPlace = ['--to', '--from', '--keys'].includes(words[nth - 1] ?? '') && !/^(--|kurrent)/.test(word);
      return isPlace ? at(word) : word;
    });
  };
  const ask = async (query: string, variables: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
    const authorization = `Bearer ${readFileSync(join(dataDir, 'secretariat.key'), 'utf8').trim()}`;
    const body = JSON.stringify({ query, variables });
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', authorization, ...headers }, body });
    return (await answer.json()) as Answer;
  };
  const establish = async (commandId: string): Promise<void> => {
    const { data } = await ask(ESTABLISH, { input: { commandId, name: `Utvalg ${commandId}`, occurred: { text: '2026-01' } } });
    const outcome = data?.['establishBody'] as { __typename: string; position: string };
    expect(outcome.__typename).toBe('Recorded');
    position = outcome.position;
  };
  const underLoad = (): void => {
    const state = { going: true, recorded: 0, ended: Promise.resolve() };
    const writer = async (nth: number): Promise<void> => {
      for (let made = 0; state.going && made < LOAD_MAX / WRITERS; made += 1) {
        await establish(`last-${nth}-${made}`);
        state.recorded += 1;
      }
    };
    state.ended = Promise.all(Array.from({ length: WRITERS }, (_, nth) => writer(nth))).then(() => undefined);
    load = state;
  };
  const bytesBelow = (directory: string): Buffer =>
    Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));
  const ready = async () =>
    (await (await fetch(url.replace('/graphql', '/readyz'))).json()) as {
      record: { signed: number | null; signer: string; stopped: unknown };
    };
  const readyUntil = async (enough: (record: Awaited<ReturnType<typeof ready>>['record']) => boolean) => {
    for (let tries = 0; tries < READY_TRIES_MAX; tries += 1) {
      const { record } = await ready();
      if (enough(record)) return record;
      await new Promise((resolve) => setTimeout(resolve, 25)); // the signer's own clock is the machine's here
    }
    throw new Error(`not in time: ${JSON.stringify((await ready()).record)}`);
  };

  beforeAll(async () => {
    demandBuild();
    await serve(dataDir);
    await readyUntil(({ signed }) => signed !== null);
  });
  afterAll(async () => {
    load.going = false;
    for (const { child, ended } of running) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(space, { recursive: true, force: true });
  });

  it('backs up, exports and verifies while others write, and none of it holds them up', async () => {
    underLoad();
    const [backup, exported, verified] = [
      await process(['backup', '--to', at('backup')]),
      await process(['export', '--to', at('public')]),
      await process(['verify', 'database', dataDir]),
    ];
    const rebuilt = await process(['rebuild', 'timeline', 'search']);
    expect(rebuilt).toMatchObject({ code: 0, out: expect.stringMatching(/by the running server in .*: timeline, search\.$/) });
    expect(backup).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\d+ entries, root [^]*Verified against its checkpoint of \d+ entries\./),
    });
    // Elsewhere than on a terminal, how far it came is told in plain lines.
    expect(backup.err).toMatch(/^copying: [^]*verifying: \d+ entries in \d/);
    expect(exported).toMatchObject({ code: 0, out: expect.stringMatching(/[1-9]\d* names are withheld and 0 erased/) });
    expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/, 0 failed$/) });
    load.going = false;
    await load.ended;
    expect(load.recorded).toBeGreaterThan(0);
  });

  it('finds no key and no name where none belongs', async () => {
    expect(await done(['export', '--to', at('auditor'), '--all'])).toContain('0 names are withheld');
    // Names were read: that stands where the auditor looks.
    const readings = new Database(join(dataDir, READINGS_FILE), { readonly: true });
    expect(readings.prepare('SELECT actor, role, operation, item, what FROM readings ORDER BY number DESC LIMIT 2').all()).toEqual([
      { actor: 'command-line', role: 'admin', operation: 'export --all', item: null, what: 'SHIELDED' },
      { actor: 'command-line', role: 'admin', operation: 'export --all', item: null, what: 'PERSONAL' },
    ]);
    readings.close();
    const [backup, open] = [bytesBelow(at('backup')), bytesBelow(at('auditor'))];
    for (const secret of ['key-encryption.key', 'signing.key', 'secretariat.key'])
      expect(backup.includes(readFileSync(join(dataDir, secret), 'utf8').trim())).toBe(false);
    expect([backup.includes(NAME), bytesBelow(at('public')).includes(NAME), open.includes(NAME)]).toEqual([false, false, true]);
  });

  it('hands out exports that anybody can verify, the public one with names withheld', async () => {
    const key = join(at('backup'), 'key');
    expect((await cli(['verify', 'export', at('auditor'), '--key', key, '--since', join(at('backup'), 'checkpoint')])).code).toBe(0);
    const open = await cli(['verify', 'export', at('public'), '--key', key]);
    expect([open.code, open.out]).toEqual([3, expect.stringMatching(/incomplete: [^]* 0 failed$/)]);
    expect(
      (await cli(['verify', 'database', join(at('backup'), 'log.db'), '--since', join(at('backup'), 'checkpoint'), '--key', key])).out,
    ).toMatch(/, 0 failed$/);
  });

  it('is told what is in the way, and finds nothing half made', async () => {
    for (const [args, why] of [
      [['backup', '--to', at('backup')], /is not empty/],
      [['export', '--to', at('backup')], /is not empty/],
      [['restore', '--from', at('backup')], /another process is writing in/],
      [['restore', '--from', at('public'), '--to', at('new')], /is not of a backup/],
      [['move', '--from', `sqlite:${dataDir}`, '--to', `sqlite:${at('new')}`], /another process is writing in/],
      [['move', '--from', `sqlite:${at('nowhere')}`, '--to', 'kurrent'], /There is no log in/],
    ] as const) {
      const { code, err } = await cli(args);
      expect([args[0], code, err]).toEqual([args[0], 1, expect.stringMatching(why)]);
    }
    for (const args of [
      ['backup'],
      ['restore'],
      ['export'],
      ['move', '--from', 'kurrent'],
      ['move', '--from', 'kurrent:esdb://u:secret@h', '--to', 'kurrent'],
    ]) {
      const { code, err } = await cli(args);
      expect([args, code, err.includes('secret')]).toEqual([args, 64, false]);
    }
    expect(readdirSync(space).filter((name) => name.includes('incomplete') || name === 'new')).toEqual([]);
  });

  it('restores it all on another machine, where names open and old positions are unknown', async () => {
    expect(await done(shown('backup --to'))).toContain('Verified against its checkpoint');
    expect(await done(shown('backup --keys'))).toContain('Keep it secret');
    expect(await done(shown('export'))).toContain('names are withheld');
    expect(await done(shown('rebuild'))).toContain('by the running server');
    expect(await cli(['rebuild', 'nothing'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/PROJECTION_UNKNOWN.*Choose among: history, items/),
    });
    expect(await done(shown('verify database'))).toMatch(/, 0 failed$/);
    await stop(running[0] as Process, 'SIGTERM');
    const told = await done(shown('restore'));
    expect(told).toMatch(/Positions of before answer POSITION_UNKNOWN/);
    const server = await serve(at('restored'));
    const found = await ask(`{ resolutions(filter: { text: "Kultur for framtida" }) { totalCount } bodies { totalCount } }`);
    expect(found).toMatchObject({ data: { resolutions: { totalCount: 1 } } });
    expect((await ask('{ bodies { totalCount } }', {}, { 'x-at-least-position': position })).errors?.[0]?.extensions?.code).toBe(
      'POSITION_UNKNOWN',
    );
    await establish('etter');
    expect(await done(['verify', 'database', at('restored')])).toMatch(/sealed boxes open[^]*, 0 failed$/);
    server.child.kill('SIGKILL');
    await server.ended;
    // Its socket is still there, and nobody behind it: then the command does it by itself.
    expect(existsSync(join(at('restored'), 'admin.sock'))).toBe(true);
    expect(await done(['rebuild', 'items'], { DATA_DIR: at('restored') })).toMatch(/by this command in .*: items\.$/);
    const again = await serve(at('restored'));
    expect(await ask('{ resolutions(filter: { text: "Kultur for framtida" }) { totalCount } }')).toMatchObject({
      data: { resolutions: { totalCount: 1 } },
    });
    expect(await done(['rebuild', 'items'], { DATA_DIR: at('restored') })).toContain('by the running server');
    await stop(again, 'SIGTERM');
  });

  it('whom the record has forgotten stays forgotten when an older copy is put back; the signer stops, and a fork goes on in the open', async () => {
    const place = { DATA_DIR: at('erased') };
    cpSync(dataDir, at('erased'), { recursive: true, filter: (path) => !path.endsWith('.sock') });
    const boxesIn = (file: string): number => {
      const log = new Database(file, { readonly: true });
      try {
        return log.prepare<[string], number>('SELECT count(*) FROM sealed_box WHERE person = ?').pluck().get(person) ?? 0;
      } finally {
        log.close();
      }
    };
    const [secret = ''] = (await done(['key', 'create', '--name', 'Arkivet', '--role', 'admin'], place)).split('\n');
    const key = { authorization: `Bearer ${secret}` };
    const first = await serve(at('erased'));
    const known = async () =>
      (await ask('query ($name: String!) { persons(name: $name) { personId } }', { name: NAME }, key)).data?.['persons'] as readonly {
        personId: string;
      }[];
    const person = (await known())[0]?.personId ?? '';
    const before = (await readyUntil(({ signer }) => signer === 'SIGNING')).signed ?? 0;
    const input = { commandId: 'glem', person, legalBasis: 'Personvernforordningen artikkel 17 nr. 1', decidedBy: { name: 'Rådmannen' } };
    const ERASE = 'mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { __typename } }';
    expect((await ask(ERASE, { input }, key)).data).toEqual({ erasePerson: { __typename: 'Erased' } });
    await readyUntil(({ signed }) => (signed ?? 0) > before);
    await stop(first, 'SIGTERM');

    expect(boxesIn(join(at('backup'), 'log.db'))).toBeGreaterThan(0);
    rmSync(join(at('erased'), 'log.db'));
    expect(await done(['restore', '--from', at('backup')], place)).toMatch(
      /1 persons are erased: nothing of them was restored\.[^]*record fork --reason/,
    );
    expect([boxesIn(join(at('erased'), 'log.db')), bytesBelow(at('erased')).includes(NAME)]).toEqual([0, false]);
    const second = await serve(at('erased'));
    expect(await readyUntil(({ stopped }) => stopped !== null)).toMatchObject({ signer: 'STOPPED', stopped: { code: 'LOG_SHORTER' } });
    expect(await known()).toEqual([]);
    await stop(second, 'SIGTERM');

    expect(await done(['record', 'fork', '--reason', 'Sletting etter siste kopi.'], place)).toContain('It quotes the last checkpoint of');
    const third = await serve(at('erased'));
    expect(await readyUntil(({ signer, signed }) => signer === 'SIGNING' && signed !== null)).toMatchObject({ stopped: null });
    expect(await known()).toEqual([]);
    await stop(third, 'SIGTERM');
    // Names that are erased make it incomplete, and nothing else is amiss.
    expect(await cli(['verify', 'database', at('erased')])).toMatchObject({
      code: 3,
      out: expect.stringMatching(/personal values are erased[^]*, 0 failed$/),
    });
  });

  it('moves it to another engine although the command is killed midway, and back, byte for byte', async () => {
    const server = await startKurrentServer();
    try {
      const there = shown('move');
      const connection = { EVENTSTORE_CONNECTION: server.connectionString };
      const appends = (): number => server.calls.append + server.calls.batchAppend;
      for (const kill of [3, 25]) {
        const killed = startCli(there, { DATA_DIR: dataDir, ...connection });
        running.push(killed);
        const from = appends();
        while (appends() < from + kill) await new Promise((resolve) => setImmediate(resolve));
        killed.child.kill('SIGKILL');
        expect(await killed.ended).toBe(null);
      }
      const told = await done(there, connection);
      expect(told).toMatch(/[1-9]\d* entries copied, [1-9]\d* stood there already[^]*The leaf hashes are equal\./);
      const [mine, its] = [...told.matchAll(/(\d+) entries, root (\S+)$/gm)].map(([, entries, root]) => `${entries} ${root}`);
      expect(its).toBe(mine);
      const back = await done(['move', '--from', 'kurrent', '--to', `sqlite:${at('back')}`], connection);
      expect(back).toContain(`root ${mine?.split(' ')[1]}`);
      expect(back).toMatch(/must lie in .*back before the server starts/);
      for (const name of ['keys.db', 'key-encryption.key', 'access.db', 'signer.db', 'signing.key']) {
        expect(existsSync(join(at('back'), name))).toBe(false);
        copyFileSync(join(dataDir, name), join(at('back'), name));
      }
      await serve(at('back'));
      const record = await readyUntil(({ signer }) => signer !== 'WAITING');
      expect(record).toMatchObject({ signer: 'SIGNING', stopped: null });
      expect(await done(['verify', 'database', at('back')])).toMatch(
        /sealed boxes open[^]*The log agrees with all \d+ checkpoints[^]*, 0 failed$/,
      );
    } finally {
      await server.close();
    }
  });

  it('has run every command that the README shows', () => {
    expect(SHOWN.length).toBeGreaterThan(5);
    expect([...run].sort()).toEqual([...SHOWN].sort());
  });
});
