import type { Day, Instant, PartialDate, Party } from '@saksgang/kernel';
import type { Assessed, StatusDimension } from './project.events.js';

/** Founding. */
export type StartProject = Readonly<{
  type: 'StartProject';
  title: string;
  aliases: readonly string[];
  initiators: readonly Party[];
  period: PartialDate | null;
  /** ISO 8601, whole years, months, weeks and days: «P2Y». */
  duration: string | null;
  steeringGroup: Party | null;
}>;
/** `shownAt`: what the group had been shown is the record as known then; null = as known just before this entry. */
export type HoldMeeting = Readonly<{ type: 'HoldMeeting'; title: string; held: Day; shownAt: Instant | null }>;
export type ReportProjectStatus = Readonly<{ type: 'ReportProjectStatus'; summary: string | null } & Record<StatusDimension, Assessed>>;
export type CloseProject = Readonly<{ type: 'CloseProject' }>;

export type ProjectCommand = StartProject | HoldMeeting | ReportProjectStatus | CloseProject;
