import { Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { ItemId } from '@saksgang/kernel';
import type { TimelineRow } from '@saksgang/projections';
import type { GraphQLResolveInfo } from 'graphql';
import { askedBelow, type Asked } from '../asked.js';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { live } from '../live.js';
import { Party } from '../kinds/party.types.js';
import { pointAt } from '../kinds/point.lookup.js';
import { Point } from '../kinds/point.types.js';
import { WhitePaper } from '../kinds/white-paper.types.js';
import {
  connection,
  entriesFor,
  itemAt,
  itemOrVeil,
  partyOrNull,
  sourceAt,
  timelineSource,
  type ConnectionSource,
  type EntrySource,
  type ItemSource,
  type PartySource,
  type PointSource,
  type SourceSource,
  type TimelineSource,
} from '../sources.js';
import { Takes } from '../takes.js';
import { LocaleArg } from './arguments.types.js';
import { Entry } from './entry.types.js';
import { timelineFilter } from './filters.js';
import { LiveTimelineArgs, TimelineArgs } from './filters.types.js';
import { Item } from './item.types.js';
import { TimelineChange, TimelineConnection, TimelineEntry } from './timeline.types.js';

type ChangeSource = Readonly<{ position: string; put: readonly TimelineSource[]; removed: readonly string[] }>;

const MORE_THAN_BRIEF = ['assertedBy', 'source', 'corrected', 'corrections'];
const isBrief = ({ fields, inOtherLanguages }: Asked): boolean => !inOtherLanguages && !MORE_THAN_BRIEF.some((field) => fields.has(field));
const itemsOf = (rows: readonly TimelineRow[]): readonly ItemId[] => [...new Set(rows.map(({ item }) => item))];

@Resolver(() => TimelineEntry)
export class TimelineResolver {
  @ResolveField(() => String, { description: 'What happened, in one line.' })
  @Takes(LocaleArg)
  title(row: TimelineSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(row.title, locale, context.locale);
  }

  @ResolveField(() => String, { description: 'More of it.' })
  @Takes(LocaleArg)
  description(row: TimelineSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(row.description, locale, context.locale);
  }

  @ResolveField(() => Item, { description: 'What it happened to.' })
  item(row: TimelineSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemOrVeil(context, row.item, row.pin, row.recordedAt);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point it is about (punkt).' })
  point(row: TimelineSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, row.item, row.part, row.pin);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who asserts it (hevdet av).' })
  assertedBy(row: TimelineSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, row.assertedBy, row.item, row.pin);
  }

  @ResolveField()
  source(row: TimelineSource): SourceSource | null {
    return sourceAt(row.source, row.pin);
  }

  @ResolveField(() => [Entry], { description: 'The entries that corrected or dated it, oldest first.' })
  corrections(row: TimelineSource, _args: unknown, context: RequestContext): Promise<readonly EntrySource[]> {
    return entriesFor(context, row.corrections, row.pin);
  }

  @ResolveField(() => WhitePaper, {
    nullable: true,
    description: 'The white paper that was asked for, where this is of one it was merged into; else null (via).',
  })
  async reachedThrough(row: TimelineSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return row.reachedThrough === null ? null : itemAt(context, row.reachedThrough, row.pin);
  }

  @Query(() => TimelineConnection, { description: 'What happened, across all items (tidslinje).' })
  @Takes(TimelineArgs)
  async timeline(
    _root: unknown,
    args: TimelineArgs,
    context: RequestContext,
    info: GraphQLResolveInfo,
  ): Promise<ConnectionSource<TimelineSource>> {
    const pin = await context.pin(args.asOf);
    const filter = await timelineFilter(context, args.filter, pin);
    const asked = askedBelow(info);
    const page = await context.reading.timeline(filter, args.orderBy ?? 'OLDEST_FIRST', args, pin, isBrief(asked) ? context.locale : null);
    if (asked.fields.has('item')) await context.gather(itemsOf(page.nodes), page.pin ?? pin);
    return connection(page, pin, timelineSource);
  }

  @Subscription(() => TimelineChange, {
    name: 'timeline',
    description: 'Changes of the timeline, once the read models have them: resumable, at least once, in order.',
    resolve: (change: ChangeSource) => change,
  })
  @Takes(LiveTimelineArgs)
  async timelineChanges(_root: unknown, args: LiveTimelineArgs, context: RequestContext): Promise<AsyncIterableIterator<ChangeSource>> {
    const pin = await context.pin();
    const filter = await timelineFilter(context, args.filter, pin);
    // «From now» is the moment of asking, not that of the first pull.
    const after = args.after ?? pin.position;
    return live(
      (signal) => context.reading.timelineAfter(after, filter, signal),
      async ({ position, put, removed }) => {
        const pin = await context.pinAt(position);
        return { position, put: put.map((row) => timelineSource(row, pin)), removed };
      },
      { after, positionOf: ({ position }) => position },
    );
  }
}
