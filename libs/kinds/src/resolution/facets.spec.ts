import { notAfter, onDay } from '@saksgang/kernel';
import { facetsOfResolution } from './resolution.facets.js';
import type { Point, RecordedResolution } from './resolution.state.js';

const point = (path: string, more: Partial<Point> = {}): Point => ({
  path,
  label: path,
  depth: 1,
  parent: null,
  pointKind: 'MEASURE',
  text: `punkt ${path}`,
  ownRole: null,
  role: null,
  addressees: [],
  openEnded: false,
  note: null,
  struck: false,
  state: 'OPEN',
  owner: null,
  deadline: null,
  reports: [],
  closedAs: null,
  replacedBy: null,
  verdicts: [],
  ...more,
});
const resolution = (points: readonly Point[], more: Partial<RecordedResolution> = {}): RecordedResolution =>
  ({
    status: 'adopted',
    resolutionType: 'VEDTAK',
    title: 't',
    body: { body: null, name: 'KS' },
    caseReference: '18/01456-7',
    meeting: null,
    caseOfficer: null,
    decided: onDay('2018-09-12'),
    projects: [],
    points: new Map(points.map((one) => [one.path, one])),
    variants: [],
    votes: [],
    amendedBy: [],
    amended: false,
    ...more,
  }) as RecordedResolution;
const owner = { body: null, name: 'KS' };

describe('what follows from a resolution', () => {
  it('asks for nothing in a premise, a lead-in or a struck point', () => {
    const { asks, gaps } = facetsOfResolution(
      resolution([point('1', { pointKind: 'PREMISE' }), point('2', { pointKind: 'LEAD_IN' }), point('3', { struck: true })]),
    );
    expect(asks).toEqual([]);
    expect(gaps).toEqual([]);
  });

  it('misses an owner and a deadline where a point asks for something', () => {
    expect(facetsOfResolution(resolution([point('1')])).gaps.map(({ rule, part }) => [rule, part])).toEqual([
      ['ASK_WITHOUT_OWNER', '1'],
      ['ASK_WITHOUT_DEADLINE', '1'],
    ]);
    expect(facetsOfResolution(resolution([point('1', { owner, deadline: onDay('2019-03-01') })])).gaps).toEqual([]);
  });

  it('waits for a deadline until the point is closed, or the decision no longer stands', () => {
    const assigned = point('1', { owner, deadline: onDay('2019-03-01'), state: 'ASSIGNED' });
    expect(facetsOfResolution(resolution([assigned])).dues).toMatchObject([{ part: '1', nature: 'DEADLINE', met: false }]);
    expect(facetsOfResolution(resolution([{ ...assigned, state: 'CLOSED' }])).dues).toMatchObject([{ met: true }]);
    expect(facetsOfResolution(resolution([assigned], { status: 'repealed', by: null } as never)).dues).toMatchObject([{ met: true }]);
  });

  it('looks for the day of a decision, but not of a standpoint', () => {
    const uncertain = { decided: notAfter('2018-10-03') };
    expect(facetsOfResolution(resolution([], uncertain)).gaps.map(({ rule }) => rule)).toEqual(['DECISION_WITHOUT_DAY']);
    expect(facetsOfResolution(resolution([], { ...uncertain, resolutionType: 'STANDPUNKT' })).gaps).toEqual([]);
  });
});
