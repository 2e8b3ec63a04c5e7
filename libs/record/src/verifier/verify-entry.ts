import type { Checkpoint } from '../checkpoint.js';
import { sameBytes } from '../hash.js';
import { canonicalLeaf } from '../leaf.js';
import { disclosedIn } from '../disclosure.js';
import { readEntryFile, type EntryFile } from '../entry-file.js';
import type { VerifierKey } from '../note.js';
import { verifyInclusion } from '../proof.js';
import { leafHash } from '../tree.js';
import { incomplete, noted, type Finding } from './findings.js';
import * as say from './sentences.js';
import { check, readCheckpoint, signedFinding } from './vouching.js';

export type EntryQuestion = Readonly<{
  /** The file's text, and what to call it. */
  text: string;
  where: string;
  key: VerifierKey | null;
  /** An older or newer note of the same record that the auditor holds: told of when it is of the same size. */
  since: Readonly<{ note: string; where: string }> | null;
}>;

/**
 * That an entry stood in the record when its checkpoint was signed; of a saved answer with several proofs, each of them.
 * @throws Malformed
 */
export const verifyEntry = async ({ text, where, key, since }: EntryQuestion): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  for (const entry of readEntryFile(text, where)) findings.push(...(await entryFindings(entry, where, key, since)));
  return findings;
};

const entryFindings = async (
  entry: EntryFile,
  where: string,
  key: VerifierKey | null,
  since: EntryQuestion['since'],
): Promise<readonly Finding[]> => {
  const checkpoint = readCheckpoint(entry.note, `${where}, checkpoint.note`);
  const findings: Finding[] = [await signedFinding(entry.note, checkpoint, key), ...leafFindings(entry)];
  findings.push(includedFinding(entry, checkpoint), ...disclosureFindings(entry));
  if (since === null) return findings;
  const older = readCheckpoint(since.note, since.where);
  findings.push(await signedFinding(since.note, older, key));
  findings.push(check(older.origin === checkpoint.origin, say.sameOrigin(older.origin, checkpoint.origin), 'INCONSISTENT'));
  // Of different sizes, the proof of one entry says nothing of the whole.
  if (older.size !== checkpoint.size) return [...findings, incomplete(say.needsProof(older.size, checkpoint.size))];
  return [...findings, check(sameBytes(older.root, checkpoint.root), say.unchangedSince(older.size), 'INCONSISTENT')];
};

const includedFinding = (entry: EntryFile, { size, root }: Checkpoint): Finding =>
  // What was asked for at a size of one's own may come with the next checkpoint that was signed: nothing wrong, and nothing shown.
  entry.size < size && entry.index < entry.size
    ? incomplete(say.provenAtAnotherSize(entry.size, size))
    : check(entry.size === size && verifyInclusion({ ...entry, root }), say.included(entry.index, size));

/** The text is the one that was hashed, and what it is: a proof of another entry than the one somebody has in mind is a good proof too. */
const leafFindings = ({ leaf, leafHash: hash }: EntryFile): readonly Finding[] => {
  if (leaf === null) return [incomplete(say.entryWithheld)];
  const parsed = canonicalLeaf(leaf);
  const hashed = sameBytes(leafHash(leaf), hash);
  const findings = [check(hashed, say.leafHashed), check(parsed !== null, say.leafCanonical)];
  return hashed && parsed !== null ? [...findings, noted(say.entryIs(parsed))] : findings;
};

const disclosureFindings = ({ leaf, disclosures, closed: told }: EntryFile): readonly Finding[] => {
  const parsed = leaf === null ? null : canonicalLeaf(leaf);
  const { wrong, opened, closed } = disclosedIn(parsed ?? {}, disclosures, told);
  const findings = disclosures.length + wrong.length === 0 ? [] : [check(wrong.length === 0, say.disclosed(opened, wrong.join(', ')))];
  const because = (why: string | null): string =>
    closed
      .filter((one) => one.why === why)
      .map(({ place }) => place.path)
      .join(', ');
  const count = (why: string | null): number => closed.filter((one) => one.why === why).length;
  if (count('ERASED') > 0) findings.push(incomplete(say.valuesErased(count('ERASED'), because('ERASED'))));
  if (count('WITHHELD') > 0) findings.push(incomplete(say.valuesWithheld(count('WITHHELD'), because('WITHHELD'))));
  if (count(null) > 0) findings.push(incomplete(say.valuesClosed(count(null), because(null))));
  return findings;
};
