import type { EntryId, ItemId, PartialDate, Party, Source } from '@saksgang/kernel';
import type { NamedItem } from '../shared/named-item.js';
import type { Question, QuestionKey } from './consultation.events.js';

type Said = Readonly<{ entry: EntryId; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;
export type ConsultationInput = Said & Readonly<{ from: Party | null; theme: string | null; text: string; question: QuestionKey | null }>;
export type ConsultationReport = Said & Readonly<{ document: ItemId | null; title: string; text: string | null }>;
export type ConsultationFeedback = Said & Readonly<{ to: readonly Party[]; openEnded: boolean; text: string }>;

export type RecordedConsultation = Readonly<{
  /** `open` until it is closed or reported; a report may come though nobody ever said that it was closed. */
  status: 'open' | 'closed' | 'reported';
  title: string;
  purpose: string | null;
  questions: readonly Question[];
  invited: readonly Party[];
  openEnded: boolean;
  deadline: PartialDate | null;
  projects: readonly NamedItem[];
  opened: PartialDate;
  closed: PartialDate | null;
  inputs: readonly ConsultationInput[];
  reports: readonly ConsultationReport[];
  feedback: readonly ConsultationFeedback[];
}>;
export type Consultation = Readonly<{ status: 'unknown' }> | RecordedConsultation;
