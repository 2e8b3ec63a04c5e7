import type { PartText } from '@saksgang/kernel';
import { inPart, openName } from '../shared/part-texts.js';
import type { ConsultationEvent } from './consultation.events.js';

/** What can be searched for, questions and their answers under the question. */
export const textsOfConsultation = (event: ConsultationEvent): readonly PartText[] => {
  switch (event.type) {
    case 'ConsultationOpened': {
      const { title, purpose, questions, invited } = event.data;
      return [...inPart(null, [title, purpose, ...invited.map(openName)]), ...questions.flatMap(({ key, text }) => inPart(key, [text]))];
    }
    case 'ConsultationInputRecorded':
      return inPart(event.data.question, [openName(event.data.from), event.data.theme, event.data.text]);
    case 'ConsultationReported':
      return inPart(null, [event.data.title, event.data.text]);
    case 'ConsultationFeedbackGiven':
      return inPart(null, [...event.data.to.map(openName), event.data.text]);
    case 'ConsultationDeadlineSet':
    case 'ConsultationClosed':
      return [];
  }
};
