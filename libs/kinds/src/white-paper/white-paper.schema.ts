import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  firstVersion,
  found,
  itemId,
  line,
  listOf,
  optional,
  parserOf,
  partialDate,
  party,
  refusing,
  sealed,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import { VERDICT_OUTCOMES } from '../resolution/resolution.events.js';
import { sessionFrom } from './session.js';
import type { WhitePaperCommand } from './white-paper.commands.js';
import { REACHED_STAGES, WHITE_PAPER_TYPES, type WhitePaperAdvanced, type WhitePaperEvent } from './white-paper.events.js';

const PART_CHARS_MAX = 200; // bytes of the path of a point
const NUMBER_MAX = 999; // papers of one session

const whitePaper = itemId('whitePaper');
const outcome = z.enum(VERDICT_OUTCOMES);
/** A ministry or a committee: a name that is sealed is a person's, and is none. */
const organ = z.strictObject({ body: itemId('body').nullable(), name: title });

const ORDER = /^[1-9][0-9]{0,3}$/;
const order = z
  .string()
  .superRefine(refusing((key) => (ORDER.test(key) ? null : found('BAD_ORDER', 'is not the number of an order: 1, 2 and so on'))));

/** Written with a hyphen or a dash; kept with the dash it is printed with. */
const session = z.string().transform((given, context) => {
  const read = sessionFrom(given);
  if (read !== null) return read;
  context.addIssue(found('BAD_SESSION', 'is not a session of the Storting: two years that follow each other, as «2018–2019»'));
  return z.NEVER;
});
const number = z.int().min(1).max(NUMBER_MAX);

/** Whose number it is, is told by the session; what is printed on the paper is known when it is presented. */
const onlyOfAPresentation = refusing((step: WhitePaperAdvanced['data']) => {
  if (step.stage === 'PRESENTED') return null;
  const [field] = (['number', 'session', 'title', 'ministry'] as const).filter((name) => step[name] !== null);
  return field === undefined ? null : found('ONLY_WHEN_PRESENTED', 'belongs to the presentation alone: leave it out', [field]);
});

const COMMAND_SCHEMAS = {
  AnnounceWhitePaper: commandOf('AnnounceWhitePaper', {
    whitePaperType: z.enum(WHITE_PAPER_TYPES),
    name: title,
    ministry: optional(organ),
    planned: optional(partialDate),
    projects: optional(listOf(itemId('project'))).transform((list) => list ?? []),
  }),
  RecordOrder: commandOf('RecordOrder', {
    text: text(),
    orderedBy: party,
    reference: optional(line()),
    answers: optional(z.strictObject({ item: itemId(), point: optional(line(PART_CHARS_MAX)) })),
  }),
  PlanWhitePaper: commandOf('PlanWhitePaper', { planned: partialDate }),
  AdvanceWhitePaper: commandOf('AdvanceWhitePaper', {
    stage: z.enum(REACHED_STAGES),
    number: optional(number),
    session: optional(session),
    title: optional(title),
    ministry: optional(organ),
    reference: optional(line()),
    committee: optional(organ),
    rapporteurs: optional(listOf(z.strictObject({ person: sealed, party: optional(line()) }))).transform((list) => list ?? []),
    text: optional(text()),
  }).superRefine(onlyOfAPresentation),
  MergeWhitePaper: commandOf('MergeWhitePaper', { into: whitePaper }),
  SupersedeWhitePaper: commandOf('SupersedeWhitePaper', { by: whitePaper }),
  WithdrawWhitePaper: commandOf('WithdrawWhitePaper', {}),
  JudgeWhitePaper: commandOf('JudgeWhitePaper', { order: optional(order), outcome }),
} as const satisfies { [T in WhitePaperCommand['type']]: z.ZodType<Extract<WhitePaperCommand, { type: T }>> };

