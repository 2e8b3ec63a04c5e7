import { labelOfDate, labels, same, type Described, type Fact, type Labels, type Party } from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark, sentence } from '../shared/wording.js';
import type { ConsultationEvent, ConsultationOpened } from './consultation.events.js';

const AND_OTHERS = labels('andre', 'andre', 'others');
/** «A, B og andre». */
const parties = (named: readonly Party[], openEnded: boolean): Labels | null =>
  named.length === 0 && !openEnded ? null : listed([...named.map(partyLabel), ...(openEnded ? [AND_OTHERS] : [])]);

const INPUT = labels('Innspill', 'Innspel', 'Input');

const titleOf = (event: ConsultationEvent): Labels => {
  switch (event.type) {
    case 'ConsultationOpened':
      return labels(`${event.data.title} åpnet`, `${event.data.title} opna`, `${event.data.title} opened`);
    case 'ConsultationDeadlineSet':
      return event.data.deadline === null
        ? labels('Fristen for innspill er opphevet', 'Fristen for innspel er oppheva', 'The deadline for input is lifted')
        : headed(labels('Ny frist for innspill', 'Ny frist for innspel', 'New deadline for input'), labelOfDate(event.data.deadline));
    case 'ConsultationInputRecorded': {
      const { from, theme, text } = event.data;
      const head = from === null ? INPUT : joined([INPUT, labels('fra', 'frå', 'from'), partyLabel(from)]);
      return headed(head, same(excerpt(theme ?? text)));
    }
    case 'ConsultationClosed':
      return labels('Avsluttet', 'Avslutta', 'Closed');
    case 'ConsultationReported':
      return headed(labels('Rapport', 'Rapport', 'Report'), same(excerpt(event.data.title)));
    case 'ConsultationFeedbackGiven': {
      const to = parties(event.data.to, event.data.openEnded);
      const given = labels('Tilbakemelding gitt', 'Tilbakemelding gjeven', 'Feedback given');
      return to === null ? given : joined([given, labels('til', 'til', 'to'), to]);
    }
  }
};

const openingOf = ({ purpose, questions, invited, openEnded, deadline }: ConsultationOpened['data']): Labels =>
  joined([
    remark(labels('Formål', 'Føremål', 'Purpose'), purpose === null ? null : same(excerpt(purpose))),
    remark(
      labels('Spørsmål', 'Spørsmål', 'Questions'),
      questions.length === 0 ? null : listed(questions.map(({ text }) => quoted(excerpt(text)))),
    ),
    remark(labels('Invitert', 'Invitert', 'Invited'), parties(invited, openEnded)),
    remark(labels('Frist for innspill', 'Frist for innspel', 'Deadline for input'), deadline === null ? null : labelOfDate(deadline)),
  ]);

const KNOWN_BY_TITLE = labels(
  'Rapporten er bare kjent ved tittelen.',
  'Rapporten er berre kjend ved tittelen.',
  'The report is known by its title only.',
);

const detailOf = (event: ConsultationEvent): Labels => {
  switch (event.type) {
    case 'ConsultationOpened':
      return openingOf(event.data);
    case 'ConsultationInputRecorded':
      return event.data.theme === null ? NOTHING_SAID : sentence(same(excerpt(event.data.text)));
    case 'ConsultationReported': {
      const { document, text } = event.data;
      return joined([text === null ? NOTHING_SAID : sentence(same(excerpt(text))), document === null ? KNOWN_BY_TITLE : NOTHING_SAID]);
    }
    case 'ConsultationFeedbackGiven':
      return sentence(same(excerpt(event.data.text)));
    case 'ConsultationDeadlineSet':
    case 'ConsultationClosed':
      return NOTHING_SAID;
  }
};

export const describeConsultation = ({ event, reason }: Fact<ConsultationEvent>): Described => ({
  title: titleOf(event),
  description: joined([
    detailOf(event),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), reason === null ? null : same(excerpt(reason))),
  ]),
});
