import { Mutation, Resolver } from '@nestjs/graphql';
import type { PlanCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import { AdoptPlanInput, BringPlanIntoForceInput, EndPlanInput } from './plan.inputs.js';

const INPUT = 'The command.';
type OnPlan = Pick<BringPlanIntoForceInput, 'plan'>;

const onPlan = async (given: Given, input: OnPlan, type: PlanCommand['type'], data: Command['data'] = {}): Promise<Command> => ({
  kind: 'plan',
  type,
  item: await given.item(input.plan, ['input', 'plan']),
  data,
});

@Resolver()
export class PlanCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record a plan (føre opp plan).' })
  @TakesOne('input', () => AdoptPlanInput, INPUT)
  adoptPlan(_root: unknown, { input }: Input<AdoptPlanInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'plan',
      type: 'AdoptPlan',
      item: null,
      data: {
        title: input.title,
        owner: await given.party(input.owner, ['input', 'owner']),
        period: given.dateOrNull(input.period, ['input', 'period']),
        goals: input.goals?.map(({ label, text }) => ({ label: label ?? null, text })) ?? null,
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'A plan came into force (trådt i kraft).' })
  @TakesOne('input', () => BringPlanIntoForceInput, INPUT)
  bringPlanIntoForce(_root: unknown, { input }: Input<BringPlanIntoForceInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onPlan(given, input, 'BringPlanIntoForce'));
  }

  @Mutation(() => Outcome, { description: 'A plan has ended (gjelder ikke lenger).' })
  @TakesOne('input', () => EndPlanInput, INPUT)
  endPlan(_root: unknown, { input }: Input<EndPlanInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onPlan(given, input, 'EndPlan', { by: await given.itemOrNull(input.by, ['input', 'by']) }),
    );
  }
}
