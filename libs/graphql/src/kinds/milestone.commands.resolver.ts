import { Mutation, Resolver } from '@nestjs/graphql';
import type { MilestoneCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import {
  CancelMilestoneInput,
  ForecastMilestoneInput,
  MissMilestoneInput,
  PlanMilestoneInput,
  ReachMilestoneInput,
  RebaselineMilestoneInput,
} from './milestone.inputs.js';

const INPUT = 'The command.';
type OnMilestone = Pick<ReachMilestoneInput, 'milestone'>;

const onMilestone = async (
  given: Given,
  input: OnMilestone,
  type: MilestoneCommand['type'],
  data: Command['data'] = {},
): Promise<Command> => ({ kind: 'milestone', type, item: await given.item(input.milestone, ['input', 'milestone']), data });

@Resolver()
export class MilestoneCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record a milestone (føre opp milepæl).' })
  @TakesOne('input', () => PlanMilestoneInput, INPUT)
  planMilestone(_root: unknown, { input }: Input<PlanMilestoneInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'milestone',
      type: 'PlanMilestone',
      item: null,
      data: {
        title: input.title,
        project: await given.itemOrNull(input.project, ['input', 'project']),
        owner: await given.partyOrNull(input.owner, ['input', 'owner']),
        baseline: given.dateOrNull(input.baseline, ['input', 'baseline']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'Give a milestone a new baseline (ny planlagt dato).' })
  @TakesOne('input', () => RebaselineMilestoneInput, INPUT)
  rebaselineMilestone(_root: unknown, { input }: Input<RebaselineMilestoneInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onMilestone(given, input, 'RebaselineMilestone', { baseline: given.date(input.baseline, ['input', 'baseline']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'Forecast when a milestone will be reached (prognose).' })
  @TakesOne('input', () => ForecastMilestoneInput, INPUT)
  forecastMilestone(_root: unknown, { input }: Input<ForecastMilestoneInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onMilestone(given, input, 'ForecastMilestone', {
        forecast: given.dateOrNull(input.forecast, ['input', 'forecast']),
        light: input.light ?? null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'A milestone was reached (nådd).' })
  @TakesOne('input', () => ReachMilestoneInput, INPUT)
  reachMilestone(_root: unknown, { input }: Input<ReachMilestoneInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onMilestone(given, input, 'ReachMilestone'));
  }

  @Mutation(() => Outcome, { description: 'A milestone was not reached as planned (ikke nådd).' })
  @TakesOne('input', () => MissMilestoneInput, INPUT)
  missMilestone(_root: unknown, { input }: Input<MissMilestoneInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onMilestone(given, input, 'MissMilestone'));
  }

  @Mutation(() => Outcome, { description: 'A milestone is given up (utgått).' })
  @TakesOne('input', () => CancelMilestoneInput, INPUT)
  cancelMilestone(_root: unknown, { input }: Input<CancelMilestoneInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onMilestone(given, input, 'CancelMilestone'));
  }
}
