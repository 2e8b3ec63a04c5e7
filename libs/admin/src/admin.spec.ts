import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labels, refuse } from '@saksgang/kernel';
import { askAdmin } from './ask-admin.js';
import { FRAME_BYTES_MAX } from './frames.js';
import { serveAdmin, type AdminVerb } from './serve-admin.js';
import { adminSocketOf } from './socket-path.js';

const scheduler = {
  sleep: async (ms: number, signal?: AbortSignal) => void (await sleep(ms, undefined, { ref: false, ...(signal && { signal }) })),
};
const NO = refuse('NO', labels('Nei.', 'Nei.', 'No.'), labels('La være.', 'La vere.', 'Let it be.'));
const verbs: Readonly<Record<string, AdminVerb>> = {
  echo: async (input) => input,
  refuse: async () => NO,
  fail: async () => {
    throw new Error('it broke');
  },
};

describe('The admin socket', () => {
  let dataDir: string;
  let served: Awaited<ReturnType<typeof serveAdmin>>;
  const serve = () => serveAdmin({ dataDir, verbs, scheduler, logger: () => undefined });
  const ask = (verb: string, input: unknown = null) => askAdmin(dataDir, verb, input, () => undefined);
  /** What comes back for these bytes, until the server hangs up. */
  const answerTo = async (bytes: string): Promise<string> => {
    const socket = connect(adminSocketOf(dataDir));
    socket.on('error', () => undefined);
    socket.write(bytes);
    let text = '';
    for await (const piece of socket) text += String(piece);
    return text;
  };

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'saksgang-admin-'));
    served = await serve();
  });
  afterEach(async () => {
    await served.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('does what its table of verbs says, for its owner only, and tells a refusal and a fault apart', async () => {
    expect(statSync(adminSocketOf(dataDir)).mode & 0o777).toBe(0o600);
    expect(await ask('echo', { word: 'æøå' })).toEqual({ is: 'done', result: { word: 'æøå' } });
    expect(await ask('refuse')).toEqual({ is: 'refused', refusal: NO });
    expect(await ask('fail')).toEqual({ is: 'failed', message: 'it broke' });
    for (const verb of ['erase', 'toString', '__proto__'])
      expect(await ask(verb)).toMatchObject({ is: 'refused', refusal: { code: 'ADMIN_VERB_UNKNOWN' } });
  });

  it('hangs up on what is no question, of another version, or without end, and goes on serving', async () => {
    expect(await answerTo('{"protocol":2,"verb":"echo"}\n')).toContain('ADMIN_PROTOCOL_UNKNOWN');
    for (const bytes of ['nonsense\n', '[]\n', 'null\n', '{"verb":"echo"}\n']) expect(await answerTo(bytes)).toContain('"failed"');
    const long = await answerTo(`"${'x'.repeat(2 * FRAME_BYTES_MAX)}`).catch(() => '"failed"');
    expect(long).toContain('"failed"');
    expect(await ask('echo', 1)).toEqual({ is: 'done', result: 1 });
  });

  it('is not there when no server runs, and takes the place of what a killed one left', async () => {
    await served.close();
    expect(await ask('echo')).toBeNull();
    writeFileSync(adminSocketOf(dataDir), '');
    expect(await ask('echo')).toBeNull();
    served = await serve();
    expect(await ask('echo', 2)).toEqual({ is: 'done', result: 2 });
  });

  it('is left out, with a warning, where its path would be too long', async () => {
    const warned: string[] = [];
    const long = await serveAdmin({
      dataDir: `${dataDir}/${'x'.repeat(100)}`,
      verbs,
      scheduler,
      logger: (_level, message) => warned.push(message),
    });
    expect(warned).toEqual([expect.stringContaining('too long')]);
    await long.close();
  });
});
