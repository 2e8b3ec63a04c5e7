import { isRefusal, narrows, type Decider, type Decision, type DecisionContext, type PartialDate, type Refusal } from '@saksgang/kernel';
import { sameParty } from '../shared/party.js';
import { pathsEverGiven, withPaths } from './point.paths.js';
import { aPointDoesNotReplaceItself } from './point.rules.js';
import type {
  AddTextVariant,
  AmendResolution,
  PointCommand,
  RecordResolution,
  RecordVote,
  RepealResolution,
  ResolutionCommand,
  SupersedeResolution,
} from './resolution.commands.js';
import type { ResolutionEvent } from './resolution.events.js';
import { evolve } from './resolution.evolve.js';
import { permits } from './resolution.permits.js';
import {
  aResolutionDoesNotEndItself,
  anEndedResolutionIsLeftAsItIs,
  onlyAProposalCanBeAdopted,
  onlyAnAdoptedResolutionTouchesAnother,
} from './resolution.rules.js';
import type { Resolution } from './resolution.state.js';

type States = Readonly<{ then: Resolution; now: Resolution }>;

const permitted = (
  state: Resolution,
  event: ResolutionEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<ResolutionEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const sameDate = (one: PartialDate | null, other: PartialDate | null): boolean => one?.text === other?.text;

/** What follow-up would only say again: the state at its day is already so. */
const isAlreadySo = (then: Resolution, command: PointCommand, context: DecisionContext): boolean => {
  const point = then.status === 'unknown' ? undefined : then.points.get(command.point);
  if (point === undefined) return false;
  switch (command.type) {
    case 'AssignPoint':
      return sameParty(point.owner, command.owner) && sameDate(point.deadline, command.deadline);
    case 'StartPoint':
      return point.state === 'IN_PROGRESS' && command.text === null;
    case 'ReportPoint':
      return point.reports.some(
        (report) =>
          report.text === command.text && sameDate(report.occurred, context.occurred) && sameParty(report.assertedBy, context.assertedBy),
      );
    case 'ClosePoint':
      return (
        point.state === 'CLOSED' &&
        point.closedAs === command.closedAs &&
        point.replacedBy?.item === command.replacedBy?.item &&
        point.replacedBy?.point === command.replacedBy?.point &&
        (command.verdict === null ||
          point.verdicts.some(({ outcome, assertedBy }) => outcome === command.verdict && sameParty(assertedBy, context.assertedBy)))
      );
    case 'ReopenPoint':
      return false;
    case 'JudgePoint': {
      const last = point.verdicts.findLast(({ assertedBy }) => sameParty(assertedBy, context.assertedBy));
      return last !== undefined && last.outcome === command.outcome && last.reason === context.reason;
    }
  }
};

const hasVariant = (then: Resolution, { medium, title, text }: AddTextVariant): boolean =>
  then.status !== 'unknown' && then.variants.some((known) => known.medium === medium && known.title === title && known.text === text);

const hasVote = (then: Resolution, vote: RecordVote): boolean =>
  then.status !== 'unknown' &&
  then.votes.some(
    (known) =>
      known.point === vote.point &&
      known.unanimous === vote.unanimous &&
      known.inFavour === vote.inFavour &&
      known.against === vote.against &&
      known.abstained === vote.abstained &&
      known.dissents.length === vote.dissents.length &&
      known.dissents.every(
        ({ party, text }, index) => text === vote.dissents[index]?.text && sameParty(party, vote.dissents[index]?.party ?? null),
      ),
  );

const titleOf = (item: string, { targets }: DecisionContext): string => targets.get(item)?.title ?? item;

const pointEvent = (command: PointCommand, context: DecisionContext): ResolutionEvent => {
  switch (command.type) {
    case 'AssignPoint':
      return { type: 'PointAssigned', data: { point: command.point, owner: command.owner, deadline: command.deadline } };
    case 'StartPoint':
      return { type: 'PointStarted', data: { point: command.point, text: command.text } };
    case 'ReportPoint':
      return { type: 'PointReported', data: { point: command.point, text: command.text } };
    case 'ClosePoint': {
      const { point, closedAs, replacedBy: by, verdict } = command;
      return {
        type: 'PointClosed',
        data: { point, closedAs, replacedBy: by === null ? null : { ...by, title: titleOf(by.item, context) }, verdict },
      };
    }
    case 'ReopenPoint':
      return { type: 'PointReopened', data: { point: command.point } };
    case 'JudgePoint':
      return { type: 'PointJudged', data: { point: command.point, outcome: command.outcome } };
  }
};

/** Finality looks at what is in effect now, whatever the day of the command; a verdict is never too late. */
const followUp = (command: PointCommand, { then, now }: States, context: DecisionContext): Decision<ResolutionEvent> => {
  const refusal =
    (command.type === 'JudgePoint' ? null : anEndedResolutionIsLeftAsItIs(now)) ??
    (command.type === 'ClosePoint' ? aPointDoesNotReplaceItself(context.item, command) : null);
  if (refusal !== null) return refusal;
  const event = pointEvent(command, context);
  return isAlreadySo(then, command, context) ? [] : permitted(then, event, context);
};

/** The rules of a command that names another resolution as the one that does it. */
const byAnother = (by: string | null, now: Resolution, context: DecisionContext): Refusal | null =>
  anEndedResolutionIsLeftAsItIs(now) ??
  aResolutionDoesNotEndItself(context.item, by) ??
  onlyAnAdoptedResolutionTouchesAnother(by === null ? null : (context.targets.get(by) ?? null));

const pathsIn = (state: Resolution): Iterable<string> => (state.status === 'unknown' ? [] : state.points.keys());

const amend = ({ by, changes: asked }: AmendResolution, { then, now }: States, context: DecisionContext): Decision<ResolutionEvent> => {
  const refusal = byAnother(by, now, context);
  if (refusal !== null) return refusal;
  const changes = withPaths(asked, [...pathsIn(then), ...pathsIn(now), ...pathsEverGiven(context.entries)]);
  const event: ResolutionEvent = { type: 'ResolutionAmended', data: { by, byTitle: by === null ? null : titleOf(by, context), changes } };
  const decision = permitted(then, event, context);
  if (isRefusal(decision) || then.status === 'unknown') return decision;
  const saysNothingNew =
    (by === null || then.amendedBy.includes(by)) &&
    changes.every((change) => change.change === 'REWORDED' && then.points.get(change.point)?.text === change.text);
  return saysNothingNew ? [] : decision;
};

const supersede = ({ by }: SupersedeResolution, { then, now }: States, context: DecisionContext): Decision<ResolutionEvent> => {
  if (now.status === 'superseded' && now.by === by) return [];
  return (
    byAnother(by, now, context) ?? permitted(then, { type: 'ResolutionSuperseded', data: { by, byTitle: titleOf(by, context) } }, context)
  );
};

const repeal = ({ by }: RepealResolution, { then, now }: States, context: DecisionContext): Decision<ResolutionEvent> => {
  if (now.status === 'repealed' && now.by === by) return [];
  return (
    byAnother(by, now, context) ??
    permitted(then, { type: 'ResolutionRepealed', data: { by, byTitle: by === null ? null : titleOf(by, context) } }, context)
  );
};

/** Said again with nothing new in it, it is already so; with a sharper date it is an established date or a correction. */
const adopt = (meeting: string | null, { then, now }: States, context: DecisionContext): Decision<ResolutionEvent> => {
  const known =
    now.status !== 'unknown' &&
    now.status !== 'proposed' &&
    (meeting === null || meeting === now.meeting) &&
    narrows(now.decided, context.occurred);
  if (known) return [];
  return (
    (now.status === 'unknown' ? null : onlyAProposalCanBeAdopted(now)) ??
    permitted(then, { type: 'ResolutionAdopted', data: { meeting } }, context)
  );
};

const record = ({ type: _, ...data }: RecordResolution, { now }: States, context: DecisionContext): Decision<ResolutionEvent> =>
  permitted(now, { type: 'ResolutionRecorded', data }, context);

const decide = (command: ResolutionCommand, states: States, context: DecisionContext): Decision<ResolutionEvent> => {
  const { then, now } = states;
  switch (command.type) {
    case 'RecordResolution':
      return record(command, states, context);
    case 'AdoptResolution':
      return adopt(command.meeting, states, context);
    case 'AmendResolution':
      return amend(command, states, context);
    case 'SupersedeResolution':
      return supersede(command, states, context);
    case 'RepealResolution':
      return repeal(command, states, context);
    case 'CloseResolution':
      return then.status === 'closed'
        ? []
        : (anEndedResolutionIsLeftAsItIs(now) ?? permitted(then, { type: 'ResolutionClosed', data: {} }, context));
    case 'RecordVote': {
      const { type: _, ...data } = command;
      return hasVote(then, command) ? [] : permitted(then, { type: 'VoteRecorded', data }, context);
    }
    case 'AddTextVariant': {
      const { type: _, ...data } = command;
      return hasVariant(then, command) ? [] : permitted(then, { type: 'TextVariantAdded', data }, context);
    }
    case 'AssignPoint':
    case 'StartPoint':
    case 'ReportPoint':
    case 'ClosePoint':
    case 'ReopenPoint':
    case 'JudgePoint':
      return followUp(command, states, context);
  }
};

export const resolutionDecider: Decider<ResolutionCommand, Resolution, ResolutionEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
