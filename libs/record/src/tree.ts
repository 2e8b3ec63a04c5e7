import { HASH_BYTES, sha256 } from './hash.js';

// The Merkle tree of RFC 6962 section 2, over entries in log order. Sizes and indexes are safe integers: none is ever shifted as 32 bits.

const LEAF_PREFIX = '\u0000';
const NODE_PREFIX = 0x01;

/** The root of the tree of nothing: SHA-256 of no bytes. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

const utf8 = new TextEncoder();

/** The hash of an entry: SHA-256(0x00 ‖ leaf), over the canonical text's UTF-8 bytes (RECORD.md section 2). */
export const leafHash = (leaf: string | Uint8Array): Uint8Array => {
  // A text takes its prefix along into UTF-8, where U+0000 is the one byte it is to be.
  if (typeof leaf === 'string') return sha256(utf8.encode(`${LEAF_PREFIX}${leaf}`));
  const prefixed = new Uint8Array(leaf.length + 1);
  prefixed.set(leaf, 1);
  return sha256(prefixed);
};

/** SHA-256(0x01 ‖ left ‖ right). @throws RangeError when one of them is no hash */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw new RangeError(`a hash is ${HASH_BYTES} bytes`);
  const prefixed = new Uint8Array(1 + 2 * HASH_BYTES);
  prefixed[0] = NODE_PREFIX;
  prefixed.set(left, 1);
  prefixed.set(right, 1 + HASH_BYTES);
  return sha256(prefixed);
};

/**
 * A tree as far as growing it takes: its size, and the hashes of the perfect subtrees it falls into, from left to right, the largest
 * first; at most 53 of them.
 */
export type Tree = Readonly<{ size: number; hashes: readonly Uint8Array[] }>;

export const emptyTree: Tree = { size: 0, hashes: [] };

/** Told of every node that an append completes: the hash over the entries [index·2^level, (index+1)·2^level). Level 0 is the leaf. */
export type NodeMade = (level: number, index: number, hash: Uint8Array) => void;

/** The tree with one entry more. Amortised one node hash. @throws RangeError beyond the safe integers */
export const appendLeaf = (tree: Tree, hash: Uint8Array, made?: NodeMade): Tree => {
  const size = checkedSize(tree.size + 1);
  const hashes = tree.hashes.slice();
  let index = tree.size;
  let node = hash;
  made?.(0, index, node);
  for (let level = 1; index % 2 === 1; level += 1) {
    node = nodeHash(hashes.pop() as Uint8Array, node);
    index = (index - 1) / 2;
    made?.(level, index, node);
  }
  hashes.push(node);
  return { size, hashes };
};

/** The root of the tree (RFC 6962's MTH). */
export const rootOf = ({ hashes }: Tree): Uint8Array =>
  hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));

/**
 * Gives the hash of a perfect subtree: over the entries [index·2^level, (index+1)·2^level). Asked only for subtrees that lie wholly in
 * the tree. @throws what it likes when it cannot; it goes through
 */
export type ReadHash = (level: number, index: number) => Uint8Array;

/** The tree of the first `size` entries, of a log that holds at least as many. */
export const treeAt = (size: number, read: ReadHash): Tree => ({ size: checkedSize(size), hashes: perfectHashes(0, size, read) });

/** MTH over the entries [from, to): `from` is a multiple of the largest power of two below or at to − from. */
export const hashOfRange = (from: number, to: number, read: ReadHash): Uint8Array =>
  rootOf({ size: to - from, hashes: perfectHashes(from, to, read) });

const perfectHashes = (from: number, to: number, read: ReadHash): Uint8Array[] => {
  const hashes: Uint8Array[] = [];
  // At most 53 rounds: each takes off the highest bit of what is left.
  for (let at = from; at < to;) {
    const { level, width } = largestPower(to - at);
    hashes.push(read(level, at / width));
    at += width;
  }
  return hashes;
};

/** The largest power of two at or below a count of at least 1. By doubling: logarithms round. */
export const largestPower = (count: number): Readonly<{ level: number; width: number }> => {
  let [level, width] = [0, 1];
  while (width <= count / 2) [level, width] = [level + 1, width * 2];
  return { level, width };
};

/** @throws RangeError unless it counts entries */
export const checkedSize = (size: number): number => {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`a tree's size is a whole number from 0, not ${size}`);
  return size;
};

/** The largest power of two below `size`, which is at least 2: where RFC 6962 parts a tree. */
export const splitOf = (size: number): number => largestPower(size - 1).width;
