import { Int, ResolveField, Resolver } from '@nestjs/graphql';
import { liesIn, SHIELDED_TITLE, type Labels } from '@saksgang/kernel';
import {
  POINT_CLOSURE_LABELS,
  POINT_KIND_LABELS,
  POINT_STATE_LABELS,
  VERDICT_OUTCOME_LABELS,
  type Report as ReportState,
  type Verdict as VerdictState,
} from '@saksgang/kinds';
import type { Visibility } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LinksArgs, LocaleArg } from '../reading/arguments.types.js';
import { Shield } from '../reading/item.types.js';
import { LinkConnection } from '../reading/link.types.js';
import {
  connection,
  itemFor,
  partyOrNull,
  partySource,
  type ConnectionSource,
  type ItemSource,
  type LinkSource,
  type PartySource,
  type PointSource,
} from '../sources.js';
import { itemStateOf, refIn } from '../state.js';
import { Takes } from '../takes.js';
import type { AssertionSource } from './party.resolver.js';
import { Party } from './party.types.js';
import { pointAt } from './point.lookup.js';
import { daysOverdueOf } from './point.overdue.js';
import { Point, Report, Verdict } from './point.types.js';
import { Resolution } from './resolution.types.js';

/** What was said of a point, with the ids of the entries that recorded it. */
export const assertedOn = async (
  context: RequestContext,
  point: PointSource,
  said: readonly (ReportState | VerdictState)[],
): Promise<readonly AssertionSource[]> => {
  if (said.length === 0) return [];
  const state = await itemStateOf(context, await itemFor(context, point.item, point.pin));
  return said.map((one) => ({ ...one, id: refIn(state, one.entry), item: point.item, pin: point.pin }));
};

type Shielding = Visibility['shields'][number];

const shieldOf = async (context: RequestContext, { item, path }: PointSource): Promise<Shielding | null> =>
  (await context.visibility(item)).shields.find(({ part }) => part === null || liesIn(path, part)) ?? null;

/** «Skjermet (offl. § 13)». */
const shieldedText = async (context: RequestContext, point: PointSource): Promise<string> => {
  const shield = await shieldOf(context, point);
  const word = inLanguage(SHIELDED_TITLE, null, context.locale);
  return shield === null ? word : `${word} (${shield.legalBasis})`;
};

@Resolver(() => Point)
export class PointResolver {
  @ResolveField(() => Resolution, { description: 'The resolution it is a point of.' })
  resolution(point: PointSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemFor(context, point.item, point.pin);
  }

  @ResolveField()
  text(point: PointSource, _args: unknown, context: RequestContext): string | Promise<string> {
    // No point is recorded without a text.
    return point.text === '' ? shieldedText(context, point) : point.text;
  }

  @ResolveField(() => Shield, {
    nullable: true,
    description: 'On what ground it is shielded today, itself or with what it lies in (skjerming).',
  })
  shield(point: PointSource, _args: unknown, context: RequestContext): Promise<Shielding | null> {
    return shieldOf(context, point);
  }

  @ResolveField(() => String, { description: 'The kind in words (punkttype).' })
  @Takes(LocaleArg)
  pointKindLabel(point: PointSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(POINT_KIND_LABELS[point.pointKind], locale, context.locale);
  }

  @ResolveField(() => String, { description: 'The state in words (tilstand).' })
  @Takes(LocaleArg)
  pointStateLabel(point: PointSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(POINT_STATE_LABELS[point.state], locale, context.locale);
  }

  @ResolveField(() => String, { nullable: true, description: 'How it was closed, in words.' })
  @Takes(LocaleArg)
  closedAsLabel(point: PointSource, { locale }: LocaleArg, context: RequestContext): string | null {
    const texts: Labels | null = point.closedAs === null ? null : POINT_CLOSURE_LABELS[point.closedAs];
    return texts === null ? null : inLanguage(texts, locale, context.locale);
  }

  @ResolveField(() => [Party], { description: 'Whom it is addressed to (adressater).' })
  addressees(point: PointSource, _args: unknown, context: RequestContext): Promise<readonly PartySource[]> {
    return Promise.all(point.addressees.map((party) => partySource(context, party, point.item, point.pin)));
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who is to carry it out (ansvarlig).' })
  owner(point: PointSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, point.owner, point.item, point.pin);
  }

  @ResolveField(() => [Report], { description: 'What was reported back, oldest first (rapporter).' })
  reports(point: PointSource, _args: unknown, context: RequestContext): Promise<readonly AssertionSource[]> {
    return assertedOn(context, point, point.reports);
  }

  @ResolveField(() => [Verdict], { description: 'What came of it, in the eyes of each who judged; side by side (vurderinger).' })
  verdicts(point: PointSource, _args: unknown, context: RequestContext): Promise<readonly AssertionSource[]> {
    return assertedOn(context, point, point.verdicts);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point that replaces it (erstattet av).' })
  replacedBy(point: PointSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return point.replacedBy === null ? Promise.resolve(null) : pointAt(context, point.replacedBy.item, point.replacedBy.point, point.pin);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'Days past its deadline at the as-of day; null when not overdue (dager over frist).',
  })
  daysOverdue(point: PointSource, _args: unknown, context: RequestContext): Promise<number | null> {
    return daysOverdueOf(context, point);
  }

  @ResolveField(() => LinkConnection, { description: 'Its own relations to other items (lenker).' })
  @Takes(LinksArgs)
  async links(point: PointSource, args: LinksArgs, context: RequestContext): Promise<ConnectionSource<LinkSource>> {
    const options = { part: point.path, direction: args.direction ?? 'BOTH', relations: args.relations ?? null } as const;
    return connection(await context.reading.links(point.item, options, args, point.pin), point.pin, (row, pin) => ({ ...row, pin }));
  }
}

@Resolver(() => Verdict)
export class VerdictResolver {
  @ResolveField(() => String, { description: 'The verdict in words.' })
  @Takes(LocaleArg)
  outcomeLabel(verdict: VerdictState, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(VERDICT_OUTCOME_LABELS[verdict.outcome], locale, context.locale);
  }
}
