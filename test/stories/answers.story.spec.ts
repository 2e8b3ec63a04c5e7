import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { recordLetter } from '../support/letter.js';
import { serve, type Served } from '../support/serve.js';

type Bytes = Readonly<{ status: number; headers: Readonly<Record<string, string | string[] | undefined>>; body: Buffer }>;

/** As it comes over the wire: nothing is unpacked on the way. */
const fetchBytes = (url: string, headers: Readonly<Record<string, string>>): Promise<Bytes> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }));
      answer.on('error', reject);
    }).on('error', reject);
  });

describe('A client on a slow line', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
    await recordLetter(served);
    await served.publishAll();
  });
  afterAll(() => served.close());

  const page = (headers: Readonly<Record<string, string>> = {}) =>
    fetchBytes(
      `${served.url}?query=${encodeURIComponent('{ items { nodes { id title kind } } timeline(first: 50) { nodes { id title description occurred { label text } item { id title state stateLabel } source { title reference } } } }')}`,
      headers,
    );

  it('is sent a page compressed when it says it can take that, and plain when it does not', async () => {
    const [plain, packed] = [await page(), await page({ 'accept-encoding': 'gzip' })];
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
    expect(packed.headers['vary']).toMatch(/accept-encoding/i);
    expect(gunzipSync(packed.body).toString()).toBe(plain.body.toString());
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
  });

  it('is sent nothing again while nothing is recorded, however the page was packed', async () => {
    const [plain, packed] = [await page(), await page({ 'accept-encoding': 'gzip' })];
    expect(packed.headers['etag']).toBe(plain.headers['etag']);
    const held = await page({ 'accept-encoding': 'gzip', 'if-none-match': String(plain.headers['etag']) });
    expect([held.status, held.body.length, held.headers['content-encoding']]).toEqual([304, 0, undefined]);
    await served.recorded('establishBody', { commandId: 'ny', name: 'Et nytt organ' });
    expect((await page({ 'if-none-match': String(plain.headers['etag']) })).status).toBe(200);
  });
});
