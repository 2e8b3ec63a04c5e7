import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  EXPORT_FILES,
  consistencyProof,
  inclusionProof,
  leafHash,
  noteSigner,
  rootOf,
  signNote,
  toBase64,
  checkpointBody,
  verifierKeyText,
  type Disclosure,
  type ReadHash,
} from '@saksgang/record';
import { BadUsage } from '../../apps/cli/src/terminal.js';
import { nodesOf, exportRecord, makeSignedRecord, openedValues, ORIGIN, type SignedRecord } from '../support/signed-record.js';
import { verify, verifyAsInBrowser, verifyInPython, verifyStandalone, verifyWithoutCryptography, type Ran } from '../support/verifying.js';

const ENTRIES = 60;
const OLDER = 37;
let record: SignedRecord;
let read: ReadHash;
let older: string;
const file = (name: string, text: string): string => {
  const path = join(record.dataDir, name);
  writeFileSync(path, text);
  return path;
};
beforeAll(async () => {
  record = await makeSignedRecord(ENTRIES, 'verify');
  read = nodesOf(record.leaves);
  older = file('older-checkpoint', record.noteAt(OLDER));
});
afterAll(() => record.remove());

const counted = ({ lines }: Ran): string => lines.at(-1) as string;
/** All verifiers say the same, where they know the verb; the answer of the first. */
const everywhere = async (args: readonly string[]): Promise<Ran> => {
  const first = await verify(args);
  expect(verifyAsInBrowser(args)).toEqual(first);
  if (args[0] === 'export' && verifyInPython !== null) expect(verifyInPython(args.slice(1)).code).toBe(first.code);
  return first;
};