/** The stored form: every field is there, null where nothing is known. */
const EVENT_SCHEMAS = {
  WhitePaperAnnounced: z.strictObject({
    whitePaperType: z.enum(WHITE_PAPER_TYPES),
    name: title,
    ministry: organ.nullable(),
    planned: partialDate.nullable(),
    projects: listOf(itemId('project')),
  }),
  WhitePaperOrdered: z.strictObject({
    order,
    text: text(),
    orderedBy: party,
    reference: line().nullable(),
    answers: z.strictObject({ item: itemId(), point: line(PART_CHARS_MAX).nullable(), title }).nullable(),
  }),
  WhitePaperPlanned: z.strictObject({ planned: partialDate }),
  WhitePaperAdvanced: z
    .strictObject({
      stage: z.enum(REACHED_STAGES),
      number: number.nullable(),
      session: session.nullable(),
      title: title.nullable(),
      ministry: organ.nullable(),
      reference: line().nullable(),
      committee: organ.nullable(),
      rapporteurs: listOf(z.strictObject({ person: sealed, party: line().nullable() })),
      text: text().nullable(),
    })
    .superRefine(onlyOfAPresentation),
  WhitePaperMerged: z.strictObject({ into: whitePaper, intoTitle: title }),
  WhitePaperSuperseded: z.strictObject({ by: whitePaper, byTitle: title }),
  WhitePaperWithdrawn: z.strictObject({}),
  WhitePaperJudged: z.strictObject({ order: order.nullable(), outcome }),
} as const satisfies { [T in WhitePaperEvent['type']]: z.ZodType<Extract<WhitePaperEvent, { type: T }>['data']> };

const thePaper = (item: string, field: string): readonly TargetRef[] => [{ item, part: null, kinds: ['whitePaper'], path: [field] }];

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: WhitePaperCommand): readonly TargetRef[] => {
  switch (command.type) {
    case 'AnnounceWhitePaper':
      return command.projects.map((item, index) => ({ item, part: null, kinds: ['project'], path: ['projects', String(index)] }));
    case 'RecordOrder':
      return command.answers === null ? [] : [{ item: command.answers.item, part: command.answers.point, kinds: null, path: ['answers'] }];
    case 'MergeWhitePaper':
      return thePaper(command.into, 'into');
    case 'SupersedeWhitePaper':
      return thePaper(command.by, 'by');
    case 'PlanWhitePaper':
    case 'AdvanceWhitePaper':
    case 'WithdrawWhitePaper':
    case 'JudgeWhitePaper':
      return [];
  }
};

const spec = (type: WhitePaperCommand['type']): CommandSpec<WhitePaperCommand> => ({
  founding: type === 'AnnounceWhitePaper',
  roles: SECRETARIAT,
  parse: parserOf<WhitePaperCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const WHITE_PAPER_COMMANDS: Readonly<Record<WhitePaperCommand['type'], CommandSpec<WhitePaperCommand>>> = {
  AnnounceWhitePaper: spec('AnnounceWhitePaper'),
  RecordOrder: spec('RecordOrder'),
  PlanWhitePaper: spec('PlanWhitePaper'),
  AdvanceWhitePaper: spec('AdvanceWhitePaper'),
  MergeWhitePaper: spec('MergeWhitePaper'),
  SupersedeWhitePaper: spec('SupersedeWhitePaper'),
  WithdrawWhitePaper: spec('WithdrawWhitePaper'),
  JudgeWhitePaper: spec('JudgeWhitePaper'),
};

/** `fixed`: what the event points at. */
const v1 = (type: WhitePaperEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const WHITE_PAPER_EVENTS: Readonly<Record<WhitePaperEvent['type'], EventSpec>> = {
  WhitePaperAnnounced: v1('WhitePaperAnnounced'),
  WhitePaperOrdered: v1('WhitePaperOrdered', 'order', 'answers'),
  WhitePaperPlanned: v1('WhitePaperPlanned'),
  WhitePaperAdvanced: v1('WhitePaperAdvanced', 'stage'),
  WhitePaperMerged: v1('WhitePaperMerged', 'into', 'intoTitle'),
  WhitePaperSuperseded: v1('WhitePaperSuperseded', 'by', 'byTitle'),
  WhitePaperWithdrawn: v1('WhitePaperWithdrawn'),
  WhitePaperJudged: v1('WhitePaperJudged', 'order'),
};
