import type { Day, EntryId, ItemId, Party, PartialDate, Sealed, Source } from '@saksgang/kernel';
import type { PointClosure, PointKind, PointPath, Replacement, ResolutionType, TextMedium, VerdictOutcome } from './resolution.events.js';

export const POINT_STATES = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'REPORTED', 'CLOSED', 'NOTHING_TO_DO'] as const;
/** NOTHING_TO_DO: it asks for nothing (PREMISE, LEAD_IN), or has been struck. */
export type PointState = (typeof POINT_STATES)[number];
export type Report = Readonly<{ entry: EntryId; text: string; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;
export type Verdict = Readonly<{
  entry: EntryId;
  outcome: VerdictOutcome;
  reason: string;
  occurred: PartialDate;
  assertedBy: Party | null;
  source: Source | null;
}>;

export type Point = Readonly<{
  path: PointPath;
  label: string | null;
  depth: number;
  parent: PointPath | null;
  pointKind: PointKind;
  text: string;
  /** As printed at this very point; null where it says none. */
  ownRole: string | null;
  /** Its own, else the nearest lead-in's: that one's own role, else its text without the colon. */
  role: string | null;
  addressees: readonly Party[];
  openEnded: boolean;
  note: string | null;
  struck: boolean;
  state: PointState;
  owner: Party | null;
  deadline: PartialDate | null;
  reports: readonly Report[];
  closedAs: PointClosure | null;
  replacedBy: Replacement | null;
  verdicts: readonly Verdict[];
}>;

export type TextVariant = Readonly<{
  entry: EntryId;
  medium: TextMedium;
  title: string | null;
  text: string;
  source: Source | null;
  occurred: PartialDate;
}>;
export type Vote = Readonly<{
  entry: EntryId;
  point: PointPath | null;
  unanimous: boolean | null;
  inFavour: number | null;
  against: number | null;
  abstained: number | null;
  dissents: readonly Readonly<{ party: Party; text: string | null }>[];
  source: Source | null;
}>;

/** What every living resolution holds, whatever its status. */
export type ResolutionBody = Readonly<{
  resolutionType: ResolutionType;
  title: string;
  body: Party;
  caseReference: string | null;
  meeting: string | null;
  caseOfficer: Sealed | null;
  /** When the body decided, as far as is known; unknown while it is a proposal. */
  decided: PartialDate;
  projects: readonly ItemId[];
  /** Depth first, in document order. */
  points: PointTree;
  variants: readonly TextVariant[];
  votes: readonly Vote[];
  amendedBy: readonly ItemId[];
  amended: boolean;
}>;

export type PointTree = ReadonlyMap<PointPath, Point>;

export type Resolution =
  | Readonly<{ status: 'unknown' }>
  | (ResolutionBody & Readonly<{ status: 'proposed' }>)
  | (ResolutionBody & Readonly<{ status: 'adopted' }>)
  | (ResolutionBody & Readonly<{ status: 'closed'; closedOn: Day }>)
  | (ResolutionBody & Readonly<{ status: 'superseded'; by: ItemId; byTitle: string }>)
  | (ResolutionBody & Readonly<{ status: 'repealed'; by: ItemId | null; byTitle: string | null }>);
/** What it is once its founding entry is folded. */
export type RecordedResolution = Exclude<Resolution, { status: 'unknown' }>;
