import type { Day, Instant, PartialDate, Party } from '@saksgang/kernel';

export const LIGHTS = ['GREEN', 'YELLOW', 'RED', 'NOT_ASSESSED'] as const;
export type Light = (typeof LIGHTS)[number];
export const STATUS_DIMENSIONS = ['progress', 'economy', 'quality', 'risk'] as const;
export type StatusDimension = (typeof STATUS_DIMENSIONS)[number];
/** A traffic light with its reason and what is done about it; both may be unsaid. */
export type Assessed = Readonly<{ light: Light; reason: string | null; action: string | null }>;

/** The founding event. `occurred` is when it started, as far as is known. */
export type ProjectStarted = Readonly<{
  type: 'ProjectStarted';
  data: Readonly<{
    title: string;
    aliases: readonly string[];
    initiators: readonly Party[];
    /** Throughout: from–to, where known; null: not said. */
    period: PartialDate | null;
    /** ISO 8601 duration («P2Y» for «2-årig»), where only the length is known. */
    duration: string | null;
    steeringGroup: Party | null;
  }>;
}>;
/**
 * What the group had been shown is the record as known at `shownAt`; null: as known just before this entry.
 * An instant, not a position: positions do not survive a move of the log.
 */
export type MeetingHeld = Readonly<{ type: 'MeetingHeld'; data: Readonly<{ title: string; held: Day; shownAt: Instant | null }> }>;
export type ProjectStatusReported = Readonly<{
  type: 'ProjectStatusReported';
  data: Readonly<Record<StatusDimension, Assessed> & { summary: string | null }>;
}>;
export type ProjectClosed = Readonly<{ type: 'ProjectClosed'; data: Readonly<Record<string, never>> }>;

export type ProjectEvent = ProjectStarted | MeetingHeld | ProjectStatusReported | ProjectClosed;
