import type { ItemId, PartialDate, Party } from '@saksgang/kernel';
import type { VerdictOutcome } from '../resolution/resolution.events.js';
import type { Organ, WhitePaperAdvanced, WhitePaperType } from './white-paper.events.js';

/** Founding. */
export type AnnounceWhitePaper = Readonly<{
  type: 'AnnounceWhitePaper';
  whitePaperType: WhitePaperType;
  name: string;
  ministry: Organ | null;
  planned: PartialDate | null;
  projects: readonly ItemId[];
}>;
export type RecordOrder = Readonly<{
  type: 'RecordOrder';
  text: string;
  orderedBy: Party;
  reference: string | null;
  /** What in the record gave it, where it is there. */
  answers: Readonly<{ item: ItemId; point: string | null }> | null;
}>;
export type PlanWhitePaper = Readonly<{ type: 'PlanWhitePaper'; planned: PartialDate }>;
/** `session` may be left out of a presentation whose date tells it. */
export type AdvanceWhitePaper = Readonly<{ type: 'AdvanceWhitePaper' }> & WhitePaperAdvanced['data'];
export type MergeWhitePaper = Readonly<{ type: 'MergeWhitePaper'; into: ItemId }>;
export type SupersedeWhitePaper = Readonly<{ type: 'SupersedeWhitePaper'; by: ItemId }>;
export type WithdrawWhitePaper = Readonly<{ type: 'WithdrawWhitePaper' }>;
/** `order` null: the paper as a whole. */
export type JudgeWhitePaper = Readonly<{ type: 'JudgeWhitePaper'; order: string | null; outcome: VerdictOutcome }>;

export type WhitePaperCommand =
  | AnnounceWhitePaper
  | RecordOrder
  | PlanWhitePaper
  | AdvanceWhitePaper
  | MergeWhitePaper
  | SupersedeWhitePaper
  | WithdrawWhitePaper
  | JudgeWhitePaper;
