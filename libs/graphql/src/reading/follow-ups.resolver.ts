import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { foldNotes, type PartialDate as Dated } from '@saksgang/kernel';
import type { Resolution as ResolutionState } from '@saksgang/kinds';
import type { FollowUpRow, Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { sealedSource, type AssertionSource, type SealedSource } from '../kinds/party.resolver.js';
import { Party } from '../kinds/party.types.js';
import { pointAt } from '../kinds/point.lookup.js';
import { assertedOn } from '../kinds/point.resolver.js';
import { Point, Report, Verdict } from '../kinds/point.types.js';
import { Resolution } from '../kinds/resolution.types.js';
import {
  connection,
  itemFor,
  partyOrNull,
  partySource,
  type ConnectionSource,
  type ItemSource,
  type PartySource,
  type PointSource,
} from '../sources.js';
import { itemStateOf, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { PartialDate, SealedText } from './date.types.js';
import { itemNamed, itemsNamed } from './filters.js';
import { FollowUp, FollowUpConnection, FollowUpsArgs, type FollowUpFilter } from './follow-ups.types.js';

type FollowUpSource = FollowUpRow & Readonly<{ pin: Pin }>;

const itemOf = (context: RequestContext, { item, pin }: FollowUpSource): ItemSource | Promise<ItemSource> => itemFor(context, item, pin);
const decisionOf = async (context: RequestContext, row: FollowUpSource) => stateOf<ResolutionState>(context, await itemOf(context, row));

/** @throws when there is no such point: a bug, for the row was found. */
const pointOf = async (context: RequestContext, { item, part, pin }: FollowUpSource): Promise<PointSource> => {
  const point = await pointAt(context, item, part, pin);
  if (point === null) throw new Error(`${item} asks for something in ${part}, which is no point at ${pin.position}`);
  return point;
};

const filterOf = async (context: RequestContext, filter: FollowUpFilter, pin: Pin) => ({
  ...filter,
  // Points are parts of resolutions: only they have rows here.
  kinds: ['resolution'],
  bodies: await itemsNamed(context, filter.bodies, pin, 'bodies'),
  owners: await itemsNamed(context, filter.owners, pin, 'owners'),
  project: filter.project ? await itemNamed(context, filter.project, pin, ['filter', 'project']) : null,
});

@Resolver(() => FollowUp)
export class FollowUpResolver {
  @ResolveField(() => Point, { description: 'Punktet.' })
  point(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<PointSource> {
    return pointOf(context, row);
  }

  @ResolveField(() => Resolution, { description: 'The resolution it is a point of (vedtaket).' })
  resolution(row: FollowUpSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemOf(context, row);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who decided (organ).' })
  async body(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, (await decisionOf(context, row)).body, row.item, row.pin);
  }

  @ResolveField(() => PartialDate, { description: 'When it was decided, as far as is known (vedtatt).' })
  async decided(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<Dated> {
    return (await decisionOf(context, row)).decided;
  }

  @ResolveField(() => String, { nullable: true, description: 'The resolution’s own case reference, as printed (saksnummer).' })
  async caseReference(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await decisionOf(context, row)).caseReference;
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who is to carry it out (ansvarlig).' })
  async owner(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, (await pointOf(context, row)).owner, row.item, row.pin);
  }

  @ResolveField(() => SealedText, { nullable: true, description: 'Saksbehandler.' })
  async caseOfficer(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<SealedSource | null> {
    const { caseOfficer } = await decisionOf(context, row);
    return caseOfficer === null ? null : sealedSource(context, row.item, caseOfficer);
  }

  @ResolveField(() => Report, { nullable: true, description: 'What was reported back last (siste rapport).' })
  async lastReport(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<AssertionSource | null> {
    const point = await pointOf(context, row);
    return (await assertedOn(context, point, point.reports.slice(-1)))[0] ?? null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The last note on the point, else the recorder’s note on its reading (merknad).',
  })
  async remark(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<string | null> {
    const [point, state] = await Promise.all([pointOf(context, row), itemStateOf(context, await itemOf(context, row))]);
    return foldNotes(state.facts).findLast(({ part }) => part === row.part)?.text ?? point.note;
  }

  @ResolveField(() => [Verdict], { description: 'What came of it, in the eyes of each who judged (vurderinger).' })
  async verdicts(row: FollowUpSource, _args: unknown, context: RequestContext): Promise<readonly AssertionSource[]> {
    const point = await pointOf(context, row);
    return assertedOn(context, point, point.verdicts);
  }

  @Query(() => FollowUpConnection, {
    description: 'One row for each point that asks for something (oppfølgingsliste for vedtak).',
  })
  @Takes(FollowUpsArgs)
  async followUps(_root: unknown, args: FollowUpsArgs, context: RequestContext): Promise<ConnectionSource<FollowUpSource>> {
    const asked = await context.pin(args.asOf);
    const filter = await filterOf(context, args.filter ?? {}, asked);
    const page = await context.reading.followUps(filter, args.orderBy ?? 'DEADLINE', args, asked);
    return connection(page, asked, (row, pin) => ({ ...row, pin }));
  }
}
