import { createHash } from 'node:crypto';
import type { SignedCheckpoint, SignedCheckpoints } from '../src/index.js';

/** One keeping of the signer's memory, empty when it is made. */
export type CheckpointsKeeping = Readonly<{
  /** Opens it, as one more process does. */
  open: () => Promise<SignedCheckpoints>;
  /** What somebody does who has the database open. @throws what the database says */
  edit: (sql: string) => Promise<void>;
  /** Closes and removes all. */
  remove: () => Promise<void>;
}>;

const LOG = '0123456789abcdef';
const hash = (size: number): Uint8Array => createHash('sha256').update(String(size)).digest();
const next = (origin: string, size: number): Omit<SignedCheckpoint, 'number'> => ({
  origin,
  size,
  root: hash(size),
  note: `${origin}\n${size}\n`,
  signedAt: '2026-03-02T10:00:00.000Z',
});
const readTo = (size: number) => ({ log: LOG, ordinal: size, tree: { size, hashes: size === 0 ? [] : [hash(size), hash(size + 1)] } });

/** What every keeping of the signer's memory promises, each case named as the promise. */
export const signedCheckpointsContract = (name: string, make: () => Promise<CheckpointsKeeping>): void => {
  describe(`The signer’s memory, kept in ${name},`, () => {
    let keeping: CheckpointsKeeping;
    let opened: SignedCheckpoints[];
    let signed: SignedCheckpoints;
    const open = async (): Promise<SignedCheckpoints> => {
      const one = await keeping.open();
      opened.push(one);
      return one;
    };
    /** Signs for this many entries after what was signed last. */
    const sign = async (size: number, by = signed): Promise<boolean> => {
      const origin = await by.origin();
      return by.keep(await by.last(), next(origin?.name ?? '', size), readTo(size));
    };
    beforeEach(async () => {
      opened = [];
      keeping = await make();
      signed = await open();
    });
    afterEach(async () => {
      for (const one of opened) await one.close();
      await keeping.remove();
    });

    it('begins with nothing', async () => {
      expect([await signed.origin(), await signed.last(), await signed.readTo(), await signed.originAt(1)]).toEqual([
        null,
        null,
        null,
        null,
      ]);
      expect([await signed.count(), await signed.before(null, 9), await signed.beyond(-1, 9)]).toEqual([0, [], []]);
    });

    it('takes the name it is given until there is a key, and counts origins from 1', async () => {
      expect(await signed.nameOrigin('a.no/1')).toEqual({ number: 1, name: 'a.no/1', key: null });
      const origin = await signed.nameOrigin('a.no/2');
      expect(origin).toEqual({ number: 1, name: 'a.no/2', key: null });
      await signed.setKey(origin, 'the key');
      expect(await signed.nameOrigin('a.no/3')).toEqual({ number: 1, name: 'a.no/2', key: 'the key' });
      expect(await signed.addOrigin('a.no/3')).toEqual({ number: 2, name: 'a.no/3', key: null });
      expect([await signed.hasOrigin('a.no/2'), await signed.hasOrigin('a.no/1')]).toEqual([true, false]);
      await expect(signed.addOrigin('a.no/2')).rejects.toThrow(/unique/i);
    });

    it('keeps checkpoints and where the reading ended, and another process sees both at once', async () => {
      await signed.nameOrigin('a.no');
      for (const size of [0, 4, 9]) expect(await sign(size)).toBe(true);
      const other = await open();
      expect(await other.last()).toEqual({ ...next('a.no', 9), number: 3, root: Buffer.from(hash(9)) });
      expect(await other.readTo()).toEqual({ ...readTo(9), tree: { size: 9, hashes: [hash(9), hash(10)].map((one) => Buffer.from(one)) } });
      expect([(await other.covering(3))?.size, (await other.covering(4))?.size, await other.covering(10)]).toEqual([4, 4, null]);
      expect((await other.beyond(0, 1)).map(({ size }) => size)).toEqual([4]);
      expect((await other.before(3, 9)).map(({ size }) => size)).toEqual([4, 0]);
      expect([await other.count(), (await other.originAt(1))?.last?.size]).toEqual([3, 9]);
    });

    it('notes where the reading ended without a new checkpoint', async () => {
      await signed.nameOrigin('a.no');
      await sign(4);
      expect(await signed.keep(await signed.last(), null, { ...readTo(4), ordinal: 7 })).toBe(true);
      expect([(await signed.readTo())?.ordinal, await signed.count()]).toEqual([7, 1]);
    });

    it('takes nothing from whoever does not know what was signed last: of two signers one is first', async () => {
      await signed.nameOrigin('a.no');
      await sign(4);
      const other = await open();
      const seen = await signed.last();
      const both = [signed, other].map((one) => one.keep(seen, next('a.no', 6), readTo(6)));
      expect((await Promise.all(both)).sort()).toEqual([false, true]);
      expect(await signed.count()).toBe(2);
    });

    it('tells of the present origin what was signed under it, and of all what there is', async () => {
      await signed.setKey(await signed.nameOrigin('a.no'), 'a key');
      await sign(4);
      await signed.addOrigin('a.no/2');
      expect([await signed.last(), await signed.readTo(), await signed.covering(1)]).toEqual([null, null, null]);
      await sign(2);
      expect((await signed.before(null, 9)).map(({ origin, size }) => [origin, size])).toEqual([
        ['a.no/2', 2],
        ['a.no', 4],
      ]);
      expect((await signed.originAt(1))?.last?.size).toBe(4);
    });

    it('never lets go of a checkpoint, nor changes it, nor takes a smaller one, whoever has the database open', async () => {
      await signed.nameOrigin('a.no');
      await sign(4);
      await expect(keeping.edit('DELETE FROM checkpoint')).rejects.toThrow(/never deleted/);
      await expect(keeping.edit("UPDATE checkpoint SET note = 'another'")).rejects.toThrow(/never changed/);
      await expect(signed.keep(await signed.last(), next('a.no', 3), readTo(3))).rejects.toThrow(/never of fewer entries/);
      expect([(await signed.last())?.size, (await signed.readTo())?.tree.size]).toEqual([4, 4]);
    });
  });
};
