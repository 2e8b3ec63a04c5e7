import { contradictions, type DomainEvent, type EntryCorrected } from '@saksgang/kernel';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import {
  COUNCIL,
  ITEM,
  KS,
  LETTER,
  adopted,
  assigned,
  closedAs,
  codeOf,
  proposed,
  recordedAs,
  repealed,
  reported,
  resolutionClosed,
  say,
  started,
  superseded,
  told,
} from '../../testing/board-resolution.js';
import { entryIdAt, readAs, recorded, stateAs, type Told } from '../../testing/telling.js';
import { POINT_STATES, resolution, type Resolution, type ResolutionEvent } from './index.js';

const stateOf = (story: readonly Told[], validAt?: string): Resolution =>
  stateAs<Resolution>(resolution, recorded(ITEM, story), validAt === undefined ? {} : { validAt });
const summaryAt = (story: readonly Told[], validAt?: string): string => resolution.summarise(stateOf(story, validAt)).state;
const pointAt = (path: string, story: readonly Told[], validAt?: string) => {
  const state = stateOf(story, validAt);
  return state.status === 'unknown' ? undefined : state.points.get(path);
};
/** The types of the later entries that a story's last entry makes illegal. */
const contradictedBy = (story: readonly Told[]): readonly string[] =>
  contradictions(resolution, readAs(recorded(ITEM, story.slice(0, -1))), readAs(recorded(ITEM, story))).map(({ event }) => event.type);
const corrected = (revision: number, set: EntryCorrected['data']['set']): EntryCorrected => ({
  type: 'EntryCorrected',
  data: { entry: entryIdAt(revision), version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [], set },
});
const also = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const retracted = (revision: number): DomainEvent => ({ type: 'EntryRetracted', data: { entry: entryIdAt(revision) } });

describe('a late command', () => {
  const closedInMay = [adopted, told(assigned('3'), '2019-01-10'), told(closedAs('3'), '2019-05-01')];

  it('is judged on what was in effect on its day, not on what came after', () => {
    expect(codeOf(say(closedInMay, { type: 'ReportPoint', point: '3', text: 'Utlyst.' }))).toBe('POINT_CLOSED');
    expect(say(closedInMay, { type: 'ReportPoint', point: '3', text: 'Utlyst.' }, { occurred: '2019-03-01' })).toEqual([
      reported('3', 'Utlyst.'),
    ]);
  });
  it('takes its place in the order of the world', () => {
    const story = [...closedInMay, told(reported('3', 'Utlyst.'), '2019-06-01', { occurred: '2019-03-01' })];
    expect([pointAt('3', story)?.state, pointAt('3', story, '2019-03-02')?.state, pointAt('3', story, '2019-02-01')?.state]).toEqual([
      'CLOSED',
      'REPORTED',
      'ASSIGNED',
    ]);
    expect(contradictedBy(story)).toEqual([]);
  });
  it('contradicts the later closing when it closes the point before', () => {
    const early = { type: 'ClosePoint', point: '3', closedAs: 'LAPSED', replacedBy: null, verdict: null } as const;
    expect(say(closedInMay, early, { occurred: '2019-02-01' })).toEqual([closedAs('3', 'LAPSED')]);
    expect(contradictedBy([...closedInMay, told(closedAs('3', 'LAPSED'), '2019-06-01', { occurred: '2019-02-01' })])).toEqual([
      'PointClosed',
    ]);
  });
  it('of an earlier start contradicts the start that is on record', () => {
    expect(
      contradictedBy([adopted, told(started('3'), '2019-05-01'), told(started('3'), '2019-06-01', { occurred: '2019-02-01' })]),
    ).toEqual(['PointStarted']);
  });
  it('of an earlier closing contradicts the closing that is on record', () => {
    const one = told(recordedAs('ADOPTED', [{ ...LETTER[2]!, points: [] }]), '2018-10-03');
    const story = [one, told(closedAs('1'), '2019-01-01'), told(resolutionClosed, '2019-05-01')];
    expect(say(story, { type: 'CloseResolution' }, { occurred: '2019-02-01' })).toEqual([resolutionClosed]);
    expect(contradictedBy([...story, told(resolutionClosed, '2019-06-01', { occurred: '2019-02-01' })])).toEqual(['ResolutionClosed']);
  });
  it('of an earlier owner leaves the later owner in place', () => {
    const story = [adopted, told(assigned('3', KS), '2019-05-01'), told(assigned('3', COUNCIL), '2019-06-01', { occurred: '2019-02-01' })];
    expect([pointAt('3', story)?.owner, pointAt('3', story, '2019-03-01')?.owner]).toEqual([KS, COUNCIL]);
  });
  it('adopts a proposal on the day it was adopted, so that earlier follow-up stands on nothing', () => {
    const adoption: ResolutionEvent = { type: 'ResolutionAdopted', data: { meeting: null } };
    const story = [
      proposed,
      told(adoption, '2018-12-01', { occurred: '2018-10-03' }),
      told(assigned('3'), '2019-01-01', { occurred: '2018-11-01' }),
    ];
    expect([summaryAt(story, '2018-09-15'), summaryAt(story, '2018-10-03'), summaryAt(story)]).toEqual([
      'PROPOSED',
      'ADOPTED',
      'IN_FOLLOW_UP',
    ]);
    expect(codeOf(say(story, { type: 'ReportPoint', point: '3', text: 'x' }, { occurred: '2018-09-20' }))).toBe('NOT_ADOPTED');
  });
});

