import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GapRow, GapRule, Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { pointAt } from '../kinds/point.lookup.js';
import { Point } from '../kinds/point.types.js';
import { itemFor, type ItemSource, type PointSource } from '../sources.js';
import { Takes } from '../takes.js';
import { LocaleArg } from './arguments.types.js';
import { itemNamed } from './filters.js';
import { Gap, OfProjectArgs } from './gaps.types.js';
import { Item } from './item.types.js';

type GapSource = GapRow & Readonly<{ pin: Pin }>;

/** The mutations that close what no single kind can see. A spec holds them to be mutations of the schema. */
export const CLOSED_BY: Readonly<Partial<Record<GapRule, readonly string[]>>> = {
  WITHOUT_EVIDENCE: ['stateEvidence', 'link'],
  DOCUMENT_NUMBERS_MISSING: ['registerDocument'],
  CYCLE: ['unlink', 'retractEntry'],
  DUPLICATE_REFERENCE: ['correctEntry', 'retractEntry'],
};

@Resolver(() => Gap)
export class GapResolver {
  @ResolveField(() => Item, { description: 'Saken.' })
  item(gap: GapSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemFor(context, gap.item, gap.pin);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point, where it is of one (punkt).' })
  point(gap: GapSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, gap.item, gap.part, gap.pin);
  }

  @ResolveField(() => String, { description: 'What is missing, in words.' })
  @Takes(LocaleArg)
  what(gap: GapSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(gap.what, locale, context.locale);
  }

  @ResolveField(() => [String], { description: 'The mutations by which it can be closed.' })
  closedBy(gap: GapSource): readonly string[] {
    return gap.closedBy.length > 0 ? gap.closedBy : (CLOSED_BY[gap.rule] ?? []);
  }

  @Query(() => [Gap], { description: 'What is missing (hull). Of each rule at most 1,000.' })
  @Takes(OfProjectArgs)
  async gaps(_root: unknown, args: OfProjectArgs, context: RequestContext): Promise<readonly GapSource[]> {
    const pin = await context.pin(args.asOf);
    const project = args.project ? await itemNamed(context, args.project, pin, ['project']) : null;
    return (await context.reading.gaps(project, pin)).map((row) => ({ ...row, pin }));
  }
}
