import { ArgsType, Field, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PAGE_SIZE_MAX, type PartialDate as Dated, type Party as PartyBelow } from '@saksgang/kernel';
import {
  cameAfterClosing,
  coverageOf,
  type Consultation as ConsultationState,
  type ConsultationFeedback as FeedbackState,
  type ConsultationInput as InputState,
  type ConsultationReport as ReportState,
  type Coverage,
  type Question,
} from '@saksgang/kinds';
import { ReadProblem, type Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { PartialDate } from '../reading/date.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import { itemAt, partyOrNull, partySource, type ConnectionSource, type ItemSource, type PartySource } from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import {
  Consultation,
  ConsultationConnection,
  ConsultationContribution,
  ConsultationCoverage,
  ConsultationFeedback,
  ConsultationQuestion,
  ConsultationReport,
  InvitedGroup,
} from './consultation.types.js';
import { Document } from './document.types.js';
import { Party } from './party.types.js';

type Placed = Readonly<{ item: string; pin: Pin }>;
type InputSource = Omit<InputState, 'question'> & Placed & Readonly<{ id: string; asked: Question | null; afterClosing: boolean | null }>;
type ReportSource = ReportState & Placed & Readonly<{ id: string }>;
type FeedbackSource = FeedbackState & Placed & Readonly<{ id: string }>;
type GroupSource = Placed & Readonly<{ party: PartyBelow; inputs: number }>;
type CoverageSource = Placed & Pick<Coverage, 'groups' | 'answered' | 'others' | 'unknown'> & Readonly<{ invited: number }>;

@ArgsType()
class InputsArgs {
  @Field(() => Int, { nullable: true, description: 'Only the latest, 1–100. Omitted: the latest 100.' }) last?: number | null;
}

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<ConsultationState>(context, item);

/** What was said of it, each with the entry that recorded it. */
const placed = async <T extends Readonly<{ entry: string }>>(context: RequestContext, item: ItemSource, said: readonly T[]) => {
  const state = await itemStateOf(context, item);
  return said.map((one) => ({ ...one, id: refIn(state, one.entry), item: item.id, pin: item.pin }));
};

@Resolver(() => ConsultationContribution)
export class ConsultationContributionResolver {
  @ResolveField(() => Party, { nullable: true, description: 'From whom; null: not known (innspill fra).' })
  from({ from, item, pin }: InputSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, from, item, pin);
  }

  @ResolveField(() => ConsultationQuestion, { nullable: true, description: 'The question it answers.' })
  question({ asked }: InputSource): Question | null {
    return asked;
  }
}

@Resolver(() => ConsultationReport)
export class ConsultationReportResolver {
  @ResolveField(() => Document, { nullable: true, description: 'Null: the report is known by its title only.' })
  document({ document, pin }: ReportSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return document === null ? Promise.resolve(null) : itemAt(context, document, pin);
  }
}

@Resolver(() => ConsultationFeedback)
export class ConsultationFeedbackResolver {
  @ResolveField(() => [Party], { description: 'To whom.' })
  to({ to, item, pin }: FeedbackSource, _args: unknown, context: RequestContext): Promise<readonly PartySource[]> {
    return Promise.all(to.map((party) => partySource(context, party, item, pin)));
  }
}

@Resolver(() => InvitedGroup)
export class InvitedGroupResolver {
  @ResolveField(() => Party, { nullable: true, description: 'The group.' })
  party({ party, item, pin }: GroupSource, _args: unknown, context: RequestContext): Promise<PartySource> {
    return partySource(context, party, item, pin);
  }
}

@Resolver(() => ConsultationCoverage)
export class ConsultationCoverageResolver {
  @ResolveField(() => [InvitedGroup], { description: 'In the order in which they were invited.' })
  groups({ groups, item, pin }: CoverageSource): readonly GroupSource[] {
    return groups.map((group) => ({ ...group, item, pin }));
  }
}

@Resolver(() => Consultation)
export class ConsultationResolver {
  @ResolveField(() => String, { nullable: true, description: 'Formål.' })
  async purpose(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).purpose;
  }

  @ResolveField(() => [ConsultationQuestion], { description: 'What was asked, in its order (spørsmål).' })
  async questions(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly Question[]> {
    return (await stateAt(context, item)).questions;
  }

  @ResolveField(() => [Party], { description: 'The groups that were asked (invitert).' })
  async invited(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PartySource[]> {
    const { invited } = await stateAt(context, item);
    return Promise.all(invited.map((party) => partySource(context, party, item.id, item.pin)));
  }

  @ResolveField(() => Boolean, { description: 'The source speaks of more than it names (og andre).' })
  async openEnded(item: ItemSource, _args: unknown, context: RequestContext): Promise<boolean> {
    return (await stateAt(context, item)).openEnded;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'Frist for innspill.' })
  async deadline(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateAt(context, item)).deadline;
  }

  @ResolveField(() => PartialDate, { description: 'When it was opened, as far as is known (åpnet).' })
  async opened(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated> {
    return (await stateAt(context, item)).opened;
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'When it was closed; null where that is not on record (avsluttet).' })
  async closed(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateAt(context, item)).closed;
  }

  @ResolveField(() => Int, { description: 'How many inputs are on record (antall innspill).' })
  async inputCount(item: ItemSource, _args: unknown, context: RequestContext): Promise<number> {
    return (await stateAt(context, item)).inputs.length;
  }

  @ResolveField(() => [ConsultationContribution], { description: 'What was said, oldest first (innspill).' })
  @Takes(InputsArgs)
  async inputs(item: ItemSource, { last }: InputsArgs, context: RequestContext): Promise<readonly InputSource[]> {
    const count = last ?? PAGE_SIZE_MAX;
    if (count < 1 || count > PAGE_SIZE_MAX) throw new ReadProblem('BAD_PAGE', `last is 1 to ${PAGE_SIZE_MAX}, not ${count}.`);
    const consultation = await stateAt(context, item);
    const { inputs, questions } = consultation;
    const known = new Map(questions.map((question) => [question.key, question]));
    const latest = inputs.slice(-count).map(({ question, ...input }) => ({
      ...input,
      asked: question === null ? null : (known.get(question) ?? null),
      afterClosing: cameAfterClosing(consultation, input),
    }));
    return placed(context, item, latest);
  }

  @ResolveField(() => ConsultationCoverage, { description: 'Which of the invited groups gave input (dekning).' })
  async coverage(item: ItemSource, _args: unknown, context: RequestContext): Promise<CoverageSource> {
    const state = await stateAt(context, item);
    return { ...coverageOf(state), invited: state.invited.length, item: item.id, pin: item.pin };
  }

  @ResolveField(() => [ConsultationReport], { description: 'Its reports, oldest first (rapporter).' })
  async consultationReports(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly ReportSource[]> {
    return placed(context, item, (await stateAt(context, item)).reports);
  }

  @ResolveField(() => [ConsultationFeedback], { description: 'What the contributors were told, oldest first (tilbakemeldinger).' })
  async feedback(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly FeedbackSource[]> {
    return placed(context, item, (await stateAt(context, item)).feedback);
  }

  @Query(() => ConsultationConnection, { description: 'Consultations (medlemsdialoger og høringer).' })
  @Takes(ItemsArgs)
  consultations(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'consultation');
  }
}
