import { labels, refuse, type Refusal } from '@saksgang/kernel';
import type { QuestionKey } from './consultation.events.js';
import type { Consultation, RecordedConsultation } from './consultation.state.js';

export const aConsultationIsOpenedOnce = (consultation: Consultation): Refusal | null =>
  consultation.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_OPENED',
        labels(
          `«${consultation.title}» er allerede ført.`,
          `«${consultation.title}» er alt ført.`,
          `“${consultation.title}” is already on record.`,
        ),
        labels('Er noe feilført, rett oppføringen.', 'Er noko feilført, rett oppføringa.', 'If something is wrong, correct the entry.'),
        { allowed: ['recordConsultationInput', 'setConsultationDeadline', 'closeConsultation', 'correctEntry'] },
      );

const notOpened = (): Refusal =>
  refuse(
    'NOT_OPENED',
    labels('Høringen eller dialogen er ikke ført.', 'Høyringa eller dialogen er ikkje ført.', 'The consultation is not on record.'),
    labels('Før den opp først.', 'Før henne opp først.', 'Open the consultation first.'),
    { allowed: ['openConsultation'] },
  );

/** What follows holds for a consultation that is on record. */
export const ofAnOpened = (consultation: Consultation, judge: (recorded: RecordedConsultation) => Refusal | null): Refusal | null =>
  consultation.status === 'unknown' ? notOpened() : judge(consultation);

export const inputAnswersAQuestionThatWasAsked = ({ questions }: RecordedConsultation, question: QuestionKey | null): Refusal | null => {
  if (question === null || questions.some(({ key }) => key === question)) return null;
  const asked = questions.map(({ key }) => key).join(', ');
  return refuse(
    'UNKNOWN_QUESTION',
    labels(`Det finnes ikke noe spørsmål ${question}.`, `Det finst ikkje noko spørsmål ${question}.`, `There is no question ${question}.`),
    questions.length === 0
      ? labels(
          'Det ble ikke stilt noen spørsmål: la feltet stå tomt.',
          'Det vart ikkje stilt nokon spørsmål: lat feltet stå tomt.',
          'No questions were asked: leave the field empty.',
        )
      : labels(
          `Velg blant spørsmålene ${asked}, eller la feltet stå tomt.`,
          `Vel mellom spørsmåla ${asked}, eller lat feltet stå tomt.`,
          `Choose among the questions ${asked}, or leave the field empty.`,
        ),
  );
};

export const aClosedConsultationIsLeftClosed = ({ title, closed }: RecordedConsultation): Refusal | null =>
  closed === null
    ? null
    : refuse(
        'CONSULTATION_CLOSED',
        labels(`«${title}» er avsluttet.`, `«${title}» er avslutta.`, `“${title}” is closed.`),
        labels(
          'Gjelder det en tid før avslutningen, oppgi datoen. Er avslutningen feilført, rett eller trekk tilbake den oppføringen. Vet du mer om datoen, fastsett den.',
          'Gjeld det ei tid før avslutninga, oppgje datoen. Er avslutninga feilført, rett eller trekk tilbake den oppføringa. Veit du meir om datoen, fastset han.',
          'If it concerns a time before the closing, give the date. If the closing was recorded by mistake, correct or retract that entry. If you know more about its date, establish it.',
        ),
        {
          allowed: [
            'recordConsultationInput',
            'reportConsultation',
            'giveFeedback',
            'addNote',
            'establishDate',
            'correctEntry',
            'retractEntry',
          ],
        },
      );

export const aReportedConsultationHasNoDeadlineToMove = ({ title, status }: RecordedConsultation): Refusal | null =>
  status === 'reported'
    ? refuse(
        'CONSULTATION_REPORTED',
        labels(`«${title}» er rapportert.`, `«${title}» er rapportert.`, `“${title}” has been reported.`),
        labels(
          'Gjelder det en tid før rapporten, oppgi datoen.',
          'Gjeld det ei tid før rapporten, oppgje datoen.',
          'If it concerns a time before the report, give the date.',
        ),
        { allowed: ['recordConsultationInput', 'reportConsultation', 'giveFeedback', 'addNote', 'correctEntry', 'retractEntry'] },
      )
    : null;
