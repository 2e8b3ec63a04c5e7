import { command, openHouse, recorded, type House } from '../testing/house.js';

describe('The lives of the kinds, through the schema', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const read = async (id: string, fields: string, asOf: object | null = null) => {
    const { data, errors } = await house.ask(`query($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ${fields} } }`, { id, asOf });
    expect(errors).toEqual([]);
    return data.node;
  };
  const resolve = (commandId: string, over: object = {}) =>
    recorded(house, 'recordResolution', {
      commandId,
      resolutionType: 'VEDTAK',
      title: `Vedtak ${commandId}`,
      body: { name: 'Hovedstyret' },
      points: [
        { label: '1', pointKind: 'COMMITMENT', text: 'KS vil arbeide for kultur.', points: [{ pointKind: 'MEASURE', text: 'Et tiltak.' }] },
      ],
      ...over,
    });

  it('of a resolution: proposed, adopted with a vote and a dissent, amended, and superseded', async () => {
    const id = await resolve('forslag', { recordedAs: 'PROPOSED' });
    const resolution = { id };
    expect(await read(id, '... on Resolution { state decided { text } }')).toEqual({ state: 'PROPOSED', decided: { text: 'unknown' } });
    await recorded(house, 'adoptResolution', { commandId: 'vedta', resolution, occurred: { text: '2026-02-01' }, meeting: 'Møte 1' });
    await recorded(house, 'recordVote', {
      commandId: 'stem',
      resolution,
      point: '1',
      unanimous: false,
      inFavour: 9,
      against: 1,
      dissents: [{ party: { person: { name: 'Dag Dissens' } }, text: 'Vil ha mer.' }],
    });
    const other = await resolve('endringsvedtak');
    await recorded(house, 'amendResolution', {
      commandId: 'endre',
      resolution,
      by: { id: other },
      changes: [
        { change: 'REWORDED', point: '1', text: 'KS vil arbeide hardere for kultur.' },
        { change: 'ADDED', point: '1', added: { pointKind: 'MEASURE', text: 'Enda et tiltak.', addressees: [{ name: 'kommunene' }] } },
        { change: 'ADDED', added: { pointKind: 'PREMISE', text: 'En premiss.' } },
        { change: 'STRUCK', point: '1.1' },
      ],
    });
    const node = await read(
      id,
      `... on Resolution { state meeting decided { text } amendedBy { id } points { nodes { path text struck pointState addressees { ... on NamedParty { name } } } }
       votes { unanimous inFavour against abstained point { path } dissents { text party { ... on Person { personName { value } } } } entry { type } } }`,
    );
    expect(node).toMatchObject({ meeting: 'Møte 1', decided: { text: '2026-02-01' }, amendedBy: [{ id: other }] });
    expect(
      node.points.nodes.map((point: { path: string; text: string; struck: boolean }) => [point.path, point.text, point.struck]),
    ).toEqual([
      ['1', 'KS vil arbeide hardere for kultur.', false],
      ['1.1', 'Et tiltak.', true],
      ['1.2', 'Enda et tiltak.', false],
      ['2', 'En premiss.', false],
    ]);
    expect(node.points.nodes[2].addressees).toEqual([{ name: 'kommunene' }]);
    expect(node.votes).toMatchObject([
      {
        unanimous: false,
        inFavour: 9,
        against: 1,
        abstained: null,
        point: { path: '1' },
        dissents: [{ text: 'Vil ha mer.', party: { personName: { value: 'Dag Dissens' } } }],
        entry: { type: 'VoteRecorded' },
      },
    ]);
    await recorded(house, 'supersedeResolution', { commandId: 'avløs', resolution, by: { id: other } });
    expect(await read(id, '... on Resolution { state supersededBy { id } repealedBy { id } }')).toEqual({
      state: 'SUPERSEDED',
      supersededBy: { id: other },
      repealedBy: null,
    });
    const links = await read(other, '... on Item { links { nodes { relation direction declared other { id } } } }');
    expect(links.links.nodes).toContainEqual({ relation: 'SUPERSEDES', direction: 'OUT', declared: true, other: { id } });
  });

  it('of a change that says too little: invalid, with the path of what is missing', async () => {
    const id = await resolve('lite');
    for (const [change, path] of [
      [{ change: 'REWORDED', point: '1' }, 'text'],
      [{ change: 'STRUCK' }, 'point'],
      [{ change: 'ADDED', point: '1' }, 'added'],
      [{ change: 'STRUCK', point: '1', text: 'til overs' }, ''],
    ] as const) {
      const invalid = await command(house, 'amendResolution', { commandId: 'lite-1', resolution: { id }, changes: [change] });
      expect(invalid.__typename).toBe('Invalid');
      const paths = invalid.issues.map((issue: { path: string[] }) => issue.path.join('.'));
      expect(paths).toContainEqual(expect.stringContaining(`input.changes.0${path === '' ? '' : `.${path}`}`));
    }
  });

  it('of a resolution: another wording of it, compared word by word, and repealed without another', async () => {
    const id = await resolve('variant');
    await recorded(house, 'addTextVariant', {
      commandId: 'nettside',
      resolution: { id },
      medium: 'WEB_PAGE',
      text: 'KS skal arbeide for kultur.',
      source: { url: 'https://www.ks.no/' },
    });
    const { variants } = await read(
      id,
      '... on Resolution { variants { medium mediumLabel text source { url } diff { diffType text } entry { type } } }',
    );
    expect(variants).toMatchObject([{ medium: 'WEB_PAGE', mediumLabel: 'nettside', source: { url: 'https://www.ks.no/' } }]);
    const side = (wanted: string) =>
      variants[0].diff
        .filter((part: { diffType: string }) => part.diffType !== wanted)
        .map((part: { text: string }) => part.text)
        .join('');
    expect(side('REMOVED')).toBe('KS skal arbeide for kultur.');
    expect(side('ADDED')).toContain('KS vil arbeide for kultur.');
    await recorded(house, 'repealResolution', { commandId: 'opphev', resolution: { id } });
    expect(await read(id, '... on Resolution { state repealedBy { id } }')).toEqual({ state: 'REPEALED', repealedBy: null });
  });

  it('of a point: started, reported, closed as replaced by another point, reopened', async () => {
    const id = await resolve('oppfølging');
    const [from, to] = [
      { item: { id }, point: '1' },
      { item: { id }, point: '1.1' },
    ];
    await recorded(house, 'startPoint', { commandId: 'start', point: from });
    await recorded(house, 'closePoint', {
      commandId: 'lukk',
      point: from,
      closedAs: 'REPLACED',
      replacedBy: to,
      verdict: 'FULFILLED',
      reason: 'Slått sammen',
    });
    expect(
      await read(
        `${id}/1`,
        '... on Point { pointState closedAs closedAsLabel(locale: NN) replacedBy { path } verdicts { outcome reason } links { nodes { relation toPart toPoint { path } } } }',
      ),
    ).toMatchObject({
      pointState: 'CLOSED',
      closedAs: 'REPLACED',
      closedAsLabel: 'erstatta',
      replacedBy: { path: '1.1' },
      verdicts: [{ outcome: 'FULFILLED', reason: 'Slått sammen' }],
    });
    await recorded(house, 'reopenPoint', { commandId: 'åpne', point: from, reason: 'Ikke ferdig' });
    expect((await read(`${id}/1`, '... on Point { pointState closedAs }')).closedAs).toBeNull();
  });

  it('of a project: what a meeting had been shown is what the record knew then', async () => {
    const project = { id: await recorded(house, 'startProject', { commandId: 'prosjekt', title: 'Prosjektet' }) };
    house.at('2026-03-03T09:00:00.000Z');
    await recorded(house, 'holdMeeting', { commandId: 'møte', project, title: 'Møte 1', held: '2026-03-03' });
    house.at('2026-03-04T09:00:00.000Z');
    await recorded(house, 'reportProjectStatus', {
      commandId: 'status',
      project,
      summary: 'Godt i gang',
      progress: { light: 'YELLOW', reason: 'Forsinket', action: 'Flere folk' },
      assertedBy: { name: 'Prosjektlederen' },
    });
    await recorded(house, 'closeProject', { commandId: 'slutt', project });
    const fields = `... on Project { state stateLabel title ended { text } lastMeeting { id title held position } meetings(last: 5) { id }
      statusReports { summary progress { light reason action } risk { light reason } assertedBy { ... on NamedParty { name } } entry { id } } }`;
    const now = await read(project.id, fields);
    expect(now).toMatchObject({
      state: 'CLOSED',
      lastMeeting: { title: 'Møte 1', held: '2026-03-03' },
      meetings: [{ id: now.lastMeeting.id }],
      statusReports: [
        {
          summary: 'Godt i gang',
          progress: { light: 'YELLOW', reason: 'Forsinket', action: 'Flere folk' },
          risk: { light: 'NOT_ASSESSED', reason: null },
          assertedBy: { name: 'Prosjektlederen' },
        },
      ],
    });
    const shown = await read(project.id, fields, { meeting: now.lastMeeting.id });
    expect(shown).toMatchObject({ state: 'STARTED', ended: null, lastMeeting: null, statusReports: [] });
    const { data } = await house.ask(`query($asOf: AsOf) { projects(asOf: $asOf) { position nodes { state } } }`, {
      asOf: { meeting: now.lastMeeting.id },
    });
    expect(data.projects).toEqual({ position: now.lastMeeting.position, nodes: [{ state: 'STARTED' }] });
  });

  it('of a body: claims side by side, renamed, merged; and of a link: made and ended', async () => {
    const body = { id: await recorded(house, 'establishBody', { commandId: 'a', name: 'Organ A' }) };
    const into = { id: await recorded(house, 'establishBody', { commandId: 'b', name: 'Organ B' }) };
    await recorded(house, 'recordBodyClaim', { commandId: 'påstand-1', body, claim: 'Jobber faglig', assertedBy: { item: into } });
    await recorded(house, 'recordBodyClaim', {
      commandId: 'påstand-2',
      body,
      claim: 'Jobber politisk',
      assertedBy: { person: { name: 'Pia Påstand' } },
    });
    await recorded(house, 'renameBody', { commandId: 'navn', body, name: 'Organ Å' });
    const linked = await command(house, 'link', {
      commandId: 'lenke',
      from: { item: body },
      relation: 'LED_TO',
      to: { item: into },
      period: { text: '2016/2019' },
    });
    const linkId = linked.entries[0].id;
    const fields = `... on Body { name aliases names { name } claims { claim assertedBy { __typename ... on Body { name } ... on Person { personName { value } } } }
      mergedIntoBody { name } links { nodes { id relation period { label } declared } } notes { text part entry { type } assertedBy { __typename } } }`;
    await recorded(house, 'addNote', { commandId: 'merk', item: body, text: 'En merknad' });
    expect(await read(body.id, fields)).toMatchObject({
      name: 'Organ Å',
      aliases: ['Organ A'],
      names: [{ name: 'Organ A' }, { name: 'Organ Å' }],
      claims: [
        { claim: 'Jobber faglig', assertedBy: { __typename: 'Body', name: 'Organ B' } },
        { claim: 'Jobber politisk', assertedBy: { __typename: 'Person', personName: { value: 'Pia Påstand' } } },
      ],
      links: { nodes: [{ id: linkId, relation: 'LED_TO', period: { label: '2016–2019' }, declared: false }] },
      notes: [{ text: 'En merknad', part: null, entry: { type: 'NoteAdded' }, assertedBy: null }],
    });
    await recorded(house, 'unlink', { commandId: 'fjern', link: linkId, reason: 'feil' });
    await recorded(house, 'mergeBody', { commandId: 'slå-sammen', body, into });
    const after = await read(body.id, fields);
    expect(after).toMatchObject({ mergedIntoBody: { name: 'Organ B' }, links: { nodes: [{ relation: 'MERGED_INTO', declared: true }] } });
    await recorded(house, 'dissolveBody', { commandId: 'oppløs', body: into });
    expect(await read(into.id, '... on Body { state ended { text } }')).toMatchObject({ state: 'DISSOLVED' });
  });
});
