import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PartialDate as Dated } from '@saksgang/kernel';
import { RESOLUTION_TYPE_LABELS, type Resolution as ResolutionState } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LocaleArg } from '../reading/arguments.types.js';
import { PartialDate, SealedText } from '../reading/date.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import {
  itemAt,
  itemsAt,
  partySource,
  pointSource,
  type ConnectionSource,
  type ItemSource,
  type PartySource,
  type PointSource,
} from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { sealedSource, type SealedSource } from './party.resolver.js';
import { Party } from './party.types.js';
import { pointsPage } from './point.page.js';
import { Point, PointConnection, PointPathArg, PointsArgs } from './point.types.js';
import { ResolutionTypeEnum } from './resolution.enums.js';
import { Resolution, ResolutionConnection, TextVariant, Vote } from './resolution.types.js';
import type { VariantSource, VoteSource } from './vote.resolver.js';

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<ResolutionState>(context, item);

@Resolver(() => Resolution)
export class ResolutionResolver {
  @ResolveField(() => ResolutionTypeEnum)
  async resolutionType(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).resolutionType;
  }

  @ResolveField(() => String, { description: 'The type in words.' })
  @Takes(LocaleArg)
  async resolutionTypeLabel(item: ItemSource, { locale }: LocaleArg, context: RequestContext): Promise<string> {
    return inLanguage(RESOLUTION_TYPE_LABELS[(await stateAt(context, item)).resolutionType], locale, context.locale);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who decided (organ).' })
  async body(item: ItemSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, (await stateAt(context, item)).body, item.id, item.pin);
  }

  @ResolveField(() => String, { nullable: true, description: 'Its own case reference, as printed (saksreferanse).' })
  async caseReference(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).caseReference;
  }

  @ResolveField(() => String, { nullable: true, description: 'The meeting that decided, in the source’s words (møte).' })
  async meeting(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).meeting;
  }

  @ResolveField(() => SealedText, { nullable: true, description: 'Saksbehandler.' })
  async caseOfficer(item: ItemSource, _args: unknown, context: RequestContext): Promise<SealedSource | null> {
    const { caseOfficer } = await stateAt(context, item);
    return caseOfficer === null ? null : sealedSource(context, item.id, caseOfficer);
  }

  @ResolveField(() => PartialDate, { description: 'When the body decided, as far as is known; unknown while it is a proposal (vedtatt).' })
  async decided(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated> {
    return (await stateAt(context, item)).decided;
  }

  @ResolveField(() => PointConnection, { description: 'Its points, depth first, in document order (punkter).' })
  @Takes(PointsArgs)
  points(item: ItemSource, args: PointsArgs, context: RequestContext): Promise<ConnectionSource<PointSource>> {
    return pointsPage(context, item, args);
  }

  @ResolveField(() => Point, { nullable: true, description: 'One point by its path (punkt).' })
  @Takes(PointPathArg)
  async point(item: ItemSource, { path }: PointPathArg, context: RequestContext): Promise<PointSource | null> {
    const point = (await stateAt(context, item)).points.get(path);
    return point === undefined ? null : pointSource(point, item.id, item.pin);
  }

  @ResolveField(() => [TextVariant], { description: 'Other wordings of the same decision (tekstvarianter).' })
  async variants(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly VariantSource[]> {
    const [resolution, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return resolution.variants.map((variant) => ({
      ...variant,
      id: refIn(state, variant.entry),
      item: item.id,
      pin: item.pin,
      points: resolution.points,
    }));
  }

  @ResolveField(() => [Vote], { description: 'Voteringer.' })
  async votes(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly VoteSource[]> {
    const [resolution, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return resolution.votes.map((vote) => ({ ...vote, id: refIn(state, vote.entry), item: item.id, pin: item.pin }));
  }

  @ResolveField(() => [Resolution], { description: 'The resolutions that amend it (endret av).' })
  async amendedBy(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ItemSource[]> {
    return itemsAt(context, (await stateAt(context, item)).amendedBy, item.pin);
  }

  @ResolveField(() => Resolution, { nullable: true, description: 'The resolution that supersedes it (avløst av).' })
  async supersededBy(item: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const state = await stateAt(context, item);
    return state.status === 'superseded' ? itemAt(context, state.by, item.pin) : null;
  }

  @ResolveField(() => Resolution, { nullable: true, description: 'The resolution that repeals it, where there is one (opphevet av).' })
  async repealedBy(item: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const state = await stateAt(context, item);
    return state.status === 'repealed' && state.by !== null ? itemAt(context, state.by, item.pin) : null;
  }

  @Query(() => ResolutionConnection, { description: 'Resolutions and statements (vedtak og uttalelser).' })
  @Takes(ItemsArgs)
  resolutions(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'resolution');
  }
}
