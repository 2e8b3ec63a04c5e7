import { ID, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { diffOfTexts, type Entry as EntryBelow, type Opened, type Party as PartyBelow } from '@saksgang/kernel';
import type { ActorKindOrUnknown, RoleOrUnknown } from '../enums.js';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { live } from '../live.js';
import { Party } from '../kinds/party.types.js';
import type { DiffType } from '../kinds/resolution.enums.js';
import { DiffPart } from '../kinds/resolution.types.js';
import {
  connection,
  entriesFor,
  entrySource,
  itemOrVeil,
  partyOrNull,
  sourceAt,
  type ChangeSource,
  type ConnectionSource,
  type EntrySource,
  type ItemSource,
  type PartySource,
  type SourceSource,
} from '../sources.js';
import { Takes } from '../takes.js';
import { LocaleArg } from './arguments.types.js';
import { SealedText } from './date.types.js';
import { Actor, Entry, EntryConnection, FieldChange } from './entry.types.js';
import { historyFilter } from './filters.js';
import { HistoryArgs, LiveEntriesArgs } from './filters.types.js';
import { Item } from './item.types.js';
import { proofOf, storedEntry, type ProofSource } from './proof.js';
import { InclusionProof } from './record.types.js';

export type ActorSource = Readonly<{ id: string; role: RoleOrUnknown; actorKind: ActorKindOrUnknown; name: Opened }>;

@Resolver(() => Actor)
export class ActorResolver {
  @ResolveField(() => SealedText, { description: 'Navn. Withheld from the public.' })
  async name(
    { id, actorKind, name }: ActorSource,
    _args: unknown,
    context: RequestContext,
  ): Promise<Readonly<{ value: string | null; sealedState: Opened['state'] }>> {
    if (actorKind === 'PERSON' && name.state === 'SHOWN') await context.notePersonal(id);
    return { value: name.value, sealedState: name.state };
  }
}

@Resolver(() => FieldChange)
export class FieldChangeResolver {
  @ResolveField(() => String, { description: 'The field in words (felt).' })
  @Takes(LocaleArg)
  label(change: ChangeSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(change.label, locale, context.locale);
  }

  @ResolveField(() => String, { description: 'The change in a sentence.' })
  @Takes(LocaleArg)
  summary(change: ChangeSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(change.summary, locale, context.locale);
  }

  @ResolveField(() => [DiffPart], {
    nullable: true,
    description: 'A text that became another, word by word; null where it is no text, or none was there before (ord for ord).',
  })
  words({ before, after }: ChangeSource): readonly Readonly<{ diffType: DiffType; text: string }>[] | null {
    if (typeof before !== 'string' || typeof after !== 'string') return null;
    return diffOfTexts(before, after).parts.map(({ change, text }) => ({ diffType: change, text }));
  }
}

export const UNKNOWN_ACTOR = { role: 'unknown', actorKind: 'UNKNOWN', name: { state: 'WITHHELD', value: null } } as const;

@Resolver(() => Entry)
export class EntryResolver {
  @ResolveField()
  position({ row }: EntrySource): string {
    return row.entry.position;
  }
  @ResolveField()
  type({ row }: EntrySource): string {
    return row.entry.event.type;
  }
  @ResolveField()
  version({ row }: EntrySource): number {
    return row.entry.version;
  }
  @ResolveField()
  recordedAt({ row }: EntrySource): string {
    return row.entry.recordedAt;
  }
  @ResolveField()
  occurred({ row }: EntrySource): EntryBelow['occurred'] {
    return row.entry.occurred;
  }
  @ResolveField()
  source({ row, pin }: EntrySource): SourceSource | null {
    return sourceAt(row.entry.source, pin);
  }
  @ResolveField()
  reason({ row }: EntrySource): string | null {
    return row.entry.reason;
  }
  @ResolveField()
  commandId({ row }: EntrySource): string {
    return row.entry.commandId;
  }

  @ResolveField(() => String, { description: 'What it says, in one line (hva som ble ført).' })
  @Takes(LocaleArg)
  title({ row }: EntrySource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(row.title, locale, context.locale);
  }

  @ResolveField(() => [ID], {
    description: 'Only in `entries`: entries that this one took out of your sight (unpublished or shielded). Forget what you hold of them.',
  })
  removed({ row }: EntrySource): readonly string[] {
    return row.removed ?? [];
  }

  @ResolveField(() => Item, { description: 'The item it belongs to.' })
  item({ row, pin }: EntrySource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemOrVeil(context, row.entry.stream, pin, row.entry.recordedAt);
  }

  @ResolveField(() => Actor, { description: 'Who recorded it (ført av).' })
  async actor({ row }: EntrySource, _args: unknown, context: RequestContext): Promise<ActorSource> {
    return { ...UNKNOWN_ACTOR, ...(await context.actorById(row.entry.actor)), id: row.entry.actor };
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who asserts it (hevdet av).' })
  assertedBy({ row, pin }: EntrySource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    const party: PartyBelow | null = row.entry.assertedBy;
    return partyOrNull(context, party, row.entry.stream, pin);
  }

  @ResolveField(() => [FieldChange], { description: 'What it changed, field by field.' })
  changes({ row }: EntrySource): readonly ChangeSource[] {
    return row.changes;
  }

  @ResolveField(() => Entry, { nullable: true, description: 'The entry it corrects, retracts or dates (retter).' })
  async corrects({ row, pin }: EntrySource, _args: unknown, context: RequestContext): Promise<EntrySource | null> {
    return row.corrects === null ? null : ((await entriesFor(context, [row.corrects], pin))[0] ?? null);
  }

  @ResolveField(() => [Entry], { description: 'The entries that correct, retract or date it (rettet av).' })
  correctedBy({ row, pin }: EntrySource, _args: unknown, context: RequestContext): Promise<readonly EntrySource[]> {
    return entriesFor(context, row.correctedBy, pin);
  }

  @ResolveField(() => InclusionProof, {
    nullable: true,
    description: 'That it stands in the record (bevis). Null where no checkpoint covers it yet, and none will soon.',
  })
  async proof({ id }: EntrySource, _args: unknown, context: RequestContext): Promise<ProofSource | null> {
    const stored = await storedEntry(context, id);
    return stored === null ? null : proofOf(context, stored, null);
  }

  @Query(() => EntryConnection, { description: 'The raw record: every entry ever made, corrections included (historikk).' })
  @Takes(HistoryArgs)
  async history(_root: unknown, args: HistoryArgs, context: RequestContext): Promise<ConnectionSource<EntrySource>> {
    const pin = await context.pin();
    const filter = await historyFilter(context, args.filter, pin);
    return connection(await context.reading.history(filter, args.orderBy ?? 'NEWEST_FIRST', args, pin), pin, entrySource);
  }

  @Subscription(() => Entry, {
    description: 'Every new entry, once the read models have it: resumable, at least once, in order.',
    resolve: (entry: EntrySource) => entry,
  })
  @Takes(LiveEntriesArgs)
  async entries(_root: unknown, args: LiveEntriesArgs, context: RequestContext): Promise<AsyncIterableIterator<EntrySource>> {
    const pin = await context.pin();
    const filter = await historyFilter(context, args.filter, pin);
    // «From now» is the moment of asking, not that of the first pull.
    const after = args.after ?? pin.position;
    return live(
      (signal) => context.reading.entriesAfter(after, filter, signal),
      async (row) => entrySource(row, await context.pinAt(row.entry.position)),
      { after, positionOf: ({ entry }) => entry.position },
    );
  }
}
