import type { Day, EntryId, Instant, PartialDate, Party, Position, Revision, Source } from '@saksgang/kernel';
import type { Assessed, StatusDimension } from './project.events.js';

export type Meeting = Readonly<{
  entry: EntryId;
  revision: Revision;
  position: Position | null;
  title: string;
  held: Day;
  shownAt: Instant | null;
}>;
export type StatusReport = Readonly<
  Record<StatusDimension, Assessed> & {
    entry: EntryId;
    summary: string | null;
    occurred: PartialDate;
    assertedBy: Party | null;
    source: Source | null;
  }
>;
export type ProjectCore = Readonly<{
  title: string;
  aliases: readonly string[];
  initiators: readonly Party[];
  period: PartialDate | null;
  duration: string | null;
  steeringGroup: Party | null;
  started: PartialDate;
  meetings: readonly Meeting[];
  statusReports: readonly StatusReport[];
}>;
export type OpenProject = ProjectCore & Readonly<{ status: 'started' | 'reporting' }>;
/** `ended` is when it was closed, as far as is known. */
export type ClosedProject = ProjectCore & Readonly<{ status: 'closed'; ended: PartialDate }>;
export type Project = Readonly<{ status: 'unknown' }> | OpenProject | ClosedProject;
