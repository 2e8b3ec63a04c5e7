import type { ItemId, PartialDate, Party } from '@saksgang/kernel';
import type { QuestionKey } from './consultation.events.js';

/** Founding. `key` null: the next free one. */
export type OpenConsultation = Readonly<{
  type: 'OpenConsultation';
  title: string;
  purpose: string | null;
  questions: readonly Readonly<{ key: QuestionKey | null; text: string }>[];
  invited: readonly Party[];
  openEnded: boolean;
  deadline: PartialDate | null;
  projects: readonly ItemId[];
}>;
export type SetConsultationDeadline = Readonly<{ type: 'SetConsultationDeadline'; deadline: PartialDate | null }>;
export type RecordConsultationInput = Readonly<{
  type: 'RecordConsultationInput';
  from: Party | null;
  theme: string | null;
  text: string;
  question: QuestionKey | null;
}>;
export type CloseConsultation = Readonly<{ type: 'CloseConsultation' }>;
/** `title` null: that of the document. */
export type ReportConsultation = Readonly<{
  type: 'ReportConsultation';
  document: ItemId | null;
  title: string | null;
  text: string | null;
}>;
export type GiveFeedback = Readonly<{ type: 'GiveFeedback'; to: readonly Party[]; openEnded: boolean; text: string }>;

export type ConsultationCommand =
  OpenConsultation | SetConsultationDeadline | RecordConsultationInput | CloseConsultation | ReportConsultation | GiveFeedback;
