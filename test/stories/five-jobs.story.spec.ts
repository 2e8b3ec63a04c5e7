import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DRAFT, GOALS, LIVE, MEETING, PAGE } from '../support/five-jobs.js';
import { listen, TRANSPORTS } from '../support/listening.js';
import { serve, type Fields, type Json, type Served } from '../support/serve.js';

const LETTER = readFileSync(fileURLToPath(new URL('../golden/seeds/letter.txt', import.meta.url)), 'utf8');
const OPPSPILL = { reference: 'Oppspill', kind: 'PROJECT' };
const OWNER = { name: 'Områdedirektør for interessepolitikk' };
const THREE = { item: { createdBy: 'example:kultur-for-framtida', kind: 'RESOLUTION' }, point: '3' };

/** Five people at their work, one after the other: each sees what those before have done. */
describe('On the example record', () => {
  let served: Served;
  let boardResolution: string;
  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
    const { resolutions } = await served.read(`{ resolutions(filter: { text: "Kultur for framtida" }) { nodes { id title } } }`);
    boardResolution = resolutions.nodes.find((one: Json) => one.title === 'Kultur for framtida').id;
  });
  afterAll(() => served.close());

  describe('(1) the secretariat', () => {
    const gapsOf = async (asOf: Fields | null = null): Promise<readonly string[]> => {
      const { gaps } = await served.read(`query($asOf: AsOf) { gaps(asOf: $asOf) { rule item { id } } }`, { asOf });
      return gaps.filter((gap: Json) => gap.item.id === boardResolution).map((gap: Json) => gap.rule);
    };

    it('pastes the letter and is given the tree that is on record, with the one doubtful place marked', async () => {
      const { draftPoints, node } = await served.read(DRAFT, { text: LETTER, id: boardResolution });
      const flat = (points: readonly Json[]): readonly Json[] => points.flatMap(({ points: below = [], ...own }) => [own, ...flat(below)]);
      expect(flat(draftPoints.points).map(({ path, label, text }) => [path, label, text])).toEqual(
        node.points.nodes.map(({ path, label, text }: Json) => [path, label, text]),
      );
      expect(draftPoints.doubts).toEqual([{ path: '2.3' }]);
    });

    it('records a letter and its resolution, and is handed a receipt', async () => {
      const source = { title: 'Melding om vedtak', reference: '18/01456-9', dated: { text: '2018-12-17' }, locator: 'vedtaket' };
      const letter = await served.mutate('registerDocument', {
        commandId: 'brev-9',
        title: 'Melding om vedtak',
        documentType: 'LETTER',
        caseReference: '18/01456-9',
        dated: { text: '2018-12-17' },
        source,
      });
      const resolution = await served.mutate('recordResolution', {
        commandId: 'vedtak-9',
        resolutionType: 'VEDTAK',
        title: 'Fordeling av oppgaver',
        body: { item: { createdBy: 'example:ks-hovedstyret', kind: 'BODY' } },
        projects: [{ createdBy: 'example:oppspill', kind: 'PROJECT' }],
        points: [{ label: '1', pointKind: 'MEASURE', text: 'Administrasjonen fordeler oppgavene.' }],
        source: { document: { createdBy: 'brev-9', kind: 'DOCUMENT' }, locator: 'vedtaket' },
      });
      expect([letter, resolution]).toMatchObject([
        { __typename: 'Recorded', receipt: { text: expect.stringMatching(/^Ført 02\.03\.2026/) as string } },
        { __typename: 'Recorded', receipt: { text: expect.stringMatching(/^Ført 02\.03\.2026/) as string } },
      ]);
      const { gaps, node } = await served.read(
        `query($id: ID!) { gaps { rule what } node(id: $id) { ... on Resolution { decided { label } timeline { nodes { source { title reference } } } } } }`,
        { id: resolution.item.id },
        { key: served.keys.secretariat },
      );
      expect(node).toEqual({
        decided: { label: 'senest 17. desember 2018' },
        timeline: { nodes: [{ source: { title: 'Melding om vedtak', reference: '18/01456-9' } }] },
      });
      expect(gaps).toContainEqual({ rule: 'DOCUMENT_NUMBERS_MISSING', what: 'Dokument 1–6, 8 i sak 18/01456 er ikke sett' });
    });

    it('later learns when the board decided: «18/01456-7» is more than one thing, so it is asked which', async () => {
      expect(await gapsOf()).toContain('DECISION_WITHOUT_DAY');
      served.at('2026-03-05T09:00:00.000Z');
      const learned = {
        date: { text: '2018-09-12' },
        occurred: { text: '2026-03-05' },
        source: { title: 'Protokoll fra hovedstyret (oppdiktet for prøven)' },
      };
      const which = await served.mutate('establishDate', {
        commandId: 'dato-1',
        item: { reference: '18/01456-7', kind: 'RESOLUTION' },
        ...learned,
      });
      expect(which.__typename).toBe('Refused');
      expect(which.candidates).toContainEqual({ id: boardResolution, title: 'Kultur for framtida' });
      await served.recorded('establishDate', { commandId: 'dato-2', item: { id: boardResolution }, ...learned });
      const decided = `query($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ... on Resolution { decided { label } } } }`;
      const label = async (asOf: Fields | null): Promise<string> =>
        (await served.read(decided, { id: boardResolution, asOf })).node.decided.label;
      expect([await label(null), await label({ knownOn: '2026-03-04' })]).toEqual(['12. september 2018', 'senest 3. oktober 2018']);
      expect(await gapsOf()).not.toContain('DECISION_WITHOUT_DAY');
      expect(await gapsOf({ knownOn: '2026-03-04' })).toContain('DECISION_WITHOUT_DAY');
    });
  });

  describe('(2) a member of the steering group of Oppspill', () => {
    const meeting = (asOf: Fields | null = null): Promise<Json> =>
      served.read(MEETING, { project: OPPSPILL, asOf }, { key: served.keys.steering });
    let shown: Json;

    it('sees how many stand where, and the items behind each number', async () => {
      shown = await meeting();
      expect(shown.status.project).toEqual({ title: 'Kulturprosjektet Oppspill' });
      const of = (kind: string): Json => shown.status.kinds.find((one: Json) => one.kind === kind);
      expect(of('RESULT_GOAL')).toMatchObject({
        total: 4,
        states: [{ state: 'SET', count: 4 }],
        lights: [{ light: 'NOT_ASSESSED', count: 4 }],
      });
      expect(of('MILESTONE')).toMatchObject({ total: 4, states: [{ label: 'nådd', count: 4 }] });
      for (const { total, states, lights, computedLights } of shown.status.kinds) {
        const sum = (counts: readonly Json[]): number => counts.reduce((all, { count }) => all + (count as number), 0);
        expect([sum(states), sum(lights), sum(computedLights)]).toEqual([total, total, total]);
        for (const { count, items } of states) expect(items.nodes).toHaveLength(count);
      }
      expect([shown.status.late, shown.status.next]).toEqual([[], []]);
    });

    it('sees every point that asks for something, and that nobody has any of them', () => {
      expect(shown.followUps.nodes.map((row: Json) => `${row.resolution.title} ${row.point.path}`).sort()).toEqual([
        'Fordeling av oppgaver 1',
        ...['2.1', '2.2', '2.3.1', '2.3.2', '3', '3.1'].map((path) => `Kultur for framtida ${path}`),
        'Uttalelser fra KS’ Landsting 2016 1',
        'Uttalelser fra KS’ Landsting 2016 2',
      ]);
      const unowned = shown.gaps.filter((gap: Json) => gap.rule === 'ASK_WITHOUT_OWNER');
      expect(unowned).toHaveLength(shown.followUps.totalCount);
      expect(new Set(unowned.flatMap((gap: Json) => gap.closedBy))).toEqual(new Set(['assignPoint']));
      expect(shown.status.attention.map((one: Json) => one.attention)).toEqual(shown.status.attention.map(() => ['GAP']));
    });

    it('after a meeting and some weeks finds what is late, and what was recorded since', async () => {
      served.at('2026-03-09T12:00:00.000Z');
      await served.recorded('holdMeeting', {
        commandId: 'mote-1',
        project: OPPSPILL,
        title: 'Styringsgruppemøte 1/2026',
        held: '2026-03-09',
        occurred: { text: '2026-03-09' },
      });
      const { projects } = await served.read(`{ projects { nodes { lastMeeting { id } } } }`);
      served.at('2026-03-16T09:00:00.000Z');
      await served.recorded('assignPoint', {
        commandId: 'fordel-3',
        point: THREE,
        owner: OWNER,
        deadline: { text: '2026-04-15' },
      });
      expect((await meeting()).status.next).toEqual([{ what: 'Frist for punkt 3', date: { label: '15. april 2026' } }]);
      served.at('2026-04-20T09:00:00.000Z');
      const later = await meeting();
      expect(later.status.late).toEqual([{ what: 'Frist for punkt 3', daysLate: 5, owner: OWNER, point: { path: '3' } }]);
      expect(later.status.attention[0]).toEqual({ title: 'Kultur for framtida', attention: ['OVERDUE', 'GAP'] });
      expect(later.followUps.nodes.filter((row: Json) => row.daysOverdue !== null)).toMatchObject([
        { point: { path: '3' }, daysOverdue: 5 },
      ]);
      const { history } = await served.read(
        `{ history(filter: { recordedFrom: "2026-03-09T12:00:00.001Z" }) { nodes { title item { title } } } }`,
      );
      expect(history.nodes).toEqual([{ title: expect.stringMatching(/punkt 3/i) as string, item: { title: 'Kultur for framtida' } }]);
      // And what the group had been shown is what it was shown.
      const then = await meeting({ meeting: projects.nodes[0].lastMeeting.id });
      expect(then.followUps).toEqual(shown.followUps);
      expect(then.gaps).toEqual(shown.gaps);
    });
  });

  describe('(3) a client builder', () => {
    const filter = { whitePaperTypes: ['FRIVILLIGHETSMELDING', 'KULTURMELDING', 'KULTURSKOLEMELDING'] };
    it.each(TRANSPORTS)('draws one timeline of the white papers page by page, and goes on live over %s', async (transport) => {
      const rows: Json[] = [];
      let page: Json = null;
      do {
        ({ timeline: page } = await served.read(PAGE, { filter, after: page?.pageInfo.endCursor ?? null }));
        rows.push(...page.nodes);
      } while (page.pageInfo.hasNextPage && rows.length < page.totalCount);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(page.totalCount);
      expect(rows.map(({ title }) => title)).toContain('Ny kulturmelding: lagt fram som Meld. St. 8 (2018–2019)');
      expect(rows.some(({ reachedThrough }) => reachedThrough?.title === 'Ny kulturskolemelding')).toBe(true);

      const listening = listen(transport, served.url, LIVE, { after: page.position, filter });
      await served.recorded('addNote', { commandId: `annet-${transport}`, item: OPPSPILL, text: 'Gjelder ikke meldingene.' });
      await served.recorded('judgeWhitePaper', {
        commandId: `dom-${transport}`,
        whitePaper: { createdBy: 'example:ny-kulturskolemelding', kind: 'WHITE_PAPER' },
        outcome: 'PARTLY',
        assertedBy: { name: `Oppdiktet høringspart over ${transport}` },
        reason: 'Meldingen kom som del av en annen.',
      });
      const [change] = await listening.take(1);
      expect(change.timeline).toMatchObject({ removed: [], put: [{ title: expect.stringContaining('Ny kulturskolemelding') as string }] });
      expect(rows.map(({ id }) => id)).not.toContain(change.timeline.put[0].id);
      await listening.leave();
    });
  });

  describe('(4) somebody who asks what became of point 3', () => {
    it('follows it as far as the record knows: assigned, overdue, not reported', async () => {
      const { trace, followUps } = await served.read(
        `query($from: PartRef!) { trace(from: $from) { nodes { distance point { path pointState daysOverdue } } ends { end label point { path } } }
          followUps(filter: { text: "tilsette kulturfaglig kapasitet", overdue: true }) { nodes { point { path } resolution { title } } } }`,
        { from: THREE },
      );
      expect(trace.nodes[0]).toEqual({ distance: 0, point: { path: '3', pointState: 'ASSIGNED', daysOverdue: 5 } });
      expect(trace.ends).toContainEqual({ end: 'GAP', label: 'ingen ansvarlig, ingen rapport', point: { path: '3.1' } });
      expect(trace.ends.filter((one: Json) => one.end === 'VERDICT' || (one.end === 'OUTCOME' && one.point !== null))).toEqual([]);
      expect(followUps.nodes).toEqual([{ point: { path: '3' }, resolution: { title: 'Kultur for framtida' } }]);
    });
  });

  describe('(5) an auditor', () => {
    const goal = { createdBy: 'example:oppspill-maal-c', kind: 'RESULT_GOAL' };
    const assertedBy = { item: { createdBy: 'example:oppspill-styringsgruppe', kind: 'BODY' } };

    it('checks who changed the status of a goal, from whose word, and why', async () => {
      served.at('2026-05-04T09:00:00.000Z');
      await served.recorded('assessResultGoal', { commandId: 'vurder-c', resultGoal: goal, light: 'YELLOW', assertedBy });
      await served.recorded('concludeResultGoal', { commandId: 'avslutt-c', resultGoal: goal, outcome: 'ACHIEVED', assertedBy });
      served.at('2026-05-11T09:00:00.000Z');
      const concluded = (await served.read(GOALS)).resultGoals.nodes[2].history.nodes.at(-1).id;
      await served.recorded('retractEntry', { commandId: 'trekk-c', entry: concluded, reason: 'Ført på feil mål.' });
      const { history } = await served.read(
        `{ history(filter: { kinds: [RESULT_GOAL], recordedFrom: "2026-05-01T00:00:00Z" }, orderBy: OLDEST_FIRST) {
          nodes { type reason recordedAt actor { role actorKind name { value } } assertedBy { ... on Body { name } } } } }`,
        {},
        { key: served.keys.auditor },
      );
      const actor = { role: 'SECRETARIAT', actorKind: 'PERSON', name: { value: 'Kari Sekretær' } };
      const group = { name: 'Styringsgruppen for Oppspill' };
      expect(history.nodes).toEqual([
        { type: 'ResultGoalAssessed', reason: null, recordedAt: '2026-05-04T09:00:00.000Z', actor, assertedBy: group },
        { type: 'ResultGoalConcluded', reason: null, recordedAt: '2026-05-04T09:00:00.000Z', actor, assertedBy: group },
        { type: 'EntryRetracted', reason: 'Ført på feil mål.', recordedAt: '2026-05-11T09:00:00.000Z', actor, assertedBy: null },
      ]);
    });

    it('and finds that nothing was removed: every revision is there, what was retracted too', async () => {
      const { resultGoals } = await served.read(GOALS, {}, { key: served.keys.auditor });
      expect(resultGoals.nodes.map((one: Json) => one.code)).toEqual(['A', 'B', 'C', 'D']);
      for (const { id, revision, history } of resultGoals.nodes)
        expect(history.nodes.map((entry: Json) => entry.id)).toEqual(Array.from({ length: revision + 1 }, (_, index) => `${id}@${index}`));
      const [, , c] = resultGoals.nodes;
      expect(c).toMatchObject({ status: 'ASSESSED', light: 'YELLOW', revision: 4 });
      expect(c.history.nodes[3]).toMatchObject({ type: 'ResultGoalConcluded', correctedBy: [{ reason: 'Ført på feil mål.' }] });
      expect(c.history.nodes[4]).toMatchObject({ type: 'EntryRetracted', corrects: { id: c.history.nodes[3].id } });
    });
  });
});
