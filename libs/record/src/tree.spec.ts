import { createHash } from 'node:crypto';
import { rounds } from '../../../test/support/not-run.js';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.js';
import { EMPTY_ROOT, appendLeaf, emptyTree, hashOfRange, leafHash, nodeHash, rootOf, treeAt, type ReadHash, type Tree } from './tree.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The inputs and roots that the reference implementation of RFC 6962 is tested with. */
const REFERENCE = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const;

/** RFC 6962 section 2.1 word for word, with its own hashing: nothing of the code under test. */
const hash = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const naiveRoot = (leaves: readonly Uint8Array[]): Buffer => {
  if (leaves.length === 0) return hash();
  if (leaves.length === 1) return hash(Buffer.of(0), leaves[0] as Uint8Array);
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return hash(Buffer.of(1), naiveRoot(leaves.slice(0, half)), naiveRoot(leaves.slice(half)));
};

const SIZE = 128;
const leaves = Array.from({ length: SIZE }, (_, index) => Buffer.from(`entry ${index}`));
const nodes = new Map<string, Uint8Array>();
const trees: Tree[] = [emptyTree];
for (const leaf of leaves)
  trees.push(appendLeaf(trees.at(-1) as Tree, leafHash(leaf), (level, index, node) => nodes.set(`${level}/${index}`, node)));
const read: ReadHash = (level, index) => {
  const node = nodes.get(`${level}/${index}`);
  if (!node) throw new Error(`there is no node ${level}/${index}`);
  return node;
};
const roots = trees.map((_, size) => naiveRoot(leaves.slice(0, size)));
const rootAt = (size: number): Uint8Array => roots[size] as Uint8Array;
const hashAt = (index: number): Uint8Array => leafHash(leaves[index] as Uint8Array);

describe('the tree', () => {
  it('has the constants of RFC 6962: the empty root, a leaf under 0x00, a node under 0x01', () => {
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(leafHash(''))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(hex(leafHash('L123456'))).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
    expect(hex(nodeHash(leafHash(''), leafHash(Buffer.of(0))))).toBe(REFERENCE[1][1]);
    expect(() => nodeHash(Buffer.from('N123'), Buffer.from('N456'))).toThrow(RangeError);
  });
  it('has the reference roots, growing leaf by leaf', () => {
    let tree = emptyTree;
    for (const [leaf, root] of REFERENCE) {
      tree = appendLeaf(tree, leafHash(Buffer.from(leaf, 'hex')));
      expect(hex(rootOf(tree))).toBe(root);
    }
  });
  it('hashes a text as its UTF-8 bytes', () => {
    expect(hex(leafHash('{"title":"Kulturskolen «æøå» 🎵"}'))).toBe(hex(leafHash(Buffer.from('{"title":"Kulturskolen «æøå» 🎵"}'))));
  });
  it('has the root of a naive tree at every size, grown or read from its nodes', () => {
    for (let size = 0; size <= SIZE; size += 1) {
      expect(hex(rootOf(trees[size] as Tree))).toBe(hex(rootAt(size)));
      expect(hex(rootOf(treeAt(size, read)))).toBe(hex(rootAt(size)));
      expect(hex(hashOfRange(0, size, read))).toBe(hex(rootAt(size)));
    }
  });
  it('leaves the tree it grew from as it was', () => {
    expect(hex(rootOf(trees[77] as Tree))).toBe(hex(rootAt(77)));
  });
  it('refuses sizes that count nothing', () => {
    for (const size of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => treeAt(size, read)).toThrow(RangeError);
  });
});

