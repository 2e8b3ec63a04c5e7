import type { ItemId, PartialDate, Party } from '@saksgang/kernel';
import type { Light } from '../project/project.events.js';

/** Founding. What it depends on is said by links (DEPENDS_ON), which a founding command may carry. */
export type PlanMilestone = Readonly<{
  type: 'PlanMilestone';
  title: string;
  project: ItemId | null;
  owner: Party | null;
  baseline: PartialDate | null;
}>;
export type RebaselineMilestone = Readonly<{ type: 'RebaselineMilestone'; baseline: PartialDate }>;
export type ForecastMilestone = Readonly<{ type: 'ForecastMilestone'; forecast: PartialDate | null; light: Light | null }>;
export type ReachMilestone = Readonly<{ type: 'ReachMilestone' }>;
export type MissMilestone = Readonly<{ type: 'MissMilestone' }>;
export type CancelMilestone = Readonly<{ type: 'CancelMilestone' }>;

export type MilestoneCommand = PlanMilestone | RebaselineMilestone | ForecastMilestone | ReachMilestone | MissMilestone | CancelMilestone;
