import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { letterInput, recordBodies } from '../support/letter.js';
import { filesOf, serve, type Fields, type Json, type Served } from '../support/serve.js';

/** Names that stand nowhere else: found in any file or line, they have leaked. */
const CANARY = 'Kanarifugl Ødegård-Æråsen';
const OWNER = 'Måltrost Bjørkåsen';
const NAMES = [CANARY, OWNER, 'Kari Sekretær', 'Ola Styringsmann', 'Rigmor Revisor'];

const HISTORY = `query History($filter: HistoryFilter, $orderBy: HistoryOrder) { history(filter: $filter, orderBy: $orderBy, first: 100) {
  totalCount nodes { id type title reason recordedAt commandId actor { id role actorKind name { value sealedState } } changes { path label before after summary } } } }`;

describe('An auditor asks who changed what,', () => {
  let served: Served;
  let resolution: string;
  const history = async (filter: Fields | null, key: string | null = served.keys.auditor): Promise<readonly Json[]> =>
    (await served.read(HISTORY, { filter, orderBy: 'OLDEST_FIRST' }, { key })).history.nodes;

  beforeAll(async () => {
    served = await serve();
    await recordBodies(served);
    resolution = await served.recorded('recordResolution', letterInput('vedtak', { caseOfficer: { name: CANARY } }));
    const point = { item: { id: resolution }, point: '3' };
    served.at('2026-03-10T09:00:00.000Z');
    await served.recorded('assignPoint', {
      commandId: 'fordel',
      point,
      owner: { person: { name: OWNER } },
      deadline: { text: '2026-06-30' },
    });
    served.at('2026-03-20T09:00:00.000Z');
    await served.recorded('correctEntry', {
      commandId: 'rett',
      entry: `${resolution}@1`,
      reason: 'Fristen var feil avskrevet.',
      set: [{ path: 'deadline', value: { text: '2026-09-30', asWritten: null } }],
    });
    const note = { commandId: 'merknad', item: { id: resolution }, text: 'Savner framdrift.' };
    expect(await served.mutate('addNote', note, { key: served.keys.steering })).toMatchObject({ __typename: 'Recorded' });
  });
  afterAll(() => served.close());

  it('and sees each entry with its actor, its moment, and its changes field by field', async () => {
    const entries = await history({ items: [{ id: resolution }] });
    expect(entries.map((entry) => [entry.type, entry.commandId, entry.recordedAt, entry.actor.role])).toEqual([
      ['ResolutionRecorded', 'vedtak', '2026-03-02T10:00:00.000Z', 'SECRETARIAT'],
      ['PointAssigned', 'fordel', '2026-03-10T09:00:00.000Z', 'SECRETARIAT'],
      ['EntryCorrected', 'rett', '2026-03-20T09:00:00.000Z', 'SECRETARIAT'],
      ['NoteAdded', 'merknad', '2026-03-20T09:00:00.000Z', 'STEERING'],
    ]);
    expect(entries[3].actor.name).toEqual({ value: 'Ola Styringsmann', sealedState: 'SHOWN' });
  });

  it('and sees what a correction replaced, by what, and why', async () => {
    const [correction] = await history({ corrections: true });
    expect(correction).toMatchObject({ type: 'EntryCorrected', reason: 'Fristen var feil avskrevet.' });
    const deadline = correction.changes.find((change: Json) => change.path.includes('deadline'));
    expect(JSON.stringify([deadline.before, deadline.after])).toMatch(/2026-06-30.*2026-09-30/);
    expect(deadline.summary).toMatch(/30\. juni 2026.*30\. september 2026|2026-06-30.*2026-09-30/);
  });

  it.each<[string, () => Fields, readonly string[]]>([
    ['types', () => ({ types: ['PointAssigned'] }), ['PointAssigned']],
    ['the time of recording', () => ({ recordedFrom: '2026-03-05T00:00:00Z', recordedTo: '2026-03-15T00:00:00Z' }), ['PointAssigned']],
    ['kinds', () => ({ kinds: ['PROJECT'] }), ['ProjectStarted']],
    ['what was no correction', () => ({ corrections: false, recordedFrom: '2026-03-11T00:00:00Z' }), ['NoteAdded']],
    ['fields', () => ({ fields: ['deadline'], items: [{ id: resolution }] }), ['PointAssigned', 'EntryCorrected']],
  ])('bounded by %s', async (_what, filter, types) => {
    expect((await history(filter())).map((entry) => entry.type)).toEqual(types);
  });

  it('bounded by who recorded it', async () => {
    const entries = await history(null);
    const steering = entries.find((entry) => entry.type === 'NoteAdded').actor.id as string;
    expect((await history({ actors: [steering] })).map((entry) => entry.commandId)).toEqual(['merknad']);
    expect(await history({ actors: ['actor-00000000-0000-4000-8000-000000000000'] })).toEqual([]);
  });

  it('and finds that nothing was removed: revisions count on without a gap', async () => {
    const entries = await history({ items: [{ id: resolution }] });
    expect(entries.map((entry) => entry.id)).toEqual(entries.map((_entry, index) => `${resolution}@${index}`));
  });

  it('while persons’ names are shown with a key and withheld from the public, wherever they stand', async () => {
    const document = `query($id: ID!) { node(id: $id) { ... on Resolution { caseOfficer { value sealedState }
      point(path: "3") { owner { ... on Person { personId personName { value sealedState } } } } history(first: 100) { nodes { title actor { name { value sealedState } } changes { path before after summary } } } }
    } timeline(first: 100) { nodes { title description } } }`;
    const inside = await served.read(document, { id: resolution }, { key: served.keys.auditor });
    expect(inside.node.caseOfficer).toEqual({ value: CANARY, sealedState: 'SHOWN' });
    expect(inside.node.point.owner.personName).toEqual({ value: OWNER, sealedState: 'SHOWN' });
    await served.publishAll();
    const outside = await served.ask(document, { id: resolution }, { key: null });
    expect(outside.errors).toEqual([]);
    expect(outside.data.node.caseOfficer).toEqual({ value: null, sealedState: 'WITHHELD' });
    expect(outside.data.node.point.owner.personName).toEqual({ value: null, sealedState: 'WITHHELD' });
    expect(outside.data.node.history.nodes[0].actor.name).toEqual({ value: null, sealedState: 'WITHHELD' });
    for (const name of NAMES) expect([name, JSON.stringify(outside.data).includes(name)]).toEqual([name, false]);
  });

  it('and no name can be fished for: neither by filters, by search in lists, nor as a reference', async () => {
    const document = `query($text: String!) { items(filter: { text: $text }) { totalCount } timeline(filter: { text: $text }) { totalCount } byReference(reference: $text) { id } }`;
    for (const text of [CANARY, OWNER])
      expect(await served.read(document, { text })).toEqual({ items: { totalCount: 0 }, timeline: { totalCount: 0 }, byReference: [] });
  });

  it('and no file of the data directory holds a name in plain text, the write-ahead logs included, nor does any line of the log', async () => {
    const names = filesOf(served.dataDir).map((file) => basename(file));
    expect(names).toEqual(expect.arrayContaining(['read-models.db', 'access.db', ...(served.database ? [] : ['log.db', 'log.db-wal'])]));
    // On another engine the log lies on its server: what was sent there is searched like a file.
    const onServer = () => (served.database?.log.records() ?? []).map(({ data, metadata }) => Buffer.concat([data, metadata]));
    const searched = (): readonly (readonly [string, string])[] =>
      [
        ...filesOf(served.dataDir).map((file) => [file, readFileSync(file)] as const),
        ...onServer().map((bytes, index) => [`event ${index}`, bytes] as const),
      ].flatMap(([file, bytes]) => {
        const spellings = NAMES.flatMap((name) => [name, name.normalize('NFD'), JSON.stringify(name).slice(1, -1), ...name.split(' ')]);
        return spellings.flatMap((spelling) =>
          [
            Buffer.from(spelling, 'utf8'),
            Buffer.from(spelling, 'utf16le'),
            Buffer.from(Buffer.from(spelling).toString('base64').replace(/=+$/, '')),
          ]
            .filter((needle) => needle.length > 4 && bytes.includes(needle))
            .map(() => [basename(file), spelling] as const),
        );
      });
    expect(searched()).toEqual([]);
    await served.restart();
    expect(searched()).toEqual([]);
    const log = served.logged.join('\n');
    expect(log.length).toBeGreaterThan(0);
    for (const name of NAMES) expect([name, log.includes(name)]).toEqual([name, false]);
    // The search does find what is there: the title is no personal data.
    const title = Buffer.from('Kultur for framtida');
    const kept = served.database
      ? onServer()
      : filesOf(served.dataDir)
          .filter((file) => basename(file) === 'log.db')
          .map((file) => readFileSync(file));
    expect(kept.some((bytes) => bytes.includes(title))).toBe(true);
  });
});
