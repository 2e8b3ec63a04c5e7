import { Mutation, Resolver } from '@nestjs/graphql';
import type { PointCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import { AssignPointInput, ClosePointInput, JudgePointInput, ReopenPointInput, ReportPointInput, StartPointInput } from './point.inputs.js';

const INPUT = 'The command.';

const onPoint = async (
  given: Given,
  input: Pick<ReopenPointInput, 'point'>,
  type: PointCommand['type'],
  data: Command['data'] = {},
): Promise<Command> => {
  const { item, point } = await given.point(input.point, ['input', 'point']);
  return { kind: 'resolution', type, item, data: { point, ...data } };
};

/** The life of a point: open, assigned, in progress, reported, closed, and open again. */
@Resolver()
export class PointCommandsResolver {
  @Mutation(() => Outcome, { description: 'Give a point an owner and a deadline (fordele punkt).' })
  @TakesOne('input', () => AssignPointInput, INPUT)
  assignPoint(_root: unknown, { input }: Input<AssignPointInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onPoint(given, input, 'AssignPoint', {
        owner: await given.party(input.owner, ['input', 'owner']),
        deadline: given.dateOrNull(input.deadline, ['input', 'deadline']),
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Work on a point has begun (punkt under arbeid).' })
  @TakesOne('input', () => StartPointInput, INPUT)
  startPoint(_root: unknown, { input }: Input<StartPointInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onPoint(given, input, 'StartPoint', { text: input.text ?? null }));
  }

  @Mutation(() => Outcome, { description: 'Report back on a point (rapportere på punkt).' })
  @TakesOne('input', () => ReportPointInput, INPUT)
  reportPoint(_root: unknown, { input }: Input<ReportPointInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onPoint(given, input, 'ReportPoint', { text: input.text }));
  }

  @Mutation(() => Outcome, { description: 'Close a point (avslutte punkt).' })
  @TakesOne('input', () => ClosePointInput, INPUT)
  closePoint(_root: unknown, { input }: Input<ClosePointInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onPoint(given, input, 'ClosePoint', {
        closedAs: input.closedAs,
        replacedBy: input.replacedBy ? await given.part(input.replacedBy, ['input', 'replacedBy']) : null,
        verdict: input.verdict ?? null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Take a closed point up again (gjenåpne punkt).' })
  @TakesOne('input', () => ReopenPointInput, INPUT)
  reopenPoint(_root: unknown, { input }: Input<ReopenPointInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onPoint(given, input, 'ReopenPoint'));
  }

  @Mutation(() => Outcome, { description: 'Judge what came of a point; verdicts stand side by side (vurdere punkt).' })
  @TakesOne('input', () => JudgePointInput, INPUT)
  judgePoint(_root: unknown, { input }: Input<JudgePointInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onPoint(given, input, 'JudgePoint', { outcome: input.outcome }));
  }
}
