import { isRefusal, type Refusal } from '@saksgang/kernel';
import {
  aClosedPointIsReopenedFirst,
  aPointToFollowUp,
  aReplacementIsNamed,
  onlyAClosedPointIsReopened,
  theChangesFit,
  thePointExists,
  theTreeStaysWithinItsLimits,
  workStartsOnce,
} from './point.rules.js';
import type { PointPath } from './resolution.events.js';
import type { Told } from './resolution.evolve.js';
import {
  aClosedResolutionIsNotClosedAgain,
  aProposalIsAdoptedFirst,
  aReopeningHasAReason,
  aResolutionIsRecordedOnce,
  aResolutionMustBeRecordedFirst,
  aVerdictHasAReason,
  aVoteAddsUp,
  anAmendmentSaysSomething,
  anEndedResolutionIsLeftAsItIs,
  everyPointIsClosedFirst,
  onlyAProposalCanBeAdopted,
} from './resolution.rules.js';
import type { Point, Resolution } from './resolution.state.js';

/** May this be done to that point, after `resolution`? */
const permitsOnPoint = (resolution: Resolution, path: PointPath, rule: (point: Point) => Refusal | null): Refusal | null => {
  if (resolution.status === 'unknown') return aResolutionMustBeRecordedFirst(resolution);
  const point = aPointToFollowUp(resolution.points, path);
  return aProposalIsAdoptedFirst(resolution) ?? (isRefusal(point) ? point : rule(point));
};

const permitsFollowUp = (resolution: Resolution, path: PointPath, rule: (point: Point) => Refusal | null): Refusal | null =>
  anEndedResolutionIsLeftAsItIs(resolution) ?? permitsOnPoint(resolution, path, rule);

/** May this fact stand directly after `resolution`? The rules, one event at a time. */
export const permits = (resolution: Resolution, fact: Told): Refusal | null => {
  const { event } = fact;
  if (event.type === 'ResolutionRecorded') return aResolutionIsRecordedOnce(resolution) ?? theTreeStaysWithinItsLimits(event.data.points);
  if (resolution.status === 'unknown') return aResolutionMustBeRecordedFirst(resolution);
  const isInForce = aProposalIsAdoptedFirst(resolution) ?? anEndedResolutionIsLeftAsItIs(resolution);
  switch (event.type) {
    case 'ResolutionAdopted':
      return onlyAProposalCanBeAdopted(resolution);
    case 'ResolutionAmended':
      return isInForce ?? anAmendmentSaysSomething(event.data) ?? theChangesFit(resolution.points, event.data.changes);
    case 'ResolutionSuperseded':
    case 'ResolutionRepealed':
      return isInForce;
    case 'ResolutionClosed':
      return isInForce ?? aClosedResolutionIsNotClosedAgain(resolution) ?? everyPointIsClosedFirst(resolution);
    case 'VoteRecorded':
      return thePointExists(resolution.points, event.data.point) ?? aVoteAddsUp(event.data);
    case 'TextVariantAdded':
      return null;
    case 'PointAssigned':
    case 'PointReported':
      return permitsFollowUp(resolution, event.data.point, aClosedPointIsReopenedFirst);
    case 'PointStarted':
      return permitsFollowUp(resolution, event.data.point, (point) => aClosedPointIsReopenedFirst(point) ?? workStartsOnce(point));
    case 'PointClosed':
      return permitsFollowUp(
        resolution,
        event.data.point,
        (point) =>
          aClosedPointIsReopenedFirst(point) ??
          aReplacementIsNamed(event.data) ??
          (event.data.verdict === null ? null : aVerdictHasAReason(fact)),
      );
    case 'PointReopened':
      return permitsFollowUp(resolution, event.data.point, (point) => onlyAClosedPointIsReopened(point) ?? aReopeningHasAReason(fact));
    case 'PointJudged':
      return permitsOnPoint(resolution, event.data.point, () => aVerdictHasAReason(fact));
  }
};