describe('a correction', () => {
  it('changes the words of a point as if they had always been so, for readers who know of it', () => {
    const entries = recorded(ITEM, [
      adopted,
      told(assigned('3'), '2019-01-10'),
      also(corrected(0, [{ path: 'points.2.text', value: 'KS tilsetter.' }]), '2019-02-01', { reason: 'Lest feil' }),
    ]);
    const textAt = (knownAt: string | null) => {
      const state = stateAs<Resolution>(resolution, entries, { knownAt });
      return state.status === 'unknown' ? null : [state.points.get('3')?.text, state.points.get('3')?.state];
    };
    expect(textAt(null)).toEqual(['KS tilsetter.', 'ASSIGNED']);
    expect(textAt(entries[1]?.position ?? null)).toEqual([LETTER[2]?.text, 'ASSIGNED']);
  });
  it('of a lead-in changes the role of the points below it', () => {
    expect(
      pointAt('2.1', [adopted, also(corrected(0, [{ path: 'points.1.text', value: 'Som pådriver vil KS:' }]), '2019-02-01')])?.role,
    ).toBe('Som pådriver vil KS');
  });
  it('of an owner corrects who it is assigned to', () => {
    expect(
      pointAt('3', [
        adopted,
        told(assigned('3'), '2019-01-10'),
        also(corrected(1, [{ path: 'owner', value: { body: null, name: 'Administrasjonen' } }]), '2019-02-01'),
      ])?.owner,
    ).toEqual({
      body: null,
      name: 'Administrasjonen',
    });
  });
  it('that makes a point a premise contradicts its assignment', () => {
    const story = [
      adopted,
      told(assigned('3'), '2019-01-10'),
      also(corrected(0, [{ path: 'points.2.pointKind', value: 'PREMISE' }]), '2019-02-01'),
    ];
    expect(contradictedBy(story)).toEqual(['PointAssigned']);
    expect(pointAt('3', story)?.state).toBe('NOTHING_TO_DO');
  });
});

describe('a retraction', () => {
  it('of a closing opens the point again, for readers who know of it', () => {
    const story = [
      adopted,
      told(assigned('3'), '2019-01-10'),
      told(closedAs('3'), '2019-02-01'),
      also(retracted(2), '2019-03-01', { reason: 'Feil punkt' }),
    ];
    expect([pointAt('3', story)?.state, pointAt('3', story.slice(0, 3))?.state]).toEqual(['ASSIGNED', 'CLOSED']);
  });
  it('of a repeal brings the resolution back', () => {
    const story = [adopted, told(repealed, '2019-02-01'), also(retracted(1), '2019-03-01', { reason: 'Feil vedtak' })];
    expect([summaryAt(story), summaryAt(story.slice(0, 2))]).toEqual(['ADOPTED', 'REPEALED']);
  });
  it('of an adoption contradicts the follow-up that stands on it', () => {
    const adoption: ResolutionEvent = { type: 'ResolutionAdopted', data: { meeting: null } };
    expect(
      contradictedBy([proposed, told(adoption, '2018-10-03'), told(assigned('3'), '2019-01-01'), also(retracted(1), '2019-03-01')]),
    ).toEqual(['PointAssigned']);
  });
  it('of a point’s closing contradicts the closing of the resolution', () => {
    const one = told(
      recordedAs(
        'ADOPTED',
        LETTER.slice(2).map((top) => ({ ...top, points: [] })),
      ),
      '2018-10-03',
    );
    expect(
      contradictedBy([one, told(closedAs('1'), '2019-01-01'), told(resolutionClosed, '2019-01-02'), also(retracted(1), '2019-03-01')]),
    ).toEqual(['ResolutionClosed']);
  });
});

describe('folding', () => {
  const samples = JSON.parse(readFileSync(new URL('../../../../test/golden/events/resolution.v1.json', import.meta.url), 'utf8')) as Record<
    string,
    object
  >;
  const events = Object.entries(samples).map(([type, data]) => ({ type, data }) as ResolutionEvent);

  it('takes any events in any order, and always leaves a state that can be listed', () => {
    const story = fc.array(fc.tuple(fc.constantFrom(...events), fc.integer({ min: 10, max: 28 })), { maxLength: 40 });
    fc.assert(
      fc.property(story, (told) => {
        const state = stateOf([
          adopted,
          ...told.map(([event, day]) => ({ event, on: '2019-06-01', occurred: `2019-05-${day}`, reason: 'Fordi' })),
        ]);
        expect(Object.keys(resolution.states)).toContain(resolution.summarise(state).state);
        if (state.status === 'unknown') throw new Error('the founding event was lost');
        for (const [path, point] of state.points) {
          expect([point.path, POINT_STATES.includes(point.state)]).toEqual([path, true]);
          expect(point.parent === null || state.points.has(point.parent)).toBe(true);
        }
      }),
      { seed: 20181003, numRuns: 200 },
    );
  });
  it('takes what the rules would refuse without losing what came before', () => {
    const closed = pointAt('3', [adopted, told(closedAs('3'), '2019-01-01'), told(reported('3'), '2019-01-02')]);
    expect([closed?.state, closed?.closedAs, closed?.reports.length]).toEqual(['CLOSED', 'CARRIED_OUT', 1]);
    expect(summaryAt([adopted, told(repealed, '2019-01-01'), told(superseded, '2019-01-02')])).toBe('REPEALED');
    expect(summaryAt([proposed, told(superseded, '2019-01-02')])).toBe('PROPOSED');
  });
  it('leaves the unknown unknown until it is founded', () => {
    for (const event of events.filter(({ type }) => type !== 'ResolutionRecorded'))
      expect(
        resolution.decider.evolve(resolution.decider.initial, {
          event,
          day: '2019-01-01',
          occurred: { text: '2019-01-01', asWritten: null },
          assertedBy: null,
          source: null,
          reason: null,
        }),
      ).toEqual({ status: 'unknown' });
  });
});
