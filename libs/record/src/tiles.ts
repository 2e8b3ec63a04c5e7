import { HASH_BYTES } from './hash.js';
import { checkedSize, nodeHash, type ReadHash } from './tree.js';

// Hash tiles as C2SP tlog-tiles has them: a tile of level L holds up to 256 hashes of the tree's level 8·L, and is a file of its own
// that never changes once it is full.

/** Levels of the tree that one tile spans. */
export const TILE_HEIGHT = 8;
/** Hashes of a full tile. */
export const TILE_WIDTH = 2 ** TILE_HEIGHT;
const LEVEL_MAX = 6; // 256^7 is beyond the safe integers

/** `width` 1..256: how many hashes it holds; 256 is a full tile. */
export type Tile = Readonly<{ level: number; index: number; width: number }>;

/** Reads the bytes of a tile, at least as wide as asked for; null where there is none. */
export type ReadTile = (tile: Tile) => Uint8Array | null;

/** A tile that had to be there is not, or is cut short. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing';
  constructor(readonly tile: Tile) {
    super(`${tilePath(tile)} is missing or cut short`);
  }
}

/** `tile/<L>/<N>[.p/<W>]`: N in groups of three digits, all but the last with an x: 1234067 is x001/x234/067. */
export const tilePath = ({ level, index, width }: Tile): string => {
  const digits = String(checkedSize(index));
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  const path = groups.map((group, nth) => (nth < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
};

const PATH = /^tile\/([0-6])\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile of a path, or null when it is none: only the one spelling `tilePath` writes. */
export const tileOfPath = (path: string): Tile | null => {
  const [, level = '', groups = '', width] = PATH.exec(path) ?? [];
  if (groups === '') return null;
  const tile = { level: Number(level), index: Number(groups.replace(/[x/]/g, '')), width: width ? Number(width) : TILE_WIDTH };
  return tile.width <= TILE_WIDTH && Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : null;
};

/** Hashes of a tile level in a tree of `size`. */
const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** The widest tile there is at that place in a tree of `size`, or null. */
export const tileIn = (size: number, level: number, index: number): Tile | null => {
  const width = Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH);
  return level <= LEVEL_MAX && width > 0 ? { level, index, width } : null;
};

/** The tiles to write when a tree grows from one size to another: every tile that holds a hash more, in its new width. */
export const tilesFor = function* (from: number, to: number): Generator<Tile> {
  checkedSize(from);
  checkedSize(to);
  for (let level = 0; level <= LEVEL_MAX && hashesAt(level, to) > 0; level += 1) {
    const before = hashesAt(level, from);
    const after = hashesAt(level, to);
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after && before < after; index += 1)
      yield { level, index, width: Math.min(TILE_WIDTH, after - index * TILE_WIDTH) };
  }
};

/** The bytes of a tile: its hashes, one after the other. */
export const tileBytes = ({ level, index, width }: Tile, read: ReadHash): Uint8Array => {
  const bytes = new Uint8Array(width * HASH_BYTES);
  for (let nth = 0; nth < width; nth += 1) bytes.set(read(level * TILE_HEIGHT, index * TILE_WIDTH + nth), nth * HASH_BYTES);
  return bytes;
};

/** Reads any hash of the tree of `size` out of its tiles: one tile each, and at most 255 hashings. @throws TileMissing */
export const readHashFrom =
  (size: number, readTile: ReadTile): ReadHash =>
  (level, index) => {
    const within = level % TILE_HEIGHT;
    const tileLevel = (level - within) / TILE_HEIGHT;
    const first = index * 2 ** within;
    const at = first % TILE_WIDTH;
    const place = { level: tileLevel, index: (first - at) / TILE_WIDTH };
    const tile = tileIn(size, place.level, place.index);
    const bytes = tile && readTile(tile);
    if (!bytes || bytes.length < (at + 2 ** within) * HASH_BYTES) throw new TileMissing(tile ?? { ...place, width: TILE_WIDTH });
    return perfectRoot(bytes, at, 2 ** within);
  };

/** The root over `count` (a power of two) hashes of a tile. */
const perfectRoot = (bytes: Uint8Array, at: number, count: number): Uint8Array =>
  count === 1
    ? bytes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES)
    : nodeHash(perfectRoot(bytes, at, count / 2), perfectRoot(bytes, at + count / 2, count / 2));
