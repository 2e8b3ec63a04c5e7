import { Field, InputType, Int } from '@nestjs/graphql';
import type { VerdictOutcome, WhitePaperType } from '@saksgang/kinds';
import { CommandInput, NewLink, PartialDateInput, PartyInput, PersonInput } from '../writing/command.types.js';
import { ItemRef, PartRef } from '../writing/reference.types.js';
import { VerdictOutcomeEnum } from './resolution.enums.js';
import { WhitePaperTypeEnum } from './white-paper.enums.js';

@InputType({ description: 'A white paper is to come (varsle stortingsmelding). `occurred`: when it was announced, as far as is known.' })
export class AnnounceWhitePaperInput extends CommandInput {
  @Field(() => WhitePaperTypeEnum) whitePaperType!: WhitePaperType;
  @Field(() => String, { description: 'What it is called before it has a number: «Ny kulturmelding» (navn).' }) name!: string;
  @Field(() => PartyInput, { nullable: true, description: 'Departement.' }) ministry?: PartyInput | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'When it is planned to be presented (planlagt lagt fram).' })
  planned?: PartialDateInput | null;
  @Field(() => [ItemRef], { nullable: true, description: 'The projects it belongs to (prosjekter).' }) projects?: ItemRef[] | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnWhitePaperInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which white paper.' }) whitePaper!: ItemRef;
}

@InputType({ description: 'An order that the paper is to answer (bestilling). `occurred`: when it was given.' })
export class RecordOrderInput extends OnWhitePaperInput {
  @Field(() => String, { description: 'Verbatim (ordrett).' }) text!: string;
  @Field(() => PartyInput, { description: 'Bestilt av.' }) orderedBy!: PartyInput;
  @Field(() => String, { nullable: true, description: 'As printed: `vedtak 897` (referanse).' }) reference?: string | null;
  @Field(() => PartRef, {
    nullable: true,
    description: 'The item, or point, that gave the order, where it is in the record: linked ANSWERS.',
  })
  answers?: PartRef | null;
}

@InputType({ description: 'When it is to be presented, as planned from now on; earlier plans stay in `planHistory` (ny plan).' })
export class PlanWhitePaperInput extends OnWhitePaperInput {
  @Field(() => PartialDateInput, { description: '`unknown`: postponed with no new date.' }) planned!: PartialDateInput;
}

@InputType({ description: 'Who speaks for a committee on a paper (saksordfører). The name is sealed; the party stays.' })
export class RapporteurInput {
  @Field(() => PersonInput) person!: PersonInput;
  @Field(() => String, { nullable: true, description: 'The political party beside the name, as printed (parti).' }) party?: string | null;
}

@InputType({ description: 'What a stage says of itself.' })
export class WhitePaperReachedInput {
  @Field(() => String, { nullable: true, description: 'As printed: `Innst. 258 S (2018–2019)` (referanse).' }) reference?: string | null;
  @Field(() => PartyInput, { nullable: true, description: 'Komité.' }) committee?: PartyInput | null;
  @Field(() => [RapporteurInput], { nullable: true, description: 'Saksordførere.' }) rapporteurs?: RapporteurInput[] | null;
  @Field(() => String, { nullable: true, description: 'What the source says of it (tekst).' }) text?: string | null;
}

@InputType({ description: 'Presented: approved by the government that day (lagt fram).' })
export class WhitePaperPresentedInput {
  @Field(() => Int, { nullable: true, description: 'The number of «Meld. St. 8» (nummer).' }) number?: number | null;
  @Field(() => String, { nullable: true, description: '`2018–2019`; omitted: the one its date lies in (stortingssesjon).' })
  session?: string | null;
  @Field(() => String, { nullable: true, description: 'As printed on it (tittel).' }) title?: string | null;
  @Field(() => PartyInput, { nullable: true, description: 'Departement.' }) ministry?: PartyInput | null;
  @Field(() => String, { nullable: true, description: 'As printed, where it is not «Meld. St.» with number and session (referanse).' })
  reference?: string | null;
  @Field(() => String, { nullable: true, description: 'What the source says of it (tekst).' }) text?: string | null;
}

const REACHED = () => WhitePaperReachedInput;

@InputType({ description: 'The stage that was reached: exactly one.' })
export class WhitePaperStepInput {
  @Field(REACHED, { nullable: true, description: 'Innspill.' }) input?: WhitePaperReachedInput | null;
  @Field(() => WhitePaperPresentedInput, { nullable: true, description: 'Lagt fram.' }) presented?: WhitePaperPresentedInput | null;
  @Field(REACHED, { nullable: true, description: 'Oversendt komité.' }) referred?: WhitePaperReachedInput | null;
  @Field(REACHED, { nullable: true, description: 'Til komitébehandling.' }) inCommittee?: WhitePaperReachedInput | null;
  @Field(REACHED, { nullable: true, description: 'Innstilling avgitt.' }) recommendation?: WhitePaperReachedInput | null;
  @Field(REACHED, { nullable: true, description: 'Debattert.' }) debated?: WhitePaperReachedInput | null;
  @Field(REACHED, { nullable: true, description: 'Vedtatt.' }) resolved?: WhitePaperReachedInput | null;
  @Field(REACHED, { nullable: true, description: 'Fulgt opp.' }) followedUp?: WhitePaperReachedInput | null;
}

@InputType({ description: 'The paper reached a stage; stages may be skipped, and filled in later. Takes a `source`.' })
export class AdvanceWhitePaperInput extends OnWhitePaperInput {
  @Field(() => WhitePaperStepInput, { description: 'Trinn.' }) step!: WhitePaperStepInput;
}

@InputType({ description: 'The paper was merged into another before it was presented; its orders stand to be judged (slått sammen).' })
export class MergeWhitePaperInput extends OnWhitePaperInput {
  @Field(() => ItemRef, { description: 'The paper that goes on.' }) into!: ItemRef;
}

@InputType({ description: 'Another paper took its place (avløst).' })
export class SupersedeWhitePaperInput extends OnWhitePaperInput {
  @Field(() => ItemRef, { description: 'The new paper.' }) by!: ItemRef;
}

@InputType({ description: 'The paper was withdrawn (trukket tilbake).' })
export class WithdrawWhitePaperInput extends OnWhitePaperInput {}

@InputType({
  description: 'What came of a paper, or of an order it was to answer. Takes a `reason`; verdicts stand side by side (vurdering).',
})
export class JudgeWhitePaperInput extends OnWhitePaperInput {
  @Field(() => VerdictOutcomeEnum) outcome!: VerdictOutcome;
  @Field(() => String, { nullable: true, description: 'The number of the order, «1»; omitted: the paper as a whole.' }) order?:
    string | null;
}
