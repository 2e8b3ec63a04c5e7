import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PartialDate as Dated } from '@saksgang/kernel';
import type { Plan as PlanState, PlanGoal as PlanGoalState } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import { PartialDate } from '../reading/date.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import { itemAt, partySource, type ConnectionSource, type ItemSource, type PartySource } from '../sources.js';
import { stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { Party } from './party.types.js';
import { Plan, PlanConnection, PlanGoal } from './plan.types.js';

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<PlanState>(context, item);

@Resolver(() => Plan)
export class PlanResolver {
  @ResolveField(() => Party, { nullable: true, description: 'Whose plan it is (eier).' })
  async owner(item: ItemSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, (await stateAt(context, item)).owner, item.id, item.pin);
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'From–to, where known (periode).' })
  async period(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateAt(context, item)).period;
  }

  @ResolveField(() => [PlanGoal], { description: 'Its goals, in the order of the document (mål).' })
  async planGoals(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PlanGoalState[]> {
    return (await stateAt(context, item)).goals;
  }

  @ResolveField(() => PartialDate, {
    nullable: true,
    description: 'When it came into force; null where that is not on record (trådt i kraft).',
  })
  async inForceSince(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    const state = await stateAt(context, item);
    return state.status === 'adopted' ? null : state.inForceSince;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'When it ended; null while it goes on (gikk ut).' })
  async ended(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    const state = await stateAt(context, item);
    return state.status === 'ended' ? state.ended : null;
  }

  @ResolveField(() => Plan, { nullable: true, description: 'The plan that succeeded it (avløst av).' })
  async succeededBy(item: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const state = await stateAt(context, item);
    return state.status === 'ended' && state.by !== null ? itemAt(context, state.by, item.pin) : null;
  }

  @Query(() => PlanConnection, { description: 'Plans (planer).' })
  @Takes(ItemsArgs)
  plans(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'plan');
  }
}
