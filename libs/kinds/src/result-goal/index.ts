import type { TrackedKind } from '@saksgang/kernel';
import type { ResultGoalCommand } from './result-goal.commands.js';
import { resultGoalDecider } from './result-goal.decider.js';
import { describeResultGoal } from './result-goal.describe.js';
import type { ResultGoalEvent } from './result-goal.events.js';
import { RESULT_GOAL_FIELDS, RESULT_GOAL_LABEL, RESULT_GOAL_STATES } from './result-goal.labels.js';
import { indicatorOf } from './result-goal.rules.js';
import { RESULT_GOAL_COMMANDS, RESULT_GOAL_EVENTS } from './result-goal.schema.js';
import type { ResultGoal } from './result-goal.state.js';
import {
  aProjectKeepsItsTitle,
  beforeResultGoal,
  facetsOfResultGoal,
  indicatorIn,
  summariseResultGoal,
  textsOfResultGoal,
} from './result-goal.view.js';
import { RESULT_GOAL_SHOWN } from './result-goal.shown.js';

export type * from './result-goal.commands.js';
export * from './result-goal.events.js';
export { GOAL_LEVEL_LABELS, GOAL_OUTCOME_LABELS, RESULT_GOAL_STATES, type ResultGoalStateName } from './result-goal.labels.js';
export type * from './result-goal.state.js';
export { hasReachedTarget, stateOfGoal } from './result-goal.view.js';

/** Mål: set → assessed … → achieved, partly, not achieved, dropped; with the indicators it is measured by. */
export const resultGoal: TrackedKind<ResultGoalCommand, ResultGoal, ResultGoalEvent> = {
  name: 'resultGoal',
  label: RESULT_GOAL_LABEL,
  decider: resultGoalDecider,
  commands: RESULT_GOAL_COMMANDS,
  events: RESULT_GOAL_EVENTS,
  states: RESULT_GOAL_STATES,
  describe: describeResultGoal,
  fields: RESULT_GOAL_FIELDS,
  summarise: summariseResultGoal,
  facets: facetsOfResultGoal,
  partOf: indicatorIn,
  texts: textsOfResultGoal,
  hasPart: (state, path) => indicatorOf(state, path) !== undefined,
  links: () => [],
  before: beforeResultGoal,
  fixed: aProjectKeepsItsTitle,
  onTimeline: () => true,
  belonging: 'PASSES_ON',
  shown: RESULT_GOAL_SHOWN,
};
