import { ResolveField, Resolver } from '@nestjs/graphql';
import { RELATION_LABELS } from '@saksgang/kernel';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { Party } from '../kinds/party.types.js';
import { Point } from '../kinds/point.types.js';
import { pointAt } from '../kinds/point.lookup.js';
import {
  entryFor,
  anyItemAt,
  partyOrNull,
  sourceAt,
  type EntrySource,
  type ItemSource,
  type LinkSource,
  type PartySource,
  type PointSource,
  type SourceSource,
} from '../sources.js';
import { Takes } from '../takes.js';
import { LocaleArg } from './arguments.types.js';
import { Entry } from './entry.types.js';
import { Item } from './item.types.js';
import { Link } from './link.types.js';

@Resolver(() => Link)
export class LinkResolver {
  @ResolveField(() => String, { description: 'The relation in words, read from source to target («er del av»).' })
  @Takes(LocaleArg)
  relationLabel(link: LinkSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(RELATION_LABELS[link.relation], locale, context.locale);
  }

  @ResolveField(() => Item, { nullable: true, description: 'Null where the item is not yet in effect at the point of view.' })
  from(link: LinkSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return anyItemAt(context, link.source, link.pin);
  }

  @ResolveField(() => Item, { nullable: true, description: 'Null where the item is not yet in effect at the point of view.' })
  to(link: LinkSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return anyItemAt(context, link.target, link.pin);
  }

  @ResolveField(() => Item, { nullable: true, description: 'The item at the other end, seen from the one that was asked.' })
  other(link: LinkSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return anyItemAt(context, link.direction === 'OUT' ? link.target : link.source, link.pin);
  }

  @ResolveField()
  fromPart(link: LinkSource): string | null {
    return link.part;
  }

  @ResolveField()
  toPart(link: LinkSource): string | null {
    return link.targetPart;
  }

  @ResolveField(() => Point, { nullable: true })
  fromPoint(link: LinkSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, link.source, link.part, link.pin);
  }

  @ResolveField(() => Point, { nullable: true })
  toPoint(link: LinkSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, link.target, link.targetPart, link.pin);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who asserts it (hevdet av).' })
  assertedBy(link: LinkSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, link.assertedBy, link.source, link.pin);
  }

  @ResolveField()
  source(link: LinkSource): SourceSource | null {
    return sourceAt(link.provenance, link.pin);
  }

  @ResolveField(() => Entry, { description: 'The entry that made it.' })
  entry(link: LinkSource, _args: unknown, context: RequestContext): Promise<EntrySource | undefined> {
    return entryFor(context, link.id, link.pin);
  }
}
