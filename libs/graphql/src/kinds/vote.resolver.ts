import { ResolveField, Resolver } from '@nestjs/graphql';
import { diffOfTexts, type Party as PartyBelow } from '@saksgang/kernel';
import { printedText, TEXT_MEDIUM_LABELS, type PointTree, type TextVariant as VariantState, type Vote as VoteState } from '@saksgang/kinds';
import type { Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LocaleArg } from '../reading/arguments.types.js';
import { Entry } from '../reading/entry.types.js';
import { entryFor, partySource, sourceAt, type EntrySource, type PartySource, type PointSource, type SourceSource } from '../sources.js';
import { Takes } from '../takes.js';
import { Party } from './party.types.js';
import { pointAt } from './point.lookup.js';
import { Point } from './point.types.js';
import type { DiffType } from './resolution.enums.js';
import { DiffPart, Dissent, TextVariant, Vote } from './resolution.types.js';

type Placed = Readonly<{ id: string; item: string; pin: Pin }>;
export type VariantSource = VariantState & Placed & Readonly<{ points: PointTree }>;
export type VoteSource = VoteState & Placed;
type DissentSource = Readonly<{ party: PartyBelow; text: string | null; item: string; pin: Pin }>;

@Resolver(() => TextVariant)
export class TextVariantResolver {
  @ResolveField()
  source(variant: VariantSource): SourceSource | null {
    return sourceAt(variant.source, variant.pin);
  }

  @ResolveField(() => String, { description: 'The medium in words.' })
  @Takes(LocaleArg)
  mediumLabel(variant: VariantSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(TEXT_MEDIUM_LABELS[variant.medium], locale, context.locale);
  }

  @ResolveField(() => [DiffPart], { description: 'Compared word by word with the resolution’s own text (forskjeller).' })
  diff(variant: VariantSource): readonly Readonly<{ diffType: DiffType; text: string }>[] {
    return diffOfTexts(printedText(variant.points), variant.text).parts.map(({ change, text }) => ({ diffType: change, text }));
  }

  @ResolveField(() => Entry, { description: 'The entry that recorded it (oppføring).' })
  entry(variant: VariantSource, _args: unknown, context: RequestContext): Promise<EntrySource | undefined> {
    return entryFor(context, variant.id, variant.pin);
  }
}

@Resolver(() => Vote)
export class VoteResolver {
  @ResolveField()
  source(vote: VoteSource): SourceSource | null {
    return sourceAt(vote.source, vote.pin);
  }

  @ResolveField(() => Point, { nullable: true, description: 'Null: the vote was on the whole.' })
  point(vote: VoteSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, vote.item, vote.point, vote.pin);
  }

  @ResolveField(() => [Dissent], { description: 'Dissenser.' })
  dissents(vote: VoteSource): readonly DissentSource[] {
    return vote.dissents.map((dissent) => ({ ...dissent, item: vote.item, pin: vote.pin }));
  }

  @ResolveField(() => Entry, { description: 'The entry that recorded it (oppføring).' })
  entry(vote: VoteSource, _args: unknown, context: RequestContext): Promise<EntrySource | undefined> {
    return entryFor(context, vote.id, vote.pin);
  }
}

@Resolver(() => Dissent)
export class DissentResolver {
  @ResolveField(() => Party, { description: 'Who dissented.' })
  party(dissent: DissentSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, dissent.party, dissent.item, dissent.pin);
  }
}
