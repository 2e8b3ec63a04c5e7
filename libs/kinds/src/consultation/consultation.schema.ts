import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  dueDate,
  firstVersion,
  found,
  itemId,
  line,
  listOf,
  optional,
  parserOf,
  party,
  refusing,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import { keyedList, keyedListGiven } from '../schema/keyed.js';
import { namedItem } from '../schema/named-item.js';
import { elementKey } from '../schema/quantity.js';
import type { ConsultationCommand } from './consultation.commands.js';
import type { ConsultationEvent } from './consultation.events.js';

export const QUESTIONS_MAX = 200; // questions of one consultation

const given = optional(z.boolean()).transform((said) => said ?? false);

const COMMAND_SCHEMAS = {
  OpenConsultation: commandOf('OpenConsultation', {
    title,
    purpose: optional(text()),
    questions: keyedListGiven({ text: text() }, QUESTIONS_MAX),
    invited: optional(listOf(party)).transform((invited) => invited ?? []),
    openEnded: given,
    deadline: optional(dueDate),
    projects: optional(listOf(itemId('project'))).transform((projects) => projects ?? []),
  }),
  SetConsultationDeadline: commandOf('SetConsultationDeadline', { deadline: optional(dueDate) }),
  RecordConsultationInput: commandOf('RecordConsultationInput', {
    from: optional(party),
    theme: optional(line()),
    text: text(),
    question: optional(elementKey),
  }),
  CloseConsultation: commandOf('CloseConsultation', {}),
  ReportConsultation: commandOf('ReportConsultation', {
    document: optional(itemId('document')),
    title: optional(title),
    text: optional(text()),
  }).superRefine(
    refusing(({ document, title }) =>
      document === null && title === null ? found('REQUIRED', 'must be given where there is no document', ['title']) : null,
    ),
  ),
  GiveFeedback: commandOf('GiveFeedback', {
    to: optional(listOf(party)).transform((to) => to ?? []),
    openEnded: given,
    text: text(),
  }),
} as const satisfies { [T in ConsultationCommand['type']]: z.ZodType<Extract<ConsultationCommand, { type: T }>> };

/** The stored form: every field is there, null where nothing was said. */
const EVENT_SCHEMAS = {
  ConsultationOpened: z.strictObject({
    title,
    purpose: text().nullable(),
    questions: keyedList({ text: text() }, QUESTIONS_MAX),
    invited: listOf(party),
    openEnded: z.boolean(),
    deadline: dueDate.nullable(),
    projects: listOf(namedItem('project')),
  }),
  ConsultationDeadlineSet: z.strictObject({ deadline: dueDate.nullable() }),
  ConsultationInputRecorded: z.strictObject({
    from: party.nullable(),
    theme: line().nullable(),
    text: text(),
    question: elementKey.nullable(),
  }),
  ConsultationClosed: z.strictObject({}),
  ConsultationReported: z.strictObject({ document: itemId('document').nullable(), title, text: text().nullable() }),
  ConsultationFeedbackGiven: z.strictObject({ to: listOf(party), openEnded: z.boolean(), text: text() }),
} as const satisfies { [T in ConsultationEvent['type']]: z.ZodType<Extract<ConsultationEvent, { type: T }>['data']> };

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: ConsultationCommand): readonly TargetRef[] => {
  switch (command.type) {
    case 'OpenConsultation':
      return command.projects.map((item, index) => ({ item, part: null, kinds: ['project'], path: ['projects', String(index)] }));
    case 'ReportConsultation':
      return command.document === null ? [] : [{ item: command.document, part: null, kinds: ['document'], path: ['document'] }];
    case 'SetConsultationDeadline':
    case 'RecordConsultationInput':
    case 'CloseConsultation':
    case 'GiveFeedback':
      return [];
  }
};

const spec = (type: ConsultationCommand['type']): CommandSpec<ConsultationCommand> => ({
  founding: type === 'OpenConsultation',
  roles: SECRETARIAT,
  parse: parserOf<ConsultationCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const CONSULTATION_COMMANDS: Readonly<Record<ConsultationCommand['type'], CommandSpec<ConsultationCommand>>> = {
  OpenConsultation: spec('OpenConsultation'),
  SetConsultationDeadline: spec('SetConsultationDeadline'),
  RecordConsultationInput: spec('RecordConsultationInput'),
  CloseConsultation: spec('CloseConsultation'),
  ReportConsultation: spec('ReportConsultation'),
  GiveFeedback: spec('GiveFeedback'),
};

/** `fixed`: what the event points at. */
const v1 = (type: ConsultationEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const CONSULTATION_EVENTS: Readonly<Record<ConsultationEvent['type'], EventSpec>> = {
  ConsultationOpened: v1('ConsultationOpened'),
  ConsultationDeadlineSet: v1('ConsultationDeadlineSet'),
  ConsultationInputRecorded: v1('ConsultationInputRecorded'),
  ConsultationClosed: v1('ConsultationClosed'),
  ConsultationReported: v1('ConsultationReported', 'document'),
  ConsultationFeedbackGiven: v1('ConsultationFeedbackGiven'),
};
