import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PartialDate as Dated } from '@saksgang/kernel';
import {
  AGREEMENT_TYPE_LABELS,
  periodOf,
  type Accession as AccessionState,
  type Agreement as AgreementState,
  type AgreementGoal as AgreementGoalState,
  type AgreementVersion as VersionState,
  type Signature,
} from '@saksgang/kinds';
import type { Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LocaleArg } from '../reading/arguments.types.js';
import { PartialDate, SealedText } from '../reading/date.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import { partySource, type ConnectionSource, type ItemSource, type PartySource } from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import {
  Accession,
  Agreement,
  AgreementConnection,
  AgreementGoal,
  AgreementSignature,
  AgreementTypeEnum,
  AgreementVersion,
} from './agreement.types.js';
import { sealedSource, type AssertionSource, type SealedSource } from './party.resolver.js';
import { Party } from './party.types.js';

type Placed = Readonly<{ item: string; pin: Pin }>;
type SignatureSource = Signature & Placed;

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<AgreementState>(context, item);

@Resolver(() => AgreementSignature)
export class AgreementSignatureResolver {
  @ResolveField(() => Party, { nullable: true, description: 'For whom it was signed.' })
  party({ party, item, pin }: SignatureSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, party, item, pin);
  }

  @ResolveField(() => SealedText, { nullable: true, description: 'Who signed; null: not known.' })
  person({ person, item }: SignatureSource, _args: unknown, context: RequestContext): Promise<SealedSource | null> {
    return person === null ? Promise.resolve(null) : sealedSource(context, item, person);
  }
}

@Resolver(() => Accession)
export class AccessionResolver {
  @ResolveField(() => Party, { nullable: true, description: 'Who joined.' })
  party({ party, item, pin }: AccessionState & Placed, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, party, item, pin);
  }
}

@Resolver(() => Agreement)
export class AgreementResolver {
  @ResolveField(() => AgreementTypeEnum)
  async agreementType(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).agreementType;
  }

  @ResolveField(() => String, { description: 'The type in words.' })
  @Takes(LocaleArg)
  async agreementTypeLabel(item: ItemSource, { locale }: LocaleArg, context: RequestContext): Promise<string> {
    return inLanguage(AGREEMENT_TYPE_LABELS[(await stateAt(context, item)).agreementType], locale, context.locale);
  }

  @ResolveField(() => [Party], { description: 'Those that signed, then those that joined (parter).' })
  async parties(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PartySource[]> {
    const { parties } = await stateAt(context, item);
    return Promise.all(parties.map((party) => partySource(context, party, item.id, item.pin)));
  }

  @ResolveField(() => Boolean, { description: 'The source speaks of more parties than it names (og flere).' })
  async openEnded(item: ItemSource, _args: unknown, context: RequestContext): Promise<boolean> {
    return (await stateAt(context, item)).openEnded;
  }

  @ResolveField(() => [AgreementSignature], { description: 'In the order of the document (underskrifter).' })
  async signatures(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly SignatureSource[]> {
    const { signatures } = await stateAt(context, item);
    return signatures.map((signature) => ({ ...signature, item: item.id, pin: item.pin }));
  }

  @ResolveField(() => [AgreementGoal], { description: 'Its goals, in its own order (mål).' })
  async agreementGoals(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly AgreementGoalState[]> {
    return (await stateAt(context, item)).goals;
  }

  @ResolveField(() => String, { nullable: true, description: 'Formål.' })
  async purpose(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).purpose;
  }

  @ResolveField(() => String, { nullable: true, description: 'What it builds on, in its own words (bygger på).' })
  async buildsOn(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).buildsOn;
  }

  @ResolveField(() => PartialDate, { description: 'When it was signed, as far as is known (inngått).' })
  async signed(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated> {
    return (await stateAt(context, item)).signed;
  }

  @ResolveField(() => PartialDate, {
    nullable: true,
    description: 'When it came into force; null where that is not on record (trådt i kraft).',
  })
  async inForceSince(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateAt(context, item)).broughtIntoForce;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'For how long its last version is in force (periode).' })
  async period(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return periodOf(await stateAt(context, item));
  }

  @ResolveField(() => [AgreementVersion], { description: 'Oldest first; the first is what was signed (versjoner).' })
  async versions(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly (AssertionSource & VersionState)[]> {
    const [{ versions }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return versions.map((version) => ({ ...version, id: refIn(state, version.entry), item: item.id, pin: item.pin }));
  }

  @ResolveField(() => [Accession], { description: 'Who joined later, oldest first (tiltredelser).' })
  async accessions(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly (AssertionSource & AccessionState)[]> {
    const [{ accessions }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return accessions.map((accession) => ({ ...accession, id: refIn(state, accession.entry), item: item.id, pin: item.pin }));
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'When it ended; null while it goes on (gikk ut).' })
  async ended(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    const state = await stateAt(context, item);
    return state.status === 'ended' ? state.ended : null;
  }

  @Query(() => AgreementConnection, { description: 'Agreements, declarations and platforms (avtaler).' })
  @Takes(ItemsArgs)
  agreements(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'agreement');
  }
}
