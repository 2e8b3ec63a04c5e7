import { jest } from '@jest/globals';
import {
  commitmentOf,
  fromBase64,
  leafHash,
  parseVerifierKey,
  toBase64,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '@saksgang/record';
import { command, openHouse, recorded, type House } from '../testing/house.js';

const CHECKPOINT = 'note origin size root signedAt';
const PROOF = `index size leafHash leaf hashes checkpoint { ${CHECKPOINT} }`;
const PROVE = `query($entry: ID!, $size: Int) { record { key inclusionProof(entry: $entry, size: $size) { ${PROOF} } } }`;
const bytes = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array();

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer has the shape its document asked for
type Json = any;

/** As somebody who holds nothing but the answer and the key. */
const holds = (proof: Json, key: string): boolean => {
  const { size, root } = verifyCheckpoint(proof.checkpoint.note, [parseVerifierKey(key)]);
  return (
    size === proof.size &&
    Buffer.from(leafHash(bytes(proof.leaf))).equals(bytes(proof.leafHash)) &&
    verifyInclusion({ index: proof.index, size, leafHash: bytes(proof.leafHash), hashes: proof.hashes.map(bytes), root })
  );
};

describe('The record, asked for proof,', () => {
  let house: House;
  let body: string;
  let receipts: readonly Json[];
  beforeAll(async () => {
    house = await openHouse();
    body = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS', occurred: { text: '../2016' } });
    const note = (nth: number): Promise<Json> =>
      house.ask(
        `mutation($input: AddNoteInput!) { addNote(input: $input) { ... on Recorded { receipt { text(locale: NB) entry leafHash } } } }`,
        {
          input: { commandId: `n${nth}`, item: { id: body }, text: `Merknad ${nth}` },
        },
      );
    receipts = [];
    for (let nth = 0; nth < 6; nth += 1) receipts = [...receipts, (await note(nth)).data.addNote.receipt];
    await house.recording.verify();
  });
  afterAll(() => house.close());
  const ask = async (document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Json> => {
    const { data, errors } = await house.ask(document, variables);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  };
  const faultOf = async (document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Json> =>
    (await house.ask(document, variables)).errors[0]?.extensions;

  it('proves an entry that was recorded a moment ago: a checkpoint is signed for it then and there', async () => {
    const { record } = await ask(PROVE, { entry: `${body}@6` });
    expect(record.inclusionProof).toMatchObject({ index: 6, size: 7, checkpoint: { origin: 'eksempel.no/saksgang', size: 7 } });
    expect(holds(record.inclusionProof, record.key)).toBe(true);
    expect(JSON.parse(Buffer.from(bytes(record.inclusionProof.leaf)).toString('utf8'))).toMatchObject({
      stream: body,
      revision: 6,
      data: { text: 'Merknad 5' },
    });
  });

  it('says that nothing can be proven yet, and when to ask again, while the index of hashes is built anew', async () => {
    const behind = jest.spyOn(house.recording, 'holds').mockResolvedValue(false);
    try {
      const told = { code: 'PROJECTION_BEHIND', projection: 'record', reached: 7, retryAfterMs: 1_000 };
      expect(await faultOf(PROVE, { entry: `${body}@1` })).toEqual(told);
      expect(await faultOf('{ record { consistencyProof(from: 1, to: 7) { hashes } } }')).toEqual(told);
    } finally {
      behind.mockRestore();
    }
  });

  it('gives with every receipt the hash that is proven later', async () => {
    for (const { entry, leafHash: promised, text } of receipts) {
      expect(text).toContain(`, kontrollsum ${promised}`);
      const { node } = await ask(`query($id: ID!) { record { key } node(id: $id) { ... on Entry { proof { ${PROOF} } } } }`, { id: entry });
      expect(node.proof.leafHash).toBe(promised);
    }
  });

  it('proves at a checkpoint that is held since before, and that it is the beginning of the newest', async () => {
    const before = (await ask(`{ record { checkpoint { ${CHECKPOINT} } } }`)).record.checkpoint;
    await command(house, 'addNote', { commandId: 'later', item: { id: body }, text: 'Senere' });
    const { record } = await ask(PROVE, { entry: `${body}@7` });
    const now = record.inclusionProof.checkpoint;
    expect(now.size).toBeGreaterThan(before.size);
    const old = await ask(PROVE, { entry: `${body}@2`, size: before.size });
    expect(old.record.inclusionProof.checkpoint).toEqual(before);
    expect(holds(old.record.inclusionProof, record.key)).toBe(true);
    const grown = await ask('query($from: Int!, $to: Int!) { record { consistencyProof(from: $from, to: $to) { from to hashes } } }', {
      from: before.size,
      to: now.size,
    });
    const [fromRoot, toRoot] = [bytes(before.root), bytes(now.root)];
    const hashes = grown.record.consistencyProof.hashes.map(bytes);
    expect(verifyConsistency({ from: before.size, to: now.size, fromRoot, toRoot, hashes })).toBe(true);
    expect(verifyConsistency({ from: before.size, to: now.size, fromRoot: toRoot, toRoot, hashes })).toBe(false);
  });

  it('names the next checkpoint where none is of the size that was asked for', async () => {
    const { record } = await ask(PROVE, { entry: `${body}@0`, size: 3 });
    expect(record.inclusionProof).toMatchObject({ size: 3, checkpoint: { size: 7 } });
  });

  it('lists every checkpoint, newest first, page by page', async () => {
    const PAGE = `query($after: String) { record { checkpoints(first: 1, after: $after) { totalCount nodes { size } pageInfo { hasNextPage endCursor } } } }`;
    const sizes: number[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const { checkpoints }: Json = (await ask(PAGE, { after })).record;
      sizes.push(...checkpoints.nodes.map((node: Json) => node.size));
      if (!checkpoints.pageInfo.hasNextPage) break;
      after = checkpoints.pageInfo.endCursor;
    }
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(sizes.slice(0, 2)).toEqual([8, 7]);
    expect(await faultOf('{ record { checkpoints(after: "x") { totalCount } } }')).toMatchObject({ code: 'BAD_CURSOR' });
    expect(await faultOf('{ record { checkpoints(first: 101) { totalCount } } }')).toMatchObject({ code: 'BAD_PAGE' });
  });

  it('tells what the last verification found', async () => {
    const { record } = await ask(
      '{ record { verification { state verifiedAt size checkpoints signer problem { code } stopped { message whatToDo } } } }',
    );
    expect(record.verification).toMatchObject({
      state: 'VERIFIED',
      verifiedAt: '2026-03-02T10:00:00.000Z',
      signer: 'SIGNING',
      problem: null,
      stopped: null,
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]>([
    ['an entry that is not there', { entry: 'body-00000000-0000-5000-8000-000000000000@0' }, { code: 'UNKNOWN_ENTRY' }],
    ['what is no entry', { entry: 'KS' }, { code: 'UNKNOWN_ENTRY' }],
  ])('says so of %s', async (_what, variables, fault) => {
    expect(await faultOf(PROVE, variables)).toMatchObject(fault);
  });
  it.each([0, 3, -1, 99])('refuses the size %s for an entry of index 3', async (size) => {
    expect(await faultOf(PROVE, { entry: `${body}@3`, size })).toEqual({ code: 'BAD_TREE_SIZE', min: 4, max: 8 });
  });
  it.each([
    [-1, 2],
    [3, 2],
    [0, 99],
  ])('refuses consistency from %s to %s', async (from, to) => {
    expect(await faultOf(`{ record { consistencyProof(from: ${from}, to: ${to}) { hashes } } }`)).toEqual({
      code: 'BAD_TREE_SIZE',
      min: 0,
      max: 8,
    });
  });

  it('opens sealed names for those who may see them, so that they can be checked, and says of others why not', async () => {
    const decided = {
      commandId: 'vedtak',
      resolutionType: 'VEDTAK',
      title: 'Kulturplan',
      body: { item: { id: body } },
      occurred: { text: '2018' },
    };
    const points = [{ pointKind: 'MEASURE', text: 'Tilsette.' }];
    const id = await recorded(house, 'recordResolution', { ...decided, points, caseOfficer: { name: 'Ann Evy Duun' } });
    const document = `query($entry: ID!) { record { inclusionProof(entry: $entry) { leaf disclosures { sealed salt value } closed { sealed why } } } }`;
    const inside = (await house.ask(document, { entry: `${id}@0` })).data.record.inclusionProof;
    const [opened] = inside.disclosures;
    expect([inside.disclosures.length, inside.closed, opened.value]).toEqual([1, [], 'Ann Evy Duun']);
    expect(commitmentOf(bytes(opened.salt), opened.value)).toBe(opened.sealed);
    expect(Buffer.from(bytes(inside.leaf)).toString('utf8')).toContain(`"sealed":"${opened.sealed}"`);
    // What an entry names must be published too: its leaf tells that it is there.
    for (const item of [id, body])
      await recorded(house, 'publish', { commandId: `ut-${item}`.slice(0, 64), item: { id: item }, withHistory: true });
    const outside = (await house.ask(document, { entry: `${id}@0` }, { as: null })).data.record.inclusionProof;
    expect(outside).toMatchObject({ leaf: inside.leaf, disclosures: [], closed: [{ sealed: opened.sealed, why: 'WITHHELD' }] });
    expect(JSON.stringify(outside)).not.toContain('Duun');
  });

  it('lets nothing of a changed leaf, hash or note pass', async () => {
    const { record } = await ask(PROVE, { entry: `${body}@4` });
    const { inclusionProof: proof, key } = record;
    const other = toBase64(leafHash('another'));
    expect(holds(proof, key)).toBe(true);
    expect(holds({ ...proof, leaf: toBase64(Buffer.from('{}')) }, key)).toBe(false);
    expect(holds({ ...proof, leafHash: other }, key)).toBe(false);
    expect(holds({ ...proof, hashes: [other, ...proof.hashes.slice(1)] }, key)).toBe(false);
    expect(() => holds({ ...proof, checkpoint: { note: proof.checkpoint.note.replace(/\n\d+\n/, '\n99\n') } }, key)).toThrow(
      /does not hold/,
    );
  });
});
