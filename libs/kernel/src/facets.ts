import type { ItemId, Party } from './entry.js';
import type { Labels } from './labels.js';
import type { PartialDate } from './partial-date.js';

/** A date somebody waits for. DEADLINE: to be done by. FORECAST stands before BASELINE; PLANNED is an expected event without a baseline. */
export type DueNature = 'DEADLINE' | 'FORECAST' | 'BASELINE' | 'PLANNED';
export type Due = Readonly<{
  part: string | null;
  nature: DueNature;
  date: PartialDate;
  owner: Party | null;
  /** What is to happen, as a line of a timeline: «Frist for punkt 3». */
  what: Labels;
  /** It has happened, was closed or fell away: no longer waited for. */
  met: boolean;
}>;

/** A part that asks for something, as one row of the follow-up list. */
export type Ask = Readonly<{
  part: string;
  /** Its state, SCREAMING_SNAKE, of the kind's own part states. */
  state: string;
  open: boolean;
  owner: Party | null;
  deadline: PartialDate | null;
  closedAs: string | null;
  text: string;
  /** Somebody has reported back on it. Left out: nobody has. */
  reported?: boolean;
}>;

/** Gaps a kind sees in its own state; gaps between items are found by the generic rules. */
export type LocalGapRule =
  | 'ASK_WITHOUT_OWNER' // something was decided, and nobody is responsible
  | 'ASK_WITHOUT_DEADLINE'
  | 'DECISION_WITHOUT_DAY'
  | 'CONSULTATION_WITHOUT_REPORT'
  | 'UNSOURCED'
  | 'DOCUMENT_NUMBERS_MISSING';
export type LocalGap = Readonly<{ rule: LocalGapRule; part: string | null; what: Labels; closedBy: readonly string[] }>;

export type Outcome = Readonly<{ part: string | null; outcome: string; assertedBy: Party | null }>;

/** What computed values follow from (DOMAIN.md section 9): one shape for every kind, so that no generic room knows a kind. */
export type Facets = Readonly<{
  dues: readonly Due[];
  asks: readonly Ask[];
  /** The light somebody asserted last, null where nobody did. */
  light: 'GREEN' | 'YELLOW' | 'RED' | 'NOT_ASSESSED' | null;
  verdicts: readonly Outcome[];
  /** Disputed by itself (evidence that somebody contests); opposite verdicts are found from `verdicts`. */
  disputed: boolean;
  /** First and current plan: what slips. */
  slip: Readonly<{ first: PartialDate; current: PartialDate }> | null;
  /** Baseline and forecast or actual: what deviates. */
  deviation: Readonly<{ baseline: PartialDate; against: PartialDate }> | null;
  /** Other items this one says it needs evidence for, by nature of its kind (a goal does). */
  wantsEvidence: boolean;
  gaps: readonly LocalGap[];
  /** A case reference whose document numbers can be counted («18/01456-7»), null where none. */
  caseNumber: string | null;
  /** Items it names beside links, for belonging and trace. */
  names: readonly ItemId[];
}>;

/** A kind of which nothing is asked. */
export const NO_FACETS: Facets = {
  dues: [],
  asks: [],
  light: null,
  verdicts: [],
  disputed: false,
  slip: null,
  deviation: null,
  wantsEvidence: false,
  gaps: [],
  caseNumber: null,
  names: [],
};
