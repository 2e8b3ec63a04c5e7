import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  count,
  dueDate,
  firstVersion,
  itemId,
  line,
  listOf,
  optional,
  parserOf,
  party,
  pointPath,
  sealed,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import { givenChanges, givenPoint, storedChanges, storedPoint, treeSchema } from './point.schema.js';
import type { ResolutionCommand } from './resolution.commands.js';
import { POINT_CLOSURES, RECORDED_AS, RESOLUTION_TYPES, TEXT_MEDIA, VERDICT_OUTCOMES, type ResolutionEvent } from './resolution.events.js';

const resolution = itemId('resolution');
const outcome = z.enum(VERDICT_OUTCOMES);
const optionalList = <S extends z.ZodType>(element: S) => optional(listOf(element)).transform((list) => list ?? []);

const COMMAND_SCHEMAS = {
  RecordResolution: commandOf('RecordResolution', {
    resolutionType: z.enum(RESOLUTION_TYPES),
    title,
    body: party,
    caseReference: optional(line()),
    meeting: optional(line()),
    caseOfficer: optional(sealed),
    recordedAs: optional(z.enum(RECORDED_AS)).transform((as) => as ?? 'ADOPTED'),
    projects: optionalList(itemId('project')),
    points: treeSchema(givenPoint),
  }),
  AdoptResolution: commandOf('AdoptResolution', { meeting: optional(line()) }),
  AmendResolution: commandOf('AmendResolution', { by: optional(resolution), changes: givenChanges }),
  SupersedeResolution: commandOf('SupersedeResolution', { by: resolution }),
  RepealResolution: commandOf('RepealResolution', { by: optional(resolution) }),
  CloseResolution: commandOf('CloseResolution', {}),
  RecordVote: commandOf('RecordVote', {
    point: optional(pointPath),
    unanimous: optional(z.boolean()),
    inFavour: optional(count),
    against: optional(count),
    abstained: optional(count),
    dissents: optionalList(z.strictObject({ party, text: optional(text()) })),
  }),
  AddTextVariant: commandOf('AddTextVariant', { medium: z.enum(TEXT_MEDIA), title: optional(title), text: text() }),
  AssignPoint: commandOf('AssignPoint', { point: pointPath, owner: party, deadline: optional(dueDate) }),
  StartPoint: commandOf('StartPoint', { point: pointPath, text: optional(text()) }),
  ReportPoint: commandOf('ReportPoint', { point: pointPath, text: text() }),
  ClosePoint: commandOf('ClosePoint', {
    point: pointPath,
    closedAs: z.enum(POINT_CLOSURES),
    replacedBy: optional(z.strictObject({ item: itemId(), point: optional(pointPath) })),
    verdict: optional(outcome),
  }),
  ReopenPoint: commandOf('ReopenPoint', { point: pointPath }),
  JudgePoint: commandOf('JudgePoint', { point: pointPath, outcome }),
} as const satisfies { [T in ResolutionCommand['type']]: z.ZodType<Extract<ResolutionCommand, { type: T }>> };

/** The stored form: every field is there, null where nothing is known. */
const EVENT_SCHEMAS = {
  ResolutionRecorded: z.strictObject({
    resolutionType: z.enum(RESOLUTION_TYPES),
    title,
    body: party,
    caseReference: line().nullable(),
    meeting: line().nullable(),
    caseOfficer: sealed.nullable(),
    recordedAs: z.enum(RECORDED_AS),
    projects: listOf(itemId('project')),
    points: treeSchema(storedPoint),
  }),
  ResolutionAdopted: z.strictObject({ meeting: line().nullable() }),
  ResolutionAmended: z.strictObject({ by: resolution.nullable(), byTitle: title.nullable(), changes: storedChanges }),
  ResolutionSuperseded: z.strictObject({ by: resolution, byTitle: title }),
  ResolutionRepealed: z.strictObject({ by: resolution.nullable(), byTitle: title.nullable() }),
  ResolutionClosed: z.strictObject({}),
  VoteRecorded: z.strictObject({
    point: pointPath.nullable(),
    unanimous: z.boolean().nullable(),
    inFavour: count.nullable(),
    against: count.nullable(),
    abstained: count.nullable(),
    dissents: listOf(z.strictObject({ party, text: text().nullable() })),
  }),
  TextVariantAdded: z.strictObject({ medium: z.enum(TEXT_MEDIA), title: title.nullable(), text: text() }),
  PointAssigned: z.strictObject({ point: pointPath, owner: party, deadline: dueDate.nullable() }),
  PointStarted: z.strictObject({ point: pointPath, text: text().nullable() }),
  PointReported: z.strictObject({ point: pointPath, text: text() }),
  PointClosed: z.strictObject({
    point: pointPath,
    closedAs: z.enum(POINT_CLOSURES),
    replacedBy: z.strictObject({ item: itemId(), point: pointPath.nullable(), title }).nullable(),
    verdict: outcome.nullable(),
  }),
  PointReopened: z.strictObject({ point: pointPath }),
  PointJudged: z.strictObject({ point: pointPath, outcome }),
} as const satisfies { [T in ResolutionEvent['type']]: z.ZodType<Extract<ResolutionEvent, { type: T }>['data']> };

