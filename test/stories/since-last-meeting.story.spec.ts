import { type Json, serve, type Served } from '../support/serve.js';

const OPPSPILL = { reference: 'Oppspill', kind: 'PROJECT' };
const CHANGES = `totalCount pageInfo { hasNextPage endCursor } nodes { change part item { title } point { path text }
  fields { path label summary before after } causedBy { id type title reason recordedAt actor { role } corrects { id } correctedBy { id } } }`;
const SINCE = `query($project: ItemRef!) { status(project: $project) { project { lastMeeting { id title changesSince(first: 100) { ${CHANGES} } } } } }`;
const DIFF = `query($from: AsOf!, $to: AsOf, $project: ItemRef, $subject: ItemRef) {
  diff(from: $from, to: $to, project: $project, subject: $subject) { changes(first: 100) { ${CHANGES} } } }`;

describe('What changed since our last meeting?', () => {
  let served: Served;
  let board: string;
  let goal: string;
  let meeting: string;
  let shown: string;
  let nodes: readonly Json[];

  const change = (title: string, part: string | null = null): Json => nodes.find((node) => node.item.title === title && node.part === part);
  const field = (of: Json, path: string): Json => of.fields.find((one: Json) => one.path === path);
  const types = (of: Json): readonly string[] => of.causedBy.map((entry: Json) => entry.type);

  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
    const found = await served.read(
      `query($project: ItemRef!) { resolutions(filter: { project: $project }) { nodes { id title } } byReference(reference: "A") { id } }`,
      { project: OPPSPILL },
    );
    board = found.resolutions.nodes.find((one: Json) => one.title === 'Kultur for framtida').id;
    goal = found.byReference[0].id;
    const point = (path: string) => ({ item: { id: board }, point: path });
    served.at('2026-03-05T09:00:00.000Z');
    await served.recorded('assignPoint', {
      commandId: 'fordel-3',
      point: point('3'),
      owner: { name: 'Områdedirektør for interessepolitikk' },
      deadline: { text: '2026-06-30' },
    });
    const assigned = await served.read(`query($id: ID!) { node(id: $id) { ... on Resolution { revision } } }`, { id: board });
    const wrong = await served.mutate('assessResultGoal', {
      commandId: 'feil-vurdering',
      resultGoal: { id: goal },
      light: 'GREEN',
      text: 'Alt er i rute.',
      assertedBy: { name: 'Styringsgruppen' },
    });
    expect(wrong.__typename).toBe('Recorded');
    served.at('2026-03-09T12:00:00.000Z');
    const held = await served.mutate('holdMeeting', {
      commandId: 'mote-1',
      project: OPPSPILL,
      title: 'Styringsgruppemøte 1/2026',
      held: '2026-03-09',
      occurred: { text: '2026-03-09' },
    });
    meeting = held.entries[0].id;

    // What happens between two meetings.
    served.at('2026-03-16T09:00:00.000Z');
    const late = { commandId: 'sen-rapport', point: point('2.1'), text: 'Lagt fram for kommunene.', occurred: { text: '2019-05' } };
    await served.recorded('reportPoint', late);
    const entry = `${board}@${assigned.node.revision}`;
    const due = (text: string) => [{ path: 'deadline', value: { text, asWritten: null } }];
    const first = await served.mutate('correctEntry', { commandId: 'rett-1', entry, reason: 'Feil måned.', set: due('2026-07-30') });
    await served.recorded('correctEntry', {
      commandId: 'rett-2',
      entry: first.entries[0].id,
      reason: 'Feil måned igjen.',
      set: [{ path: 'set.0.value', value: { text: '2026-08-30', asWritten: null } }],
    });
    await served.recorded('retractEntry', { commandId: 'trekk', entry: wrong.entries[0].id, reason: 'Vurderingen gjaldt et annet mål.' });
    await served.recorded('establishDate', {
      commandId: 'dato',
      item: { id: board },
      date: { text: '2018-09-12' },
      source: { title: 'Protokoll fra hovedstyret' },
    });
    await served.recorded('link', {
      commandId: 'lenke',
      from: { item: { id: board }, point: '3' },
      to: { item: { id: goal } },
      relation: 'SERVES',
    });
    await served.recorded('amendResolution', {
      commandId: 'endre',
      resolution: { id: board },
      reason: 'Presisert av hovedstyret.',
      changes: [{ change: 'REWORDED', point: '3.1', text: 'Legge til rette for kompetanseutvikling, nettverk og møteplasser.' }],
    });
    // Changed and changed back: nothing to tell.
    const back = { commandId: 'fram', item: { id: board }, point: '1', text: 'Ført på feil punkt.' };
    const note = await served.mutate('addNote', back);
    await served.recorded('retractEntry', { commandId: 'tilbake', entry: note.entries[0].id, reason: 'Feil punkt.' });

    const { status } = await served.read(SINCE, { project: OPPSPILL }, { key: served.keys.steering });
    expect(status.project.lastMeeting.id).toBe(meeting);
    shown = (await served.read(`query($asOf: AsOf) { items(asOf: $asOf) { position } }`, { asOf: { meeting } })).items.position;
    const since = status.project.lastMeeting.changesSince;
    nodes = since.nodes;
    expect(since.totalCount).toBe(nodes.length);
  });
  afterAll(() => served.close());

  describe('A member of the steering group asks in one document and', () => {
    it('is told what differs, item by item and point by point, and nothing else', () => {
      expect(nodes.map(({ item, part, change: what }) => `${item.title}${part === null ? '' : ` ${part}`}: ${what}`)).toEqual([
        'Kulturprosjektet Oppspill: CHANGED',
        'Kultur for framtida: CHANGED',
        'Kultur for framtida 2.1: CHANGED',
        'Kultur for framtida 3: CHANGED',
        'Kultur for framtida 3.1: CHANGED',
        expect.stringMatching(/: CHANGED$/u),
      ]);
    });

    it('sees what came late, with the day it happened and the day it was recorded', () => {
      const late = change('Kultur for framtida', '2.1');
      expect(field(late, 'state').summary).toBe('Tilstand: åpent → rapportert');
      expect(late.fields.find((one: Json) => one.label === 'rapport').summary).toBe('Rapport: «Lagt fram for kommunene.»');
      expect(late.causedBy).toMatchObject([
        { type: 'PointReported', recordedAt: '2026-03-16T09:00:00.000Z', actor: { role: 'SECRETARIAT' } },
      ]);
    });

    it('sees a corrected deadline once, with both corrections behind it and why', () => {
      const point = change('Kultur for framtida', '3');
      expect(field(point, 'deadline').summary).toBe('Frist: 30. juni 2026 → 30. august 2026');
      const corrections = point.causedBy.filter(({ type }: Json) => type === 'EntryCorrected');
      expect(corrections.map(({ reason }: Json) => reason)).toEqual(['Feil måned.', 'Feil måned igjen.']);
      expect(corrections[1].corrects.id).toBe(corrections[0].id);
      expect(corrections[0].correctedBy).toEqual([{ id: corrections[1].id }]);
    });

    it('sees what was retracted', () => {
      const goals = nodes.at(-1);
      const gone = goals.fields.find((one: Json) => one.label === 'vurdering');
      expect(gone).toMatchObject({ summary: 'Vurdering: «Alt er i rute.» (tatt bort)', after: null });
      expect(types(goals)).toEqual(expect.arrayContaining(['EntryRetracted']));
      expect(goals.causedBy.find(({ type }: Json) => type === 'EntryRetracted').reason).toBe('Vurderingen gjaldt et annet mål.');
    });

    it('sees that a date was established, which corrects nothing', () => {
      const resolution = change('Kultur for framtida');
      expect(field(resolution, 'decided')).toMatchObject({
        label: 'dato fastsatt',
        summary: 'Dato fastsatt: senest 3. oktober 2018 → 12. september 2018',
      });
      expect(field(resolution, 'occurred')).toBeUndefined();
      expect(types(resolution)).toEqual(['DateEstablished']);
    });

    it('sees a link from both ends, and a new wording word by word', () => {
      const title = nodes.at(-1).item.title;
      expect(change('Kultur for framtida', '3').fields.find((one: Json) => one.label === 'lenke').summary).toContain(
        `Lenke: tjener «${title.slice(0, 40)}`,
      );
      expect(nodes.at(-1).fields.find((one: Json) => one.label === 'lenke').summary).toBe(
        'Lenke: punkt 3 i «Kultur for framtida» tjener dette',
      );
      expect(field(change('Kultur for framtida', '3.1'), 'text').summary).toMatch(/møteplasser/u);
      expect(change('Kultur for framtida', '3.1').causedBy).toMatchObject([
        { type: 'ResolutionAmended', reason: 'Presisert av hovedstyret.' },
      ]);
    });

    it('gets the same from the meeting’s own point of view, in the language asked for', async () => {
      const asked = { from: { meeting }, project: OPPSPILL };
      const { diff } = await served.read(DIFF, asked);
      expect(diff.changes.nodes.map(({ item, part }: Json) => [item.title, part])).toEqual(
        nodes.map(({ item, part }) => [item.title, part]),
      );
      for (const [language, said] of [
        ['nn', 'Dato fastsett: seinast 3. oktober 2018 → 12. september 2018'],
        ['en', 'Date established: no later than 3 October 2018 → 12 September 2018'],
      ] as const) {
        const answer = await served.read(DIFF, asked, { headers: { 'accept-language': language } });
        const resolution = answer.diff.changes.nodes.find((one: Json) => one.item.title === 'Kultur for framtida' && one.part === null);
        expect(field(resolution, 'decided').summary).toBe(said);
      }
    });
  });

  describe('An auditor asks what the record knew that day, and what was true by then,', () => {
    const DEADLINE = `query($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ... on Resolution {
      decided { label } point(path: "3") { deadline { text } } timeline(first: 100) { nodes { id corrected corrections { id } } } } } }`;

    it('and reads each corrected thing at both known times: before it was corrected, and after', async () => {
      const at = async (asOf: Json) => (await served.read(DEADLINE, { id: board, asOf }, { key: served.keys.auditor })).node;
      const [then, now] = [await at({ position: shown }), await at(null)];
      expect([then.decided.label, then.point.deadline.text]).toEqual(['senest 3. oktober 2018', '2026-06-30']);
      expect([now.decided.label, now.point.deadline.text]).toEqual(['12. september 2018', '2026-08-30']);
      const row = (of: Json, id: string): Json => of.timeline.nodes.find((one: Json) => one.id === id);
      const corrected = now.timeline.nodes.filter((one: Json) => one.corrected);
      expect(corrected.length).toBe(2);
      for (const { id, corrections } of corrected) {
        expect(corrections.length).toBeGreaterThan(0);
        expect(row(then, id)).toMatchObject({ corrected: false, corrections: [] });
      }
    });

    it('and reads in the raw record that a date was established, not corrected, with what stood there before', async () => {
      const { history } = await served.read(
        `{ history(filter: { types: ["DateEstablished"] }) { nodes { title changes { path label summary } corrects { id } } } }`,
      );
      expect(history.nodes).toContainEqual({
        title: 'Dato fastsatt: 12. september 2018',
        changes: [{ path: 'occurred', label: 'dato fastsatt', summary: 'Dato fastsatt: senest 3. oktober 2018 → 12. september 2018' }],
        corrects: { id: `${board}@0` },
      });
    });

    it('and finds that what the record learned between two days is not what took effect between them', async () => {
      const known = await served.read(DIFF, { from: { knownOn: '2026-03-09' }, to: { knownOn: '2026-03-31' }, subject: { id: board } });
      const effect = await served.read(DIFF, { from: { validAt: '2019-01-01' }, to: { validAt: '2019-12-31' }, subject: { id: board } });
      expect(known.diff.changes.nodes.length).toBeGreaterThan(3);
      // The report that was recorded in 2026 had been made in May 2019.
      expect(effect.diff.changes.nodes.map((one: Json) => [one.part, types(one)])).toEqual([
        [null, ['PointReported']],
        ['2.1', ['PointReported']],
      ]);
    });

    it('and gets no difference between a day and itself, whichever way it is said', async () => {
      const { diff } = await served.read(DIFF, { from: { meeting }, to: { position: shown }, project: OPPSPILL });
      expect(diff.changes).toMatchObject({ totalCount: 0, nodes: [] });
    });
  });
});
