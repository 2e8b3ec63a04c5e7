import { Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PAGE_SIZE_MAX, type EntryId, type PartialDate as Dated } from '@saksgang/kernel';
import {
  paperReferenceOf,
  planInForce,
  STAGE_LABELS,
  stageOf,
  stepAt,
  WHITE_PAPER_TYPE_LABELS,
  whitePaper,
  type Rapporteur as RapporteurState,
  type WhitePaper as WhitePaperState,
  type WhitePaperOrder as OrderState,
  type WhitePaperStage,
  type WhitePaperStep as StepState,
  type WhitePaperVerdict,
} from '@saksgang/kinds';
import { slipDays } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LocaleArg } from '../reading/arguments.types.js';
import { PartialDate, SealedText } from '../reading/date.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { Item } from '../reading/item.types.js';
import { Link } from '../reading/link.types.js';
import { listItems } from '../reading/list-items.js';
import {
  connection,
  anyItemAt,
  itemAt,
  partyOrNull,
  partySource,
  type ConnectionSource,
  type ItemSource,
  type LinkSource,
  type PartySource,
} from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { sealedSource, type AssertionSource, type SealedSource } from './party.resolver.js';
import { Party } from './party.types.js';
import { plannedDates, type PlannedDateSource } from './planned-date.js';
import { PlannedDate } from './planned-date.types.js';
import { Verdict } from './point.types.js';
import { WhitePaperStageEnum, WhitePaperTypeEnum } from './white-paper.enums.js';
import { Rapporteur, WhitePaper, WhitePaperConnection, WhitePaperOrder, WhitePaperStep } from './white-paper.types.js';

const stateAt = (context: RequestContext, paper: ItemSource) => stateOf<WhitePaperState>(context, paper);

type StepSource = StepState & AssertionSource;
type RapporteurSource = RapporteurState & Readonly<{ item: string }>;
type VerdictSource = WhitePaperVerdict & AssertionSource;
type OrderSource = OrderState & AssertionSource & Readonly<{ verdicts: readonly VerdictSource[] }>;

/** Things said of a paper, each by the entry that said it. */
const said = async <T extends Readonly<{ entry: EntryId }>>(
  context: RequestContext,
  paper: ItemSource,
  things: readonly T[],
): Promise<readonly (T & Readonly<{ id: string; item: string; pin: ItemSource['pin'] }>)[]> => {
  if (things.length === 0) return [];
  const state = await itemStateOf(context, paper);
  return things.map((one) => ({ ...one, id: refIn(state, one.entry), item: paper.id, pin: paper.pin }));
};

@Resolver(() => WhitePaperStep)
export class WhitePaperStepResolver {
  @ResolveField(() => String, { description: 'The stage in words (trinn).' })
  @Takes(LocaleArg)
  stageLabel(step: StepSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(STAGE_LABELS[step.stage], locale, context.locale);
  }

  @ResolveField(() => String, { nullable: true, description: 'As printed: `Meld. St. 8 (2018–2019)`, `Innst. 258 S (2018–2019)`.' })
  reference(step: StepSource): string | null {
    return paperReferenceOf(step);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Of PRESENTED: who presented it (departement).' })
  presentedBy(step: StepSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, step.ministry, step.item, step.pin);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Komité.' })
  committee(step: StepSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, step.committee, step.item, step.pin);
  }

  @ResolveField(() => [Rapporteur], { description: 'In the order of the source (saksordførere).' })
  rapporteurs({ rapporteurs, item }: StepSource): readonly RapporteurSource[] {
    return rapporteurs.map((rapporteur) => ({ ...rapporteur, item }));
  }
}

@Resolver(() => Rapporteur)
export class RapporteurResolver {
  @ResolveField(() => SealedText, { description: 'Navn.' })
  person({ person, item }: RapporteurSource, _args: unknown, context: RequestContext): Promise<SealedSource> {
    return sealedSource(context, item, person);
  }
}

@Resolver(() => WhitePaperOrder)
export class WhitePaperOrderResolver {
  @ResolveField(() => Party, { description: 'Bestilt av.' })
  orderedBy(order: OrderSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, order.orderedBy, order.item, order.pin);
  }

  @ResolveField(() => Item, { nullable: true, description: 'The item that gave it, where it is in the record.' })
  async givenBy(order: OrderSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return order.answers === null ? null : anyItemAt(context, order.answers.item, order.pin);
  }

  @ResolveField(() => [Verdict], { description: 'What came of this order, in the eyes of each who judged; side by side (vurderinger).' })
  verdicts(order: OrderSource): readonly VerdictSource[] {
    return order.verdicts;
  }
}

