import type { Day, EntryId, ItemId, Party, PartialDate, Sealed, Source } from '@saksgang/kernel';
import type { PointClosure, PointKind, PointPath, ResolutionType, TextMedium, VerdictOutcome } from './resolution.events.js';

export type PointState = 'OPEN' | 'ASSIGNED' | 'IN_PROGRESS' | 'REPORTED' | 'CLOSED' | 'NOTHING_TO_DO';
export type Report = Readonly<{ entry: EntryId; text: string; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;
export type Verdict = Readonly<{ entry: EntryId; outcome: VerdictOutcome; reason: string; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;

export type Point = Readonly<{
  path: PointPath;
  label: string | null;
  depth: number;
  parent: PointPath | null;
  pointKind: PointKind;
  text: string;
  /** Its own, else the nearest lead-in's. */
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
  replacedBy: Readonly<{ item: ItemId; point: PointPath | null }> | null;
  verdicts: readonly Verdict[];
}>;

export type TextVariant = Readonly<{ entry: EntryId; medium: TextMedium; title: string | null; text: string; source: Source | null; occurred: PartialDate }>;
export type Vote = Readonly<{
  entry: EntryId;
  point: PointPath | null;
  unanimous: boolean;
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
  decided: PartialDate;
  projects: readonly ItemId[];
  /** Depth first, in document order. */
  points: ReadonlyMap<PointPath, Point>;
  variants: readonly TextVariant[];
  votes: readonly Vote[];
  amendedBy: readonly ItemId[];
  amended: boolean;
}>;

export type Resolution =
  | Readonly<{ status: 'unknown' }>
  | (ResolutionBody & Readonly<{ status: 'proposed' }>)
  | (ResolutionBody & Readonly<{ status: 'adopted' }>)
  | (ResolutionBody & Readonly<{ status: 'closed'; closedOn: Day }>)
  | (ResolutionBody & Readonly<{ status: 'superseded'; by: ItemId }>)
  | (ResolutionBody & Readonly<{ status: 'repealed'; by: ItemId | null }>);
