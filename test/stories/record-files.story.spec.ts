import { leafHash, parseVerifierKey, readHashFrom, rootOf, tilePath, treeAt, verifyCheckpoint } from '@saksgang/record';
import { recordLetter } from '../support/letter.js';
import { serve, type Served } from '../support/serve.js';

const NOTES = 50; // mutations of one document

describe('The files of the record, for auditors,', () => {
  let served: Served;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(new URL(path, served.url), { headers, signal: AbortSignal.timeout(10_000) });
  beforeAll(async () => {
    served = await serve();
    await recordLetter(served);
    await served.record.recording.verify();
    expect(await served.record.recording.sign()).toBe(true);
  });
  afterAll(() => served.close());

  it('are a checkpoint, signed by the published key, whose root the tiles give', async () => {
    const key = parseVerifierKey(await (await get('/record/key')).text());
    const answer = await get('/record/checkpoint');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/plain; charset=utf-8',
      'no-cache',
    ]);
    const { size, root } = verifyCheckpoint(await answer.text(), [key]);
    expect(size).toBe((await served.read('{ history(first: 100) { totalCount } }')).history.totalCount);
    const tile = await get(`/record/${tilePath({ level: 0, index: 0, width: size })}`);
    expect([tile.status, tile.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const bytes = new Uint8Array(await tile.arrayBuffer());
    expect(
      Buffer.from(
        rootOf(
          treeAt(
            size,
            readHashFrom(size, () => bytes),
          ),
        ),
      ),
    ).toEqual(Buffer.from(root));
    const [first] = (
      await served.record.store.readStream(
        await served.recorded('establishBody', { commandId: 'ks', name: 'KS', occurred: { text: '../2016-06-07' } }),
      )
    ).events;
    expect(Buffer.from(bytes.subarray(0, 32))).toEqual(Buffer.from(leafHash(first?.leaf ?? '')));
  });

  it.each([
    'tile/0/000.p/250',
    'tile/0/001',
    'tile/0/0',
    'tile/7/000',
    'tile/0/000.p/0',
    'tile/entries/000',
    'tile/0/../../signing.key',
    'tile/0/%2e%2e/signing.key',
    'tile/',
    '2/tile/0/000.p/1',
    '0/checkpoint',
    '01/key',
    '1e0/key',
    '2/checkpoint',
    '1/tile/0/0',
    '1/signing.key',
    'signing.key',
  ])('answer 404 to %s', async (path) => {
    expect((await get(`/record/${path}`)).status).toBe(404);
  });

  it('keep a full tile for ever', async () => {
    const board = (name: string) => served.recorded('establishBody', { commandId: name, name, occurred: { text: '../2018' } });
    const item = await board('Et utvalg');
    const { size } = (await served.record.recording.checkpoint()) ?? { size: 0 };
    const note = (n: number): string =>
      `n${n}: addNote(input: { commandId: "n${n}", item: { id: "${item}" }, text: "Merknad ${n}" }) { __typename }`;
    for (let from = size; from < 256; from += NOTES) {
      const notes = Array.from({ length: Math.min(NOTES, 256 - from) }, (_, nth) => note(from + nth));
      const recorded = await served.read(`mutation { ${notes.join('\n')} }`, {}, { key: served.keys.secretariat });
      expect(new Set(Object.values(recorded as Record<string, { __typename: string }>).map((one) => one.__typename))).toEqual(
        new Set(['Recorded']),
      );
    }
    expect(await served.record.recording.sign()).toBe(true);
    const tile = await get('/record/1/tile/0/000');
    expect([tile.status, tile.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    const kept = Buffer.from(await tile.arrayBuffer());
    expect(kept.byteLength).toBe(8_192);
    // Where the address does not say whose tree it is, a fork may put another tile: it is asked for again.
    const present = await get('/record/tile/0/000');
    expect([present.headers.get('cache-control'), present.headers.get('content-location')]).toEqual(['no-cache', '/record/1/tile/0/000']);
    expect(Buffer.from(await present.arrayBuffer())).toEqual(kept);
  });

  it('stand beside how the record stands, at /readyz', async () => {
    served.at('2026-03-02T10:00:42.000Z');
    const { ready, record } = (await (await get('/readyz')).json()) as { ready: boolean; record: Record<string, unknown> };
    expect(ready).toBe(true);
    expect(record).toEqual({
      indexed: expect.any(Number),
      signed: (await served.record.recording.checkpoint())?.size,
      checkpointAge: 42,
      signer: 'SIGNING',
      stopped: null,
      verification: 'VERIFIED',
    });
  });
});

describe('Where reading takes a key, so do the files of the record:', () => {
  it('without one there is nothing to see', async () => {
    const served = await serve({ publicRead: false });
    try {
      await served.record.recording.verify();
      await served.record.recording.sign();
      const url = new URL('/record/checkpoint', served.url);
      const stranger = await fetch(url);
      expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="saksgang"']);
      const bad = await fetch(url, { headers: { authorization: `Bearer sk_${'A'.repeat(43)}`, 'accept-language': 'en' } });
      expect([bad.status, await bad.text()]).toEqual([401, expect.stringContaining('The key is not known.')]);
      expect((await fetch(`${url.href}?access_token=${served.keys.auditor}`)).status).toBe(400);
      expect((await fetch(url, { headers: { authorization: `Bearer ${served.keys.auditor}` } })).status).toBe(200);
    } finally {
      await served.close();
    }
  });
});
