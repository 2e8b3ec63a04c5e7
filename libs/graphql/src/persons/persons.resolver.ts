import { Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Erasure as ErasureBelow } from '@saksgang/commanding';
import { type PartialDate, type PersonErasedEvent } from '@saksgang/kernel';
import { ReadProblem } from '@saksgang/projections';
import { requireActor, type RequestContext } from '../context.js';
import { Party } from '../kinds/party.types.js';
import { cannotLookUp, invalid, notCaughtUp, refused, type OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { ForwardArgs } from '../reading/arguments.types.js';
import { UNKNOWN_ACTOR, type ActorSource } from '../reading/entry.resolver.js';
import { Actor } from '../reading/entry.types.js';
import { numberedPage } from '../reading/numbered-page.js';
import { leafHashOf, proofOf, storedEntry, type ProofSource } from '../reading/proof.js';
import { InclusionProof } from '../reading/record.types.js';
import { partySource, type ConnectionSource, type PartySource } from '../sources.js';
import { Takes, TakesOne } from '../takes.js';
import { createGiven } from '../writing/given.js';
import type { Input } from '../writing/record.js';
import { Erased, ErasePersonInput, Erasure, ErasureConnection, KnownPerson } from './persons.types.js';

type ErasureSource = ErasureBelow & Readonly<{ id: string; event: PersonErasedEvent }>;

const erasureSource = (erasure: ErasureBelow): ErasureSource => ({
  ...erasure,
  id: `${erasure.entry.stream}@${erasure.entry.revision}`,
  event: erasure.entry.event as PersonErasedEvent,
});

@Resolver(() => Erasure)
export class ErasureResolver {
  @ResolveField()
  personId({ event }: ErasureSource): string {
    return event.data.person;
  }
  @ResolveField()
  legalBasis({ event }: ErasureSource): string {
    return event.data.legalBasis;
  }
  @ResolveField()
  occurred({ entry }: ErasureSource): PartialDate {
    return entry.occurred;
  }
  @ResolveField()
  recordedAt({ entry }: ErasureSource): string {
    return entry.recordedAt;
  }
  @ResolveField()
  position({ entry }: ErasureSource): string {
    return entry.position;
  }

  @ResolveField(() => Party, { description: 'Who decided it (besluttet av).' })
  async decidedBy({ event, entry }: ErasureSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, event.data.decidedBy, entry.stream, await context.pin());
  }

  @ResolveField(() => Actor, { description: 'Who recorded it (ført av).' })
  async actor({ entry }: ErasureSource, _args: unknown, context: RequestContext): Promise<ActorSource> {
    return { ...UNKNOWN_ACTOR, ...(await context.actorById(entry.actor)), id: entry.actor };
  }

  @ResolveField(() => String, { description: 'The entry’s hash, base64 (kontrollsum).' })
  leafHash({ id }: ErasureSource, _args: unknown, context: RequestContext): Promise<string> {
    return leafHashOf(context, id);
  }

  @ResolveField(() => InclusionProof, {
    nullable: true,
    description: 'That it stands in the record (bevis). Null while no checkpoint covers it.',
  })
  async proof({ id }: ErasureSource, _args: unknown, context: RequestContext): Promise<ProofSource | null> {
    const stored = await storedEntry(context, id);
    return stored === null ? null : proofOf(context, stored, null);
  }
}

@Resolver(() => Erased)
export class ErasedResolver {
  @ResolveField(() => Erasure, { description: 'What stands in the record of it.' })
  erasure({ erasure }: ErasedSource): ErasureSource {
    return erasureSource(erasure);
  }
}

export type ErasedSource = Readonly<{ __typename: 'Erased'; erasure: ErasureBelow; replayed: boolean }>;

@Resolver()
export class PersonsResolver {
  @Query(() => [KnownPerson], {
    description:
      'Who goes by exactly this name, to be erased or to be named by id: for the secretariat and administrators. Several may; erased ' +
      'persons are found by nobody.',
  })
  @TakesOne('name', () => String, 'The whole name as it was recorded.')
  async persons(
    _root: unknown,
    { name }: Readonly<{ name: string }>,
    context: RequestContext,
  ): Promise<readonly Readonly<{ personId: string }>[]> {
    context.notToBeKept();
    return (await context.persons.named(name)).map((personId) => ({ personId }));
  }

  @Query(() => ErasureConnection, {
    description: 'Every erasure, newest first: for auditors, the secretariat and administrators (slettinger).',
  })
  @Takes(ForwardArgs)
  async erasures(_root: unknown, page: ForwardArgs, context: RequestContext): Promise<ConnectionSource<ErasureSource>> {
    context.notToBeKept();
    return numberedPage(page, context, {
      before: async (number, limit) => (await context.persons.erasures(number, limit)).map(erasureSource),
      count: () => context.persons.erasureCount(),
    });
  }

  @Mutation(() => Outcome, { description: 'Erase a person’s name from the record, for good: for administrators (slette personnavn).' })
  @TakesOne('input', () => ErasePersonInput, 'The command.')
  async erasePerson(
    _root: unknown,
    { input }: Input<ErasePersonInput>,
    context: RequestContext,
  ): Promise<ErasedSource | Exclude<OutcomeSource, { __typename: 'Recorded' }>> {
    const actor = requireActor(context);
    try {
      const given = createGiven(context);
      const occurred = given.dateOrNull(input.occurred, ['input', 'occurred']);
      const decidedBy = await given.party(input.decidedBy, ['input', 'decidedBy']);
      if (given.issues.length > 0) return invalid(given.issues);
      if (given.refusals[0] !== undefined) return refused(given.refusals[0]);
      const { commandId, person, legalBasis } = input;
      const outcome = await context.persons.erase({ actor, commandId, person, legalBasis, decidedBy, occurred });
      if (outcome.outcome === 'invalid') return invalid(outcome.issues);
      if (outcome.outcome === 'refused') return refused(outcome.refusal, outcome.state, outcome.retryAfterMs);
      return { __typename: 'Erased', erasure: { number: 0, entry: outcome.entry }, replayed: outcome.replayed };
    } catch (error) {
      if (error instanceof ReadProblem && error.code === 'PROJECTION_BEHIND') return notCaughtUp();
      if (error instanceof ReadProblem && error.code === 'PROJECTION_STOPPED') return cannotLookUp();
      throw error;
    }
  }
}
