import type { ItemId, Party, PartialDate, Sealed } from '@saksgang/kernel';

/** A point's path counts every node, from 1: «2.3.1». */
export type PointPath = string;

export const RESOLUTION_TYPES = ['VEDTAK', 'UTTALELSE', 'STANDPUNKT'] as const;
export type ResolutionType = (typeof RESOLUTION_TYPES)[number];
/** The first two ask for nothing: never assigned, overdue or followed up. */
export const POINT_KINDS = ['PREMISE', 'LEAD_IN', 'COMMITMENT', 'MEASURE', 'REQUEST'] as const;
export type PointKind = (typeof POINT_KINDS)[number];
export const POINT_CLOSURES = ['CARRIED_OUT', 'REPLACED', 'LAPSED'] as const;
export type PointClosure = (typeof POINT_CLOSURES)[number];
export const VERDICT_OUTCOMES = ['FULFILLED', 'PARTLY', 'NOT_FULFILLED', 'CANNOT_BE_VERIFIED'] as const;
export type VerdictOutcome = (typeof VERDICT_OUTCOMES)[number];
export const TEXT_MEDIA = ['LETTER', 'WEB_PAGE', 'MINUTES', 'PRESENTATION', 'OTHER'] as const;
export type TextMedium = (typeof TEXT_MEDIA)[number];

/** One point as the document prints it. `label` is what is printed («2», «a)»), null where nothing is. */
export type PointData = Readonly<{
  label: string | null;
  pointKind: PointKind;
  text: string;
  role: string | null;
  addressees: readonly Party[];
  /** The list of addressees is open («og andre»). */
  openEnded: boolean;
  note: string | null;
  points: readonly PointData[];
}>;

export const RECORDED_AS = ['PROPOSED', 'ADOPTED'] as const;
export type RecordedAs = (typeof RECORDED_AS)[number];

/**
 * The founding event. `caseReference`, `meeting` and `caseOfficer` null: the source does not say; it does not mean that there was
 * none. Its `occurred` is when the body decided (or, when proposed, when it was proposed).
 */
export type ResolutionRecorded = Readonly<{
  type: 'ResolutionRecorded';
  data: Readonly<{
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
}>;
/** `meeting` null: the source does not say which. */
export type ResolutionAdopted = Readonly<{ type: 'ResolutionAdopted'; data: Readonly<{ meeting: string | null }> }>;

export type PointChange =
  | Readonly<{ change: 'REWORDED'; point: PointPath; text: string }>
  /** Added after all that ever stood beside it; `path`, given when it was decided, says where. Paths never shift, and none is given twice. */
  | Readonly<{ change: 'ADDED'; path: PointPath; added: PointData }>
  /** Struck with everything below it; the path stays taken. */
  | Readonly<{ change: 'STRUCK'; point: PointPath }>;
/**
 * `by`: the resolution that amends this one; null where the amendment has no resolution of its own.
 * `byTitle`, here and below: its title as it was when this was recorded, so that the entry reads by itself.
 */
export type ResolutionAmended = Readonly<{
  type: 'ResolutionAmended';
  data: Readonly<{ by: ItemId | null; byTitle: string | null; changes: readonly PointChange[] }>;
}>;
export type ResolutionSuperseded = Readonly<{ type: 'ResolutionSuperseded'; data: Readonly<{ by: ItemId; byTitle: string }> }>;
export type ResolutionRepealed = Readonly<{ type: 'ResolutionRepealed'; data: Readonly<{ by: ItemId | null; byTitle: string | null }> }>;
export type ResolutionClosed = Readonly<{ type: 'ResolutionClosed'; data: Readonly<Record<string, never>> }>;

/** Counts, and whether it was unanimous, are null where they are not known. `point` null: the vote was on the whole. */
export type VoteRecorded = Readonly<{
  type: 'VoteRecorded';
  data: Readonly<{
    point: PointPath | null;
    unanimous: boolean | null;
    inFavour: number | null;
    against: number | null;
    abstained: number | null;
    dissents: readonly Readonly<{ party: Party; text: string | null }>[];
  }>;
}>;
/** Another wording of the same decision, whole. The entry's source says where it stands. */
export type TextVariantAdded = Readonly<{
  type: 'TextVariantAdded';
  data: Readonly<{ medium: TextMedium; title: string | null; text: string }>;
}>;

/** `deadline` null: none was said. */
export type PointAssigned = Readonly<{
  type: 'PointAssigned';
  data: Readonly<{ point: PointPath; owner: Party; deadline: PartialDate | null }>;
}>;
export type PointStarted = Readonly<{ type: 'PointStarted'; data: Readonly<{ point: PointPath; text: string | null }> }>;
export type PointReported = Readonly<{ type: 'PointReported'; data: Readonly<{ point: PointPath; text: string }> }>;
/** What took a point's place; `title` is the item's when this was recorded. */
export type Replacement = Readonly<{ item: ItemId; point: PointPath | null; title: string }>;
export type PointClosed = Readonly<{
  type: 'PointClosed';
  data: Readonly<{
    point: PointPath;
    closedAs: PointClosure;
    replacedBy: Replacement | null;
    verdict: VerdictOutcome | null;
  }>;
}>;
/** The reason stands in the envelope. */
export type PointReopened = Readonly<{ type: 'PointReopened'; data: Readonly<{ point: PointPath }> }>;
/** Who judges is `assertedBy`, why is `reason`: two parties may judge differently, side by side. */
export type PointJudged = Readonly<{ type: 'PointJudged'; data: Readonly<{ point: PointPath; outcome: VerdictOutcome }> }>;

export type ResolutionEvent =
  | ResolutionRecorded
  | ResolutionAdopted
  | ResolutionAmended
  | ResolutionSuperseded
  | ResolutionRepealed
  | ResolutionClosed
  | VoteRecorded
  | TextVariantAdded
  | PointAssigned
  | PointStarted
  | PointReported
  | PointClosed
  | PointReopened
  | PointJudged;
