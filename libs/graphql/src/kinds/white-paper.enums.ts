import type { WhitePaperStage, WhitePaperType } from '@saksgang/kinds';
import { enumType } from '../enum-type.js';

export const WhitePaperTypeEnum = enumType<WhitePaperType>('WhitePaperType', 'What a white paper is about (type melding).', {
  FRIVILLIGHETSMELDING: 'On volunteering (frivillighetsmelding).',
  KULTURMELDING: 'On culture (kulturmelding).',
  KULTURSKOLEMELDING: 'On schools of music and the arts (kulturskolemelding).',
  OTHER: 'Another: its name says which (annen stortingsmelding).',
});

export const WhitePaperStageEnum = enumType<WhitePaperStage>(
  'WhitePaperStage',
  'How far a white paper has come. Stages may be skipped and filled in later; one without a source is never invented (trinn).',
  {
    EXPECTED: 'Announced, and awaited (varslet).',
    INPUT: 'Input is being given (innspill).',
    PRESENTED: 'Approved by the government and presented (lagt fram, godkjent i statsråd).',
    REFERRED: 'Referred to a committee (oversendt komité).',
    IN_COMMITTEE: 'Before the committee (til komitébehandling).',
    RECOMMENDED: 'The committee has given its recommendation (innstilling avgitt).',
    DEBATED: 'Debated in the Storting (debattert).',
    RESOLVED: 'Voted on (vedtatt).',
    FOLLOWED_UP: 'Followed up (fulgt opp).',
    MERGED: 'Merged into another paper (slått sammen).',
    WITHDRAWN: 'Withdrawn (trukket tilbake).',
    SUPERSEDED: 'Superseded by another paper (avløst).',
  },
);
