import type { PointClosure, PointKind, PointState, RecordedAs, ResolutionType, TextMedium, VerdictOutcome } from '@saksgang/kinds';
import { enumType } from '../enum-type.js';

export const ResolutionTypeEnum = enumType<ResolutionType>('ResolutionType', 'What sort of resolution it is.', {
  VEDTAK: 'A decision (vedtak).',
  UTTALELSE: 'A statement (uttalelse).',
  STANDPUNKT: 'A stated position: nothing was decided (standpunkt).',
});

export const RecordedAsEnum = enumType<RecordedAs>('RecordedAs', 'Where a resolution is in its life when it is recorded.', {
  PROPOSED: 'Proposed, not yet decided (foreslått).',
  ADOPTED: 'Adopted (vedtatt).',
});

export const PointKindEnum = enumType<PointKind>('PointKind', 'What a point is (punkttype). The first two ask for nothing.', {
  PREMISE: 'A premise: never assigned, never overdue (premiss).',
  LEAD_IN: 'A lead-in to the points below it: never assigned, never overdue (innledning).',
  COMMITMENT: 'The body commits itself (forpliktelse).',
  MEASURE: 'A measure (tiltak).',
  REQUEST: 'Others are asked to act (oppfordring).',
});

export const PointStateEnum = enumType<PointState>('PointState', 'Where a point is in its follow-up (tilstand).', {
  OPEN: 'Nobody has it yet (åpent).',
  ASSIGNED: 'Somebody owns it (fordelt).',
  IN_PROGRESS: 'Work has begun (under arbeid).',
  REPORTED: 'It has been reported on (rapportert).',
  CLOSED: 'Closed (avsluttet).',
  NOTHING_TO_DO: 'It asks for nothing, or has been struck (ingen oppfølging).',
});

export const PointClosureEnum = enumType<PointClosure>('PointClosure', 'How a point was closed.', {
  CARRIED_OUT: 'Carried out (utført).',
  REPLACED: 'Replaced by another point (erstattet).',
  LAPSED: 'Lapsed (bortfalt).',
});

export const VerdictOutcomeEnum = enumType<VerdictOutcome>('VerdictOutcome', 'What somebody judges came of it.', {
  FULFILLED: 'Fulfilled (oppfylt).',
  PARTLY: 'Partly fulfilled (delvis oppfylt).',
  NOT_FULFILLED: 'Not fulfilled (ikke oppfylt).',
  CANNOT_BE_VERIFIED: 'Cannot be verified (kan ikke etterprøves).',
});

export const TextMediumEnum = enumType<TextMedium>('TextMedium', 'Where a wording stands.', {
  LETTER: 'A letter (brev).',
  WEB_PAGE: 'A web page (nettside).',
  MINUTES: 'Minutes (protokoll).',
  PRESENTATION: 'A presentation (presentasjon).',
  OTHER: 'Another source (annen kilde).',
});

export type DiffType = 'SAME' | 'ADDED' | 'REMOVED';
export const DiffTypeEnum = enumType<DiffType>('DiffType', 'How a run of words stands to the resolution’s own text.', {
  SAME: 'In both (likt).',
  ADDED: 'Only in this wording (lagt til).',
  REMOVED: 'Only in the resolution’s own text (mangler).',
});

export const PointChangeTypeEnum = enumType<'REWORDED' | 'ADDED' | 'STRUCK'>('PointChangeType', 'What an amendment does to a point.', {
  REWORDED: 'New text (endret ordlyd).',
  ADDED: 'A new point (nytt punkt).',
  STRUCK: 'Struck, with everything below it (strøket).',
});
