import type { CommandSpec, EventSpec } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  day,
  firstVersion,
  found,
  instant,
  listOf,
  optional,
  parserOf,
  partialDate,
  party,
  refusing,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import type { ProjectCommand } from './project.commands.js';
import { LIGHTS, type ProjectEvent } from './project.events.js';

/** ISO 8601 in whole years, months, weeks and days, at least one of them: «P2Y», «P1Y6M». */
const DURATION = /^P(?=\d)(?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?$/;
const duration = z
  .string()
  .superRefine(
    refusing((given) =>
      DURATION.test(given)
        ? null
        : found('BAD_DURATION', 'is not a duration in whole years, months, weeks or days: write it as P2Y or P1Y6M'),
    ),
  );

const assessed = z.strictObject({ light: z.enum(LIGHTS), reason: text().nullable(), action: text().nullable() });
/** A dimension that is left out has not been assessed. */
const assessedGiven = optional(z.strictObject({ light: z.enum(LIGHTS), reason: optional(text()), action: optional(text()) })).transform(
  (given) => given ?? { light: 'NOT_ASSESSED' as const, reason: null, action: null },
);

const COMMAND_SCHEMAS = {
  StartProject: commandOf('StartProject', {
    title,
    aliases: optional(listOf(title)).transform((aliases) => aliases ?? []),
    initiators: optional(listOf(party)).transform((initiators) => initiators ?? []),
    period: optional(partialDate),
    duration: optional(duration),
    steeringGroup: optional(party),
  }),
  HoldMeeting: commandOf('HoldMeeting', { title, held: day, shownAt: optional(instant) }),
  ReportProjectStatus: commandOf('ReportProjectStatus', {
    progress: assessedGiven,
    economy: assessedGiven,
    quality: assessedGiven,
    risk: assessedGiven,
    summary: optional(text()),
  }),
  CloseProject: commandOf('CloseProject', {}),
} as const satisfies { [T in ProjectCommand['type']]: z.ZodType<Extract<ProjectCommand, { type: T }>> };

const EVENT_SCHEMAS = {
  ProjectStarted: z.strictObject({
    title,
    aliases: listOf(title),
    initiators: listOf(party),
    period: partialDate.nullable(),
    duration: duration.nullable(),
    steeringGroup: party.nullable(),
  }),
  MeetingHeld: z.strictObject({ title, held: day, shownAt: instant.nullable() }),
  ProjectStatusReported: z.strictObject({
    progress: assessed,
    economy: assessed,
    quality: assessed,
    risk: assessed,
    summary: text().nullable(),
  }),
  ProjectClosed: z.strictObject({}),
} as const satisfies { [T in ProjectEvent['type']]: z.ZodType<Extract<ProjectEvent, { type: T }>['data']> };

const spec = (type: ProjectCommand['type']): CommandSpec<ProjectCommand> => ({
  founding: type === 'StartProject',
  roles: SECRETARIAT,
  parse: parserOf<ProjectCommand>(COMMAND_SCHEMAS[type]),
  // Parties are found and named before a command is parsed: they are no targets.
  targets: () => [],
});

export const PROJECT_COMMANDS: Readonly<Record<ProjectCommand['type'], CommandSpec<ProjectCommand>>> = {
  StartProject: spec('StartProject'),
  HoldMeeting: spec('HoldMeeting'),
  ReportProjectStatus: spec('ReportProjectStatus'),
  CloseProject: spec('CloseProject'),
};

const v1 = (type: ProjectEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const PROJECT_EVENTS: Readonly<Record<ProjectEvent['type'], EventSpec>> = {
  ProjectStarted: v1('ProjectStarted'),
  MeetingHeld: v1('MeetingHeld'),
  ProjectStatusReported: v1('ProjectStatusReported'),
  ProjectClosed: v1('ProjectClosed'),
};
