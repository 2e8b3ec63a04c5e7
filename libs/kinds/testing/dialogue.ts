import { isRefusal, type DomainEvent, type Party, type Target } from '@saksgang/kernel';
import {
  consultation,
  type Consultation,
  type ConsultationCommand,
  type ConsultationEvent,
  type RecordedConsultation,
} from '../src/consultation/index.js';
import { date, decided, recorded, stateAs, type Circumstances, type Told } from './telling.js';

/** The members' dialogue of the letter, as specs of the kind tell it. */
export const ITEM = 'consultation-11111111-1111-5111-8111-111111111111';
export const PROJECT = 'project-22222222-2222-5222-8222-222222222222';
export const REPORT = 'document-33333333-3333-5333-8333-333333333333';
export const BOARD: Party = { body: null, name: 'Fylkesstyret' };
export const COUNCIL: Party = { body: 'body-44444444-4444-5444-8444-444444444444', name: 'Rådmannsutvalg' };
export const SOMEONE: Party = { body: null, name: { sealed: 'A'.repeat(43), person: 'person-44444444-4444-4444-8444-444444444444' } };
export const target = (item: string, kind: string, title: string): Target => ({ item, kind, title, state: 'X', hasPart: () => true });
export const TARGETS = [target(PROJECT, 'project', 'Kulturprosjektet Oppspill'), target(REPORT, 'document', 'Rapport fra dialogen')];

export const data = {
  title: 'Kultur for framtida',
  purpose: 'få innspill',
  questions: [
    { key: '1', text: 'Hvilke områder?' },
    { key: '2', text: 'Hvilke muligheter?' },
  ],
  invited: [BOARD, COUNCIL],
  openEnded: true,
  deadline: date('2018-06-15'),
  projects: [{ item: PROJECT, title: 'Kulturprosjektet Oppspill' }],
};
export const told = (event: ConsultationEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
export const founding: ConsultationEvent = { type: 'ConsultationOpened', data };
export const opened = told(founding, '2018-03-01', { occurred: '2018-03-01' });
export const input = (from: Party | null, text = 'Vi trenger kulturskolen.', question: string | null = null): ConsultationEvent => ({
  type: 'ConsultationInputRecorded',
  data: { from, theme: null, text, question },
});
export const closed: ConsultationEvent = { type: 'ConsultationClosed', data: {} };
export const reported: ConsultationEvent = {
  type: 'ConsultationReported',
  data: { document: null, title: 'Rapport fra medlemsdialogen', text: null },
};
export const thanked: ConsultationEvent = { type: 'ConsultationFeedbackGiven', data: { to: [BOARD], openEnded: true, text: 'Takk!' } };

export const open: Extract<ConsultationCommand, { type: 'OpenConsultation' }> = {
  type: 'OpenConsultation',
  ...data,
  questions: [
    { key: null, text: 'Hvilke områder?' },
    { key: null, text: 'Hvilke muligheter?' },
  ],
  projects: [PROJECT, PROJECT],
};
export const say = (
  from: Party | null,
  more: Partial<Extract<ConsultationCommand, { type: 'RecordConsultationInput' }>> = {},
): ConsultationCommand => ({
  type: 'RecordConsultationInput',
  from,
  theme: null,
  text: 'Vi trenger kulturskolen.',
  question: null,
  ...more,
});
export const close: ConsultationCommand = { type: 'CloseConsultation' };
export const report = (document: string | null, title: string | null = null): ConsultationCommand => ({
  type: 'ReportConsultation',
  document,
  title,
  text: null,
});
export const thank: Extract<ConsultationCommand, { type: 'GiveFeedback' }> = {
  type: 'GiveFeedback',
  to: [BOARD],
  openEnded: true,
  text: 'Takk!',
};

export const now: Circumstances = { today: '2018-11-01', targets: TARGETS };
export const decide = (story: readonly Told[], command: ConsultationCommand, more: Partial<Circumstances> = {}) =>
  decided(consultation, ITEM, recorded(ITEM, story), command, { ...now, ...more });
export const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
export const after = (...story: readonly Told[]): RecordedConsultation => {
  const state = stateAs<Consultation>(consultation, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('the story has no founding event');
  return state;
};
export const correcting = (entry: string, set: readonly Readonly<{ path: string; value: unknown }>[]): DomainEvent => ({
  type: 'EntryCorrected',
  data: { entry, version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [], set },
});
