import type { Random } from '@saksgang/kernel';
import { createHash } from 'node:crypto';

/** Random bytes that are the same in every run: SHA-256 of the seed and a counter. */
export const seededRandom = (seed: string): Random => {
  let counter = 0;
  return {
    bytes: (count) => {
      const blocks: Buffer[] = [];
      for (let have = 0; have < count; have += 32) blocks.push(createHash('sha256').update(`${seed}\n${counter++}`).digest());
      return Uint8Array.from(Buffer.concat(blocks).subarray(0, count));
    },
  };
};

/** 0 ≤ n < below, near enough to even for choosing test cases. */
export const someNumber = (random: Random, below: number): number => Buffer.from(random.bytes(4)).readUInt32BE() % below;
