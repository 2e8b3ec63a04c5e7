import { createHash } from 'node:crypto';
import { serve, type Json, type Served } from '../support/serve.js';

/** Nobody may see these but those who keep the record: each stands in one place alone. */
const CANARY = {
  draft: 'Utkastord Ærfugl',
  point: 'Punktord Bjørnebær',
  note: 'Notatord Cikade',
  earlier: 'Førstord Dompap',
  whole: 'Saksord Ekorn',
  person: 'Frøydis Navnesen',
} as const;

const decision = (commandId: string, title: string, points: readonly string[]) => ({
  commandId,
  resolutionType: 'VEDTAK',
  title,
  body: { name: 'Hovedstyret' },
  occurred: { text: '2018-09-12' },
  caseReference: `${commandId}/2018-1`,
  caseOfficer: { name: CANARY.person },
  points: points.map((text) => ({ pointKind: 'MEASURE', text })),
});

/** One document that asks everything there is to ask of an item and of the record, as it stands now. */
const ALL_OF = `query All($id: ID!, $text: String!, $reference: String!, $from: AsOf!) {
  node(id: $id) {
    __typename
    ... on Item {
      kind title reference state stateLabel revision recordedAt updatedAt publication { withHistory } shields { part legalBasis until }
      timeline(filter: { show: [HAPPENED, PLANNED] }) { totalCount nodes { title description type point { path text } corrections { id } } }
      history { totalCount nodes { id type title reason changes { path before after summary } actor { name { value sealedState } } proof { leaf } } }
      links { totalCount nodes { relation from { id title } to { id title } entry { type } } }
      notes { text } trace { nodes { id item { title } point { text } } ends { end label } } projects { title } attention
    }
    ... on Resolution { points { totalCount nodes { path text role pointKind shield { legalBasis until } verdicts { outcome } reports { text } owner { ... on NamedParty { name } } } } caseOfficer { value sealedState } variants { text } }
  }
  byReference(reference: $reference) { id title }
  items { totalCount nodes { __typename id title kind } }
  resolutions { totalCount nodes { id title points { nodes { text } } } }
  timeline { totalCount nodes { item { id title } title description point { text } } }
  search(text: $text) { totalCount edges { snippet node { id title } } }
  history { totalCount nodes { id type title changes { after } } }
  followUps { totalCount nodes { point { text } resolution { title } remark } }
  status { kinds { kind total } attention { title } late { item { title } } next { item { title } } }
  gaps { item { title } what }
  diff(from: $from) { changes { totalCount nodes { item { id title } fields { path before after summary } causedBy { id title } } } }
}`;

