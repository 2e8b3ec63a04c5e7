import {
  isRefusal,
  narrows,
  type Decider,
  type Decision,
  type DecisionContext,
  type Fact,
  type Proposed,
  type Refusal,
} from '@saksgang/kernel';
import { titleOfItem } from '../shared/named-item.js';
import type { AdoptPlan, EndPlan, PlanCommand } from './plan.commands.js';
import type { PlanEvent } from './plan.events.js';
import {
  aPlanComesIntoForceOnce,
  aPlanDoesNotSucceedItself,
  aPlanIsAdoptedOnce,
  aPlanMustBeAdoptedFirst,
  anEndedPlanIsLeftAsItIs,
} from './plan.rules.js';
import type { Plan } from './plan.state.js';

type Told = Fact<PlanEvent> | Proposed<PlanEvent>;
type States = Readonly<{ then: Plan; now: Plan }>;

const evolve = (plan: Plan, { event, occurred }: Told): Plan => {
  if (event.type === 'PlanAdopted') return plan.status === 'unknown' ? { ...event.data, status: 'adopted', adopted: occurred } : plan;
  if (plan.status === 'unknown' || plan.status === 'ended') return plan;
  switch (event.type) {
    case 'PlanBroughtIntoForce':
      return plan.status === 'adopted' ? { ...plan, status: 'inForce', inForceSince: occurred } : plan;
    case 'PlanEnded':
      return {
        ...plan,
        ...event.data,
        status: 'ended',
        inForceSince: plan.status === 'inForce' ? plan.inForceSince : null,
        ended: occurred,
      };
  }
};

/** A plan may end without its coming into force being on record: a step nobody can date is not invented. */
const permits = (plan: Plan, { event }: Told): Refusal | null => {
  switch (event.type) {
    case 'PlanAdopted':
      return aPlanIsAdoptedOnce(plan);
    case 'PlanBroughtIntoForce':
      return aPlanMustBeAdoptedFirst(plan) ?? anEndedPlanIsLeftAsItIs(plan) ?? aPlanComesIntoForceOnce(plan);
    case 'PlanEnded':
      return aPlanMustBeAdoptedFirst(plan) ?? anEndedPlanIsLeftAsItIs(plan);
  }
};

const permitted = (state: Plan, event: PlanEvent, { occurred, assertedBy, source, reason, day }: DecisionContext): Decision<PlanEvent> =>
  permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const adopt = ({ title, owner, period, goals }: AdoptPlan, { now }: States, context: DecisionContext): Decision<PlanEvent> =>
  permitted(
    now,
    {
      type: 'PlanAdopted',
      data: { title, owner, period, goals: goals.map(({ label, text }, index) => ({ key: String(index + 1), label, text })) },
    },
    context,
  );

/** Said again with nothing new in it, it is already true; with a sharper date it is an established date or a correction. */
const bringIntoForce = ({ then, now }: States, context: DecisionContext): Decision<PlanEvent> => {
  const since = now.status === 'inForce' || now.status === 'ended' ? now.inForceSince : null;
  if (since !== null && narrows(since, context.occurred)) return [];
  // It comes into force once, whenever that was; what has ended since was in force before.
  const refusal = aPlanComesIntoForceOnce(now) ?? (now.status === 'ended' && since !== null ? anEndedPlanIsLeftAsItIs(now) : null);
  return refusal ?? permitted(then, { type: 'PlanBroughtIntoForce', data: {} }, context);
};

/** The end is final whenever it came: judged on what is in effect now as well as on what was then. */
const end = ({ by }: EndPlan, { then, now }: States, context: DecisionContext): Decision<PlanEvent> => {
  if (now.status === 'ended' && (by === null || by === now.by) && narrows(now.ended, context.occurred)) return [];
  const refusal = aPlanDoesNotSucceedItself(by, context);
  if (refusal !== null) return refusal;
  const ended: PlanEvent = {
    type: 'PlanEnded',
    data: { by, byTitle: by === null ? null : titleOfItem(by, context) },
  };
  const decision = permitted(now, ended, context);
  return isRefusal(decision) ? decision : permitted(then, ended, context);
};

const decide = (command: PlanCommand, states: States, context: DecisionContext): Decision<PlanEvent> => {
  switch (command.type) {
    case 'AdoptPlan':
      return adopt(command, states, context);
    case 'BringPlanIntoForce':
      return bringIntoForce(states, context);
    case 'EndPlan':
      return end(command, states, context);
  }
};

export const planDecider: Decider<PlanCommand, Plan, PlanEvent> = { initial: { status: 'unknown' }, evolve, decide, permits };
