import type { ItemId, PartialDate, Party, Sealed } from '@saksgang/kernel';
import type { VerdictOutcome } from '../resolution/resolution.events.js';

export const WHITE_PAPER_TYPES = ['FRIVILLIGHETSMELDING', 'KULTURMELDING', 'KULTURSKOLEMELDING', 'OTHER'] as const;
/** OTHER: which one is told by the name. */
export type WhitePaperType = (typeof WHITE_PAPER_TYPES)[number];

/** The stages a paper is advanced to, in the order in which they come. Any may be skipped, and filled in later. */
export const REACHED_STAGES = [
  'INPUT',
  'PRESENTED',
  'REFERRED',
  'IN_COMMITTEE',
  'RECOMMENDED',
  'DEBATED',
  'RESOLVED',
  'FOLLOWED_UP',
] as const;
export type ReachedStage = (typeof REACHED_STAGES)[number];
/** Before and after those: a paper is expected from its announcement on, and may end in three ways. */
export const WHITE_PAPER_STAGES = ['EXPECTED', ...REACHED_STAGES, 'MERGED', 'WITHDRAWN', 'SUPERSEDED'] as const;
export type WhitePaperStage = (typeof WHITE_PAPER_STAGES)[number];

/** A ministry or a committee: never a person. `body` null: the name is not tied to a body. */
export type Organ = Readonly<{ body: ItemId | null; name: string }>;

/**
 * The founding event. `name` is what the paper is called before it has a number («Ny kulturmelding»). `occurred`: when it was announced.
 * `ministry` and `planned` null: not said.
 */
export type WhitePaperAnnounced = Readonly<{
  type: 'WhitePaperAnnounced';
  data: Readonly<{
    whitePaperType: WhitePaperType;
    name: string;
    ministry: Organ | null;
    planned: PartialDate | null;
    projects: readonly ItemId[];
  }>;
}>;
/** What in the record gave an order: an item, or a point of it; `title` is the item's when this was recorded. */
export type OrderGiven = Readonly<{ item: ItemId; point: string | null; title: string }>;
/**
 * An order the paper answers. `order`, given when it was decided, names it for ever: «1», «2» … `text` is verbatim, `reference` as printed
 * («vedtak 897»). `occurred`: when it was given.
 */
export type WhitePaperOrdered = Readonly<{
  type: 'WhitePaperOrdered';
  data: Readonly<{ order: string; text: string; orderedBy: Party; reference: string | null; answers: OrderGiven | null }>;
}>;
/** When it is to be presented, as planned from now on. «unknown»: postponed, and no new date said. */
export type WhitePaperPlanned = Readonly<{ type: 'WhitePaperPlanned'; data: Readonly<{ planned: PartialDate }> }>;
/** `party` as printed («Ap»): the political party beside the name; null: none stands there. */
export type Rapporteur = Readonly<{ person: Sealed; party: string | null }>;
/**
 * A stage was reached; the source says so. `number`, `session` («2018–2019»), `title` (as printed on the paper) and `ministry` are
 * known of PRESENTED alone. `reference` is what the stage itself carries, as printed: «Innst. 258 S (2018–2019)», or the paper's own
 * where it is not «Meld. St.» with number and session. `text`: what the source says of it. Where it says nothing:
 * null, and no rapporteurs.
 */
export type WhitePaperAdvanced = Readonly<{
  type: 'WhitePaperAdvanced';
  data: Readonly<{
    stage: ReachedStage;
    number: number | null;
    session: string | null;
    title: string | null;
    ministry: Organ | null;
    reference: string | null;
    committee: Organ | null;
    /** Saksordførere, in the order of the source. */
    rapporteurs: readonly Rapporteur[];
    text: string | null;
  }>;
}>;
/** `intoTitle` and `byTitle`: the other paper's title when this was recorded, so that the entry reads by itself. */
export type WhitePaperMerged = Readonly<{ type: 'WhitePaperMerged'; data: Readonly<{ into: ItemId; intoTitle: string }> }>;
export type WhitePaperSuperseded = Readonly<{ type: 'WhitePaperSuperseded'; data: Readonly<{ by: ItemId; byTitle: string }> }>;
export type WhitePaperWithdrawn = Readonly<{ type: 'WhitePaperWithdrawn'; data: Readonly<Record<string, never>> }>;
/** `order` null: on the paper as a whole. Who judges is `assertedBy`, why is `reason`: verdicts stand side by side. */
export type WhitePaperJudged = Readonly<{
  type: 'WhitePaperJudged';
  data: Readonly<{ order: string | null; outcome: VerdictOutcome }>;
}>;

export type WhitePaperEvent =
  | WhitePaperAnnounced
  | WhitePaperOrdered
  | WhitePaperPlanned
  | WhitePaperAdvanced
  | WhitePaperMerged
  | WhitePaperSuperseded
  | WhitePaperWithdrawn
  | WhitePaperJudged;
