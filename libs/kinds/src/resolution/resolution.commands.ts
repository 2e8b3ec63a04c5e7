import type { ItemId, Party, PartialDate, Sealed } from '@saksgang/kernel';
import type {
  PointChange,
  PointClosure,
  PointData,
  PointPath,
  RecordedAs,
  ResolutionType,
  TextMedium,
  VerdictOutcome,
} from './resolution.events.js';

/** Commands as they arrive behind the edge: references are ids, names of persons sealed, what was left out is null. */
export type RecordResolution = Readonly<{
  type: 'RecordResolution';
  resolutionType: ResolutionType;
  title: string;
  body: Party;
  caseReference: string | null;
  meeting: string | null;
  caseOfficer: Sealed | null;
  recordedAs: RecordedAs;
  projects: readonly ItemId[];
  points: readonly PointData[];
}>;
export type AdoptResolution = Readonly<{ type: 'AdoptResolution'; meeting: string | null }>;
/** A change as it is asked for: a new point becomes the last below `parent` (null: at the top), and is given its path when decided. */
export type AskedChange =
  Exclude<PointChange, { change: 'ADDED' }> | Readonly<{ change: 'ADDED'; parent: PointPath | null; added: PointData }>;
export type AmendResolution = Readonly<{ type: 'AmendResolution'; by: ItemId | null; changes: readonly AskedChange[] }>;
export type SupersedeResolution = Readonly<{ type: 'SupersedeResolution'; by: ItemId }>;
export type RepealResolution = Readonly<{ type: 'RepealResolution'; by: ItemId | null }>;
export type CloseResolution = Readonly<{ type: 'CloseResolution' }>;
export type RecordVote = Readonly<{
  type: 'RecordVote';
  point: PointPath | null;
  unanimous: boolean | null;
  inFavour: number | null;
  against: number | null;
  abstained: number | null;
  dissents: readonly Readonly<{ party: Party; text: string | null }>[];
}>;
export type AddTextVariant = Readonly<{ type: 'AddTextVariant'; medium: TextMedium; title: string | null; text: string }>;

export type AssignPoint = Readonly<{ type: 'AssignPoint'; point: PointPath; owner: Party; deadline: PartialDate | null }>;
export type StartPoint = Readonly<{ type: 'StartPoint'; point: PointPath; text: string | null }>;
export type ReportPoint = Readonly<{ type: 'ReportPoint'; point: PointPath; text: string }>;
export type ClosePoint = Readonly<{
  type: 'ClosePoint';
  point: PointPath;
  closedAs: PointClosure;
  /** Given exactly when `closedAs` is REPLACED. */
  replacedBy: Readonly<{ item: ItemId; point: PointPath | null }> | null;
  /** The recorder's own judgement on closing; then the entry gives a reason. */
  verdict: VerdictOutcome | null;
}>;
export type ReopenPoint = Readonly<{ type: 'ReopenPoint'; point: PointPath }>;
export type JudgePoint = Readonly<{ type: 'JudgePoint'; point: PointPath; outcome: VerdictOutcome }>;

export type PointCommand = AssignPoint | StartPoint | ReportPoint | ClosePoint | ReopenPoint | JudgePoint;
export type ResolutionCommand =
  | RecordResolution
  | AdoptResolution
  | AmendResolution
  | SupersedeResolution
  | RepealResolution
  | CloseResolution
  | RecordVote
  | AddTextVariant
  | PointCommand;
