import { LOCALES, type DomainEvent } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { KS, LETTER } from '../../kinds/testing/board-resolution.js';
import { idOf, openWorld, type OpenSide, type World } from '../testing/world.js';
import { checkItems, checksum } from './checking.js';
import { projectionsOf } from './read-side.js';

const RESOLUTION = idOf('resolution', 'board');
const PROJECT = idOf('project', 'oppspill');
const BODY = idOf('body', 'ks');
const OFFICER = { sealed: 'B'.repeat(43), person: 'person-44444444-4444-4444-8444-444444444444' };
const LETTER_OF_3_OCTOBER = { document: null, title: 'Brev', reference: '18/01456-7', dated: null, locator: 's. 1', url: null };

const RESOLVED: DomainEvent = {
  type: 'ResolutionRecorded',
  data: {
    resolutionType: 'VEDTAK',
    title: 'Kultur for framtida',
    body: KS,
    caseReference: null,
    meeting: null,
    caseOfficer: OFFICER,
    recordedAs: 'ADOPTED',
    projects: [PROJECT],
    points: LETTER,
  },
};

describe('the kinds of the house, projected', () => {
  let world: World;
  let side: OpenSide;
  beforeAll(async () => {
    world = openWorld(registry);
    side = await world.open();
    const started = {
      title: 'Oppspill',
      aliases: ['Kulturprosjektet Oppspill'],
      initiators: [KS],
      period: null,
      duration: 'P2Y',
      steeringGroup: null,
    };
    await world.record(BODY, { type: 'BodyEstablished', data: { name: 'KS', aliases: [], parent: null, period: null } });
    await world.record(PROJECT, { type: 'ProjectStarted', data: started }, { occurred: 'unknown' });
    const resolved = await world.record(RESOLUTION, RESOLVED, { occurred: '../2018-10-03', source: LETTER_OF_3_OCTOBER, assertedBy: KS });
    world.at('2018-11-05T09:00:00.000Z');
    await world.record(RESOLUTION, { type: 'PointAssigned', data: { point: '3', owner: KS, deadline: null } }, { occurred: '2018-11-01' });
    await world.record(PROJECT, { type: 'MeetingHeld', data: { title: 'Styringsgruppa', held: '2018-11-05', shownAt: null } });
    await world.record(RESOLUTION, {
      type: 'DateEstablished',
      data: { entry: resolved.id, date: { text: '2018-09-19', asWritten: null } },
    });
    await side.caughtUp();
  });
  afterAll(() => world.close());
  const pin = (asOf: object | null = null) => side.reading.pin(asOf, null);

  it('stand in the timeline of the project they belong to, in three languages', async () => {
    const page = await side.reading.timeline({ project: PROJECT }, 'OLDEST_FIRST', {}, await pin());
    expect(page.edges.map(({ node }) => `${node.day} ${node.type} ${node.part ?? ''}`.trim())).toEqual([
      '2018-09-19 ResolutionRecorded',
      '2018-10-03 ProjectStarted',
      '2018-11-01 PointAssigned 3',
      '2018-11-05 MeetingHeld',
    ]);
    for (const { node } of page.edges) for (const locale of LOCALES) expect(node.title[locale]).not.toBe('');
  });

  it('are found by the letter they were recorded from', async () => {
    expect((await side.reading.byReference('2018/1456', null, await pin())).map(({ id, foundBy }) => [id, foundBy])).toEqual([
      [RESOLUTION, 'SOURCE'],
    ]);
  });

  it('are shown to a meeting as they were known just before it', async () => {
    const before = await side.reading.item(RESOLUTION, await pin({ meeting: `${PROJECT}@1` }));
    expect(before).toMatchObject({ occurred: { text: '../2018-10-03' }, revision: 1 });
    expect(await side.reading.item(RESOLUTION, await pin())).toMatchObject({ occurred: { text: '2018-09-19' }, revision: 2 });
  });

  it('are the same, row for row, when built anew, and say one thing at a time', async () => {
    const live = projectionsOf(registry).map((projection) => checksum(side.file, projection));
    await side.runner.rebuild(projectionsOf(registry).map(({ name }) => name));
    expect(projectionsOf(registry).map((projection) => checksum(side.file, projection))).toEqual(live);
    expect(checkItems(side.file)).toEqual([]);
  });

  it('keep a sealed name as its handle', async () => {
    const { entry } = (await side.reading.entry(`${RESOLUTION}@0`, await pin())) ?? {};
    expect(entry?.event.data).toMatchObject({ caseOfficer: OFFICER });
    expect((await side.reading.state(RESOLUTION, await pin()))?.state).toMatchObject({ caseOfficer: OFFICER });
  });
});
