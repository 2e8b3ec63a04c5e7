import type { ItemId, PartialDate, Party } from '@saksgang/kernel';
import type { PlanGoal } from './plan.events.js';

/** Founding. The goals get their keys in the order they stand. */
export type AdoptPlan = Readonly<{
  type: 'AdoptPlan';
  title: string;
  owner: Party;
  period: PartialDate | null;
  goals: readonly Omit<PlanGoal, 'key'>[];
}>;
export type BringPlanIntoForce = Readonly<{ type: 'BringPlanIntoForce' }>;
export type EndPlan = Readonly<{ type: 'EndPlan'; by: ItemId | null }>;

export type PlanCommand = AdoptPlan | BringPlanIntoForce | EndPlan;
