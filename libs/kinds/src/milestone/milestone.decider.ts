import {
  isRefusal,
  narrows,
  sameParty,
  type Decider,
  type Decision,
  type DecisionContext,
  type Fact,
  type PartialDate,
  type Proposed,
  type Refusal,
} from '@saksgang/kernel';
import { titleOfItem } from '../shared/named-item.js';
import type { ForecastMilestone, MilestoneCommand, PlanMilestone, RebaselineMilestone } from './milestone.commands.js';
import type { MilestoneEvent, MilestoneForecasted, MilestonePlanned } from './milestone.events.js';
import {
  aCancellationHasAReason,
  aCancelledMilestoneIsLeftAsItIs,
  aForecastSaysSomething,
  aMilestoneIsMissedOnce,
  aMilestoneIsPlannedOnce,
  aMilestoneMustBePlannedFirst,
  aReachedMilestoneIsLeftAsItIs,
} from './milestone.rules.js';
import type { AwaitedMilestone, Baseline, Forecast, Milestone, MissedMilestone } from './milestone.state.js';

type Told = Fact<MilestoneEvent> | Proposed<MilestoneEvent>;
type States = Readonly<{ then: Milestone; now: Milestone }>;
type Open = AwaitedMilestone | MissedMilestone;

/** A fact not yet recorded has no entry: it is only seen while its own legality is judged. */
const entryOf = (fact: Told): string => ('entry' in fact ? fact.entry : '');
const baselineOf = (date: PartialDate, fact: Told): Baseline => ({ ...said(fact), date });
const forecastOf = ({ forecast, light }: MilestoneForecasted['data'], fact: Told): Forecast => ({ ...said(fact), date: forecast, light });
const said = (fact: Told) => ({
  entry: entryOf(fact),
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
  reason: fact.reason,
});

const planned = ({ data }: MilestonePlanned, fact: Told): AwaitedMilestone => ({
  ...data,
  status: 'planned',
  forecast: null,
  light: null,
  baselines: data.baseline === null ? [] : [baselineOf(data.baseline, fact)],
  forecasts: [],
});

const awaited = (milestone: Open, status: AwaitedMilestone['status']): AwaitedMilestone => {
  if (milestone.status !== 'missed') return { ...milestone, status };
  const { missed: _, ...core } = milestone;
  return { ...core, status };
};

/** A forecast that was missed says nothing of the new plan; one that still stands is kept beside it. */
const rebaselined = (milestone: Open, date: PartialDate, fact: Told): AwaitedMilestone => {
  const anew = milestone.status === 'missed' ? { ...awaited(milestone, 'planned'), forecast: null } : milestone;
  return { ...anew, baseline: date, baselines: [...milestone.baselines, baselineOf(date, fact)] };
};

/** A light alone gives no new date: then it is where it was. */
const forecasted = (milestone: Open, { data }: MilestoneForecasted, fact: Told): Open => ({
  ...(data.forecast === null ? milestone : { ...awaited(milestone, 'forecast'), forecast: data.forecast }),
  light: data.light ?? milestone.light,
  forecasts: [...milestone.forecasts, forecastOf(data, fact)],
});

const evolve = (milestone: Milestone, fact: Told): Milestone => {
  const { event } = fact;
  if (event.type === 'MilestonePlanned') return milestone.status === 'unknown' ? planned(event, fact) : milestone;
  if (milestone.status === 'unknown' || milestone.status === 'reached' || milestone.status === 'cancelled') return milestone;
  switch (event.type) {
    case 'MilestoneRebaselined':
      return rebaselined(milestone, event.data.baseline, fact);
    case 'MilestoneForecasted':
      return forecasted(milestone, event, fact);
    case 'MilestoneMissed':
      return milestone.status === 'missed' ? milestone : { ...milestone, status: 'missed', missed: fact.occurred };
    case 'MilestoneReached':
      return { ...awaited(milestone, 'planned'), status: 'reached', actual: fact.occurred, reachedBy: entryOf(fact) };
    case 'MilestoneCancelled':
      return { ...awaited(milestone, 'planned'), status: 'cancelled', cancelled: fact.occurred };
  }
};

