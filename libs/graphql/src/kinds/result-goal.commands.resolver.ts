import { Mutation, Resolver } from '@nestjs/graphql';
import type { ResultGoalCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import {
  AssessResultGoalInput,
  ConcludeResultGoalInput,
  MeasureIndicatorInput,
  SetIndicatorInput,
  SetResultGoalInput,
} from './result-goal.inputs.js';

const INPUT = 'The command.';
type OnGoal = Pick<ConcludeResultGoalInput, 'resultGoal'>;

const onGoal = async (given: Given, input: OnGoal, type: ResultGoalCommand['type'], data: Command['data']): Promise<Command> => ({
  kind: 'resultGoal',
  type,
  item: await given.item(input.resultGoal, ['input', 'resultGoal']),
  data,
});

/** What is not given is null, never a default: those are the schemas' own. */
const definition = (given: Given, { indicator, name, unit, baseline, target }: SetIndicatorInput): Command['data'] => ({
  indicator: indicator ?? null,
  name,
  unit: unit ?? null,
  baseline: baseline
    ? {
        value: baseline.value,
        asWritten: baseline.asWritten ?? null,
        at: given.dateOrNull(baseline.at, ['input', 'baseline', 'at']),
      }
    : null,
  target: target
    ? {
        value: target.value,
        asWritten: target.asWritten ?? null,
        aim: target.aim ?? null,
        by: given.dateOrNull(target.by, ['input', 'target', 'by']),
      }
    : null,
});

@Resolver()
export class ResultGoalCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record a goal (føre opp mål).' })
  @TakesOne('input', () => SetResultGoalInput, INPUT)
  setResultGoal(_root: unknown, { input }: Input<SetResultGoalInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'resultGoal',
      type: 'SetResultGoal',
      item: null,
      data: {
        code: input.code,
        text: input.text,
        level: input.level,
        project: await given.itemOrNull(input.project, ['input', 'project']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'Say how a goal stands; also beside a conclusion, which stands (vurdere mål).' })
  @TakesOne('input', () => AssessResultGoalInput, INPUT)
  assessResultGoal(_root: unknown, { input }: Input<AssessResultGoalInput>, context: RequestContext): Promise<OutcomeSource> {
    const data = { light: input.light ?? null, progress: input.progress ?? null, text: input.text ?? null };
    return record(context, input, (given) => onGoal(given, input, 'AssessResultGoal', data));
  }

  @Mutation(() => Outcome, { description: 'Say what a goal is measured by (sette indikator).' })
  @TakesOne('input', () => SetIndicatorInput, INPUT)
  setIndicator(_root: unknown, { input }: Input<SetIndicatorInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onGoal(given, input, 'SetIndicator', definition(given, input)));
  }

  @Mutation(() => Outcome, { description: 'Record a measured value of an indicator (føre måling).' })
  @TakesOne('input', () => MeasureIndicatorInput, INPUT)
  measureIndicator(_root: unknown, { input }: Input<MeasureIndicatorInput>, context: RequestContext): Promise<OutcomeSource> {
    const { indicator, value, asWritten, text } = input;
    return record(context, input, (given) =>
      onGoal(given, input, 'MeasureIndicator', {
        indicator,
        value,
        asWritten: asWritten ?? null,
        at: given.dateOrNull(input.at, ['input', 'at']),
        text: text ?? null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Say how a goal ended (avslutte mål).' })
  @TakesOne('input', () => ConcludeResultGoalInput, INPUT)
  concludeResultGoal(_root: unknown, { input }: Input<ConcludeResultGoalInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onGoal(given, input, 'ConcludeResultGoal', { outcome: input.outcome }));
  }
}
