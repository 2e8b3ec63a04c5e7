import type { EntryId, ItemId, PartialDate, Party, Source } from '@saksgang/kernel';
import type { VerdictOutcome } from '../resolution/resolution.events.js';
import type { OrderGiven, Organ, Rapporteur, WhitePaperStage, WhitePaperType } from './white-paper.events.js';

type Asserted = Readonly<{ entry: EntryId; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;

/** A stage as it was reached, from EXPECTED to how it ended. */
export type WhitePaperStep = Asserted &
  Readonly<{
    stage: WhitePaperStage;
    number: number | null;
    session: string | null;
    title: string | null;
    ministry: Organ | null;
    reference: string | null;
    committee: Organ | null;
    rapporteurs: readonly Rapporteur[];
    text: string | null;
  }>;
export type WhitePaperOrder = Asserted &
  Readonly<{ order: string; text: string; orderedBy: Party; reference: string | null; answers: OrderGiven | null }>;
/** A plan as it stood from its entry on. */
export type WhitePaperPlan = Asserted & Readonly<{ date: PartialDate; reason: string | null }>;
export type WhitePaperVerdict = Asserted & Readonly<{ order: string | null; outcome: VerdictOutcome; reason: string }>;

export type WhitePaperCore = Readonly<{
  whitePaperType: WhitePaperType;
  name: string;
  /** The one that presented it, else the one that was announced. */
  ministry: Organ | null;
  projects: readonly ItemId[];
  orders: readonly WhitePaperOrder[];
  /** In the order in which they were made; the last is in force. */
  plans: readonly WhitePaperPlan[];
  /** In the order of the stages, those of one stage as they happened. EXPECTED is the first. */
  steps: readonly WhitePaperStep[];
  verdicts: readonly WhitePaperVerdict[];
}>;
export type LivingWhitePaper = WhitePaperCore & Readonly<{ status: 'living' }>;
export type MergedWhitePaper = WhitePaperCore & Readonly<{ status: 'merged'; into: ItemId; intoTitle: string; ended: PartialDate }>;
export type SupersededWhitePaper = WhitePaperCore & Readonly<{ status: 'superseded'; by: ItemId; byTitle: string; ended: PartialDate }>;
export type WithdrawnWhitePaper = WhitePaperCore & Readonly<{ status: 'withdrawn'; ended: PartialDate }>;
/** What it is once its founding entry is folded. */
export type AnnouncedWhitePaper = LivingWhitePaper | MergedWhitePaper | SupersededWhitePaper | WithdrawnWhitePaper;
export type WhitePaper = Readonly<{ status: 'unknown' }> | AnnouncedWhitePaper;
