import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  firstVersion,
  itemId,
  line,
  listOf,
  optional,
  parserOf,
  partialDate,
  party,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import { keyedList } from '../schema/keyed.js';
import type { PlanCommand } from './plan.commands.js';
import type { PlanEvent } from './plan.events.js';

const LABEL_BYTES_MAX = 100; // UTF-8 bytes of what is printed before a goal

const plan = itemId('plan');
const label = line(LABEL_BYTES_MAX);

/** A correction may set the whole list. */
const goals = keyedList({ label: label.nullable(), text: text() });

const COMMAND_SCHEMAS = {
  AdoptPlan: commandOf('AdoptPlan', {
    title,
    owner: party,
    period: optional(partialDate),
    goals: optional(listOf(z.strictObject({ label: optional(label), text: text() }))).transform((given) => given ?? []),
  }),
  BringPlanIntoForce: commandOf('BringPlanIntoForce', {}),
  EndPlan: commandOf('EndPlan', { by: optional(plan) }),
} as const satisfies { [T in PlanCommand['type']]: z.ZodType<Extract<PlanCommand, { type: T }>> };

/** The stored form: every field is there, null where nothing was said. */
const EVENT_SCHEMAS = {
  PlanAdopted: z.strictObject({
    title,
    owner: party,
    period: partialDate.nullable(),
    goals,
  }),
  PlanBroughtIntoForce: z.strictObject({}),
  PlanEnded: z.strictObject({ by: plan.nullable(), byTitle: title.nullable() }),
} as const satisfies { [T in PlanEvent['type']]: z.ZodType<Extract<PlanEvent, { type: T }>['data']> };

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: PlanCommand): readonly TargetRef[] =>
  command.type === 'EndPlan' && command.by !== null ? [{ item: command.by, part: null, kinds: ['plan'], path: ['by'] }] : [];

const spec = (type: PlanCommand['type']): CommandSpec<PlanCommand> => ({
  founding: type === 'AdoptPlan',
  roles: SECRETARIAT,
  parse: parserOf<PlanCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const PLAN_COMMANDS: Readonly<Record<PlanCommand['type'], CommandSpec<PlanCommand>>> = {
  AdoptPlan: spec('AdoptPlan'),
  BringPlanIntoForce: spec('BringPlanIntoForce'),
  EndPlan: spec('EndPlan'),
};

/** `fixed`: what the event points at. */
const v1 = (type: PlanEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const PLAN_EVENTS: Readonly<Record<PlanEvent['type'], EventSpec>> = {
  PlanAdopted: v1('PlanAdopted'),
  PlanBroughtIntoForce: v1('PlanBroughtIntoForce'),
  PlanEnded: v1('PlanEnded', 'by', 'byTitle'),
};
