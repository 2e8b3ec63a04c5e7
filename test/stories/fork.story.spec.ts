import { forkRecord } from '@saksgang/recording';
import { systemRandom } from '../../apps/api/src/system.js';
import { recordLetter } from '../support/letter.js';
import { serve } from '../support/serve.js';

const RECORD = '{ record { origin checkpoint { origin size } checkpoints { nodes { origin } } verification { state signer } } }';

describe('When a record was forked,', () => {
  it('it goes on under its new name, and the read models with it', async () => {
    const served = await serve();
    try {
      const { resolution } = await recordLetter(served);
      await served.record.recording.verify();
      await served.record.recording.sign();
      const before = (await served.read(RECORD)).record;
      const get = async (path: string) => {
        const answer = await fetch(new URL(path, served.url), { signal: AbortSignal.timeout(10_000) });
        return { status: answer.status, caching: answer.headers.get('cache-control'), body: Buffer.from(await answer.arrayBuffer()) };
      };
      const [oldNote, oldKey, oldTile] = [
        await get('/record/1/checkpoint'),
        await get('/record/1/key'),
        await get('/record/1/tile/0/000.p/1'),
      ];
      expect([oldNote.status, oldKey.status, oldTile.status]).toEqual([200, 200, 200]);
      await forkRecord({
        dataDir: served.dataDir,
        store: served.record.store,
        signingKeyFile: null,
        reason: 'Prøve.',
        origin: null,
        clock: { now: () => '2026-03-03T08:00:00.000Z' },
        random: systemRandom,
      });
      await served.restart();
      await served.recorded('addNote', { commandId: 'etter', item: { id: resolution }, text: 'Etter delingen.' });
      await served.record.recording.verify();
      expect(await served.record.recording.sign()).toBe(true);
      const after = (await served.read(RECORD)).record;
      expect(after).toMatchObject({ origin: `${before.origin}/2`, verification: { state: 'VERIFIED', signer: 'SIGNING' } });
      // The note, and the entry that tells of the fork.
      expect(after.checkpoint.size).toBe(before.checkpoint.size + 2);
      expect(new Set(after.checkpoints.nodes.map((node: { origin: string }) => node.origin))).toEqual(
        new Set([after.origin, before.origin]),
      );
      // What somebody kept under the old origin's address is what stands there, or nothing does; never other bytes.
      expect([await get('/record/1/checkpoint'), await get('/record/1/key')]).toEqual([oldNote, oldKey]);
      expect((await get('/record/1/tile/0/000.p/1')).status).toBe(404);
      expect((await get('/record/2/tile/0/000.p/1')).status).toBe(200);
      expect(await get('/record/checkpoint')).toEqual(await get('/record/2/checkpoint'));
      const ready = await fetch(new URL('/readyz', served.url));
      expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true }]);
    } finally {
      await served.close();
    }
  });
});
