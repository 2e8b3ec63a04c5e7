import type { ItemId, PartialDate, Party } from '@saksgang/kernel';
import type { PlanGoal } from './plan.events.js';

export type PlanCore = Readonly<{
  title: string;
  owner: Party;
  period: PartialDate | null;
  goals: readonly PlanGoal[];
  adopted: PartialDate;
}>;
/** `inForceSince` is when it came into force, as far as is known. */
export type PlanInForce = PlanCore & Readonly<{ status: 'inForce'; inForceSince: PartialDate }>;
/** `inForceSince` null: it is not on record that it ever was in force. */
export type EndedPlan = PlanCore &
  Readonly<{ status: 'ended'; inForceSince: PartialDate | null; ended: PartialDate; by: ItemId | null; byTitle: string | null }>;
export type KnownPlan = (PlanCore & Readonly<{ status: 'adopted' }>) | PlanInForce | EndedPlan;
export type Plan = Readonly<{ status: 'unknown' }> | KnownPlan;
