import {
  isRefusal,
  narrows,
  sameParty,
  type Decider,
  type Decision,
  type DecisionContext,
  type Party,
  type Refusal,
} from '@saksgang/kernel';
import { withKeys } from '../shared/keys.js';
import { namedItems, titleOfItem } from '../shared/named-item.js';
import type {
  ConsultationCommand,
  GiveFeedback,
  OpenConsultation,
  RecordConsultationInput,
  ReportConsultation,
} from './consultation.commands.js';
import type { ConsultationEvent } from './consultation.events.js';
import { evolve, type Told } from './consultation.evolve.js';
import {
  aClosedConsultationIsLeftClosed,
  aConsultationIsOpenedOnce,
  aReportedConsultationHasNoDeadlineToMove,
  inputAnswersAQuestionThatWasAsked,
  ofAnOpened,
} from './consultation.rules.js';
import type { Consultation } from './consultation.state.js';

type States = Readonly<{ then: Consultation; now: Consultation }>;

const permits = (consultation: Consultation, { event }: Told): Refusal | null => {
  switch (event.type) {
    case 'ConsultationOpened':
      return aConsultationIsOpenedOnce(consultation);
    case 'ConsultationDeadlineSet':
      return ofAnOpened(
        consultation,
        (recorded) => aClosedConsultationIsLeftClosed(recorded) ?? aReportedConsultationHasNoDeadlineToMove(recorded),
      );
    case 'ConsultationInputRecorded':
      return ofAnOpened(consultation, (recorded) => inputAnswersAQuestionThatWasAsked(recorded, event.data.question));
    case 'ConsultationClosed':
      return ofAnOpened(consultation, aClosedConsultationIsLeftClosed);
    case 'ConsultationReported':
    case 'ConsultationFeedbackGiven':
      return ofAnOpened(consultation, () => null);
  }
};

const permitted = (
  state: Consultation,
  event: ConsultationEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<ConsultationEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const open = ({ type: _, ...command }: OpenConsultation, { now }: States, context: DecisionContext): Decision<ConsultationEvent> =>
  permitted(
    now,
    {
      type: 'ConsultationOpened',
      data: { ...command, questions: withKeys(command.questions, []), projects: namedItems(command.projects, context) },
    },
    context,
  );

/** The same words of the same date from the same party: the same words on another day are another input. */
const inputIsKnown = (then: Consultation, command: RecordConsultationInput, context: DecisionContext): boolean =>
  then.status !== 'unknown' &&
  then.inputs.some(
    ({ from, theme, text, question, occurred }) =>
      text === command.text &&
      theme === command.theme &&
      question === command.question &&
      sameParty(from, command.from) &&
      occurred.text === context.occurred.text,
  );

/** Input is taken whenever it came: that it came after the closing is seen from its date. */
const recordInput = (command: RecordConsultationInput, { then }: States, context: DecisionContext): Decision<ConsultationEvent> => {
  if (inputIsKnown(then, command, context)) return [];
  const { from, theme, text, question } = command;
  return permitted(then, { type: 'ConsultationInputRecorded', data: { from, theme, text, question } }, context);
};

const report = (command: ReportConsultation, { then }: States, context: DecisionContext): Decision<ConsultationEvent> => {
  const { document, text } = command;
  const title = command.title ?? (document === null ? '' : titleOfItem(document, context));
  const known =
    then.status !== 'unknown' && then.reports.some((other) => other.document === document && other.title === title && other.text === text);
  return known ? [] : permitted(then, { type: 'ConsultationReported', data: { document, title, text } }, context);
};

const sameParties = (some: readonly Party[], others: readonly Party[]): boolean =>
  some.length === others.length && some.every((party, index) => sameParty(party, others[index] ?? null));

const feedback = (command: GiveFeedback, { then }: States, context: DecisionContext): Decision<ConsultationEvent> => {
  const { to, openEnded, text } = command;
  const known =
    then.status !== 'unknown' &&
    then.feedback.some((other) => other.text === text && other.openEnded === openEnded && sameParties(other.to, to));
  return known ? [] : permitted(then, { type: 'ConsultationFeedbackGiven', data: { to, openEnded, text } }, context);
};

/** A closing is final whenever it came: judged on what is in effect now as well as on what was then. */
const close = ({ then, now }: States, context: DecisionContext): Decision<ConsultationEvent> => {
  // Said again with nothing new in it, it is already true; with a sharper date it is an established date or a correction.
  if (now.status !== 'unknown' && now.closed !== null && narrows(now.closed, context.occurred)) return [];
  const closed: ConsultationEvent = { type: 'ConsultationClosed', data: {} };
  const decision = permitted(now, closed, context);
  return isRefusal(decision) ? decision : permitted(then, closed, context);
};

const decide = (command: ConsultationCommand, states: States, context: DecisionContext): Decision<ConsultationEvent> => {
  const { then } = states;
  switch (command.type) {
    case 'OpenConsultation':
      return open(command, states, context);
    case 'SetConsultationDeadline':
      if (then.status !== 'unknown' && then.deadline?.text === command.deadline?.text) return [];
      return permitted(then, { type: 'ConsultationDeadlineSet', data: { deadline: command.deadline } }, context);
    case 'RecordConsultationInput':
      return recordInput(command, states, context);
    case 'CloseConsultation':
      return close(states, context);
    case 'ReportConsultation':
      return report(command, states, context);
    case 'GiveFeedback':
      return feedback(command, states, context);
  }
};

export const consultationDecider: Decider<ConsultationCommand, Consultation, ConsultationEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