describe('verify export', () => {
  it('passes an untouched export, by every verifier there is, against an older checkpoint too', async () => {
    const whole = await exportRecord(record, 'whole');
    const ran = await everywhere(['export', whole, '--since', older, '--key', record.key]);
    expect(ran.lines.slice(0, -1).filter((line) => !line.startsWith('passed: '))).toEqual([]);
    expect(counted(ran)).toBe(`${ran.lines.length - 1} passed, 0 failed`);
    expect(ran.code).toBe(0);
    expect(verifyStandalone(['export', whole, '--since', older, '--key', record.key])).toEqual(ran);
  });
  it('does not take a signature as checked where there is no cryptography to check it with', async () => {
    const ran = verifyWithoutCryptography(['export', await exportRecord(record, 'unchecked'), '--key', record.key]);
    expect(ran.lines[1]).toMatch(/^incomplete: The signature was not checked/);
    expect(ran.code).toBe(3);
  });
  it('verifies nothing by the key that came along, unless that has signed what the auditor holds', async () => {
    const whole = await exportRecord(record, 'own-key');
    const told = `The key came with what is checked. Compare it with the published one, and give that (--key): ${record.key}`;
    const alone = await everywhere(['export', whole]);
    expect([alone.code, alone.lines[0], counted(alone)]).toEqual([3, `incomplete: ${told}`, `${alone.lines.length - 2} passed, 0 failed`]);
    const since = await everywhere(['export', whole, '--since', older]);
    expect([since.code, since.lines[0], counted(since)]).toEqual([0, `note: ${told}`, `${since.lines.length - 2} passed, 0 failed`]);
    // One who signs the whole of it anew brings a key that fits: all that is told of it is that nobody vouches for the key.
    const thief = noteSigner(ORIGIN, Buffer.alloc(32, 66));
    writeFileSync(join(whole, EXPORT_FILES.key), `${verifierKeyText(thief.key)}\n`);
    const body = checkpointBody({ origin: ORIGIN, size: ENTRIES, root: rootOf(record.treeAt(ENTRIES)) });
    writeFileSync(join(whole, EXPORT_FILES.checkpoint), signNote(body, [thief]));
    const stolen = await everywhere(['export', whole]);
    expect([stolen.code, stolen.lines[0]?.slice(0, 12)]).toEqual([3, 'incomplete: ']);
    expect((await everywhere(['export', whole, '--since', older])).code).toBe(1);
    expect((await everywhere(['export', whole, '--key', record.key])).code).toBe(1);
  });
  it('lists what is withheld and erased, and answers 3', async () => {
    const partly = await exportRecord(record, 'partly', {
      withheld: (index) => index === 4 || index === 15,
      closed: (index) => (index === 7 ? 'ERASED' : index === 11 ? 'WITHHELD' : null),
    });
    const ran = await everywhere(['export', partly, '--since', older]);
    expect(ran.lines).toContain('incomplete: 2 entries are withheld and shown as hashes only: 4, 15');
    expect(ran.lines).toContain('incomplete: 1 personal values are erased: 7 (assertedBy.name)');
    expect(ran.lines).toContain('incomplete: 1 personal values are withheld: 11 (assertedBy.name)');
    expect(counted(ran)).toMatch(/, 0 failed$/);
    expect(ran.code).toBe(3);
    const words = readFileSync(join(partly, EXPORT_FILES.entries), 'utf8');
    expect(words).toContain('"value":"Ola Sørgård"');
    expect(words).not.toContain('Påstand nummer 15.');
  });
  it('is the same to the byte when made twice', async () => {
    const [one, other] = [await exportRecord(record, 'once'), await exportRecord(record, 'twice')];
    for (const name of Object.values(EXPORT_FILES)) expect(readFileSync(join(other, name))).toEqual(readFileSync(join(one, name)));
  });
  it('speaks the language of the machine', async () => {
    const whole = await exportRecord(record, 'language');
    const said = async (LANG: string): Promise<string> =>
      (await verify(['export', whole, '--key', record.key], { LANG })).lines[1] as string;
    expect(await said('nb_NO.UTF-8')).toBe(`bestått: Sjekkpunktet for ${ORIGIN} over 60 oppføringer er signert av ${ORIGIN}.`);
    expect(await said('nn_NO.UTF-8')).toBe(`bestått: Sjekkpunktet for ${ORIGIN} over 60 oppføringar er signert av ${ORIGIN}.`);
    expect(await said('fr_FR.UTF-8')).toBe(`passed: The checkpoint of ${ORIGIN} over 60 entries is signed by ${ORIGIN}.`);
    expect(verifyStandalone(['export', whole, '--key', record.key, '--lang', 'nb']).lines[1]).toBe(await said('nb'));
  });
  it.each([
    ['a missing file', EXPORT_FILES.manifest, null],
    ['a manifest of another version', EXPORT_FILES.manifest, '{"format":"saksgang-export","version":2}\n'],
    ['a line that is no JSON', EXPORT_FILES.entries, '{\n'],
    ['a line cut short', EXPORT_FILES.entries, '{}'],
    ['a line nested without end', EXPORT_FILES.entries, `${'['.repeat(200_000)}${']'.repeat(200_000)}\n`],
    ['a key that is none', EXPORT_FILES.key, 'key\n'],
    ['a note that is none', EXPORT_FILES.checkpoint, 'note\n'],
  ])('answers 65 to %s', async (_what, name, text) => {
    const broken = await exportRecord(record, 'broken');
    if (text === null) rmSync(join(broken, name));
    else writeFileSync(join(broken, name), text);
    const ran = await everywhere(['export', broken]);
    expect(counted(ran)).toBe('0 passed, 1 failed');
    expect(ran.lines[0]).toContain(name);
    expect(ran.code).toBe(65);
    rmSync(broken, { recursive: true });
  });
});

