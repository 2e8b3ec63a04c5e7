import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PAGE_SIZE_MAX, type Party as PartyBelow } from '@saksgang/kernel';
import {
  DISPUTE_OUTCOME_LABELS,
  EVIDENCE_STATUS_LABELS,
  evidenceValueLabel,
  statusOfEvidence,
  type DisputeOutcome,
  type Evidence as EvidenceState,
  type EvidenceSource as SourceState,
  type EvidenceValue as ValueState,
} from '@saksgang/kinds';
import type { Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LocaleArg } from '../reading/arguments.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { Item } from '../reading/item.types.js';
import { listItems } from '../reading/list-items.js';
import { itemAt, itemsAt, partyOrNull, type ConnectionSource, type ItemSource, type PartySource } from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { Document } from './document.types.js';
import {
  Evidence,
  EvidenceConnection,
  EvidenceCorrection,
  EvidenceDispute,
  EvidenceSettlement,
  EvidenceSource,
  EvidenceStatusEnum,
  EvidenceValue,
} from './evidence.types.js';
import type { AssertionSource } from './party.resolver.js';
import { Party } from './party.types.js';

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<EvidenceState>(context, item);

type ChainSource = SourceState & Readonly<{ item: string; pin: Pin }>;
type SettlementSource = AssertionSource & Readonly<{ outcome: DisputeOutcome }>;
type DisputeSource = AssertionSource & Readonly<{ settlement: SettlementSource | null }>;

@Resolver(() => EvidenceValue)
export class EvidenceValueResolver {
  @ResolveField(() => String, { description: 'The figure in words.' })
  @Takes(LocaleArg)
  label(value: ValueState, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(evidenceValueLabel(value), locale, context.locale);
  }
}

@Resolver(() => EvidenceSource)
export class EvidenceSourceResolver {
  @ResolveField(() => Party, { nullable: true, description: 'Who said it (hvem).' })
  by(source: ChainSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    const by: PartyBelow | null = source.by;
    return partyOrNull(context, by, source.item, source.pin);
  }

  @ResolveField(() => Document, { nullable: true, description: 'Where it is a recorded document (dokument).' })
  async document(source: ChainSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return source.document === null ? null : itemAt(context, source.document, source.pin);
  }
}

@Resolver(() => EvidenceSettlement)
export class EvidenceSettlementResolver {
  @ResolveField(() => String, { description: 'The outcome in words.' })
  @Takes(LocaleArg)
  outcomeLabel(settlement: SettlementSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(DISPUTE_OUTCOME_LABELS[settlement.outcome], locale, context.locale);
  }
}

@Resolver(() => EvidenceDispute)
export class EvidenceDisputeResolver {
  @ResolveField(() => EvidenceSettlement, { nullable: true, description: 'Null: the dispute stands (avgjørelse).' })
  settlement(dispute: DisputeSource): SettlementSource | null {
    return dispute.settlement;
  }
}

@Resolver(() => Evidence)
export class EvidenceResolver {
  @ResolveField(() => String, { description: 'The claim as it now reads, verbatim (påstand).' })
  async claim(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, item)).claim;
  }

  @ResolveField(() => String, { nullable: true, description: 'The text that stands by the figure (bildetekst).' })
  async caption(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).caption;
  }

  @ResolveField(() => [EvidenceValue], { description: 'Its figures (tall).' })
  async values(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ValueState[]> {
    return (await stateAt(context, item)).values;
  }

  @ResolveField(() => [EvidenceSource], { description: 'Who reported whom, from the origin to where it was read (kildekjede).' })
  async chain(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ChainSource[]> {
    return (await stateAt(context, item)).chain.map((source) => ({ ...source, item: item.id, pin: item.pin }));
  }

  @ResolveField(() => EvidenceStatusEnum, { description: 'Kildestatus.' })
  async evidenceStatus(item: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return statusOfEvidence(await stateAt(context, item));
  }

  @ResolveField(() => String, { description: 'The status in words.' })
  @Takes(LocaleArg)
  async evidenceStatusLabel(item: ItemSource, { locale }: LocaleArg, context: RequestContext): Promise<string> {
    return inLanguage(EVIDENCE_STATUS_LABELS[statusOfEvidence(await stateAt(context, item))], locale, context.locale);
  }

  @ResolveField(() => [EvidenceDispute], { description: 'Settled ones too, oldest first (innsigelser).' })
  async disputes(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly DisputeSource[]> {
    const [{ disputes }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    const placed = { item: item.id, pin: item.pin };
    return disputes.map(({ settlement, ...dispute }) => ({
      ...dispute,
      ...placed,
      id: refIn(state, dispute.entry),
      settlement: settlement === null ? null : { ...settlement, ...placed, id: refIn(state, settlement.entry) },
    }));
  }

  @ResolveField(() => [EvidenceCorrection], { description: 'What whoever stated it has corrected, oldest first (rettelser fra kilden).' })
  async corrections(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly AssertionSource[]> {
    const [{ corrections }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return corrections.map((one) => ({ ...one, id: refIn(state, one.entry), item: item.id, pin: item.pin }));
  }

  @ResolveField(() => Evidence, { nullable: true, description: 'The claim that has taken its place (avløst av).' })
  async supersededByEvidence(item: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const state = await stateAt(context, item);
    return state.status === 'superseded' ? itemAt(context, state.by, item.pin) : null;
  }

  @ResolveField(() => [Item], {
    description: `What rests on it, the first ${PAGE_SIZE_MAX}; \`links\` pages through all (kunnskapsgrunnlag for).`,
  })
  async evidenceFor(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ItemSource[]> {
    const page = await context.reading.links(
      item.id,
      { direction: 'OUT', relations: ['EVIDENCE_FOR'] },
      { first: PAGE_SIZE_MAX },
      item.pin,
    );
    return itemsAt(context, [...new Set(page.edges.map(({ node }) => node.target))], item.pin);
  }

  @Query(() => EvidenceConnection, { description: 'Claims that something may rest on (kunnskapsgrunnlag).' })
  @Takes(ItemsArgs)
  evidences(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'evidence');
  }
}
