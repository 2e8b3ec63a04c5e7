import { Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { kindOf, type PartialDate as Dated } from '@saksgang/kernel';
import { milestone, type Milestone as MilestoneState } from '@saksgang/kinds';
import { computedLightOf, deviationDays } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { PartialDate } from '../reading/date.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import { itemAt, itemsAt, partyOrNull, type ConnectionSource, type ItemSource, type PartySource } from '../sources.js';
import { itemStateOf, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { Milestone, MilestoneConnection } from './milestone.types.js';
import { Party } from './party.types.js';
import { datesOfEntry, plannedDates, type PlannedDateSource } from './planned-date.js';
import { PlannedDate } from './planned-date.types.js';
import { LightEnum, Project } from './project.types.js';

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<MilestoneState>(context, item);

@Resolver(() => Milestone)
export class MilestoneResolver {
  @ResolveField(() => Project, { nullable: true, description: 'The project it belongs to.' })
  async project(item: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const { project } = await stateAt(context, item);
    return project === null ? null : itemAt(context, project.item, item.pin);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who is responsible (ansvarlig).' })
  async owner(item: ItemSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, (await stateAt(context, item)).owner, item.id, item.pin);
  }

  @ResolveField(() => PartialDate, {
    nullable: true,
    description: 'The baseline in force; null: never planned to a date (opprinnelig plan).',
  })
  async baseline(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateAt(context, item)).baseline;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'When it is now expected to be reached (prognose).' })
  async forecast(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateAt(context, item)).forecast;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'When it was reached, as far as is known (faktisk).' })
  async actual(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    const state = await stateAt(context, item);
    return state.status === 'reached' ? state.actual : null;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'Days from the baseline to the actual date, until it is reached to the forecast, by their last days; negative when earlier. ' +
      'Null without a baseline, or where either is coarser than a month (avvik).',
  })
  async deviationDays(item: ItemSource, _args: unknown, context: RequestContext): Promise<number | null> {
    return deviationDays(milestone.facets(await stateAt(context, item)).deviation);
  }

  @ResolveField(() => [PlannedDate], { description: 'Every baseline it has had, oldest first.' })
  async baselineHistory(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PlannedDateSource[]> {
    return plannedDates(context, item, (await stateAt(context, item)).baselines);
  }

  @ResolveField(() => [PlannedDate], { description: 'Every forecast of its date, oldest first.' })
  async forecastHistory(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PlannedDateSource[]> {
    const { forecasts } = await stateAt(context, item);
    return plannedDates(
      context,
      item,
      forecasts.flatMap(({ date, ...forecast }) => (date === null ? [] : [{ ...forecast, date }])),
    );
  }

  @ResolveField(() => [PlannedDate], {
    description: 'How the actual date came to be known: as first said, then as established or corrected.',
  })
  async actualHistory(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PlannedDateSource[]> {
    const state = await stateAt(context, item);
    return state.status === 'reached' ? datesOfEntry(context, item, state.reachedBy) : [];
  }

  @ResolveField(() => [Milestone], { description: 'The milestones that must be reached before it (avhenger av): its DEPENDS_ON links.' })
  async dependsOn(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ItemSource[]> {
    const { links } = await itemStateOf(context, item);
    const needed = links.filter(
      ({ relation, source, target }) => relation === 'DEPENDS_ON' && source === item.id && kindOf(target) === 'milestone',
    );
    return itemsAt(context, [...new Set(needed.map(({ target }) => target))], item.pin);
  }

  @ResolveField(() => LightEnum, { description: 'As last asserted (trafikklys).' })
  async light(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).light ?? 'NOT_ASSESSED';
  }

  @ResolveField(() => LightEnum, { description: 'From its dates and the as-of day, never a guess (beregnet trafikklys).' })
  async computedLight(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return computedLightOf(milestone.facets(await stateAt(context, item)), item.pin.validAt);
  }

  @Query(() => MilestoneConnection, { description: 'Milestones (milepæler).' })
  @Takes(ItemsArgs)
  milestones(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'milestone');
  }
}
