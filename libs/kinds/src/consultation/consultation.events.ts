import type { ItemId, PartialDate, Party } from '@saksgang/kernel';
import type { NamedItem } from '../shared/named-item.js';

/** Given once within its consultation, from «1»; it never means another question. */
export type QuestionKey = string;
export type Question = Readonly<{ key: QuestionKey; text: string }>;

/**
 * The founding event; `occurred` is when it was opened. Texts are verbatim. `invited` are the groups asked; `openEnded`: and others,
 * whom the source does not name. `deadline` null: none was said. `projects` with their titles when this was recorded.
 */
export type ConsultationOpened = Readonly<{
  type: 'ConsultationOpened';
  data: Readonly<{
    title: string;
    purpose: string | null;
    questions: readonly Question[];
    invited: readonly Party[];
    openEnded: boolean;
    deadline: PartialDate | null;
    projects: readonly NamedItem[];
  }>;
}>;
/** The time for giving input is another from now on. Null: there is no deadline any more. */
export type ConsultationDeadlineSet = Readonly<{ type: 'ConsultationDeadlineSet'; data: Readonly<{ deadline: PartialDate | null }> }>;
/** `from` null: not known. `question`: the one it answers, null where it answers none or that is not said. */
export type ConsultationInputRecorded = Readonly<{
  type: 'ConsultationInputRecorded';
  data: Readonly<{ from: Party | null; theme: string | null; text: string; question: QuestionKey | null }>;
}>;
export type ConsultationClosed = Readonly<{ type: 'ConsultationClosed'; data: Readonly<Record<string, never>> }>;
/** `document` null: the report is known by its title only. `text`: what it says, in short, where that was recorded. */
export type ConsultationReported = Readonly<{
  type: 'ConsultationReported';
  data: Readonly<{ document: ItemId | null; title: string; text: string | null }>;
}>;
/** What the contributors were told; `openEnded`: and others. */
export type ConsultationFeedbackGiven = Readonly<{
  type: 'ConsultationFeedbackGiven';
  data: Readonly<{ to: readonly Party[]; openEnded: boolean; text: string }>;
}>;

export type ConsultationEvent =
  | ConsultationOpened
  | ConsultationDeadlineSet
  | ConsultationInputRecorded
  | ConsultationClosed
  | ConsultationReported
  | ConsultationFeedbackGiven;
