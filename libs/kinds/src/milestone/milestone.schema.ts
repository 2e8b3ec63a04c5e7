import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import { LIGHTS } from '../project/project.events.js';
import { namedItem } from '../schema/named-item.js';
import { commandOf, dueDate, firstVersion, itemId, optional, parserOf, partialDate, party, SECRETARIAT, title } from '../schema/index.js';
import type { MilestoneCommand } from './milestone.commands.js';
import type { MilestoneEvent } from './milestone.events.js';

const light = z.enum(LIGHTS);

const COMMAND_SCHEMAS = {
  PlanMilestone: commandOf('PlanMilestone', {
    title,
    project: optional(itemId('project')),
    owner: optional(party),
    baseline: optional(dueDate),
  }),
  RebaselineMilestone: commandOf('RebaselineMilestone', { baseline: dueDate }),
  ForecastMilestone: commandOf('ForecastMilestone', { forecast: optional(partialDate), light: optional(light) }),
  ReachMilestone: commandOf('ReachMilestone', {}),
  MissMilestone: commandOf('MissMilestone', {}),
  CancelMilestone: commandOf('CancelMilestone', {}),
} as const satisfies { [T in MilestoneCommand['type']]: z.ZodType<Extract<MilestoneCommand, { type: T }>> };

/** The stored form: every field is there, null where nothing was said. */
const EVENT_SCHEMAS = {
  MilestonePlanned: z.strictObject({
    title,
    project: namedItem('project').nullable(),
    owner: party.nullable(),
    baseline: dueDate.nullable(),
  }),
  MilestoneRebaselined: z.strictObject({ baseline: dueDate }),
  MilestoneForecasted: z.strictObject({ forecast: partialDate.nullable(), light: light.nullable() }),
  MilestoneReached: z.strictObject({}),
  MilestoneMissed: z.strictObject({}),
  MilestoneCancelled: z.strictObject({}),
} as const satisfies { [T in MilestoneEvent['type']]: z.ZodType<Extract<MilestoneEvent, { type: T }>['data']> };

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: MilestoneCommand): readonly TargetRef[] =>
  command.type === 'PlanMilestone' && command.project !== null
    ? [{ item: command.project, part: null, kinds: ['project'], path: ['project'] }]
    : [];

const spec = (type: MilestoneCommand['type']): CommandSpec<MilestoneCommand> => ({
  founding: type === 'PlanMilestone',
  roles: SECRETARIAT,
  parse: parserOf<MilestoneCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const MILESTONE_COMMANDS: Readonly<Record<MilestoneCommand['type'], CommandSpec<MilestoneCommand>>> = {
  PlanMilestone: spec('PlanMilestone'),
  RebaselineMilestone: spec('RebaselineMilestone'),
  ForecastMilestone: spec('ForecastMilestone'),
  ReachMilestone: spec('ReachMilestone'),
  MissMilestone: spec('MissMilestone'),
  CancelMilestone: spec('CancelMilestone'),
};

const v1 = (type: MilestoneEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const MILESTONE_EVENTS: Readonly<Record<MilestoneEvent['type'], EventSpec>> = {
  MilestonePlanned: v1('MilestonePlanned'),
  MilestoneRebaselined: v1('MilestoneRebaselined'),
  MilestoneForecasted: v1('MilestoneForecasted'),
  MilestoneReached: v1('MilestoneReached'),
  MilestoneMissed: v1('MilestoneMissed'),
  MilestoneCancelled: v1('MilestoneCancelled'),
};
