import { sameBytes } from '../hash.js';
import { canonicalLeaf, type Leaf } from '../leaf.js';
import { appendLeaf, emptyTree, leafHash, rootOf, type NodeMade, type Tree } from '../tree.js';
import { check } from './vouching.js';
import type { Finding } from './findings.js';
import * as say from './sentences.js';
import { createTally } from './tally.js';

/** An entry on the way past: `hash` null where only the text is there, `leaf` null where only the hash is. */
export type Passing =
  Readonly<{ index: number; leaf: string; hash: Uint8Array | null }> | Readonly<{ index: number; leaf: null; hash: Uint8Array }>;

/** Entries in log order, once through: what holds of each, and the roots on the way. Remembers a number for each stream. */
export type EntryWalk = Readonly<{
  /** The leaf of the entry that went past; null when it is withheld or is none. */
  pass: (entry: Passing) => Leaf | null;
  size: () => number;
  /** The root over the first `size` entries: of a size that was asked for when the walk began, or of the whole; null when not reached. */
  rootAt: (size: number) => Uint8Array | null;
  findings: () => readonly Finding[];
}>;

/** `made` is told of every hash of the tree, from the leaves up. */
export const createEntryWalk = (sizesAsked: readonly number[], made?: NodeMade): EntryWalk => {
  const sizes = new Set(sizesAsked);
  let tree: Tree = emptyTree;
  const roots = new Map<number, Uint8Array>(sizes.has(0) ? [[0, rootOf(emptyTree)]] : []);
  const revisions = new Map<string, number>(); // the last one seen, by stream
  const [outOfPlace, wrongHash, malformed, outOfOrder] = [createTally(), createTally(), createTally(), createTally()];
  let withheld = 0;
  let missing = 0; // revisions that were not seen: they may be withheld

  const follow = (index: number, { stream, revision }: Leaf): void => {
    const before = revisions.get(stream) ?? -1;
    if (revision <= before) outOfOrder.add(`${index} (${stream}, ${revision})`);
    else missing += revision - before - 1;
    revisions.set(stream, Math.max(before, revision));
  };
  const pass = ({ index, leaf, hash }: Passing): Leaf | null => {
    if (index !== tree.size) outOfPlace.add(String(index));
    const hashed = leaf === null ? hash : leafHash(leaf);
    if (hash !== null && !sameBytes(hashed, hash)) wrongHash.add(String(index));
    tree = appendLeaf(tree, hashed, made);
    if (sizes.has(tree.size)) roots.set(tree.size, rootOf(tree));
    if (leaf === null) {
      withheld += 1;
      return null;
    }
    const parsed = canonicalLeaf(leaf);
    if (parsed === null) malformed.add(String(index));
    else follow(index, parsed);
    return parsed;
  };
  const findings = (): readonly Finding[] => {
    if (missing > withheld) outOfOrder.add(`${missing - withheld}`);
    return [
      check(outOfPlace.count() === 0, say.dense(tree.size, outOfPlace.places()), 'INCONSISTENT'),
      check(wrongHash.count() === 0, say.hashesAgree(wrongHash.places())),
      check(malformed.count() === 0, say.allCanonical(malformed.places())),
      check(outOfOrder.count() === 0, say.revisionsFollow(outOfOrder.places()), 'INCONSISTENT'),
    ];
  };
  return { pass, size: () => tree.size, rootAt: (size) => (size === tree.size ? rootOf(tree) : (roots.get(size) ?? null)), findings };
};
