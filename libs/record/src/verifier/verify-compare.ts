import type { Checkpoint } from '../checkpoint.js';
import { EXPORT_FILES, readExportLine } from '../export-format.js';
import { sameBytes } from '../hash.js';
import type { VerifierKey } from '../note.js';
import { PROOF_HASHES_MAX, verifyConsistency } from '../proof.js';
import { Malformed, fieldsOf, hashIn, parseJsonIn } from '../reading-json.js';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../tree.js';
import { failed, incomplete, type Finding } from './findings.js';
import * as say from './sentences.js';
import type { ExportDirectory } from './verify-export.js';
import { check, readCheckpoint, readKey, signedFinding, trustedKey } from './vouching.js';

/** One of two to compare: an export, or a signed note alone. */
export type Compared = Readonly<{ where: string; directory: ExportDirectory | null; note: string }>;
export type CompareQuestion = Readonly<{
  one: Compared;
  other: Compared;
  key: VerifierKey | null;
  /** The API's ConsistencyProof between the two, as JSON; for two notes of different sizes. */
  proof: Readonly<{ text: string; where: string }> | null;
}>;

/** That the smaller of two records is the beginning of the larger. @throws Malformed */
export const verifyCompare = async ({ one, other, key: given, proof }: CompareQuestion): Promise<readonly Finding[]> => {
  const sides = await Promise.all([one, other].map(async (side) => ({ ...side, checkpoint: readCheckpoint(side.note, side.where) })));
  const [small, large] = sides.sort((a, b) => a.checkpoint.size - b.checkpoint.size) as [Side, Side];
  const own = await ownKey([large, small]);
  const { key, findings } = trustedKey(given, own, false);
  const { checkpoint: from } = small;
  const { checkpoint: to } = large;
  return [
    ...findings,
    await signedFinding(small.note, from, key),
    await signedFinding(large.note, to, key),
    check(from.origin === to.origin, say.sameOrigin(from.origin, to.origin), 'INCONSISTENT'),
    ...(await beginningFindings(small, large, proof)),
  ];
};

type Side = Compared & Readonly<{ checkpoint: Checkpoint }>;

const ownKey = async (sides: readonly Compared[]): Promise<VerifierKey | null> => {
  for (const { where, directory } of sides) {
    if (directory !== null) return readKey(await directory.text(EXPORT_FILES.key), `${where}/${EXPORT_FILES.key}`);
  }
  return null;
};

const beginningFindings = async (small: Side, large: Side, proof: CompareQuestion['proof']): Promise<readonly Finding[]> => {
  const { checkpoint: from } = small;
  const { checkpoint: to } = large;
  const roots = large.directory && (await rootsOf(large.directory, from.size));
  // What lies beside a checkpoint is held against it always: a checkpoint alone says nothing of the entries it came with.
  const larger = roots && wholeFinding(roots, to);
  const smaller = small.directory && wholeFinding(await rootsOf(small.directory, from.size), from);
  const wholes = [larger, smaller].filter((finding) => finding !== null);
  if (proof !== null) return [...wholes, check(proves(from, to, proof), say.unchangedSince(from.size), 'INCONSISTENT')];
  if (roots === null) {
    const same = from.size === to.size;
    const told = check(sameBytes(from.root, to.root), say.unchangedSince(from.size), 'INCONSISTENT');
    return [...wholes, same ? told : incomplete(say.needsProof(from.size, to.size))];
  }
  const beginning = roots.atFrom !== null && sameBytes(roots.atFrom, from.root);
  const since = check(beginning, say.unchangedSince(from.size), 'INCONSISTENT');
  const parted = !beginning || smaller?.verdict === 'FAILED';
  const differing = parted && small.directory && large.directory ? await firstDifference(small.directory, large.directory) : null;
  return [...wholes, since, ...(differing === null ? [] : [failed('INCONSISTENT', say.differsFrom(differing))])];
};

const wholeFinding = (roots: Readonly<{ size: number; whole: Uint8Array }>, { size, root }: Checkpoint): Finding =>
  check(roots.size === size && sameBytes(roots.whole, root), say.rootAgrees(roots.size), 'INCONSISTENT');

const proves = (from: Checkpoint, to: Checkpoint, { text, where }: NonNullable<CompareQuestion['proof']>): boolean => {
  const fields = fieldsOf(parseJsonIn(text, where), where);
  const hashes = fields.list('hashes');
  if (hashes.length > PROOF_HASHES_MAX) throw new Malformed(where, `a proof has no more than ${PROOF_HASHES_MAX} hashes`);
  const shown = {
    from: fields.count('from'),
    to: fields.count('to'),
    hashes: hashes.map((hash, nth) => hashIn(hash, where, `hashes.${nth}`)),
  };
  return shown.from === from.size && shown.to === to.size && verifyConsistency({ ...shown, fromRoot: from.root, toRoot: to.root });
};

const hashesOf = async function* (directory: ExportDirectory): AsyncGenerator<Uint8Array, void> {
  let number = 0;
  for await (const line of directory.lines(EXPORT_FILES.entries)) {
    number += 1;
    const { leaf, leafHash: hash } = readExportLine(line, number);
    // What the line says of itself is not believed where the text is there.
    yield leaf === null ? hash : leafHash(leaf);
  }
};

const rootsOf = async (directory: ExportDirectory, from: number) => {
  let tree = emptyTree;
  let atFrom = from === 0 ? rootOf(tree) : null;
  for await (const hash of hashesOf(directory)) {
    tree = appendLeaf(tree, hash);
    if (tree.size === from) atFrom = rootOf(tree);
  }
  return { size: tree.size, whole: rootOf(tree), atFrom };
};

/** The index at which two exports part, or null when the one is the beginning of the other. */
const firstDifference = async (one: ExportDirectory, other: ExportDirectory): Promise<number | null> => {
  const others = hashesOf(other);
  try {
    let index = 0;
    for await (const hash of hashesOf(one)) {
      const next = await others.next();
      if (next.done === true || !sameBytes(hash, next.value)) return index;
      index += 1;
    }
    return null;
  } finally {
    await others.return(undefined);
  }
};