describe('proofs', () => {
  it('show every entry in every tree up to 128, and only there', () => {
    const wrong: string[] = [];
    for (let size = 1; size <= SIZE; size += 1)
      for (let index = 0; index < size; index += 1) {
        const hashes = inclusionProof(index, size, read);
        const shown = { index, size, leafHash: hashAt(index), hashes, root: rootAt(size) };
        const answers = [
          verifyInclusion(shown),
          size > 1 && verifyInclusion({ ...shown, index: (index + 1) % size }),
          verifyInclusion({ ...shown, root: rootAt(size - 1) }),
          verifyInclusion({ ...shown, leafHash: hashAt((index + 1) % SIZE) }),
        ];
        if (answers.join() !== 'true,false,false,false') wrong.push(`${index} in ${size}: ${answers.join()}`);
      }
    expect(wrong).toEqual([]);
  });
  it('show every tree up to 128 as the beginning of every larger one, and of no other', () => {
    const wrong: string[] = [];
    for (let to = 0; to <= SIZE; to += 1)
      for (let from = 0; from <= to; from += 1) {
        const shown = { from, to, fromRoot: rootAt(from), toRoot: rootAt(to), hashes: consistencyProof(from, to, read) };
        const answers = [
          verifyConsistency(shown),
          from > 0 && verifyConsistency({ ...shown, fromRoot: rootAt(from - 1) }),
          from > 0 && verifyConsistency({ ...shown, toRoot: rootAt(to - 1) }),
          from < to && verifyConsistency({ ...shown, from: from + 1 }),
        ];
        if (answers.join() !== 'true,false,false,false') wrong.push(`${from} to ${to}: ${answers.join()}`);
      }
    expect(wrong).toEqual([]);
  });
  it('are those of RFC 6962 section 2.1.3', () => {
    const [a, b, c, d, , , g] = [0, 1, 2, 3, 4, 5, 6].map(hashAt) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, 0, 0, Uint8Array];
    const [i, k] = [read(1, 2), read(2, 0)];
    const l = nodeHash(i, g);
    const path = (hashes: readonly Uint8Array[]): string[] => hashes.map(hex);
    expect(path(inclusionProof(0, 7, read))).toEqual(path([b, read(1, 1), l]));
    expect(path(inclusionProof(3, 7, read))).toEqual(path([c, read(1, 0), l]));
    expect(path(inclusionProof(4, 7, read))).toEqual(path([hashAt(5), g, k]));
    expect(path(inclusionProof(6, 7, read))).toEqual(path([i, k]));
    expect(path(consistencyProof(3, 7, read))).toEqual(path([c, d, read(1, 0), l]));
    expect(path(consistencyProof(4, 7, read))).toEqual(path([l]));
    expect(path(consistencyProof(6, 7, read))).toEqual(path([i, g, k]));
    expect(hex(nodeHash(a, b))).toBe(hex(read(1, 0)));
  });
  it('are refused for what lies outside the tree', () => {
    for (const [index, size] of [
      [-1, 4],
      [4, 4],
      [0, 0],
      [0.5, 4],
      [0, 2 ** 53],
    ] as const)
      expect(() => inclusionProof(index, size, read)).toThrow(RangeError);
    for (const [from, to] of [
      [5, 4],
      [-1, 4],
      [0, 0.5],
    ] as const)
      expect(() => consistencyProof(from, to, read)).toThrow(RangeError);
  });
  it('are answered about, and not thrown over, however senseless they are', () => {
    const hashes = inclusionProof(3, 8, read);
    const shown = { index: 3, size: 8, leafHash: hashAt(3), hashes, root: rootAt(8) };
    expect(verifyInclusion({ ...shown, hashes: [...hashes, hashAt(0)] })).toBe(false);
    expect(verifyInclusion({ ...shown, hashes: hashes.slice(1) })).toBe(false);
    expect(verifyInclusion({ ...shown, hashes: [Buffer.alloc(31), ...hashes.slice(1)] })).toBe(false);
    expect(verifyInclusion({ ...shown, hashes: Array.from({ length: 1_000 }, () => hashAt(0)) })).toBe(false);
    expect(verifyInclusion({ ...shown, size: 2 ** 53 })).toBe(false);
    expect(verifyInclusion({ ...shown, index: Number.NaN })).toBe(false);
    const consistent = { from: 3, to: 8, fromRoot: rootAt(3), toRoot: rootAt(8), hashes: consistencyProof(3, 8, read) };
    for (const changed of [
      { hashes: [] },
      { hashes: [...consistent.hashes, hashAt(0)] },
      { from: 9 },
      { to: -1 },
      { fromRoot: hashAt(0).slice(1) },
    ])
      expect(verifyConsistency({ ...consistent, ...changed })).toBe(false);
    expect(verifyConsistency({ ...consistent, from: 0, fromRoot: hashAt(0), hashes: [] })).toBe(false);
  });
  it('work on trees larger than 32 bits can count, where all entries are alike', () => {
    const level = new Map([[0, hashAt(0)]]);
    const alike: ReadHash = (height) => {
      const known = level.get(height) ?? nodeHash(alike(height - 1, 0), alike(height - 1, 0));
      level.set(height, known);
      return known;
    };
    for (const size of [2 ** 32 + 5, 2 ** 48 - 1, 2 ** 53 - 1]) {
      const root = rootOf(treeAt(size, alike));
      for (const index of [0, 2 ** 31, 2 ** 32 + 3, size - 1])
        expect(verifyInclusion({ index, size, leafHash: hashAt(0), hashes: inclusionProof(index, size, alike), root })).toBe(true);
      for (const from of [1, 2 ** 32, 2 ** 32 + 1, size - 1]) {
        const shown = { from, to: size, fromRoot: rootOf(treeAt(from, alike)), toRoot: root, hashes: consistencyProof(from, size, alike) };
        expect(verifyConsistency(shown)).toBe(true);
      }
    }
  });
});

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const everyBit = function* (bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) yield flipped(bytes, bit);
};

describe('any one bit changed', () => {
  // Small trees have every shape there is; the long run takes larger ones too.
  const sizes = rounds('sizes whose proofs are tried with every bit changed', 13, 40);
  const taken = (bytes: Uint8Array, check: (changed: Uint8Array) => boolean): number => [...everyBit(bytes)].filter(check).length;

  it('in a leaf, a proof or a root of an inclusion is refused', () => {
    for (let size = 1; size <= sizes; size += 4)
      for (let index = 0; index < size; index += 3) {
        const shown = { index, size, leafHash: hashAt(index), hashes: inclusionProof(index, size, read), root: rootAt(size) };
        expect(taken(leaves[index] as Uint8Array, (leaf) => verifyInclusion({ ...shown, leafHash: leafHash(leaf) }))).toBe(0);
        expect(taken(shown.root, (root) => verifyInclusion({ ...shown, root }))).toBe(0);
        for (const [nth, hash] of shown.hashes.entries())
          expect(taken(hash, (changed) => verifyInclusion({ ...shown, hashes: shown.hashes.with(nth, changed) }))).toBe(0);
      }
  });
  it('in a root or a proof of a consistency is refused', () => {
    for (let to = 2; to <= sizes; to += 4)
      for (let from = 1; from < to; from += 3) {
        const shown = { from, to, fromRoot: rootAt(from), toRoot: rootAt(to), hashes: consistencyProof(from, to, read) };
        expect(taken(shown.fromRoot, (fromRoot) => verifyConsistency({ ...shown, fromRoot }))).toBe(0);
        expect(taken(shown.toRoot, (toRoot) => verifyConsistency({ ...shown, toRoot }))).toBe(0);
        for (const [nth, hash] of shown.hashes.entries())
          expect(taken(hash, (changed) => verifyConsistency({ ...shown, hashes: shown.hashes.with(nth, changed) }))).toBe(0);
      }
  });
});
