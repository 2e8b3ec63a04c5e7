import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { DueRow, Pin } from '@saksgang/projections';
import type { PartialDate as Dated } from '@saksgang/kernel';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { Party } from '../kinds/party.types.js';
import { pointAt } from '../kinds/point.lookup.js';
import { Point } from '../kinds/point.types.js';
import { Takes } from '../takes.js';
import {
  connection,
  itemAt,
  itemFor,
  itemsAt,
  itemSource,
  partyOrNull,
  type ConnectionSource,
  type ItemSource,
  type PartySource,
  type PointSource,
} from '../sources.js';
import { ForwardArgs, LocaleArg } from './arguments.types.js';
import { itemNamed } from './filters.js';
import { OfProjectArgs } from './gaps.types.js';
import { ItemConnection } from './item.connection.js';
import { Item } from './item.types.js';
import { kindsOf, type KindStatusSource, type StateCountSource } from './status.board.js';
import { KindStatus, Late, StateCount, StatusBoard, Upcoming } from './status.types.js';

type DueSource = DueRow & Readonly<{ pin: Pin }>;
type BoardSource = Readonly<{
  project: ItemSource | null;
  kinds: readonly KindStatusSource[];
  late: readonly DueSource[];
  next: readonly DueSource[];
  attention: readonly ItemSource[];
  position: string;
}>;

@Resolver(() => StatusBoard)
export class StatusResolver {
  @Query(() => StatusBoard, { description: 'Where things stand (statustavle).' })
  @Takes(OfProjectArgs)
  async status(_root: unknown, args: OfProjectArgs, context: RequestContext): Promise<BoardSource> {
    const pin = await context.pin(args.asOf);
    const project = args.project ? await itemNamed(context, args.project, pin, ['project']) : null;
    const { counts, late, next, attention } = await context.reading.status(project, pin);
    return {
      project: project === null ? null : await itemAt(context, project, pin),
      kinds: kindsOf(context, counts, project, pin),
      late: late.map((row) => ({ ...row, pin })),
      next: next.map((row) => ({ ...row, pin })),
      attention: await itemsAt(context, attention, pin),
      position: pin.position,
    };
  }
}

@Resolver(() => KindStatus)
export class KindStatusResolver {
  @ResolveField(() => String, { description: 'The kind in words (sakstype).' })
  @Takes(LocaleArg)
  label({ kind }: KindStatusSource, { locale }: LocaleArg, context: RequestContext): string {
    const known = context.registry.kinds.get(kind);
    return known === undefined ? kind : inLanguage(known.label, locale, context.locale);
  }
}

@Resolver(() => StateCount)
export class StateCountResolver {
  @ResolveField(() => String, { description: 'The state in words (tilstand).' })
  @Takes(LocaleArg)
  label({ kind, state }: StateCountSource, { locale }: LocaleArg, context: RequestContext): string {
    const known = context.registry.kinds.get(kind)?.states[state];
    return known === undefined ? state : inLanguage(known.label, locale, context.locale);
  }

  @ResolveField(() => ItemConnection, { description: 'The items behind the number, by title (sakene bak tallet).' })
  @Takes(ForwardArgs)
  async items(
    { kind, state, project, pin }: StateCountSource,
    args: ForwardArgs,
    context: RequestContext,
  ): Promise<ConnectionSource<ItemSource>> {
    const page = await context.reading.items({ kinds: [kind], states: [state], project }, 'TITLE', args, pin);
    return connection(page, pin, itemSource);
  }
}

@Resolver(() => Late)
export class LateResolver {
  @ResolveField(() => Item, { description: 'Saken.' })
  item(late: DueSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemFor(context, late.item, late.pin);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point, where it is one (punkt).' })
  point(late: DueSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, late.item, late.part, late.pin);
  }

  @ResolveField(() => String, { description: 'What was to happen, in words.' })
  @Takes(LocaleArg)
  what(late: DueSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(late.what, locale, context.locale);
  }

  @ResolveField()
  due(late: DueSource): Dated {
    return late.date;
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who is responsible (ansvarlig).' })
  owner(late: DueSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, late.owner, late.item, late.pin);
  }
}

@Resolver(() => Upcoming)
export class UpcomingResolver {
  @ResolveField(() => Item, { description: 'Saken.' })
  item(next: DueSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemFor(context, next.item, next.pin);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point, where it is one (punkt).' })
  point(next: DueSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, next.item, next.part, next.pin);
  }

  @ResolveField(() => String, { description: 'What is to happen, in words.' })
  @Takes(LocaleArg)
  what(next: DueSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(next.what, locale, context.locale);
  }
}
