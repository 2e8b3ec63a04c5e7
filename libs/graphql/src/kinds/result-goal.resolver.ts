import { Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PAGE_SIZE_MAX, kindOf } from '@saksgang/kernel';
import {
  GOAL_LEVEL_LABELS,
  hasReachedTarget,
  resultGoal,
  stateOfGoal,
  type Indicator as IndicatorState,
  type ResultGoal as ResultGoalState,
} from '@saksgang/kinds';
import { computedLightOf, type Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LocaleArg } from '../reading/arguments.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import { itemAt, itemsAt, type ConnectionSource, type ItemSource } from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { Evidence } from './evidence.types.js';
import type { AssertionSource } from './party.resolver.js';
import { LightEnum, Project } from './project.types.js';
import {
  Assessment,
  GoalLevelEnum,
  GoalStatusEnum,
  Indicator,
  Measurement,
  ResultGoal,
  ResultGoalConnection,
} from './result-goal.types.js';

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<ResultGoalState>(context, item);

type IndicatorSource = Omit<IndicatorState, 'measurements'> &
  Readonly<{ measurements: readonly AssertionSource[]; reached: boolean | null; item: string; pin: Pin }>;

@Resolver(() => Indicator)
export class IndicatorResolver {
  @ResolveField(() => [Measurement], { description: 'Measured values, by the time they are of (målinger).' })
  measurements(indicator: IndicatorSource): readonly AssertionSource[] {
    return indicator.measurements;
  }

  @ResolveField(() => Measurement, { nullable: true, description: 'The latest of them (siste måling).' })
  latest(indicator: IndicatorSource): AssertionSource | null {
    return indicator.measurements.at(-1) ?? null;
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Has the latest value reached the target? Null where that cannot be told (nådd målverdi).',
  })
  reached(indicator: IndicatorSource): boolean | null {
    return indicator.reached;
  }
}

@Resolver(() => ResultGoal)
export class ResultGoalResolver {
  @ResolveField(() => String, { description: 'Its letter or number, as printed.' })
  async code(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).code;
  }

  @ResolveField(() => String, { description: 'The goal, verbatim (ordrett).' })
  async text(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).text;
  }

  @ResolveField(() => GoalLevelEnum, { description: 'Målnivå.' })
  async level(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).level;
  }

  @ResolveField(() => String, { description: 'The level in words.' })
  @Takes(LocaleArg)
  async levelLabel(item: ItemSource, { locale }: LocaleArg, context: RequestContext): Promise<string> {
    return inLanguage(GOAL_LEVEL_LABELS[(await stateAt(context, item)).level], locale, context.locale);
  }

  @ResolveField(() => Project, { nullable: true, description: 'The project it belongs to.' })
  async project(item: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const { project } = await stateAt(context, item);
    return project === null ? null : itemAt(context, project.item, item.pin);
  }

  @ResolveField(() => GoalStatusEnum, { description: 'Not its progress, and not its light (status).' })
  async status(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return stateOfGoal(await stateAt(context, item));
  }

  @ResolveField(() => Int, { nullable: true, description: 'Percent, as last reported; never computed (framdrift).' })
  async progress(item: ItemSource, _args: unknown, context: RequestContext): Promise<number | null> {
    return (await stateAt(context, item)).progress;
  }

  @ResolveField(() => LightEnum, { description: 'As last asserted (trafikklys).' })
  async light(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).light ?? 'NOT_ASSESSED';
  }

  @ResolveField(() => LightEnum, {
    description: 'From the deadlines of its indicators, on the as-of day; never a guess (beregnet trafikklys).',
  })
  async computedLight(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return computedLightOf(resultGoal.facets(await stateAt(context, item)), item.pin.validAt);
  }

  @ResolveField(() => [Indicator], { description: 'What it is measured by (indikatorer).' })
  async indicators(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly IndicatorSource[]> {
    const [{ indicators }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return indicators.map((indicator) => ({
      ...indicator,
      measurements: indicator.measurements.map((one) => ({ ...one, id: refIn(state, one.entry), item: item.id, pin: item.pin })),
      reached: hasReachedTarget(indicator),
      item: item.id,
      pin: item.pin,
    }));
  }

  @ResolveField(() => [Assessment], { description: 'What has been said of how it stands, oldest first (vurderinger).' })
  async assessments(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly AssertionSource[]> {
    const [{ assessments }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return assessments.map((one) => ({ ...one, id: refIn(state, one.entry), item: item.id, pin: item.pin }));
  }

  @ResolveField(() => [Evidence], {
    description: `What it rests on, the first ${PAGE_SIZE_MAX}; \`links\` pages through all (kunnskapsgrunnlag).`,
  })
  async evidence(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ItemSource[]> {
    const page = await context.reading.links(item.id, { direction: 'IN', relations: ['EVIDENCE_FOR'] }, { first: PAGE_SIZE_MAX }, item.pin);
    const sources = page.edges.map(({ node }) => node.source).filter((source) => kindOf(source) === 'evidence');
    return itemsAt(context, [...new Set(sources)], item.pin);
  }

  @Query(() => ResultGoalConnection, { description: 'Goals (mål).' })
  @Takes(ItemsArgs)
  resultGoals(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'resultGoal');
  }
}