@Resolver(() => WhitePaper)
export class WhitePaperResolver {
  @ResolveField(() => WhitePaperTypeEnum)
  async whitePaperType(paper: ItemSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await stateAt(context, paper)).whitePaperType;
  }

  @ResolveField(() => String, { description: 'The type in words.' })
  @Takes(LocaleArg)
  async whitePaperTypeLabel(paper: ItemSource, { locale }: LocaleArg, context: RequestContext): Promise<string> {
    return inLanguage(WHITE_PAPER_TYPE_LABELS[(await stateAt(context, paper)).whitePaperType], locale, context.locale);
  }

  @ResolveField(() => String, { description: 'Navn.' })
  name(paper: ItemSource): string {
    return paper.title;
  }

  @ResolveField(() => WhitePaperStageEnum, { description: 'How far it has come, or how it ended (trinn).' })
  async stage(paper: ItemSource, _args: unknown, context: RequestContext): Promise<WhitePaperStage> {
    return stageOf(await stateAt(context, paper));
  }

  @ResolveField(() => [WhitePaperStep], { description: 'Every stage it has reached, in their order (trinn).' })
  async stages(paper: ItemSource, _args: unknown, context: RequestContext): Promise<readonly StepSource[]> {
    return said(context, paper, (await stateAt(context, paper)).steps);
  }

  @ResolveField(() => String, { nullable: true, description: 'Departement.' })
  async ministry(paper: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, paper)).ministry?.name ?? null;
  }

  @ResolveField(() => Party, { nullable: true, description: 'The ministry, and the body it is tied to (departement).' })
  async ministryParty(paper: ItemSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, (await stateAt(context, paper)).ministry, paper.id, paper.pin);
  }

  @ResolveField(() => Int, { nullable: true, description: 'The number of «Meld. St. 8», once it is presented (nummer).' })
  async number(paper: ItemSource, _args: unknown, context: RequestContext): Promise<number | null> {
    return stepAt(await stateAt(context, paper), 'PRESENTED')?.number ?? null;
  }

  @ResolveField(() => String, { nullable: true, description: '`2018–2019` (stortingssesjon).' })
  async session(paper: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return stepAt(await stateAt(context, paper), 'PRESENTED')?.session ?? null;
  }

  @ResolveField(() => String, { nullable: true, description: 'The title printed on the paper (tittel på meldingen).' })
  async printedTitle(paper: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return stepAt(await stateAt(context, paper), 'PRESENTED')?.title ?? null;
  }

  @ResolveField(() => PartialDate, {
    nullable: true,
    description: 'When it is to be presented, by the plan in force (planlagt lagt fram).',
  })
  async planned(paper: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return planInForce(await stateAt(context, paper))?.date ?? null;
  }

  @ResolveField(() => [PlannedDate], { description: 'Every plan it has had, oldest first (planhistorikk).' })
  async planHistory(paper: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PlannedDateSource[]> {
    return plannedDates(context, paper, (await stateAt(context, paper)).plans);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'Days from the first plan to the one in force; null where either is coarser than a month, or there is none (glidning).',
  })
  async slipDays(paper: ItemSource, _args: unknown, context: RequestContext): Promise<number | null> {
    return slipDays(whitePaper.facets(await stateAt(context, paper)).slip);
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'Lagt fram.' })
  async presented(paper: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return stepAt(await stateAt(context, paper), 'PRESENTED')?.occurred ?? null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The recommendation on it, as printed: `Innst. 258 S (2018–2019)` (innstilling).',
  })
  async recommendation(paper: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return stepAt(await stateAt(context, paper), 'RECOMMENDED')?.reference ?? null;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'Debattert.' })
  async debated(paper: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return stepAt(await stateAt(context, paper), 'DEBATED')?.occurred ?? null;
  }

  @ResolveField(() => WhitePaper, { nullable: true, description: 'The paper it was merged into (slått sammen med).' })
  async mergedInto(paper: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const state = await stateAt(context, paper);
    return state.status === 'merged' ? itemAt(context, state.into, paper.pin) : null;
  }

  @ResolveField(() => WhitePaper, { nullable: true, description: 'The paper that took its place (avløst av).' })
  async supersededByPaper(paper: ItemSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    const state = await stateAt(context, paper);
    return state.status === 'superseded' ? itemAt(context, state.by, paper.pin) : null;
  }

  @ResolveField(() => [WhitePaperOrder], { description: 'The orders it is to answer, in the order they were recorded (bestillinger).' })
  async orders(paper: ItemSource, _args: unknown, context: RequestContext): Promise<readonly OrderSource[]> {
    const { orders, verdicts } = await stateAt(context, paper);
    const [given, judged] = await Promise.all([said(context, paper, orders), said(context, paper, verdicts)]);
    return given.map((one) => ({ ...one, verdicts: judged.filter(({ order }) => order === one.order) }));
  }

  @ResolveField(() => [Link], { description: 'Its links to what it answers, at most 100 (svarer på).' })
  async answers(paper: ItemSource, _args: unknown, context: RequestContext): Promise<readonly LinkSource[]> {
    const options = { direction: 'OUT', relations: ['ANSWERS'] } as const;
    const page = await context.reading.links(paper.id, options, { first: PAGE_SIZE_MAX }, paper.pin);
    return connection(page, paper.pin, (row, pin) => ({ ...row, pin })).nodes;
  }

  @ResolveField(() => [Verdict], {
    description: 'What came of it and of its orders, in the eyes of each who judged; side by side (vurderinger).',
  })
  async verdicts(paper: ItemSource, _args: unknown, context: RequestContext): Promise<readonly VerdictSource[]> {
    return said(context, paper, (await stateAt(context, paper)).verdicts);
  }

  @Query(() => WhitePaperConnection, { description: 'White papers (stortingsmeldinger).' })
  @Takes(ItemsArgs)
  whitePapers(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'whitePaper');
  }
}
