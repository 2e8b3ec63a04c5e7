import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  dueDate,
  elementKey,
  firstVersion,
  itemId,
  line,
  optional,
  parserOf,
  partialDate,
  quantity,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import { LIGHTS } from '../project/project.events.js';
import type { ResultGoalCommand } from './result-goal.commands.js';
import { GOAL_LEVELS, GOAL_OUTCOMES, TARGET_AIMS, type ResultGoalEvent } from './result-goal.events.js';

const CODE_BYTES_MAX = 100; // UTF-8 bytes of a goal's code
const UNIT_BYTES_MAX = 200; // UTF-8 bytes of a unit

const code = line(CODE_BYTES_MAX);
const unit = line(UNIT_BYTES_MAX);
const level = z.enum(GOAL_LEVELS);
const light = z.enum(LIGHTS);
const percent = z.int().min(0).max(100);
const aim = z.enum(TARGET_AIMS);

const baselineGiven = z.strictObject({ value: quantity, asWritten: optional(line()), at: optional(partialDate) });
const targetGiven = z.strictObject({ value: quantity, asWritten: optional(line()), aim: optional(aim), by: optional(dueDate) });
const baseline = z.strictObject({ value: quantity, asWritten: line().nullable(), at: partialDate.nullable() });
const target = z.strictObject({ value: quantity, asWritten: line().nullable(), aim: aim.nullable(), by: dueDate.nullable() });

const COMMAND_SCHEMAS = {
  SetResultGoal: commandOf('SetResultGoal', { code, text: text(), level, project: optional(itemId('project')) }),
  AssessResultGoal: commandOf('AssessResultGoal', { light: optional(light), progress: optional(percent), text: optional(text()) }),
  SetIndicator: commandOf('SetIndicator', {
    indicator: optional(elementKey),
    name: title,
    unit: optional(unit),
    baseline: optional(baselineGiven),
    target: optional(targetGiven),
  }),
  MeasureIndicator: commandOf('MeasureIndicator', {
    indicator: elementKey,
    value: quantity,
    asWritten: optional(line()),
    at: optional(partialDate),
    text: optional(text()),
  }),
  ConcludeResultGoal: commandOf('ConcludeResultGoal', { outcome: z.enum(GOAL_OUTCOMES) }),
} as const satisfies { [T in ResultGoalCommand['type']]: z.ZodType<Extract<ResultGoalCommand, { type: T }>> };

/** The stored form: every field is there, null where nothing was said. */
const EVENT_SCHEMAS = {
  ResultGoalSet: z.strictObject({
    code,
    text: text(),
    level,
    project: z.strictObject({ item: itemId('project'), title }).nullable(),
  }),
  ResultGoalAssessed: z.strictObject({ light: light.nullable(), progress: percent.nullable(), text: text().nullable() }),
  IndicatorSet: z.strictObject({
    indicator: elementKey,
    name: title,
    unit: unit.nullable(),
    baseline: baseline.nullable(),
    target: target.nullable(),
  }),
  IndicatorMeasured: z.strictObject({
    indicator: elementKey,
    value: quantity,
    asWritten: line().nullable(),
    at: partialDate.nullable(),
    text: text().nullable(),
  }),
  ResultGoalConcluded: z.strictObject({ outcome: z.enum(GOAL_OUTCOMES) }),
} as const satisfies { [T in ResultGoalEvent['type']]: z.ZodType<Extract<ResultGoalEvent, { type: T }>['data']> };

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: ResultGoalCommand): readonly TargetRef[] =>
  command.type === 'SetResultGoal' && command.project !== null
    ? [{ item: command.project, part: null, kinds: ['project'], path: ['project'] }]
    : [];

const spec = (type: ResultGoalCommand['type']): CommandSpec<ResultGoalCommand> => ({
  founding: type === 'SetResultGoal',
  roles: SECRETARIAT,
  parse: parserOf<ResultGoalCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const RESULT_GOAL_COMMANDS: Readonly<Record<ResultGoalCommand['type'], CommandSpec<ResultGoalCommand>>> = {
  SetResultGoal: spec('SetResultGoal'),
  AssessResultGoal: spec('AssessResultGoal'),
  SetIndicator: spec('SetIndicator'),
  MeasureIndicator: spec('MeasureIndicator'),
  ConcludeResultGoal: spec('ConcludeResultGoal'),
};

/** `fixed`: what the event points at. */
const v1 = (type: ResultGoalEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const RESULT_GOAL_EVENTS: Readonly<Record<ResultGoalEvent['type'], EventSpec>> = {
  ResultGoalSet: v1('ResultGoalSet'),
  ResultGoalAssessed: v1('ResultGoalAssessed'),
  IndicatorSet: v1('IndicatorSet', 'indicator'),
  IndicatorMeasured: v1('IndicatorMeasured', 'indicator'),
  ResultGoalConcluded: v1('ResultGoalConcluded'),
};
