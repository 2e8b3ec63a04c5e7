import { ResolveField, Resolver } from '@nestjs/graphql';
import { foldNotes, labels, SHIELDED_TITLE, type Labels } from '@saksgang/kernel';
import type { Attention, Visibility } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import {
  connection,
  entrySource,
  itemsAt,
  SHIELDED_ITEM,
  timelineSource,
  type ConnectionSource,
  type EntrySource,
  type ItemSource,
  type LinkSource,
  type TimelineSource,
} from '../sources.js';
import { itemStateOf, refIn } from '../state.js';
import { Takes } from '../takes.js';
import { Note, type NoteSource } from '../kinds/note.types.js';
import { Project } from '../kinds/project.types.js';
import { LinksArgs, LocaleArg, PageArgs } from './arguments.types.js';
import { AttentionEnum } from './attention.enums.js';
import { EntryConnection } from './entry.types.js';
import { timelineFilter } from './filters.js';
import { ItemTimelineArgs } from './filters.types.js';
import { Item, Publication, Shield, ShieldedItem } from './item.types.js';
import { LinkConnection } from './link.types.js';
import { TimelineConnection } from './timeline.types.js';

const RETRACTED: Labels = labels('trukket tilbake', 'trekt tilbake', 'retracted');
const SHIELDED: Labels = labels('skjermet', 'skjerma', 'shielded');

/** What every item answers, whatever its kind: Nest hands these down to each type that implements Item. */
@Resolver(() => Item)
export class ItemResolver {
  @ResolveField(() => String, { description: 'The state in words (tilstand).' })
  @Takes(LocaleArg)
  stateLabel(item: ItemSource, { locale }: LocaleArg, context: RequestContext): string {
    const state = context.registry.kinds.get(item.kind)?.states[item.state];
    const other = item.__typename === SHIELDED_ITEM ? SHIELDED : RETRACTED;
    return inLanguage(state?.label ?? other, locale, context.locale);
  }

  @ResolveField(() => String, { description: 'The kind in words (sakstype).' })
  @Takes(LocaleArg)
  kindLabel(item: ItemSource, { locale }: LocaleArg, context: RequestContext): string {
    const kind = context.registry.kinds.get(item.kind);
    return kind === undefined ? item.kind : inLanguage(kind.label, locale, context.locale);
  }

  @ResolveField(() => [Project], { description: 'The projects it belongs to: named by it, or linked to it (prosjekter).' })
  async projects(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ItemSource[]> {
    return itemsAt(context, await context.reading.projectsOf(item.id, item.pin), item.pin);
  }

  @ResolveField(() => [AttentionEnum], { description: 'Why somebody should look at it; computed on the as-of day, never stored.' })
  attention(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly Attention[]> {
    return context.attention(item.id, item.pin);
  }

  @ResolveField(() => LinkConnection, { description: 'Its relations to other items, its parts’ included (lenker).' })
  @Takes(LinksArgs)
  async links(item: ItemSource, args: LinksArgs, context: RequestContext): Promise<ConnectionSource<LinkSource>> {
    const options = { direction: args.direction ?? 'BOTH', relations: args.relations ?? null } as const;
    return connection(await context.reading.links(item.id, options, args, item.pin), item.pin, (row, pin) => ({ ...row, pin }));
  }

  @ResolveField(() => TimelineConnection, { description: 'What happened to it, oldest first (tidslinje).' })
  @Takes(ItemTimelineArgs)
  async timeline(item: ItemSource, args: ItemTimelineArgs, context: RequestContext): Promise<ConnectionSource<TimelineSource>> {
    const filter = { ...(await timelineFilter(context, args.filter, item.pin)), items: [item.id] };
    const page = await context.reading.timeline(filter, 'OLDEST_FIRST', args, item.pin);
    return connection(page, item.pin, timelineSource);
  }

  @ResolveField(() => EntryConnection, { description: 'The raw record of it, oldest first: nothing is ever removed (historikk).' })
  @Takes(PageArgs)
  async history(item: ItemSource, args: PageArgs, context: RequestContext): Promise<ConnectionSource<EntrySource>> {
    return connection(await context.reading.history({ items: [item.id] }, 'OLDEST_FIRST', args, item.pin), item.pin, entrySource);
  }

  @ResolveField(() => [Note], { description: 'Notes on it and on its parts, oldest first (merknader).' })
  async notes(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly NoteSource[]> {
    if (item.__typename === SHIELDED_ITEM) return [];
    const state = await itemStateOf(context, item);
    return foldNotes(state.facts).map((note) => ({ ...note, id: refIn(state, note.entry), item: item.id, pin: item.pin }));
  }

  @ResolveField(() => Publication, {
    nullable: true,
    description: 'Whether anyone may read it; null: it is not published (offentliggjort).',
  })
  async publication(item: ItemSource, _args: unknown, context: RequestContext): Promise<Visibility['publication']> {
    return (await context.visibility(item.id)).publication;
  }

  @ResolveField(() => [Shield], { description: 'What of it is shielded today, the whole item first (skjerming).' })
  async shields(item: ItemSource, _args: unknown, context: RequestContext): Promise<Visibility['shields']> {
    return (await context.visibility(item.id)).shields;
  }
}

@Resolver(() => ShieldedItem)
export class ShieldedItemResolver {
  @ResolveField(() => String, { description: 'That it is shielded, in the reader’s language.' })
  title(_item: ItemSource, _args: unknown, context: RequestContext): string {
    return inLanguage(SHIELDED_TITLE, null, context.locale);
  }
}
