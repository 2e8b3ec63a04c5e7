import type { Fact, Proposed } from '@saksgang/kernel';
import type { ConsultationEvent, ConsultationOpened } from './consultation.events.js';
import type { Consultation, RecordedConsultation } from './consultation.state.js';

export type Told = Fact<ConsultationEvent> | Proposed<ConsultationEvent>;

const opened = ({ data }: ConsultationOpened, fact: Told): RecordedConsultation => ({
  ...data,
  status: 'open',
  opened: fact.occurred,
  closed: null,
  inputs: [],
  reports: [],
  feedback: [],
});

/** What is not yet recorded has no entry id: it is only seen while its own legality is judged. */
const saidBy = (fact: Told) => ({
  entry: 'entry' in fact ? fact.entry : '',
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
});

export const evolve = (consultation: Consultation, fact: Told): Consultation => {
  const { event } = fact;
  if (event.type === 'ConsultationOpened') return consultation.status === 'unknown' ? opened(event, fact) : consultation;
  if (consultation.status === 'unknown') return consultation;
  switch (event.type) {
    case 'ConsultationDeadlineSet':
      return { ...consultation, deadline: event.data.deadline };
    case 'ConsultationInputRecorded':
      return { ...consultation, inputs: [...consultation.inputs, { ...saidBy(fact), ...event.data }] };
    case 'ConsultationClosed':
      if (consultation.closed !== null) return consultation;
      return { ...consultation, closed: fact.occurred, status: consultation.status === 'open' ? 'closed' : consultation.status };
    case 'ConsultationReported':
      return { ...consultation, status: 'reported', reports: [...consultation.reports, { ...saidBy(fact), ...event.data }] };
    case 'ConsultationFeedbackGiven':
      return { ...consultation, feedback: [...consultation.feedback, { ...saidBy(fact), ...event.data }] };
  }
};
