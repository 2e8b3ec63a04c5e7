import { ResolveField, Resolver } from '@nestjs/graphql';
import type { Opened, Party as PartyBelow, Sealed, Source as SourceBelow } from '@saksgang/kernel';
import type { Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { SealedText } from '../reading/date.types.js';
import { Entry } from '../reading/entry.types.js';
import { entryFor, partyOrNull, sourceAt, type EntrySource, type PartySource, type SourceSource } from '../sources.js';
import { Assertion, Party, Person } from './party.types.js';

export type SealedSource = Readonly<{ value: string | null; sealedState: Opened['state'] }>;

export const sealedSource = async (context: RequestContext, item: string, name: Sealed): Promise<SealedSource> => {
  const opened = await context.openSealed(item, name);
  return { value: opened.value, sealedState: opened.state };
};

type PersonSource = Extract<PartySource, { __typename: 'Person' }>;

@Resolver(() => Person)
export class PersonResolver {
  @ResolveField()
  personId(person: PersonSource): string {
    return person.name.person;
  }

  @ResolveField(() => SealedText, { description: 'Navn.' })
  personName(person: PersonSource, _args: unknown, context: RequestContext): Promise<SealedSource> {
    return sealedSource(context, person.item, person.name);
  }
}

/** What resolvers hand down for anything that somebody asserts. */
export type AssertionSource = Readonly<{ id: string; item: string; pin: Pin; assertedBy: PartyBelow | null }>;

@Resolver(() => Assertion)
export class AssertionResolver {
  @ResolveField()
  source(assertion: AssertionSource & Readonly<{ source: SourceBelow | null }>): SourceSource | null {
    return sourceAt(assertion.source, assertion.pin);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who says it (hevdet av).' })
  assertedBy(assertion: AssertionSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, assertion.assertedBy, assertion.item, assertion.pin);
  }

  @ResolveField(() => Entry, { description: 'The entry that recorded it (oppføring).' })
  entry(assertion: AssertionSource, _args: unknown, context: RequestContext): Promise<EntrySource | undefined> {
    return entryFor(context, assertion.id, assertion.pin);
  }
}
