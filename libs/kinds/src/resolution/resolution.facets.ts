import { boundsOf, labels, NO_FACETS, type Ask, type Due, type Facets, type LocalGap } from '@saksgang/kernel';
import { pointsAsked } from './resolution.points.js';
import type { Point, RecordedResolution, Resolution } from './resolution.state.js';

/** What follows from a resolution's points: who is to do what by when, and what nobody has seen to. */
export const facetsOfResolution = (resolution: Resolution): Facets => {
  if (resolution.status === 'unknown') return NO_FACETS;
  const asked = pointsAsked(resolution);
  // A superseded or repealed decision asks for nothing any more; its rows stay, but nobody is late with them.
  const stands = resolution.status === 'adopted' || resolution.status === 'closed';
  return {
    ...NO_FACETS,
    dues: asked.flatMap((point) => dueOf(point, stands)),
    asks: asked.map((point) => askOf(point, stands)),
    verdicts: asked.flatMap(({ path, verdicts }) => verdicts.map(({ outcome, assertedBy }) => ({ part: path, outcome, assertedBy }))),
    gaps: [...(stands ? asked.filter(({ state }) => state !== 'CLOSED').flatMap(gapsOf) : []), ...dayGap(resolution)],
    caseNumber: resolution.caseReference,
  };
};

const dueOf = ({ path, deadline, owner, state }: Point, stands: boolean): readonly Due[] =>
  deadline === null
    ? []
    : [
        {
          part: path,
          nature: 'DEADLINE',
          date: deadline,
          owner,
          what: labels(`Frist for punkt ${path}`, `Frist for punkt ${path}`, `Deadline for point ${path}`),
          met: state === 'CLOSED' || !stands,
        },
      ];

const askOf = ({ path, state, owner, deadline, closedAs, text, reports }: Point, stands: boolean): Ask => ({
  part: path,
  state,
  open: stands && state !== 'CLOSED',
  owner,
  deadline,
  closedAs,
  text,
  reported: reports.length > 0,
});

const gapsOf = ({ path, owner, deadline }: Point): readonly LocalGap[] => {
  const gaps: LocalGap[] = [];
  if (owner === null) {
    gaps.push({
      rule: 'ASK_WITHOUT_OWNER',
      part: path,
      what: labels(`Punkt ${path} har ingen ansvarlig`, `Punkt ${path} har ingen ansvarleg`, `Nobody is responsible for point ${path}`),
      closedBy: ['assignPoint'],
    });
  }
  if (deadline === null) {
    gaps.push({
      rule: 'ASK_WITHOUT_DEADLINE',
      part: path,
      what: labels(`Punkt ${path} har ingen frist`, `Punkt ${path} har ingen frist`, `Point ${path} has no deadline`),
      closedBy: ['assignPoint'],
    });
  }
  return gaps;
};

/** A standpoint is stated, not decided: nobody looks for its day. */
const dayGap = ({ resolutionType, status, decided }: RecordedResolution): readonly LocalGap[] =>
  resolutionType === 'STANDPUNKT' || status === 'proposed' || boundsOf(decided).precision === 'DAY'
    ? []
    : [
        {
          rule: 'DECISION_WITHOUT_DAY',
          part: null,
          what: labels(
            'Dagen vedtaket ble fattet, er ikke kjent',
            'Dagen vedtaket vart gjort, er ikkje kjend',
            'The day of the decision is not known',
          ),
          closedBy: ['establishDate'],
        },
      ];
