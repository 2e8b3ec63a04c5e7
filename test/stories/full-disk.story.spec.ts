import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { demandBuild, listening, type Process, start, stop } from '../support/built-server.js';
import { notRun } from '../support/not-run.js';
import { type Json } from '../support/serve.js';

jest.setTimeout(90_000);

const DISK_MB = 48;
const CHUNK_BYTES = 65_536;
const RECOVERS_ASKS_MAX = 100; // times it is asked whether it has recovered
const TEXT = 'Et notat som tar plass. '.repeat(1_000);

const mounted = (folder: string): boolean =>
  process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'saksgang', folder]).status === 0;

describe('A disk that is full', () => {
  let folder: string;
  let server: Process | null = null;
  let small = false;
  beforeAll(() => {
    demandBuild();
    folder = mkdtempSync(join(tmpdir(), 'saksgang-full-'));
    small = mounted(folder);
    if (!small) notRun('a full disk under the built server', 'as root on Linux, where a small disk can be mounted');
  });
  afterAll(async () => {
    if (server !== null) await stop(server, 'SIGKILL');
    if (small) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('turns writing off, leaves reading on, is told of, and is got over without a restart', async () => {
    if (!small) return;
    server = start({ DATA_DIR: join(folder, 'data'), PORT: '0', GRAPHIQL: 'off' });
    const url = await listening(server);
    const key = readFileSync(join(folder, 'data', 'secretariat.key'), 'utf8').trim();
    const ask = async (query: string, variables: unknown = {}): Promise<Json> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return answer.json();
    };
    const OUTCOME = '{ __typename ... on Recorded { revision } ... on Problem { code } ... on Refused { retryAfterMs } }';
    const establish = (commandId: string): Promise<Json> =>
      ask(
        `mutation ($id: ID!) { establishBody(input: { commandId: $id, name: "Landstinget" }) { __typename ... on Recorded { item { id } } } }`,
        {
          id: commandId,
        },
      );
    const { id } = (await establish('organ')).data.establishBody.item;
    const note = async (commandId: string): Promise<Json> =>
      (
        await ask(`mutation ($input: AddNoteInput!) { addNote(input: $input) ${OUTCOME} }`, {
          input: { commandId, item: { id }, text: TEXT },
        })
      ).data.addNote;
    const ready = async (): Promise<Readonly<{ status: number; body: Json }>> => {
      const answer = await fetch(url.replace('/graphql', '/readyz'));
      return { status: answer.status, body: await answer.json() };
    };
    expect(await note('før')).toMatchObject({ __typename: 'Recorded' });
    expect((await ready()).status).toBe(200);

    const filler = join(folder, 'filler');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - CHUNK_BYTES));
    let refused: Json = null;
    for (let at = 0; at < 40 && refused === null; at += 1) {
      const outcome = await note(`full ${at}`);
      if (outcome.__typename !== 'Recorded') refused = outcome;
    }
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'UNAVAILABLE', retryAfterMs: expect.any(Number) });
    expect((await ask('{ items(first: 1) { totalCount } }')).data.items.totalCount).toBe(1);
    const full = await ready();
    expect([full.status, full.body.store.ok]).toEqual([503, false]);
    expect(full.body.store.reason).toMatch(/disk|full|free/i);
    expect((await fetch(url.replace('/graphql', '/healthz'))).status).toBe(200);

    unlinkSync(filler);
    let after = await note('etter');
    for (let asked = 0; asked < RECOVERS_ASKS_MAX && after.__typename !== 'Recorded'; asked += 1) after = await note('etter');
    expect(after).toMatchObject({ __typename: 'Recorded' });
    let well = await ready();
    for (let asked = 0; asked < RECOVERS_ASKS_MAX && well.status !== 200; asked += 1) well = await ready();
    expect(well).toMatchObject({ status: 200, body: { ready: true, projections: expect.any(Array) } });
    expect((await ask(`{ node(id: "${id}") { id } }`)).data.node.id).toBe(id);
    expect((await stop(server, 'SIGTERM')).code).toBe(0);
    server = null;
  });
});
