import { consistencyProof, inclusionProof } from './proof.js';
import { TILE_WIDTH, TileMissing, readHashFrom, tileBytes, tileIn, tileOfPath, tilePath, tilesFor, type ReadTile } from './tiles.js';
import { appendLeaf, emptyTree, leafHash, rootOf, treeAt, type ReadHash } from './tree.js';

const SIZE = 70_000; // three levels of tiles: 70,000 > 256²
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const nodes = new Map<string, Uint8Array>();
let tree = emptyTree;
for (let index = 0; index < SIZE; index += 1)
  tree = appendLeaf(tree, leafHash(`entry ${index}`), (level, at, hash) => nodes.set(`${level}/${at}`, hash));
const read: ReadHash = (level, index) => nodes.get(`${level}/${index}`) as Uint8Array;

/** Files as an auditor's server has them. */
const grown = (...sizes: readonly number[]): Map<string, Uint8Array> => {
  const files = new Map<string, Uint8Array>();
  let before = 0;
  for (const size of sizes) {
    for (const tile of tilesFor(before, size)) files.set(tilePath(tile), tileBytes(tile, read));
    before = size;
  }
  return files;
};
const reading =
  (files: ReadonlyMap<string, Uint8Array>): ReadTile =>
  (tile) =>
    files.get(tilePath(tile)) ?? null;

describe('tiles', () => {
  it('have the paths of tlog-tiles', () => {
    expect(tilePath({ level: 0, index: 0, width: TILE_WIDTH })).toBe('tile/0/000');
    expect(tilePath({ level: 0, index: 1234067, width: TILE_WIDTH })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 1, index: 273, width: 112 })).toBe('tile/1/273.p/112');
    expect(tilePath({ level: 0, index: 1000, width: 1 })).toBe('tile/0/x001/000.p/1');
  });
  it('are known by that path and by no other', () => {
    for (const tile of [
      { level: 0, index: 0, width: 256 },
      { level: 6, index: 999, width: 255 },
      { level: 2, index: 123456789, width: 1 },
    ])
      expect(tileOfPath(tilePath(tile))).toEqual(tile);
    for (const path of [
      'tile/0/0',
      'tile/0/0000',
      'tile/0/x000/001',
      'tile/7/000',
      'tile/-1/000',
      'tile/0/001/002',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/0/000.p/999',
      'tile/0/../../keys.db',
      'tile/0/000\n',
      '/tile/0/000',
      'tile/0/x999/x999/x999/x999/x999/999',
      '',
    ])
      expect(tileOfPath(path)).toBeNull();
  });
  it('of 70,000 entries are those of the specification: 274, 2 and 1 of three levels', () => {
    const paths = [...grown(SIZE).keys()];
    expect(paths.filter((path) => path.startsWith('tile/0/'))).toHaveLength(274);
    expect(paths.filter((path) => path.startsWith('tile/1/'))).toEqual(['tile/1/000', 'tile/1/001.p/17']);
    expect(paths.filter((path) => path.startsWith('tile/2/'))).toEqual(['tile/2/000.p/1']);
    expect(paths.filter((path) => path.startsWith('tile/0/') && path.includes('.p/'))).toEqual(['tile/0/273.p/112']);
    expect(tileIn(SIZE, 0, 274)).toBeNull();
    expect(tileIn(SIZE, 3, 0)).toBeNull();
  });
  it('full ones never change, and growing step by step writes the same as at once', () => {
    const atOnce = grown(SIZE);
    const stepwise = grown(1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, SIZE);
    for (const [path, bytes] of atOnce) expect(Buffer.compare(stepwise.get(path) as Uint8Array, bytes)).toBe(0);
    expect([...stepwise.keys()].filter((path) => !path.includes('.p/')).sort()).toEqual(
      [...atOnce.keys()].filter((path) => !path.includes('.p/')).sort(),
    );
    expect([...tilesFor(SIZE, SIZE)]).toEqual([]);
  });
  it('hold every hash a proof needs: the same proofs come from tiles as from nodes', () => {
    for (const size of [1, 2, 255, 256, 257, 511, 65_535, 65_536, 65_537, SIZE]) {
      const fromTiles = readHashFrom(size, reading(grown(size)));
      expect(hex(rootOf(treeAt(size, fromTiles)))).toBe(hex(rootOf(treeAt(size, read))));
      for (const index of [0, 1, 254, 255, 256, size >> 1, size - 1].filter((at) => at < size))
        expect(inclusionProof(index, size, fromTiles).map(hex)).toEqual(inclusionProof(index, size, read).map(hex));
      for (const from of [1, 255, 256, 300, size - 1].filter((at) => at < size))
        expect(consistencyProof(from, size, fromTiles).map(hex)).toEqual(consistencyProof(from, size, read).map(hex));
    }
  });
  it('say which of them is missing or cut short', () => {
    const files = grown(SIZE);
    files.delete('tile/0/004');
    files.set('tile/0/273.p/112', (files.get('tile/0/273.p/112') as Uint8Array).subarray(0, 100));
    const fromTiles = readHashFrom(SIZE, reading(files));
    expect(() => inclusionProof(4 * 256 + 7, SIZE, fromTiles)).toThrow(TileMissing);
    expect(() => inclusionProof(SIZE - 1, SIZE, fromTiles)).toThrow(/^tile\/0\/273\.p\/112 is missing or cut short$/);
    expect(inclusionProof(0, 256, fromTiles)).toHaveLength(8);
  });
});
