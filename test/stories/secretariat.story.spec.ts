import { letterInput, LETTER, recordBodies } from '../support/letter.js';
import { serve, type Json, type Served } from '../support/serve.js';

const DECIDED = `query Decided($id: ID!, $asOf: AsOf) {
  node(id: $id, asOf: $asOf) { ... on Resolution { title decided { text label earliest latest } revision } }
  timeline(filter: { items: [{ id: $id }] }, asOf: $asOf) { nodes { id type title occurred { text label } corrected corrections { id type title reason } } position }
}`;

describe('The secretariat, with the letter of 3 October 2018 in hand,', () => {
  let served: Served;
  let first: Json;
  let resolution: string;
  /** Where the record stood before the date was learned. */
  let before: string;

  beforeAll(async () => {
    served = await serve();
    await recordBodies(served);
    first = await served.mutate('recordResolution', letterInput());
    resolution = first.item.id;
  });
  afterAll(() => served.close());

  it('records its resolution and is handed a receipt for the minutes', () => {
    expect(first).toMatchObject({
      __typename: 'Recorded',
      revision: 0,
      replayed: false,
      item: { state: 'ADOPTED' },
      entries: [{ id: `${resolution}@0`, type: 'ResolutionRecorded' }],
      receipt: { entry: `${resolution}@0`, position: first.position },
    });
    expect(first.receipt.text).toMatch(
      /^Ført 02\.03\.2026 kl\. 11\.00: .+, nr\. \d+ \(resolution-[0-9a-f-]{36}@0\), kontrollsum [A-Za-z0-9+/]{43}=$/,
    );
  });

  it('sends the same command again, as after a lost answer, and is given the first answer: nothing is recorded twice', async () => {
    const head = await served.record.store.head();
    const again = await served.mutate('recordResolution', letterInput());
    expect(again).toEqual({ ...first, replayed: true });
    expect(await served.record.store.head()).toBe(head);
  });

  it('and when sixteen copies of one command arrive at once, one of them is recorded and the others are told so', async () => {
    const input = letterInput('samtidig', { title: 'Ført av mange' });
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => served.mutate('recordResolution', input)));
    expect(outcomes.map((one) => one.replayed).sort()).toEqual([false, ...Array.from({ length: 15 }, () => true)]);
    expect(new Set(outcomes.map((one) => [one.position, one.item.id, one.revision].join())).size).toBe(1);
    await served.recorded('retractEntry', { commandId: 'trekk-samtidig', entry: `${outcomes[0].item.id}@0`, reason: 'Bare en prøve.' });
  });

  it('is told when a command id is used again for something else', async () => {
    const outcome = await served.mutate('recordResolution', letterInput('vedtak', { title: 'Et annet vedtak' }));
    expect(outcome).toMatchObject({ __typename: 'Refused', code: 'COMMAND_ID_REUSED' });
    expect(outcome.whatToDo).toMatch(/commandId/);
  });

  it('reads that it was decided no later than the letter’s own date, for the letter does not say when', async () => {
    const { node, timeline } = await served.read(DECIDED, { id: resolution });
    before = timeline.position;
    expect(node.decided).toEqual({ text: '../2018-10-03', label: 'senest 3. oktober 2018', earliest: null, latest: '2018-10-03' });
    expect(timeline.nodes).toMatchObject([
      { id: `${resolution}@0`, type: 'ResolutionRecorded', occurred: { label: 'senest 3. oktober 2018' }, corrected: false },
    ]);
  });

  it('finds it by the letter’s reference, however that is written', async () => {
    for (const reference of [LETTER.reference, '18/1456-7', '2018/01456-7']) {
      const { byReference } = await served.read(`query($reference: String!) { byReference(reference: $reference) { id title } }`, {
        reference,
      });
      expect([reference, byReference]).toEqual([reference, [{ id: resolution, title: 'Kultur for framtida' }]]);
    }
  });

  it('later learns the day of the decision from the minutes: «dato fastsatt», while what was known before stays known as of then', async () => {
    served.at('2026-04-13T08:30:00.000Z');
    const outcome = await served.mutate('establishDate', {
      commandId: 'dato',
      item: { reference: LETTER.reference },
      date: { text: '2018-09-12' },
      source: { title: 'Protokoll fra hovedstyret' },
      occurred: { text: '2026-04-13' },
      reason: 'Protokollen er funnet.',
    });
    expect(outcome).toMatchObject({ __typename: 'Recorded', revision: 1, entries: [{ type: 'DateEstablished' }] });
    const now = await served.read(DECIDED, { id: resolution });
    expect(now.node.decided).toMatchObject({ text: '2018-09-12', label: '12. september 2018' });
    expect(now.timeline.nodes).toMatchObject([
      {
        id: `${resolution}@0`,
        occurred: { text: '2018-09-12' },
        corrected: true,
        corrections: [{ id: `${resolution}@1`, type: 'DateEstablished', reason: 'Protokollen er funnet.' }],
      },
    ]);
    expect(now.timeline.nodes[0].corrections[0].title).toMatch(/dato fastsatt/i);
    for (const asOf of [{ position: before }, { knownOn: '2026-03-31' }, { knownAt: '2026-04-13T08:29:59.999Z' }]) {
      const then = await served.read(DECIDED, { id: resolution, asOf });
      expect([asOf, then.node.decided.label, then.timeline.nodes[0]]).toMatchObject([
        asOf,
        'senest 3. oktober 2018',
        { occurred: { label: 'senest 3. oktober 2018' }, corrected: false, corrections: [] },
      ]);
    }
  });

  it('is shown what a colleague recorded meanwhile, when it decided on an older revision', async () => {
    const outcome = await served.mutate('addNote', {
      commandId: 'merknad',
      item: { id: resolution },
      text: 'Sendt til deltakerne.',
      expectedRevision: 0,
    });
    expect(outcome).toMatchObject({
      __typename: 'Conflict',
      expectedRevision: 0,
      actualRevision: 1,
      since: [{ id: `${resolution}@1`, type: 'DateEstablished' }],
    });
    expect(outcome.whatToDo).not.toBe('');
    const taken = await served.mutate('addNote', { commandId: 'merknad', item: { id: resolution }, text: 'Sendt.', expectedRevision: 1 });
    expect(taken).toMatchObject({ __typename: 'Recorded', revision: 2 });
  });

  it('corrects a misspelling with a reason; the entry itself stays as it was', async () => {
    const outcome = await served.mutate('correctEntry', {
      commandId: 'rett',
      entry: `${resolution}@0`,
      reason: 'Skrivefeil i tittelen.',
      set: [{ path: 'title', value: 'Kultur for framtida – oppfølging' }],
    });
    expect(outcome).toMatchObject({ __typename: 'Recorded', entries: [{ type: 'EntryCorrected' }] });
    const { node, entry } = await served.read(
      `query($id: ID!, $entry: ID!) { node(id: $id) { ... on Item { title } }
        entry: node(id: $entry) { ... on Entry { changes { path after } correctedBy { type reason } } } }`,
      { id: resolution, entry: `${resolution}@0` },
    );
    expect(node.title).toBe('Kultur for framtida – oppfølging');
    expect(entry.changes).toContainEqual({ path: 'title', after: 'Kultur for framtida' });
    expect(entry.correctedBy).toContainEqual({ type: 'EntryCorrected', reason: 'Skrivefeil i tittelen.' });
  });

  it('retracts the note with a reason: it leaves the item and stays in the history', async () => {
    const NOTES = `query($id: ID!) { node(id: $id) { ... on Item { notes { text } history { nodes { id type reason } } } } }`;
    const key = served.keys.secretariat;
    expect((await served.read(NOTES, { id: resolution }, { key })).node.notes).toEqual([{ text: 'Sendt.' }]);
    await served.recorded('retractEntry', { commandId: 'trekk', entry: `${resolution}@2`, reason: 'Gjaldt en annen sak.' });
    const { node } = await served.read(NOTES, { id: resolution }, { key });
    expect(node.notes).toEqual([]);
    expect(node.history.nodes).toContainEqual({ id: `${resolution}@2`, type: 'NoteAdded', reason: null });
    expect(node.history.nodes).toContainEqual({ id: `${resolution}@4`, type: 'EntryRetracted', reason: 'Gjaldt en annen sak.' });
  });

  it('cannot retract the resolution while something still rests on it, and is told what to do first', async () => {
    await served.recorded('addNote', { commandId: 'merknad-2', item: { id: resolution }, text: 'Lagt på arkiv.' });
    const retraction = { commandId: 'trekk-alt', entry: `${resolution}@0`, reason: 'Ført på feil organ.' };
    const outcome = await served.mutate('retractEntry', retraction);
    expect(outcome).toMatchObject({ __typename: 'Refused', allowed: ['retractEntry', 'correctEntry'] });
    expect(outcome.whatToDo).toMatch(/Trekk tilbake de andre oppføringene først/);
    expect((await served.read(DECIDED, { id: resolution })).node.title).toBe('Kultur for framtida – oppfølging');
    await served.recorded('retractEntry', { commandId: 'trekk-2', entry: `${resolution}@5`, reason: 'Ført på feil organ.' });
    expect(await served.mutate('retractEntry', retraction)).toMatchObject({ __typename: 'Recorded', item: { state: 'RETRACTED' } });
    const { resolutions } = await served.read(`{ resolutions { totalCount } }`);
    expect(resolutions.totalCount).toBe(0);
  });
});