describe('What is published can be read by anyone, what is shielded can be seen to be there', () => {
  let served: Served;
  let origin: string;
  let vedtak: string;
  let annet: string;
  beforeAll(async () => {
    served = await serve();
    origin = (await served.read('{ items { position } }')).items.position;
    vedtak = await served.recorded('recordResolution', {
      ...decision('vedtak', `${CANARY.earlier} om kultur`, ['Styrke kulturskolen.', `Tilsette ${CANARY.point}.`, 'Rapportere årlig.']),
      projects: [],
    });
    annet = await served.recorded('recordResolution', decision('annet', CANARY.draft, [`Et ${CANARY.draft} til.`]));
    await served.recorded('addNote', { commandId: 'notat', item: { id: vedtak }, text: CANARY.note });
    await served.recorded('link', { commandId: 'lenke', from: { item: { id: vedtak } }, relation: 'LED_TO', to: { item: { id: annet } } });
    await served.recorded('correctEntry', {
      commandId: 'rettet',
      entry: `${vedtak}@0`,
      reason: 'Tittelen var skrevet feil.',
      set: [{ path: 'title', value: 'Vedtak om kultur' }],
    });
    await served.recorded('reportPoint', {
      commandId: 'rapport',
      point: { item: { id: vedtak }, point: '2' },
      text: `${CANARY.point} er på plass.`,
    });
  });
  afterAll(() => served.close());

  const secretariat = (): Promise<Json> => all(vedtak, served.keys.secretariat);
  const all = (id: string, key: string | null, text = 'kultur'): Promise<Json> =>
    served.read(ALL_OF, { id, text, reference: 'vedtak/2018-1', from: { position: origin } }, { key });
  const citizen = (id = vedtak, text?: string): Promise<Json> => all(id, null, text);
  const command = async (name: string, input: Json): Promise<Json> => served.mutate(name, input);
  const seen = (answer: Json): readonly string[] =>
    Object.entries(CANARY)
      .filter(([, word]) => JSON.stringify(answer).includes(word))
      .map(([name]) => name);

  it('shows a citizen nothing of what is not published: no item, no row, no number, by no path', async () => {
    const empty = await citizen('resolution-00000000-0000-5000-8000-000000000000', 'Dompap');
    for (const word of ['kultur', CANARY.draft, CANARY.note, CANARY.point]) expect(await citizen(vedtak, word)).toEqual(empty);
    expect(empty).toMatchObject({ node: null, items: { totalCount: 0 }, history: { totalCount: 0 }, timeline: { totalCount: 0 } });
    expect(empty).toMatchObject({ search: { totalCount: 0 }, diff: { changes: { totalCount: 0 } }, gaps: [], byReference: [] });
    expect(seen(await secretariat())).toEqual(['draft', 'point', 'note', 'earlier', 'person']);
    const { errors } = await served.ask(
      `query($e: ID!) { record { inclusionProof(entry: $e) { index } } }`,
      { e: `${vedtak}@0` },
      { key: null },
    );
    const { errors: unknown } = await served.ask(
      `query($e: ID!) { record { inclusionProof(entry: $e) { index } } }`,
      { e: 'resolution-00000000-0000-5000-8000-000000000000@0' },
      { key: null },
    );
    expect(errors).toEqual(unknown);
  });

  it('shows the steering group drafts and notes', async () => {
    expect(seen(await all(vedtak, served.keys.steering))).toEqual(['draft', 'point', 'note', 'earlier', 'person']);
  });

  it('lets anyone read what the secretariat publishes: as it stands, and not how it came to be so', async () => {
    const published = await command('publish', { commandId: 'ut', item: { id: vedtak } });
    expect(published).toMatchObject({ __typename: 'Recorded', entries: [{ type: 'Published' }] });
    const answer = await citizen();
    expect(seen(answer)).toEqual(['point']);
    expect(answer.node).toMatchObject({
      title: 'Vedtak om kultur',
      publication: { withHistory: false },
      caseOfficer: { sealedState: 'WITHHELD' },
    });
    expect(answer.node.history.nodes.map(({ type }: Json) => type)).toEqual(['Published']);
    expect(answer.node.links.totalCount).toBe(0);
    expect(answer).toMatchObject({ items: { totalCount: 1 }, resolutions: { totalCount: 1 }, byReference: [{ id: vedtak }] });
    expect(answer.search).toMatchObject({ totalCount: 1, edges: [{ node: { id: vedtak } }] });
    expect((await citizen(vedtak, 'Bjørnebær')).search.totalCount).toBe(1);
    for (const word of ['Dompap', 'Cikade']) expect((await citizen(vedtak, word)).search.totalCount).toBe(0);
    expect(answer.diff.changes.nodes.map(({ item }: Json) => item.id)).toContain(vedtak);
  });

  it('shows nothing of it from a point of view before it was published, however the view is asked for', async () => {
    const before = (
      await served.read(`query($id: ID!) { node(id: $id) { ... on Item { history(last: 2) { nodes { position } } } } }`, { id: vedtak })
    ).node.history.nodes[0].position;
    const asked = `query($id: ID!, $asOf: AsOf!) { node(id: $id, asOf: $asOf) { id } items(asOf: $asOf) { totalCount } timeline(asOf: $asOf) { totalCount }
      search(text: "kultur", asOf: $asOf) { totalCount } followUps(asOf: $asOf) { totalCount } byReference(reference: "vedtak/2018-1", asOf: $asOf) { id } }`;
    const none = {
      node: null,
      items: { totalCount: 0 },
      timeline: { totalCount: 0 },
      search: { totalCount: 0 },
      followUps: { totalCount: 0 },
      byReference: [],
    };
    for (const asOf of [{ position: before }, { knownAt: '2026-01-01T00:00:00.000Z' }])
      expect(await served.read(asked, { id: vedtak, asOf }, { key: null })).toEqual(none);
    expect((await served.read(asked, { id: vedtak, asOf: { position: before } })).items.totalCount).toBe(2);
  });

  it('shields a point: a citizen and the steering group see that it is there, on what ground and until when', async () => {
    const input = { commandId: 'skjerm', item: { id: vedtak }, point: '2', legalBasis: 'offl. § 13', until: '2026-06-30' };
    expect(await command('shield', input)).toMatchObject({ __typename: 'Recorded' });
    for (const key of [null, served.keys.steering]) {
      const answer = await all(vedtak, key, 'Bjørnebær');
      expect(seen(answer)).not.toContain('point');
      expect(answer.search.totalCount).toBe(0);
      const points = answer.node.points.nodes;
      expect(points.map(({ text }: Json) => text)).toEqual(['Styrke kulturskolen.', 'Skjermet (offl. § 13)', 'Rapportere årlig.']);
      expect(points[1]).toMatchObject({
        shield: { legalBasis: 'offl. § 13', until: '2026-06-30' },
        reports: [],
        verdicts: [],
        owner: null,
      });
      expect(answer.node.shields).toEqual([{ part: '2', legalBasis: 'offl. § 13', until: '2026-06-30' }]);
      expect(answer.followUps.nodes.map(({ point }: Json) => point.text)).not.toContain('Skjermet (offl. § 13)');
    }
    for (const key of [served.keys.secretariat, served.keys.auditor]) expect(seen(await all(vedtak, key))).toContain('point');
  });

  it('ends a shielding with the day after its last, without anyone doing anything', async () => {
    served.at('2026-06-30T21:30:00.000Z');
    expect(seen(await citizen())).not.toContain('point');
    served.at('2026-06-30T22:30:00.000Z'); // half past midnight in Oslo
    expect(seen(await citizen())).toContain('point');
    expect(await command('release', { commandId: 'opphev', item: { id: vedtak }, point: '2' })).toMatchObject({ code: 'NOT_SHIELDED' });
  });

  it('tells the whole history where it was published with it, but no notes and no links to what nobody may see', async () => {
    await command('publish', { commandId: 'ut-med', item: { id: vedtak }, withHistory: true });
    const answer = await citizen();
    const types = answer.node.history.nodes.map(({ type }: Json) => type);
    expect(types).toEqual(['ResolutionRecorded', 'EntryCorrected', 'PointReported', 'Published', 'Shielded', 'Published']);
    expect(seen(answer)).toEqual(['point', 'earlier']);
    expect(answer.node.history.nodes.every(({ actor }: Json) => actor.name.sealedState === 'WITHHELD')).toBe(true);
    await command('publish', { commandId: 'ut-annet', item: { id: annet } });
    expect((await citizen()).node.links.nodes).toMatchObject([{ relation: 'LED_TO', to: { id: annet }, entry: { type: 'Linked' } }]);
  });

  it('shields a whole item: in lists, by its id and at no other place it is seen that it is there', async () => {
    const hemmelig = await served.recorded('recordResolution', decision('hemmelig', CANARY.whole, [CANARY.whole]));
    await command('publish', { commandId: 'ut-hemmelig', item: { id: hemmelig }, withHistory: true });
    expect(seen(await citizen(hemmelig))).toContain('whole');
    await command('shield', { commandId: 'skjerm-alt', item: { id: hemmelig }, legalBasis: 'offl. § 14' });
    const answer = await citizen(hemmelig, 'Ekorn');
    expect(seen(answer)).not.toContain('whole');
    expect(answer.node).toMatchObject({
      __typename: 'ShieldedItem',
      kind: 'RESOLUTION',
      title: 'Skjermet',
      state: 'SHIELDED',
      reference: null,
    });
    expect(answer.node).toMatchObject({ shields: [{ part: null, legalBasis: 'offl. § 14', until: null }], stateLabel: 'skjermet' });
    expect(answer.node).toMatchObject({ history: { totalCount: 0 }, timeline: { totalCount: 0 }, links: { totalCount: 0 }, notes: [] });
    expect(answer.items.nodes.at(0)).toMatchObject({ __typename: 'ShieldedItem', id: hemmelig, title: 'Skjermet' });
    expect(answer.items.totalCount).toBe(3);
    expect(answer.resolutions.totalCount).toBe(2);
    const proven = await served.read(
      `query($e: ID!) { record { inclusionProof(entry: $e) { leaf leafHash hashes disclosures { value } closed { why } } } }`,
      { e: `${hemmelig}@0` },
      { key: null },
    );
    expect(proven.record.inclusionProof).toMatchObject({ leaf: null, disclosures: [], closed: [] });
    expect(await command('release', { commandId: 'fram', item: { id: hemmelig } })).toMatchObject({ __typename: 'Recorded' });
    const after = (
      await served.read(`query($e: ID!) { record { inclusionProof(entry: $e) { leaf leafHash } } }`, { e: `${hemmelig}@0` }, { key: null })
    ).record.inclusionProof;
    // What was hidden behind the hash all along is what is shown now.
    expect(after.leafHash).toBe(proven.record.inclusionProof.leafHash);
    const leaf = Buffer.from(after.leaf, 'base64');
    expect(
      createHash('sha256')
        .update(Buffer.concat([Buffer.from([0]), leaf]))
        .digest('base64'),
    ).toBe(after.leafHash);
    expect(leaf.toString('utf8')).toContain(CANARY.whole);
    expect(seen(await citizen(hemmelig))).toContain('whole');
  });

  it('takes back what was published, with a reason, and answers nobody from memory', async () => {
    expect(await command('unpublish', { commandId: 'inn-uten', item: { id: annet } })).toMatchObject({
      code: 'REASON_REQUIRED',
      message: 'Det må begrunnes at en sak ikke lenger skal være offentlig.',
    });
    const there = { id: vedtak, asOf: { position: (await served.read('{ items { position } }')).items.position } };
    const asked = `query($id: ID!, $asOf: AsOf!) { node(id: $id, asOf: $asOf) { id } timeline(asOf: $asOf) { nodes { item { id } } } }`;
    expect((await served.read(asked, there, { key: null })).node).toEqual({ id: vedtak });
    expect(await command('unpublish', { commandId: 'inn', item: { id: vedtak }, reason: 'Lagt ut ved en feil.' })).toMatchObject({
      __typename: 'Recorded',
    });
    const gone = await served.read(asked, there, { key: null });
    expect(gone.node).toBeNull();
    expect(gone.timeline.nodes.map(({ item }: Json) => item.id)).not.toContain(vedtak);
    expect(seen(await citizen())).toEqual(['draft', 'whole']);
  });

  it.each([
    ['publish', { item: 'annet' }, 'ALREADY_PUBLISHED'],
    ['unpublish', { item: 'vedtak', reason: 'Igjen.' }, 'NOT_PUBLISHED'],
    ['shield', { item: 'vedtak', point: '9', legalBasis: 'offl. § 13' }, 'UNKNOWN_POINT'],
    ['shield', { item: 'vedtak', legalBasis: 'offl. § 13', until: '2026-01-01' }, 'SHIELD_ENDS_IN_PAST'],
    ['release', { item: 'vedtak' }, 'NOT_SHIELDED'],
    ['retractEntry', { entry: 'Published', reason: 'Feil.' }, 'UNDONE_BY_ITS_OPPOSITE'],
  ])('refuses %s %j: %s', async (name, { item, entry, ...input }: Json, code) => {
    const ids: Json = { vedtak, annet };
    const published = (
      await served.read(`query($id: ID!) { node(id: $id) { ... on Item { history { nodes { id type } } } } }`, { id: vedtak })
    ).node.history.nodes.find(({ type }: Json) => type === entry)?.id;
    const outcome = await command(name, {
      commandId: `${code}-${name}`,
      ...(item ? { item: { id: ids[item] } } : {}),
      ...(entry ? { entry: published } : {}),
      ...input,
    });
    expect(outcome).toMatchObject({ __typename: 'Refused', code });
  });

  it('lets neither the public nor the steering group publish or shield', async () => {
    for (const [name, more] of [
      ['publish', {}],
      ['shield', { legalBasis: 'offl. § 13' }],
    ] as const)
      expect(
        await served.mutate(name, { commandId: `nei-${name}`, item: { id: annet }, ...more }, { key: served.keys.steering }),
      ).toMatchObject({
        __typename: 'Refused',
        code: 'FORBIDDEN',
      });
  });

  it('answers a note of the steering group on what it may not see as on what is not there', async () => {
    const point = (text: string, points: readonly Json[] = []): Json => ({ pointKind: 'MEASURE', text, points });
    const skjult = await served.recorded('recordResolution', {
      ...decision('skjult', 'Skjult', []),
      points: [point('En.', [point('En a.')])],
    });
    const NOWHERE = 'resolution-00000000-0000-5000-8000-000000000000';
    const say = async (input: Json): Promise<string> => {
      const told = await served.mutate(
        'addNote',
        { commandId: 'lapp', text: 'Hva gjelder dette?', ...input },
        { key: served.keys.steering },
      );
      expect(told).toMatchObject({ __typename: 'Refused' });
      return JSON.stringify(told)
        .replaceAll(skjult, 'ITEM')
        .replaceAll(NOWHERE, 'ITEM')
        .replaceAll('1.1', 'POINT')
        .replaceAll('9.9', 'POINT');
    };
    await command('shield', { commandId: 'skjult-1', item: { id: skjult }, point: '1', legalBasis: 'offl. § 13' });
    expect(await say({ item: { id: skjult }, point: '1.1' })).toBe(await say({ item: { id: skjult }, point: '9.9' }));
    await command('shield', { commandId: 'skjult-2', item: { id: skjult }, legalBasis: 'offl. § 13' });
    for (const more of [{}, { point: '1' }, { expectedRevision: 7 }, { occurred: { text: '2030-01-01' } }])
      expect(await say({ item: { id: skjult }, ...more })).toBe(await say({ item: { id: NOWHERE }, ...more }));
    for (const named of [(id: string) => ({ source: { document: { id } } }), (id: string) => ({ assertedBy: { item: { id } } })])
      expect(await say({ item: { id: annet }, ...named(skjult) })).toBe(await say({ item: { id: annet }, ...named(NOWHERE) }));
    expect(await say({ item: { reference: 'skjult/2018-1' } })).toContain('UNKNOWN_REFERENCE');
    expect((await served.mutate('addNote', { commandId: 'lapp', item: { id: annet }, text: 'Hei.' }, { key: served.keys.steering })).__typename).toBe('Recorded'); // prettier-ignore
  });

  // Decision 4.
  it('tells what stands now with its source and its reason, and of what was corrected neither', async () => {
    const [before, after] = ['Urettkilde Fjellrev', 'Rettkilde Gaupe'];
    const meldt = await served.recorded('announceWhitePaper', {
      ...{ commandId: 'meldt', whitePaperType: 'KULTURMELDING', name: 'Kulturmeldingen', occurred: { text: '2018-09-12' } },
      ...{ source: { title: before }, reason: `Begrunnet ${before}` },
    });
    await served.recorded('correctEntry', {
      ...{
        commandId: 'meldt-rett',
        entry: `${meldt}@0`,
        reason: 'Rettegrunn Hubro',
        source: { title: after },
        entryReason: `Begrunnet ${after}`,
      },
    });
    await command('publish', { commandId: 'meldt-ut', item: { id: meldt } });
    const asked = `query($id: ID!) { node(id: $id) { ... on Item { history { nodes { type reason source { title } changes { before after } } }
      timeline { nodes { description source { title } corrected corrections { id } } } } ... on WhitePaper { stages { stage entry { reason source { title } } } } } }`;
    const answer = await served.read(asked, { id: meldt }, { key: null });
    expect(answer.node.timeline.nodes).toMatchObject([
      { source: { title: after }, description: expect.stringContaining(`Begrunnet ${after}`), corrected: true, corrections: [] },
    ]);
    expect(answer.node.history.nodes.map(({ type }: Json) => type)).toEqual(['Published']);
    for (const word of ['Fjellrev', 'Hubro']) expect(JSON.stringify(answer)).not.toContain(word);
    expect(JSON.stringify(await served.read(asked, { id: meldt }))).toContain('Fjellrev');
  });

  it('tells what is said on the ground of a document, and of the document only to those who may read it', async () => {
    const [title, reference, locator] = ['Kildebrev Haubitz', '18/77123', 'avsnitt Iglekjønn'];
    const letter = await served.recorded('registerDocument', {
      commandId: 'kildebrev',
      documentType: 'LETTER',
      title,
      caseReference: reference,
    });
    const meldt = await served.recorded('announceWhitePaper', {
      ...{ commandId: 'meldt-2', whitePaperType: 'KULTURMELDING', name: 'Kulturmeldingen', occurred: { text: '2018-09-12' } },
      source: { document: { id: letter }, locator },
    });
    await served.recorded('correctEntry', {
      ...{
        commandId: 'meldt-2-rett',
        entry: `${meldt}@0`,
        reason: 'Lest feil',
        source: { document: { id: letter }, locator: `${locator} 2` },
      },
    });
    await command('publish', { commandId: 'meldt-2-ut', item: { id: meldt }, withHistory: true });
    const asked = `query($id: ID!) { node(id: $id) { ... on Item {
      timeline { nodes { source { title reference locator url dated { text } document { title } } } }
      history { nodes { type source { title reference locator } changes { before after summary } } } } } }`;
    const seenBy = async (key: string | null): Promise<Json> => (await served.read(asked, { id: meldt }, { key })).node;
    const nothing = { title: null, reference: null, locator: null, url: null, dated: null, document: null };

    expect((await seenBy(null)).timeline.nodes).toEqual([{ source: nothing }]);
    for (const word of [title, reference, locator]) expect(JSON.stringify(await seenBy(null))).not.toContain(word);
    for (const word of [title, reference, locator]) expect(JSON.stringify(await seenBy(served.keys.steering))).toContain(word);
    await command('shield', { commandId: 'kildebrev-skjermet', item: { id: letter }, legalBasis: 'offl. § 13' });
    for (const word of [title, reference, locator]) expect(JSON.stringify(await seenBy(served.keys.steering))).not.toContain(word);
    await command('release', { commandId: 'kildebrev-fri', item: { id: letter } });
    await command('publish', { commandId: 'kildebrev-ut', item: { id: letter } });
    expect((await seenBy(null)).timeline.nodes[0].source).toMatchObject({ title, reference, locator: `${locator} 2`, document: { title } });
  });
});
