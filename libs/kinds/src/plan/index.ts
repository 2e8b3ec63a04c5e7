import { NO_FACETS, type TrackedKind } from '@saksgang/kernel';
import type { PlanCommand } from './plan.commands.js';
import { planDecider } from './plan.decider.js';
import type { PlanEvent } from './plan.events.js';
import { goalsKeepTheirKeys } from './plan.rules.js';
import { PLAN_COMMANDS, PLAN_EVENTS } from './plan.schema.js';
import type { Plan } from './plan.state.js';
import { PLAN_FIELDS, PLAN_LABEL, PLAN_STATES, describePlan, linksOfPlan, summarisePlan } from './plan.view.js';
import { PLAN_SHOWN } from './plan.shown.js';

export type * from './plan.commands.js';
export type * from './plan.events.js';
export type { KnownPlan, Plan } from './plan.state.js';
export { PLAN_STATES, type PlanStateName } from './plan.view.js';

/** Langtidsplan: adopted → in force → ended, with its ordered goals. */
export const plan: TrackedKind<PlanCommand, Plan, PlanEvent> = {
  name: 'plan',
  label: PLAN_LABEL,
  decider: planDecider,
  commands: PLAN_COMMANDS,
  events: PLAN_EVENTS,
  states: PLAN_STATES,
  describe: describePlan,
  fields: PLAN_FIELDS,
  summarise: summarisePlan,
  facets: () => NO_FACETS,
  partOf: () => null,
  hasPart: (state, path) => state.status !== 'unknown' && state.goals.some(({ key }) => key === path),
  links: linksOfPlan,
  before: () => ({}),
  fixed: goalsKeepTheirKeys,
  onTimeline: () => true,
  shown: PLAN_SHOWN,
};
