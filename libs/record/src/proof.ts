import { HASH_BYTES, sameBytes } from './hash.js';
import { EMPTY_ROOT, checkedSize, hashOfRange, largestPower, nodeHash, splitOf, type ReadHash } from './tree.js';

// Proofs of RFC 6962 section 2.1: made from stored hashes, and checked by the loops of RFC 9162 sections 2.1.3.2 and 2.1.4.2.

/** Hashes of one proof: two for each level of a tree whose size is a safe integer. What is longer is not looked at. */
export const PROOF_HASHES_MAX = 106;

/** That entry `index` lies in the tree of the first `size` entries: its audit path, from the leaf up. @throws RangeError */
export const inclusionProof = (index: number, size: number, read: ReadHash): Uint8Array[] => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= checkedSize(size))
    throw new RangeError(`entry ${index} does not lie in a tree of ${size}`);
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    const left = index < middle;
    path.push(left ? hashOfRange(middle, to, read) : hashOfRange(from, middle, read));
    [from, to] = left ? [from, middle] : [middle, to];
  }
  return path.reverse();
};

/**
 * That the tree of the first `from` entries is the beginning of the tree of the first `to`. Nothing has to be shown when they are the
 * same size, or the first is empty: then the proof is empty. @throws RangeError
 */
export const consistencyProof = (from: number, to: number, read: ReadHash): Uint8Array[] => {
  if (checkedSize(from) > checkedSize(to)) throw new RangeError(`a tree of ${from} is not the beginning of one of ${to}`);
  if (from === 0 || from === to) return [];
  const path: Uint8Array[] = [];
  let [start, end] = [0, to];
  while (from !== end) {
    const middle = start + splitOf(end - start);
    const left = from <= middle;
    path.push(left ? hashOfRange(middle, end, read) : hashOfRange(start, middle, read));
    [start, end] = left ? [start, middle] : [middle, end];
  }
  // The checker knows the root of the old tree; a part of it has to be named.
  if (start !== 0) path.push(hashOfRange(start, end, read));
  return path.reverse();
};

export type Inclusion = Readonly<{ index: number; size: number; leafHash: Uint8Array; hashes: readonly Uint8Array[]; root: Uint8Array }>;

/** Does the proof show that the leaf lies at the index, in the tree of that size and root? Total: nonsense is not shown. */
export const verifyInclusion = ({ index, size, leafHash, hashes, root }: Inclusion): boolean => {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes(hashes) || !areHashes([leafHash, root])) return false;
  let [at, last, node] = [index, size - 1, leafHash];
  for (const hash of hashes) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(hash, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else node = nodeHash(node, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(node, root);
};

export type Consistency = Readonly<{
  from: number;
  to: number;
  fromRoot: Uint8Array;
  toRoot: Uint8Array;
  hashes: readonly Uint8Array[];
}>;

/** Does the proof show that the first tree is the beginning of the second? Total: nonsense is not shown. */
export const verifyConsistency = ({ from, to, fromRoot, toRoot, hashes }: Consistency): boolean => {
  if (!isCount(from) || !isCount(to) || from > to || !areHashes(hashes) || !areHashes([fromRoot, toRoot])) return false;
  if (from === to) return hashes.length === 0 && sameBytes(fromRoot, toRoot) && (from > 0 || sameBytes(fromRoot, EMPTY_ROOT));
  if (from === 0) return hashes.length === 0 && sameBytes(fromRoot, EMPTY_ROOT);
  // An old tree that is perfect is a node of the new one: its root begins the path.
  const path = largestPower(from).width === from ? [fromRoot, ...hashes] : hashes;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [at, last] = [from - 1, to - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [old, young] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [old, young] = [nodeHash(hash, old), nodeHash(hash, young)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else young = nodeHash(young, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(old, fromRoot) && sameBytes(young, toRoot);
};

const half = (number: number): number => Math.floor(number / 2);
const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.length <= PROOF_HASHES_MAX && hashes.every((hash) => hash instanceof Uint8Array && hash.length === HASH_BYTES);