const theResolution = (by: string | null): readonly TargetRef[] =>
  by === null ? [] : [{ item: by, part: null, kinds: ['resolution'], path: ['by'] }];

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: ResolutionCommand): readonly TargetRef[] => {
  switch (command.type) {
    case 'RecordResolution':
      return command.projects.map((item, index) => ({ item, part: null, kinds: ['project'], path: ['projects', String(index)] }));
    case 'AmendResolution':
    case 'SupersedeResolution':
    case 'RepealResolution':
      return theResolution(command.by);
    case 'ClosePoint':
      return command.replacedBy === null
        ? []
        : [{ item: command.replacedBy.item, part: command.replacedBy.point, kinds: null, path: ['replacedBy'] }];
    case 'AdoptResolution':
    case 'CloseResolution':
    case 'RecordVote':
    case 'AddTextVariant':
    case 'AssignPoint':
    case 'StartPoint':
    case 'ReportPoint':
    case 'ReopenPoint':
    case 'JudgePoint':
      return [];
  }
};

const spec = (type: ResolutionCommand['type']): CommandSpec<ResolutionCommand> => ({
  founding: type === 'RecordResolution',
  roles: SECRETARIAT,
  parse: parserOf<ResolutionCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const RESOLUTION_COMMANDS: Readonly<Record<ResolutionCommand['type'], CommandSpec<ResolutionCommand>>> = {
  RecordResolution: spec('RecordResolution'),
  AdoptResolution: spec('AdoptResolution'),
  AmendResolution: spec('AmendResolution'),
  SupersedeResolution: spec('SupersedeResolution'),
  RepealResolution: spec('RepealResolution'),
  CloseResolution: spec('CloseResolution'),
  RecordVote: spec('RecordVote'),
  AddTextVariant: spec('AddTextVariant'),
  AssignPoint: spec('AssignPoint'),
  StartPoint: spec('StartPoint'),
  ReportPoint: spec('ReportPoint'),
  ClosePoint: spec('ClosePoint'),
  ReopenPoint: spec('ReopenPoint'),
  JudgePoint: spec('JudgePoint'),
};

/** `fixed`: what the event points at. */
const v1 = (type: ResolutionEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const RESOLUTION_EVENTS: Readonly<Record<ResolutionEvent['type'], EventSpec>> = {
  ResolutionRecorded: v1('ResolutionRecorded'),
  ResolutionAdopted: v1('ResolutionAdopted'),
  ResolutionAmended: v1('ResolutionAmended', 'by', 'byTitle'),
  ResolutionSuperseded: v1('ResolutionSuperseded', 'by', 'byTitle'),
  ResolutionRepealed: v1('ResolutionRepealed', 'by', 'byTitle'),
  ResolutionClosed: v1('ResolutionClosed'),
  VoteRecorded: v1('VoteRecorded', 'point'),
  TextVariantAdded: v1('TextVariantAdded'),
  PointAssigned: v1('PointAssigned', 'point'),
  PointStarted: v1('PointStarted', 'point'),
  PointReported: v1('PointReported', 'point'),
  PointClosed: v1('PointClosed', 'point', 'replacedBy'),
  PointReopened: v1('PointReopened', 'point'),
  PointJudged: v1('PointJudged', 'point'),
};
