import type { Checkpoint } from '../checkpoint.js';
import { disclosedIn } from '../disclosure.js';
import { EXPORT_FILES, readExportLine, readManifest, type ExportManifest, type ExportedEntry } from '../export-format.js';
import { sameBytes } from '../hash.js';
import type { Leaf } from '../leaf.js';
import type { VerifierKey } from '../note.js';
import { createEntryWalk, type EntryWalk } from './entry-walk.js';
import { incomplete, type Finding } from './findings.js';
import * as say from './sentences.js';
import { createTally } from './tally.js';
import { check, readCheckpoint, readKey, signedFinding, trustedKey } from './vouching.js';

/** A directory, wherever it lies. `lines`: without their line feeds, in bounded pieces. @throws Malformed when a file is not there */
export type ExportDirectory = Readonly<{
  text: (name: string) => Promise<string>;
  lines: (name: string) => AsyncIterable<string>;
}>;

/** A note the auditor holds since before. */
export type HeldNote = Readonly<{ note: string; where: string }>;
export type ExportQuestion = Readonly<{ directory: ExportDirectory; key: VerifierKey | null; since: HeldNote | null }>;

/** That an export is whole, unchanged and signed, and has grown out of the record the auditor knew. @throws Malformed */
export const verifyExport = async ({ directory, key: given, since }: ExportQuestion): Promise<readonly Finding[]> => {
  const manifest = readManifest(await directory.text(EXPORT_FILES.manifest));
  const own = readKey(await directory.text(EXPORT_FILES.key), EXPORT_FILES.key);
  const note = await directory.text(EXPORT_FILES.checkpoint);
  const checkpoint = readCheckpoint(note, EXPORT_FILES.checkpoint);
  const older = since && readCheckpoint(since.note, since.where);
  // Nobody can make a key under which the note that the auditor holds is signed.
  const hasSigned = older !== null && (await signedFinding(since?.note ?? '', older, own)).verdict === 'PASSED';
  const { key, findings } = trustedKey(given, own, hasSigned);
  const walk = createEntryWalk([checkpoint.size, ...(older ? [older.size] : [])]);
  const values = await walkEntries(directory, walk);
  const total = [
    ...findings,
    await signedFinding(note, checkpoint, key),
    ...walk.findings(),
    rootFinding(walk, checkpoint),
    manifestFinding(manifest, checkpoint, values),
    ...valueFindings(values),
  ];
  if (since === null || older === null) return total;
  return [...total, await signedFinding(since.note, older, key), ...sinceFindings(walk, older, checkpoint)];
};

/** The entries, and no others, give the root that was signed. */
export const rootFinding = (walk: EntryWalk, { size, root }: Checkpoint): Finding => {
  const found = walk.size() === size ? walk.rootAt(size) : null;
  return check(found !== null && sameBytes(found, root), say.rootAgrees(walk.size()), 'INCONSISTENT');
};

/** The entries begin with those the older checkpoint vouches for. */
export const sinceFindings = (walk: EntryWalk, older: Checkpoint, { origin }: Checkpoint): readonly Finding[] => {
  const found = walk.rootAt(older.size);
  return [
    check(older.origin === origin, say.sameOrigin(older.origin, origin), 'INCONSISTENT'),
    check(found !== null && sameBytes(found, older.root), say.unchangedSince(older.size), 'INCONSISTENT'),
  ];
};

const createValues = () => ({
  opened: 0,
  wrong: createTally(),
  untold: createTally(),
  erased: createTally(),
  withheld: createTally(),
  hidden: createTally(), // entries of which only the hash is there
});
type Values = ReturnType<typeof createValues>;

const walkEntries = async (directory: ExportDirectory, walk: EntryWalk): Promise<Values> => {
  const values = createValues();
  let number = 0;
  for await (const line of directory.lines(EXPORT_FILES.entries)) {
    number += 1;
    const entry = readExportLine(line, number);
    const { index, leaf, leafHash: hash } = entry;
    countValues(values, entry, walk.pass(leaf === null ? { index, leaf, hash } : { index, leaf, hash }));
  }
  return values;
};

const countValues = (values: Values, { index, leaf, disclosures, closed: told }: ExportedEntry, parsed: Leaf | null): void => {
  if (leaf === null) values.hidden.add(String(index));
  // An entry without a personal value, as most are: nothing is opened and nothing can be closed.
  if (disclosures.length + told.length === 0 && leaf?.includes('"sealed":') !== true) return;
  const { wrong, opened, closed } = disclosedIn(parsed ?? {}, disclosures, told);
  values.opened += opened;
  for (const sealed of wrong) values.wrong.add(`${index} (${sealed})`);
  for (const { place, why } of closed)
    (why === null ? values.untold : why === 'ERASED' ? values.erased : values.withheld).add(`${index} (${place.path})`);
};

const manifestFinding = (manifest: ExportManifest, { origin, size, root }: Checkpoint, values: Values): Finding => {
  const differing = [
    manifest.origin === origin ? [] : ['origin'],
    manifest.size === size ? [] : ['size'],
    sameBytes(manifest.root, root) ? [] : ['root'],
    manifest.withheldEntries === values.hidden.count() ? [] : ['withheldEntries'],
    manifest.erasedValues === values.erased.count() ? [] : ['erasedValues'],
    manifest.withheldValues === values.withheld.count() ? [] : ['withheldValues'],
  ].flat();
  return check(differing.length === 0, say.manifestAgrees(differing.join(', ')));
};

const valueFindings = ({ opened, wrong, untold, erased, withheld, hidden }: Values): readonly Finding[] => [
  check(wrong.count() === 0, say.disclosed(opened, wrong.places())),
  check(untold.count() === 0, say.everyValueTold(untold.places())),
  ...(hidden.count() > 0 ? [incomplete(say.entriesWithheld(hidden.count(), hidden.places()))] : []),
  ...(erased.count() > 0 ? [incomplete(say.valuesErased(erased.count(), erased.places()))] : []),
  ...(withheld.count() > 0 ? [incomplete(say.valuesWithheld(withheld.count(), withheld.places()))] : []),
];
