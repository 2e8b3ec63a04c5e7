import type { Attention, FollowUpOrder, GapRule } from '@saksgang/projections';
import { enumType } from '../enum-type.js';

export const AttentionEnum = enumType<Attention>('Attention', 'Why somebody should look at an item: computed, never stored.', {
  OVERDUE: 'A date it is waited for has passed (forfalt).',
  SLIPPED: 'Its plan has slipped, or it deviates, by more than 14 days (forskjøvet).',
  STALE: 'Something is open, and nothing has been recorded for a long time (uten nytt).',
  GAP: 'Something is missing: see `gaps` (hull).',
  DISPUTED: 'Two assert opposite verdicts, or the evidence is contested (omstridt).',
});

export const GapRuleEnum = enumType<GapRule>('GapRule', 'What is missing (hull).', {
  WITHOUT_EVIDENCE: 'A goal without evidence (mål uten kunnskapsgrunnlag).',
  ASK_WITHOUT_OWNER: 'Something is to be done, and nobody is responsible (ingen ansvarlig).',
  ASK_WITHOUT_DEADLINE: 'Something is to be done, and not by any day (ingen frist).',
  DOCUMENT_NUMBERS_MISSING: 'Documents of a case that nobody has seen (dokumenter som mangler i saken).',
  UNSOURCED: 'A claim without a source that something rests on (påstand uten kilde).',
  DECISION_WITHOUT_DAY: 'A decision whose day is not known (vedtak uten kjent dag).',
  CONSULTATION_WITHOUT_REPORT: 'A consultation without a report (medlemsdialog eller høring uten rapport).',
  PAST_AND_SILENT: 'A milestone past its date, of which nothing was said since (passert i stillhet).',
  CYCLE: 'Items that run in a circle (ring).',
  DUPLICATE_REFERENCE: 'Two items with the same reference (samme referanse).',
});

export const FollowUpOrderEnum = enumType<FollowUpOrder>(
  'FollowUpOrder',
  'Order of the follow-up list; within it, the order of the documents.',
  {
    DEADLINE: 'By deadline, the first one first; without a deadline last (frist).',
    DEADLINE_DESC: 'By deadline, the last one first; without a deadline last.',
    DECIDED: 'By when it was decided, oldest first (vedtatt).',
    DECIDED_DESC: 'By when it was decided, newest first.',
    STATE: 'By state (tilstand).',
  },
);
