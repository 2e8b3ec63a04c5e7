import type { ItemId, PartialDate, Party } from '@saksgang/kernel';

/** Given once within its plan, from «1»; it never means another goal, whatever stands before it. */
export type PlanGoalKey = string;
/** `label` as printed («A», «1.2»); null where nothing is printed. `text` verbatim. */
export type PlanGoal = Readonly<{ key: PlanGoalKey; label: string | null; text: string }>;

/** The founding event. `owner`: whose plan it is. `period`: throughout; null: not said. `goals` in the order of the document. */
export type PlanAdopted = Readonly<{
  type: 'PlanAdopted';
  data: Readonly<{ title: string; owner: Party; period: PartialDate | null; goals: readonly PlanGoal[] }>;
}>;
export type PlanBroughtIntoForce = Readonly<{ type: 'PlanBroughtIntoForce'; data: Readonly<Record<string, never>> }>;
/** `by`: the plan that succeeds it, with its title when this was recorded; null: none is named. */
export type PlanEnded = Readonly<{ type: 'PlanEnded'; data: Readonly<{ by: ItemId | null; byTitle: string | null }> }>;

export type PlanEvent = PlanAdopted | PlanBroughtIntoForce | PlanEnded;
