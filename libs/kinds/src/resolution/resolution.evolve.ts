import { UNKNOWN_DATE, type Fact, type Proposed } from '@saksgang/kernel';
import type {
  PointClosed,
  PointPath,
  ResolutionAmended,
  ResolutionEvent,
  ResolutionRecorded,
  VerdictOutcome,
} from './resolution.events.js';
import { asksForSomething, changed, pointsStillOpen, treeOf, withPoint } from './resolution.points.js';
import type { Point, RecordedResolution, Resolution, Verdict } from './resolution.state.js';

export type Told = Fact<ResolutionEvent> | Proposed<ResolutionEvent>;

/** A fact not yet recorded has no entry: it is only seen while its own legality is judged. */
const entryOf = (fact: Told): string => ('entry' in fact ? fact.entry : '');

const recorded = ({ recordedAs, points, ...data }: ResolutionRecorded['data'], fact: Told): Resolution => ({
  ...data,
  status: recordedAs === 'PROPOSED' ? 'proposed' : 'adopted',
  decided: recordedAs === 'PROPOSED' ? UNKNOWN_DATE : fact.occurred,
  points: treeOf(points),
  variants: [],
  votes: [],
  amendedBy: [],
  amended: false,
});

/** Back among those that are followed up, where a closed one has points open again. */
const backInFollowUp = (resolution: RecordedResolution): RecordedResolution => {
  if (resolution.status !== 'closed' || pointsStillOpen(resolution).length === 0) return resolution;
  const { closedOn: _, ...rest } = resolution;
  return { ...rest, status: 'adopted' };
};

const amended = (resolution: RecordedResolution, { by, changes }: ResolutionAmended['data']): RecordedResolution =>
  backInFollowUp({
    ...resolution,
    amended: true,
    points: changes.reduce(changed, resolution.points),
    amendedBy: by === null || resolution.amendedBy.includes(by) ? resolution.amendedBy : [...resolution.amendedBy, by],
  });

/** Follow-up touches points that ask for something; elsewhere it leaves the state as it is. */
const onPoint = (resolution: RecordedResolution, path: PointPath, change: (point: Point) => Point): RecordedResolution => {
  const point = resolution.points.get(path);
  return point === undefined || !asksForSomething(point)
    ? resolution
    : { ...resolution, points: withPoint(resolution.points, change(point)) };
};

const verdictOf = (outcome: VerdictOutcome, fact: Told): Verdict => ({
  entry: entryOf(fact),
  outcome,
  reason: fact.reason ?? '',
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
});

const closed = (point: Point, { closedAs, replacedBy, verdict }: PointClosed['data'], fact: Told): Point => ({
  ...point,
  state: 'CLOSED',
  closedAs,
  replacedBy,
  verdicts: verdict === null ? point.verdicts : [...point.verdicts, verdictOf(verdict, fact)],
});

const reopened = (point: Point): Point =>
  point.state === 'CLOSED' ? { ...point, state: point.owner === null ? 'OPEN' : 'ASSIGNED', closedAs: null, replacedBy: null } : point;

const followedUp = (resolution: RecordedResolution, fact: Told): RecordedResolution => {
  const { event } = fact;
  switch (event.type) {
    case 'PointAssigned':
      return onPoint(resolution, event.data.point, (point) => ({
        ...point,
        state: point.state === 'OPEN' ? 'ASSIGNED' : point.state,
        owner: event.data.owner,
        deadline: event.data.deadline,
      }));
    case 'PointStarted':
      return onPoint(resolution, event.data.point, (point) =>
        point.state === 'OPEN' || point.state === 'ASSIGNED' ? { ...point, state: 'IN_PROGRESS' } : point,
      );
    case 'PointReported':
      return onPoint(resolution, event.data.point, (point) => ({
        ...point,
        state: point.state === 'CLOSED' ? 'CLOSED' : 'REPORTED',
        reports: [
          ...point.reports,
          { entry: entryOf(fact), text: event.data.text, occurred: fact.occurred, assertedBy: fact.assertedBy, source: fact.source },
        ],
      }));
    case 'PointClosed':
      return onPoint(resolution, event.data.point, (point) => closed(point, event.data, fact));
    case 'PointReopened':
      return backInFollowUp(onPoint(resolution, event.data.point, reopened));
    case 'PointJudged':
      return onPoint(resolution, event.data.point, (point) => ({
        ...point,
        verdicts: [...point.verdicts, verdictOf(event.data.outcome, fact)],
      }));
    default:
      return resolution;
  }
};

/**
 * Total: takes facts in any order, and leaves the state as it is where one does not apply. It is more lenient than
 * the rules, so that what was once recorded is still shown should a rule become stricter.
 */
export const evolve = (resolution: Resolution, fact: Told): Resolution => {
  const { event } = fact;
  if (event.type === 'ResolutionRecorded') return resolution.status === 'unknown' ? recorded(event.data, fact) : resolution;
  if (resolution.status === 'unknown') return resolution;
  const isLive = resolution.status === 'adopted' || resolution.status === 'closed';
  switch (event.type) {
    case 'ResolutionAdopted':
      return resolution.status !== 'proposed'
        ? resolution
        : { ...resolution, status: 'adopted', decided: fact.occurred, meeting: event.data.meeting ?? resolution.meeting };
    case 'ResolutionAmended':
      return amended(resolution, event.data);
    case 'ResolutionSuperseded':
      return isLive ? { ...resolution, ...event.data, status: 'superseded' } : resolution;
    case 'ResolutionRepealed':
      return isLive ? { ...resolution, ...event.data, status: 'repealed' } : resolution;
    case 'ResolutionClosed':
      return resolution.status === 'adopted' ? { ...resolution, status: 'closed', closedOn: fact.day } : resolution;
    case 'VoteRecorded':
      return { ...resolution, votes: [...resolution.votes, { ...event.data, entry: entryOf(fact), source: fact.source }] };
    case 'TextVariantAdded':
      return {
        ...resolution,
        variants: [...resolution.variants, { ...event.data, entry: entryOf(fact), source: fact.source, occurred: fact.occurred }],
      };
    default:
      return followedUp(resolution, fact);
  }
};