const stillOpen = (milestone: Milestone): Refusal | null =>
  aMilestoneMustBePlannedFirst(milestone) ?? aReachedMilestoneIsLeftAsItIs(milestone) ?? aCancelledMilestoneIsLeftAsItIs(milestone);

const permits = (milestone: Milestone, fact: Told): Refusal | null => {
  const { event } = fact;
  switch (event.type) {
    case 'MilestonePlanned':
      return aMilestoneIsPlannedOnce(milestone);
    case 'MilestoneRebaselined':
    case 'MilestoneReached':
      return stillOpen(milestone);
    case 'MilestoneForecasted':
      return stillOpen(milestone) ?? aForecastSaysSomething(event.data);
    case 'MilestoneMissed':
      return stillOpen(milestone) ?? aMilestoneIsMissedOnce(milestone);
    case 'MilestoneCancelled':
      return stillOpen(milestone) ?? aCancellationHasAReason(fact);
  }
};

const permitted = (
  state: Milestone,
  event: MilestoneEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<MilestoneEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const plan = ({ type: _, project, ...data }: PlanMilestone, { now }: States, context: DecisionContext): Decision<MilestoneEvent> => {
  const named = project === null ? null : { item: project, title: titleOfItem(project, context) };
  return permitted(now, { type: 'MilestonePlanned', data: { ...data, project: named } }, context);
};

const rebaseline = ({ baseline }: RebaselineMilestone, { then }: States, context: DecisionContext): Decision<MilestoneEvent> => {
  const decision = permitted(then, { type: 'MilestoneRebaselined', data: { baseline } }, context);
  if (isRefusal(decision)) return decision;
  return (then.status === 'planned' || then.status === 'forecast') && then.baseline?.text === baseline.text ? [] : decision;
};

/** The same forecast at the same time by the same party: one that says «still so» later is a new one. */
const repeats = (earlier: Forecast, { forecast, light }: ForecastMilestone, context: DecisionContext): boolean =>
  earlier.date?.text === forecast?.text &&
  earlier.light === light &&
  earlier.occurred.text === context.occurred.text &&
  earlier.reason === context.reason &&
  sameParty(earlier.assertedBy, context.assertedBy);

const forecast = (command: ForecastMilestone, { then }: States, context: DecisionContext): Decision<MilestoneEvent> => {
  const data = { forecast: command.forecast, light: command.light };
  const decision = permitted(then, { type: 'MilestoneForecasted', data }, context);
  if (isRefusal(decision)) return decision;
  return then.status !== 'unknown' && then.forecasts.some((earlier) => repeats(earlier, command, context)) ? [] : decision;
};

/** It ends once, whenever that was: judged on what is in effect now as well as on what was then. */
const ended = (event: MilestoneEvent, { then, now }: States, context: DecisionContext): Decision<MilestoneEvent> => {
  const decision = permitted(now, event, context);
  return isRefusal(decision) ? decision : permitted(then, event, context);
};

const decide = (command: MilestoneCommand, states: States, context: DecisionContext): Decision<MilestoneEvent> => {
  const { then, now } = states;
  switch (command.type) {
    case 'PlanMilestone':
      return plan(command, states, context);
    case 'RebaselineMilestone':
      return rebaseline(command, states, context);
    case 'ForecastMilestone':
      return forecast(command, states, context);
    // Said again with nothing new in it, it is already true; with a sharper date it is an established date or a correction.
    case 'ReachMilestone':
      if (now.status === 'reached' && narrows(now.actual, context.occurred)) return [];
      return ended({ type: 'MilestoneReached', data: {} }, states, context);
    case 'MissMilestone':
      if (now.status === 'missed' && narrows(now.missed, context.occurred)) return [];
      return permitted(then, { type: 'MilestoneMissed', data: {} }, context);
    case 'CancelMilestone':
      if (now.status === 'cancelled' && narrows(now.cancelled, context.occurred)) return [];
      return ended({ type: 'MilestoneCancelled', data: {} }, states, context);
  }
};

export const milestoneDecider: Decider<MilestoneCommand, Milestone, MilestoneEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
