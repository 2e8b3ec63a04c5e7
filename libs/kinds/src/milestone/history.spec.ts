import { contradictions, type DomainEvent, type EntryCorrected } from '@saksgang/kernel';
import { cancelled, forecasted, founding, KS, MILESTONE, missed, planned, reached, told, undated } from '../../testing/milestone-story.js';
import { date, entryIdAt, readAs, recorded, stateAs, type Told } from '../../testing/telling.js';
import { milestone, type Milestone } from './index.js';

const corrected = (revision: number, more: Partial<EntryCorrected['data']>): DomainEvent => ({
  type: 'EntryCorrected',
  data: {
    entry: entryIdAt(revision),
    version: 1,
    occurred: null,
    assertedBy: null,
    source: null,
    entryReason: null,
    cleared: [],
    set: [],
    ...more,
  },
});
const after = (story: readonly Told[]): Milestone => stateAs<Milestone>(milestone, recorded(MILESTONE, story));
const outOfPlace = (story: readonly Told[], more: readonly Told[]): readonly string[] =>
  contradictions(milestone, readAs(recorded(MILESTONE, story)), readAs(recorded(MILESTONE, [...story, ...more]))).map(({ entry }) => entry);

describe('a milestone’s record is set right', () => {
  it('reads a corrected baseline in place, in the history too', () => {
    const correction = {
      event: corrected(0, { set: [{ path: 'baseline', value: { text: '2018-07-01', asWritten: null } }] }),
      on: '2018-02-01',
    };
    expect(after([planned, correction])).toMatchObject({
      baseline: date('2018-07-01'),
      baselines: [{ entry: entryIdAt(0), date: date('2018-07-01') }],
    });
  });
  it('knows the actual date by what was established later', () => {
    const established: DomainEvent = { type: 'DateEstablished', data: { entry: entryIdAt(1), date: date('2018-09-20') } };
    expect(after([planned, told(reached, '2018-10-03'), { event: established, on: '2018-10-21' }])).toMatchObject({
      status: 'reached',
      actual: date('2018-09-20'),
    });
  });
  it('is waited for again when it was not reached after all, and cancelled no more when that is retracted', () => {
    for (const end of [reached, cancelled]) {
      const retraction: DomainEvent = { type: 'EntryRetracted', data: { entry: entryIdAt(2) } };
      const story = [planned, told(forecasted('2018-07-01'), '2018-03-01'), told(end, '2018-05-01', { reason: 'x' })];
      expect(after([...story, { event: retraction, on: '2018-05-02', reason: 'Feilført' }])).toMatchObject({ status: 'forecast' });
    }
  });
  it('finds the forecast that a late entry would put after its end', () => {
    const story = [planned, told(forecasted('2018-07-01'), '2018-03-01')];
    expect(outOfPlace(story, [told(reached, '2018-11-01', { occurred: '2018-02-01' })])).toEqual([entryIdAt(1)]);
    expect(outOfPlace(story, [told(reached, '2018-11-01', { occurred: '2018-06-01' })])).toEqual([]);
  });
  it('finds the miss that a late entry would put after it was reached', () => {
    const story = [planned, told(missed, '2018-06-02')];
    expect(outOfPlace(story, [told(reached, '2018-11-01', { occurred: '2018-06-01' })])).toEqual([entryIdAt(1)]);
  });
  it('finds a cancellation whose reason a correction takes away', () => {
    const story = [planned, told(cancelled, '2018-06-02', { reason: 'Prosjektet er lagt om' })];
    expect(outOfPlace(story, [{ event: corrected(1, { cleared: ['reason'] }), on: '2018-06-03' }])).toEqual([entryIdAt(1)]);
  });
  it('leaves the state as it is where a fact does not apply', () => {
    const story = [planned, told(reached, '2018-06-01'), told(forecasted('2018-09'), '2018-07-01'), told(missed, '2018-08-01')];
    expect(after(story)).toMatchObject({ status: 'reached', forecast: null, forecasts: [] });
    expect(after([{ event: forecasted('2018-09'), on: '2018-07-01' }])).toEqual({ status: 'unknown' });
  });
});

describe('what a correction may not make of a milestone', () => {
  it('is one of another project under the title of the first', () => {
    const fixed = (...paths: readonly string[]) => milestone.fixed?.(founding, founding, paths, []) ?? null;
    expect(fixed('project.item')).toMatchObject({ code: 'TITLE_REQUIRED', allowed: ['correctEntry'] });
    expect(fixed('project.item', 'project.title')).toBeNull();
    expect(fixed('project')).toBeNull();
    expect(fixed('title', 'baseline')).toBeNull();
  });
});

describe('what follows from a milestone', () => {
  const facets = (...story: readonly Told[]) => milestone.facets(after([planned, ...story]));

  it('waits for the baseline, and for the forecast once there is one', () => {
    expect(facets().dues).toMatchObject([{ part: null, nature: 'BASELINE', date: date('2018-06-01'), owner: KS, met: false }]);
    expect(facets(told(forecasted('2018-07'), '2018-03-01')).dues).toMatchObject([
      { nature: 'FORECAST', date: date('2018-07'), met: false },
    ]);
  });
  it('waits for it no more once it is reached or cancelled, but still when it was missed', () => {
    expect(facets(told(forecasted('unknown'), '2018-03-01'))).toMatchObject({ dues: [] });
    expect(facets(told(forecasted('2018-07-01/..'), '2018-03-01')).dues).toMatchObject([{ nature: 'FORECAST', met: false }]);
    expect(facets(told(reached, '2018-06-01')).dues).toMatchObject([{ met: true }]);
    expect(facets(told(cancelled, '2018-06-01')).dues).toMatchObject([{ met: true }]);
    expect(facets(told(missed, '2018-06-02')).dues).toMatchObject([{ met: false }]);
  });
  it('waits for no day where none was planned', () => {
    expect(milestone.facets(after([undated]))).toMatchObject({ dues: [], deviation: null, light: null });
    expect(milestone.facets({ status: 'unknown' })).toMatchObject({ dues: [] });
  });
  it('deviates by the forecast, and by the actual date once it is reached', () => {
    const baseline = date('2018-06-01');
    expect(facets().deviation).toBeNull();
    expect(facets(told(forecasted('2018-07'), '2018-03-01')).deviation).toEqual({ baseline, against: date('2018-07') });
    expect(facets(told(forecasted('2018-07'), '2018-03-01'), told(reached, '2018-06-10', { occurred: '2018-06-09' })).deviation).toEqual({
      baseline,
      against: date('2018-06-09'),
    });
    expect(milestone.facets(after([undated, told(reached, '2018-06-01')])).deviation).toBeNull();
  });
  it('shows the light that was asserted last', () => {
    expect(facets(told(forecasted(null, 'RED'), '2018-03-01'), told(forecasted('2018-07'), '2018-03-02')).light).toBe('RED');
  });
});
