import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { listOf, type PartialDate as Dated } from '@saksgang/kernel';
import type { Body as BodyState } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import { PartialDate } from '../reading/date.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import { itemAt, type ConnectionSource, type ItemSource } from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { Body, BodyConnection, BodyName } from './body.types.js';
import { Claim } from './claim.types.js';
import type { AssertionSource } from './party.resolver.js';

@Resolver(() => Body)
export class BodyResolver {
  @ResolveField(() => String, { description: 'Navn.' })
  name(body: ItemSource): string {
    return body.title;
  }

  @ResolveField(() => [String], { description: 'Other names in use, and names it has had (andre navn).' })
  async aliases(body: ItemSource, _args: unknown, context: RequestContext): Promise<readonly string[]> {
    return (await stateOf<BodyState>(context, body)).aliases;
  }

  @ResolveField(() => [BodyName], { description: 'Every name it has had, oldest first.' })
  async names(body: ItemSource, _args: unknown, context: RequestContext): Promise<readonly object[]> {
    return (await stateOf<BodyState>(context, body)).names;
  }

  @ResolveField(() => Body, { nullable: true, description: 'The body it is part of (overordnet organ).' })
  async parentBody(body: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const { parent } = await stateOf<BodyState>(context, body);
    return parent === null ? null : itemAt(context, parent, body.pin);
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'For how long it stands, where the source says so (periode).' })
  async period(body: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateOf<BodyState>(context, body)).period;
  }

  @ResolveField(() => [Claim], { description: 'What has been claimed about it, oldest first (påstander).' })
  async claims(body: ItemSource, _args: unknown, context: RequestContext): Promise<readonly AssertionSource[]> {
    const [{ claims }, state] = await Promise.all([stateOf<BodyState>(context, body), itemStateOf(context, body)]);
    return listOf(claims).map((claim) => ({ ...claim, id: refIn(state, claim.entry), item: body.id, pin: body.pin, __typename: 'Claim' }));
  }

  @ResolveField(() => Body, { nullable: true, description: 'The body it was merged into (slått sammen med).' })
  async mergedIntoBody(body: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const state = await stateOf<BodyState>(context, body);
    return state.status === 'merged' ? itemAt(context, state.into, body.pin) : null;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'When it was merged or dissolved; null while it stands (opphørt).' })
  async ended(body: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    const state = await stateOf<BodyState>(context, body);
    return state.status === 'merged' || state.status === 'dissolved' ? state.ended : null;
  }

  @Query(() => BodyConnection, { description: 'Bodies and organisations (organer).' })
  @Takes(ItemsArgs)
  bodies(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'body');
  }
}