describe('verify export, told a lie beside the truth,', () => {
  const first = (text: string): string => text.slice(0, text.indexOf('\n'));
  /** What stands in the first line of entries, or in the manifest, changed. */
  it.each<[string, string, (text: string) => string]>([
    ['a second text before the true one', EXPORT_FILES.entries, (text) => text.replace(',"leaf":', ',"leaf":"Løgn","leaf":')],
    ['the number written otherwise', EXPORT_FILES.entries, (text) => text.replace('"index":0', '"index":0.0')],
    ['true for a number', EXPORT_FILES.entries, (text) => text.replace(`"index":1`, `"index":true`)],
    ['space around it', EXPORT_FILES.entries, (text) => ` ${text}`],
    ['the line ends of another system', EXPORT_FILES.entries, (text) => text.replaceAll('\n', '\r\n')],
    ['a field nobody knows, out of order', EXPORT_FILES.entries, (text) => text.replace('{', '{"x":1,')],
    ['an empty line', EXPORT_FILES.entries, (text) => `${first(text)}\n\n${text.slice(first(text).length + 1)}`],
    ['two sizes in the manifest', EXPORT_FILES.manifest, (text) => text.replace('"size":', '"size":9,"size":')],
    ['a mark before the manifest', EXPORT_FILES.manifest, (text) => `\ufeff${text}`],
  ])('answers 65 to %s', async (_what, name, change) => {
    const lying = await exportRecord(record, 'lying');
    const text = readFileSync(join(lying, name), 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(join(lying, name), change(text));
    expect((await everywhere(['export', lying, '--key', record.key])).code).toBe(65);
    rmSync(lying, { recursive: true });
  });
  it.each<[string, (entry: { leaf: string; disclosures: Disclosure[] }) => void]>([
    [
      'a false name before the true one',
      ({ disclosures }) => disclosures.unshift({ ...(disclosures[0] as Disclosure), value: 'Per Hansen' }),
    ],
    ['a revision that is no number', (entry) => void (entry.leaf = entry.leaf.replace('"revision":3', '"revision":"3"'))],
  ])('answers 1 to %s', async (_what, change) => {
    const lying = await exportRecord(record, 'lying');
    const lines = readFileSync(join(lying, EXPORT_FILES.entries), 'utf8').split('\n');
    const entry = JSON.parse(lines[3] as string) as { leaf: string; disclosures: Disclosure[] };
    change(entry);
    expect(JSON.stringify(entry)).not.toBe(lines[3]);
    lines[3] = JSON.stringify(entry);
    writeFileSync(join(lying, EXPORT_FILES.entries), lines.join('\n'));
    expect((await everywhere(['export', lying, '--key', record.key])).code).toBe(1);
    rmSync(lying, { recursive: true });
  });
});

describe('verify entry', () => {
  const SEALED_AT = 7;
  const proofOf = (index: number, changes: object = {}): string => {
    const leaf = record.leaves[index] as string;
    const hashes = inclusionProof(index, ENTRIES, read).map(toBase64);
    const proof = {
      ...{ index, size: ENTRIES, leafHash: toBase64(leafHash(leaf)), leaf: toBase64(Buffer.from(leaf)), hashes },
      ...{ checkpoint: { note: record.noteAt(ENTRIES) }, disclosures: [] as readonly Disclosure[], ...changes },
    };
    return file('entry.json', JSON.stringify(proof));
  };
  it('passes the proof of every entry, also inside a saved answer of the API', async () => {
    for (const index of [0, 1, 31, 32, 59].filter((at) => at % 4 !== 3)) {
      const ran = await verify(['entry', proofOf(index), '--key', record.key]);
      expect(counted(ran)).toBe('4 passed, 0 failed');
      expect(ran.code).toBe(0);
    }
    const proof: unknown = JSON.parse(readFileSync(proofOf(2), 'utf8'));
    const answer = file('answer.json', JSON.stringify({ data: { entries: [{ id: 'x', proof }] } }));
    expect((await everywhere(['entry', answer, '--key', record.key])).code).toBe(0);
  });
  it('opens what is disclosed, and says what is not', async () => {
    const disclosures = await openedValues(record, SEALED_AT);
    expect((await everywhere(['entry', proofOf(SEALED_AT, { disclosures }), '--key', record.key])).code).toBe(0);
    const closed = await everywhere(['entry', proofOf(SEALED_AT), '--key', record.key]);
    expect(closed.lines).toContain('incomplete: 1 personal values are not opened: assertedBy.name');
    expect(closed.code).toBe(3);
    const erased = disclosures.map(({ sealed }) => ({ sealed, why: 'ERASED' }));
    expect((await everywhere(['entry', proofOf(SEALED_AT, { closed: erased }), '--key', record.key])).lines).toContain(
      'incomplete: 1 personal values are erased: assertedBy.name',
    );
  });
  it('refuses a disclosure of another name, another salt or another entry', async () => {
    const [own] = (await openedValues(record, SEALED_AT)) as [Disclosure];
    const [other] = (await openedValues(record, SEALED_AT + 4)) as [Disclosure];
    for (const disclosure of [{ ...own, value: 'Per Hansen' }, { ...own, salt: other.salt }, other, { ...other, sealed: own.sealed }]) {
      const ran = await verify(['entry', proofOf(SEALED_AT, { disclosures: [disclosure] }), '--key', record.key]);
      expect(ran.code).toBe(1);
    }
  });
  it('passes a withheld entry by its hash alone, as incomplete', async () => {
    const ran = await everywhere(['entry', proofOf(5, { leaf: null }), '--key', record.key]);
    expect(ran.lines).toContain('incomplete: The text of the entry is withheld: only its hash is shown.');
    expect(ran.code).toBe(3);
  });
  it('is incomplete without a key, and refuses the key of another', async () => {
    expect((await everywhere(['entry', proofOf(5)])).code).toBe(3);
    const stranger = noteSigner(ORIGIN, Buffer.alloc(32, 3));
    const key = file(
      'stranger.key',
      `${ORIGIN}+${Buffer.from(stranger.key.hash).toString('hex')}+${toBase64(Buffer.concat([Buffer.of(1), stranger.key.publicKey]))}\n`,
    );
    expect((await everywhere(['entry', proofOf(5), '--key', key])).code).toBe(1);
  });
  it('refuses another leaf, another place, another size and another proof', async () => {
    const leaf = toBase64(Buffer.from(record.leaves[6] as string));
    const hashes = inclusionProof(6, ENTRIES, read).map(toBase64);
    for (const changes of [
      { leaf },
      { leaf, leafHash: toBase64(leafHash(record.leaves[6] as string)) },
      { index: 6 },
      { size: 61 },
      { size: 5 },
      { hashes },
      { hashes: [] },
    ])
      expect((await verify(['entry', proofOf(5, changes), '--key', record.key])).code).toBe(1);
  });
  it('checks every proof of an answer, and names the entries', async () => {
    const one: unknown = JSON.parse(readFileSync(proofOf(5), 'utf8'));
    const wrong: unknown = JSON.parse(readFileSync(proofOf(6, { hashes: [] }), 'utf8'));
    const both = await everywhere(['entry', file('both.json', JSON.stringify({ data: [one, one] })), '--key', record.key]);
    expect(counted(both)).toBe('8 passed, 0 failed');
    const mixed = await everywhere(['entry', file('mixed.json', JSON.stringify({ data: [one, wrong] })), '--key', record.key]);
    expect(mixed.lines.join('\n')).toMatch(/note: What was checked is body-[0-9a-f-]+@5: BodyClaimRecorded, recorded 2026-03-02T10:05/);
    expect(mixed.code).toBe(1);
    const other = await verify(['entry', proofOf(5, { leaf: toBase64(Buffer.from(record.leaves[6] as string)) }), '--key', record.key]);
    expect(other.lines.join('\n')).not.toContain('What was checked is');
  });
  it('says that a proof at a size nobody signed for shows nothing, and not that it is wrong', async () => {
    const at = inclusionProof(5, ENTRIES - 1, read).map(toBase64);
    const ran = await everywhere(['entry', proofOf(5, { size: ENTRIES - 1, hashes: at }), '--key', record.key]);
    expect(ran.lines.join('\n')).toContain('incomplete: The proof is for the first 59 entries, and the checkpoint is over 60');
    expect(ran.code).toBe(3);
  });
  it('takes a key for the record it is named after alone: what the same seed signs for another is not its own', async () => {
    const note = signNote(checkpointBody({ origin: `${ORIGIN}/2`, size: ENTRIES, root: rootOf(record.treeAt(ENTRIES)) }), [record.signer]);
    expect((await everywhere(['entry', proofOf(5, { checkpoint: { note } }), '--key', record.key])).code).toBe(1);
  });
  it('holds the entry against another checkpoint of the same size: two signed histories are told', async () => {
    const signed = (root: Uint8Array, size = ENTRIES): string =>
      file('held', signNote(checkpointBody({ origin: ORIGIN, size, root }), [record.signer]));
    const ran = async (held: string): Promise<number> =>
      (await everywhere(['entry', proofOf(5), '--key', record.key, '--since', held])).code;
    expect(await ran(signed(rootOf(record.treeAt(ENTRIES))))).toBe(0);
    expect(await ran(signed(leafHash('another history')))).toBe(2);
    expect(await ran(older)).toBe(3);
  });
  it('answers 65 to a file that holds no proof, and names it', async () => {
    for (const text of [
      '',
      '{}',
      '[1]',
      '{"leafHash":"","hashes":[],"checkpoint":{}}',
      JSON.stringify({ data: { entry: { proof: null } } }),
    ]) {
      const ran = await verify(['entry', file('none.json', text)]);
      expect(ran.code).toBe(65);
      expect(ran.lines[0]).toContain('none.json');
    }
  });
});

describe('verify compare', () => {
  it('passes an export that has grown out of another, and names the entry where two part', async () => {
    const large = await exportRecord(record, 'large');
    const other = await makeSignedRecord(20, 'verify');
    const grown = await exportRecord(other, 'small');
    // The same seed draws the same record, so the first 20 entries are alike.
    expect((await everywhere(['compare', grown, large, '--key', record.key])).code).toBe(0);
    expect((await everywhere(['compare', large, older, '--key', record.key])).code).toBe(0);
    const alone = await everywhere(['compare', grown, large]);
    expect([alone.code, alone.lines[0]?.slice(0, 37)]).toEqual([3, 'incomplete: The key came with what is']);
    other.remove();
    const another = await makeSignedRecord(20, 'verify', ['Per Hansen']);
    const forked = file(
      'forked',
      signNote(checkpointBody({ origin: ORIGIN, size: 20, root: rootOf(another.treeAt(20)) }), [record.signer]),
    );
    expect((await everywhere(['compare', large, forked])).code).toBe(2);
    const parted = join(record.dataDir, 'parted');
    cpSync(await exportRecord(another, 'parted'), parted, { recursive: true });
    const ran = await everywhere(['compare', large, parted]);
    expect(ran.lines).toContain('FAILED: The first entry that differs is 3.');
    expect(ran.code).toBe(2);
    another.remove();
  });
  it('holds the entries of both against their checkpoints, whichever is named first', async () => {
    const [good, bad] = [await exportRecord(record, 'good'), join(record.dataDir, 'bad')];
    cpSync(good, bad, { recursive: true });
    const lines = readFileSync(join(bad, EXPORT_FILES.entries), 'utf8').split('\n');
    writeFileSync(join(bad, EXPORT_FILES.entries), [lines[1], lines[0], ...lines.slice(2)].join('\n'));
    const newer = file('newest', record.noteAt(ENTRIES));
    const proof = file('nothing.json', JSON.stringify({ from: ENTRIES, to: ENTRIES, hashes: [] }));
    for (const args of [
      [bad, good],
      [good, bad],
      [bad, newer],
      [bad, newer, '--proof', proof],
    ])
      expect((await everywhere(['compare', ...args, '--key', record.key])).code).toBe(2);
  });
  it('compares two notes by a consistency proof, and asks for one', async () => {
    const newer = file('newer', record.noteAt(ENTRIES));
    expect((await everywhere(['compare', older, newer, '--key', record.key])).code).toBe(3);
    const proof = (from: number, to: number): string =>
      file('proof.json', JSON.stringify({ from, to, hashes: consistencyProof(from, to, read).map(toBase64) }));
    expect((await everywhere(['compare', newer, older, '--key', record.key, '--proof', proof(OLDER, ENTRIES)])).code).toBe(0);
    expect((await everywhere(['compare', newer, older, '--key', record.key, '--proof', proof(OLDER - 1, ENTRIES)])).code).toBe(2);
    const fork = file(
      'fork',
      signNote(checkpointBody({ origin: `${ORIGIN}/2`, size: ENTRIES, root: rootOf(record.treeAt(ENTRIES)) }), [record.signer]),
    );
    expect((await everywhere(['compare', newer, fork, '--key', record.key])).lines.join('\n')).toContain(
      'A record that begins anew is a fork.',
    );
  });
});

it('the file by itself answers wrong words with its usage and 64', () => {
  for (const args of [[], ['database', 'x'], ['entry']]) expect(verifyStandalone(args).code).toBe(64);
});

describe('verify database', () => {
  it('passes a record that nobody touched, and a copy of its log', async () => {
    const whole = await verify(['database', record.dataDir, '--since', older, '--key', record.key]);
    expect(whole.lines.slice(0, -1).filter((line) => !line.startsWith('passed: '))).toEqual([]);
    expect(whole.code).toBe(0);
    expect(whole.lines.join('\n')).toContain('15 sealed boxes open and hold what was sealed.');
    cpSync(record.logFile, join(record.dataDir, 'copy.sqlite'));
    expect((await verify(['database', join(record.dataDir, 'copy.sqlite'), '--since', older, '--key', record.key])).code).toBe(0);
  });
  it('is incomplete when nothing vouches for the log', async () => {
    expect((await verify(['database', record.dataDir])).code).toBe(3);
  });
  it('says so when the file is no log', async () => {
    expect((await verify(['database', older])).code).toBe(1);
  });
});

it.each([
  [['entry']],
  [['entry', 'a', 'b']],
  [['export', '/nowhere']],
  [['entry', '/nowhere']],
  [['compare', 'a']],
  [['database', '/nowhere']],
  [['database']],
  [['export', 'a', '--sice', 'b']],
  [['export', 'a', '--since']],
])('wrong words are answered with what is wrong with them: verify %j', async (args) => {
  await expect(verify(args)).rejects.toThrow(BadUsage);
});
