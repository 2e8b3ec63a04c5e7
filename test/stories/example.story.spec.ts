import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve, type Json, type Served } from '../support/serve.js';

const seed = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../golden/seeds/${name}.txt`, import.meta.url)), 'utf8')
    .replaceAll('*', '')
    .replace(/\s+/g, ' ');
const LETTER = seed('letter');
const SLIDES = seed('slides');

/** The tree of the board’s resolution: path, printed label, kind, and how the text begins and ends in the letter. */
const TREE = [
  ['1', '1', 'PREMISE', 'KS legger til grunn at det er en dualisme', 'lokal og regional samfunnsutvikling.'],
  ['2', '2', 'LEAD_IN', 'Som interessepolitisk aktør på kulturfeltet vil KS:', 'vil KS:'],
  ['2.1', null, 'COMMITMENT', 'Løfte fram lokal og regional kulturpolitikk', 'og statlige politikken.'],
  ['2.2', null, 'COMMITMENT', 'Bidra til å se kulturfeltet, kulturskolene og bibliotekene', 'den helhetlige samfunnsutviklingen.'],
  ['2.3', null, 'LEAD_IN', 'Som utviklingspartner for kommuner og fylkeskommuner', 'vil KS:'],
  ['2.3.1', null, 'COMMITMENT', 'Fremme kunnskapsbygging og kompetansedeling', 'fylkeskommuner og stat.'],
  ['2.3.2', null, 'COMMITMENT', 'Styrke forutsetningene for god lokaldemokratisk involvering', 'kulturskolene og bibliotekene.'],
  ['3', '3', 'MEASURE', 'KS styrker organisasjonen på kulturfeltet ved å tilsette', 'kapasitet i organisasjonen.'],
  ['3.1', null, 'MEASURE', 'For å integrere kulturfeltet i KS bedre', 'tilsvarende ordninger på andre fagfelt.'],
] as const;

const RESOLUTIONS = `{ resolutions(orderBy: TITLE) { nodes { id title resolutionType caseReference state decided { text label asWritten precision }
  body { ... on Body { name } } projects { title } source: timeline(first: 1) { nodes { source { title reference locator dated { asWritten } } assertedBy { ... on Body { name } } } }
  points(first: 100) { nodes { path label pointKind role text note addressees { ... on NamedParty { name } } pointState } } } } }`;

describe('The example record, loaded as at the first start,', () => {
  let served: Served;
  let first: Json;
  let titled: (title: string) => Json;

  beforeAll(async () => {
    served = await serve();
    first = await served.recordExample();
    const { resolutions } = await served.read(RESOLUTIONS);
    titled = (title) => resolutions.nodes.find((one: Json) => one.title === title);
  });
  afterAll(() => served.close());

  it('is recorded once: a second loading is replayed, command by command, and adds nothing', async () => {
    const head = await served.record.store.head();
    expect(first).toEqual({ recorded: expect.any(Number) as number, replayed: 0 });
    expect(first.recorded).toBeGreaterThan(25);
    expect(await served.recordExample()).toEqual({ recorded: 0, replayed: first.recorded });
    expect(await served.record.store.head()).toBe(head);
  });

  it('holds the resolution of Hovedstyret in KS, decided no later than the letter’s date', () => {
    expect(titled('Kultur for framtida')).toMatchObject({
      resolutionType: 'VEDTAK',
      state: 'ADOPTED',
      // 18/01456-7 is the letter's; the case number of the decision is unknown.
      caseReference: null,
      decided: { text: '../2018-10-03', label: 'senest 3. oktober 2018', precision: 'NOT_AFTER' },
      body: { name: 'Hovedstyret i KS' },
      projects: [{ title: 'Kulturprosjektet Oppspill' }],
      source: { nodes: [{ source: { reference: '18/01456-7', dated: { asWritten: '03.10.2018' } }, assertedBy: { name: 'KS' } }] },
    });
  });

  it('holds its points as the letter prints them: order, labels, texts word for word', () => {
    const points = titled('Kultur for framtida').points.nodes;
    expect(points.map((point: Json) => [point.path, point.label, point.pointKind])).toEqual(
      TREE.map(([path, label, kind]) => [path, label, kind]),
    );
    for (const [index, [path, , , begins, ends]] of TREE.entries()) {
      const { text } = points[index];
      expect([path, text.startsWith(begins), text.endsWith(ends), LETTER.includes(text)]).toEqual([path, true, true, true]);
    }
  });

  it('knows in what role each point was promised, and says which reading is ours', () => {
    const byPath = new Map<string, Json>(titled('Kultur for framtida').points.nodes.map((point: Json) => [point.path, point]));
    expect(byPath.get('2.1').role).toBe('Som interessepolitisk aktør på kulturfeltet');
    expect(byPath.get('2.3.2').role).toBe('Som utviklingspartner for kommuner og fylkeskommuner på kulturfeltet');
    expect(byPath.get('2.3').note).toContain('vår lesning');
    expect(byPath.get('1').pointState).toBe('NOTHING_TO_DO');
    expect(byPath.get('3').pointState).toBe('OPEN');
  });

  it('holds the statements of the Landsting of 2016, each with its own addressees', () => {
    const statements = titled('Uttalelser fra KS’ Landsting 2016');
    expect(statements).toMatchObject({
      resolutionType: 'UTTALELSE',
      body: { name: 'KS Landsting' },
      decided: { text: '2016', asWritten: 'i 2016' },
    });
    expect(statements.points.nodes.map((point: Json) => point.addressees.map((one: Json) => one.name))).toEqual([
      ['kommuner', 'fylkeskommuner'],
      ['kommunene'],
    ]);
    for (const { text } of statements.points.nodes) expect(SLIDES).toContain(text);
  });

  it('keeps the positions of KS apart from what was decided, elisions and all', () => {
    expect(titled('KS målsetning om en helhetlig og inkluderende oppvekstpolitikk')).toMatchObject({
      resolutionType: 'STANDPUNKT',
      points: { nodes: [{ text: expect.stringContaining('(…)') as string, pointState: 'NOTHING_TO_DO' }] },
    });
    expect(titled('Kultur spiller en sentral rolle i arbeidet med å legge til rette for gode og inkluderende lokalsamfunn')).toMatchObject({
      resolutionType: 'STANDPUNKT',
      body: { name: 'KS' },
    });
  });

  it('holds the bodies under one another, with their other names, and what is claimed about them', async () => {
    const { bodies } = await served.read(
      `{ bodies(orderBy: TITLE) { nodes { name aliases parentBody { name } claims { claim assertedBy { ... on Body { name } } } } } }`,
    );
    const named = (name: string): Json => bodies.nodes.find((one: Json) => one.name === name);
    expect(bodies.nodes).toHaveLength(6);
    expect(named('Hovedstyret i KS').parentBody).toEqual({ name: 'KS' });
    expect(named('KS Landsting').parentBody).toEqual({ name: 'KS' });
    expect(named('Norsk kulturskoleråd')).toMatchObject({ aliases: ['Kulturskolerådet'], parentBody: null });
    expect(named('Norsk kulturskoleråd Nord-Trøndelag').parentBody).toEqual({ name: 'Norsk kulturskoleråd' });
    expect(named('KS').claims).toContainEqual({ claim: 'Samme eier (kommunene)', assertedBy: { name: 'KS' } });
  });

  it('tells how the statements led to Oppspill, and who is behind it', async () => {
    const { projects } = await served.read(
      `{ projects { nodes { title aliases duration initiators { ... on Body { name } } steeringGroup { ... on Body { name } }
        notes { text } links(relations: [LED_TO, PART_OF]) { nodes { relation direction fromPart relationLabel other { title } } } } } }`,
      {},
      { key: served.keys.steering },
    );
    expect(projects.nodes).toHaveLength(1);
    expect(projects.nodes[0]).toMatchObject({
      aliases: ['Oppspill'],
      duration: 'P2Y',
      initiators: [{ name: 'KS' }, { name: 'Norsk kulturskoleråd Nord-Trøndelag' }],
      steeringGroup: { name: 'Styringsgruppen for Oppspill' },
    });
    const links = projects.nodes[0].links.nodes;
    const led = { relation: 'LED_TO', direction: 'IN', relationLabel: 'førte til', other: { title: 'Uttalelser fra KS’ Landsting 2016' } };
    expect(links).toEqual(
      expect.arrayContaining([expect.objectContaining({ ...led, fromPart: '1' }), expect.objectContaining({ ...led, fromPart: '2' })]),
    );
    expect(links).toContainEqual(expect.objectContaining({ relation: 'PART_OF', other: { title: 'Styringsgruppen for Oppspill' } }));
    expect(projects.nodes[0].notes).toContainEqual({ text: 'Felles ansvar for gode lokalsamfunn!' });
  });

  it('holds the long-term plan with its six goals in order, and nothing more than the slide says of it', async () => {
    const { plans } = await served.read(
      `{ plans { nodes { title state occurred { text } owner { ... on Body { name } } period { text asWritten } inForceSince { text } planGoals { key label text } } } }`,
    );
    expect(plans.nodes).toMatchObject([
      {
        title: 'KS’ langtidsplan for perioden 2016-2019',
        state: 'ADOPTED',
        occurred: { text: 'unknown' },
        owner: { name: 'KS' },
        period: { text: '2016/2019', asWritten: '2016-2019' },
        inForceSince: null,
      },
    ]);
    const [{ planGoals }] = plans.nodes;
    expect(planGoals.map((goal: Json) => [goal.key, goal.label])).toEqual(['1', '2', '3', '4', '5', '6'].map((key) => [key, null]));
    const slide = SLIDES.slice(SLIDES.indexOf('Overordnede mål:'));
    const places = planGoals.map((goal: Json) => slide.indexOf(`• ${goal.text} `));
    expect(places.every((place: number, index: number) => place > (places[index - 1] ?? 0))).toBe(true);
  });

  it('holds the work done by 3 October 2018 as milestones that nobody had planned to a date', async () => {
    const { milestones } = await served.read(
      `{ milestones(first: 100) { nodes { title state project { title } baseline { text } forecast { text } actual { text label } deviationDays light computedLight } } }`,
    );
    const unplanned = {
      state: 'REACHED',
      project: { title: 'Kulturprosjektet Oppspill' },
      baseline: null,
      forecast: null,
      deviationDays: null,
    };
    const byThen = { text: '../2018-10-03', label: 'senest 3. oktober 2018' };
    expect(milestones.nodes).toHaveLength(4);
    for (const [title, actual] of [
      ['Medlemsdialogen gjennomført', byThen],
      ['Rapporten ferdig', byThen],
      ['Saken behandlet i hovedstyret', byThen],
      ['Rapport og vedtak sendt deltakerne', { text: '2018-10-03', label: '3. oktober 2018' }],
    ])
      expect(milestones.nodes).toContainEqual({ title, actual, ...unplanned, light: 'NOT_ASSESSED', computedLight: 'NOT_ASSESSED' });
  });

  it('was recorded by the system itself, now: nothing is backdated', async () => {
    const { history } = await served.read(
      `{ history(first: 100) { totalCount nodes { recordedAt actor { id actorKind name { value } } } } }`,
      {},
      { key: served.keys.auditor },
    );
    expect(history.totalCount).toBe(first.recorded);
    for (const entry of history.nodes)
      expect(entry).toEqual({
        recordedAt: '2026-03-02T10:00:00.000Z',
        actor: { id: 'example-loader', actorKind: 'SYSTEM', name: { value: 'example-loader' } },
      });
  });
});
