import { Field, ID, InputType } from '@nestjs/graphql';
import { CommandInput, NewLink, PartialDateInput, PartyInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';

@InputType({ description: 'A question of a consultation (spørsmål).' })
export class ConsultationQuestionInput {
  @Field(() => ID, { nullable: true, description: 'A number from 1; omitted: the next free one.' }) key?: string | null;
  @Field(() => String, { description: 'Ordrett.' }) text!: string;
}

@InputType({ description: 'Open a consultation (åpne medlemsdialog eller høring). `occurred`: when it was opened, as far as is known.' })
export class OpenConsultationInput extends CommandInput {
  @Field(() => String, { description: 'Tittel.' }) title!: string;
  @Field(() => String, { nullable: true, description: 'Formål.' }) purpose?: string | null;
  @Field(() => [ConsultationQuestionInput], { nullable: true, description: 'Spørsmål.' }) questions?: ConsultationQuestionInput[] | null;
  @Field(() => [PartyInput], { nullable: true, description: 'The groups that were asked (invitert).' }) invited?: PartyInput[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'And others, whom the source does not name (og andre).' })
  openEnded?: boolean | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'Frist for innspill.' }) deadline?: PartialDateInput | null;
  @Field(() => [ItemRef], { nullable: true, description: 'Prosjekter.' }) projects?: ItemRef[] | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnConsultationInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which consultation.' }) consultation!: ItemRef;
}

@InputType({ description: 'The time for giving input is another (ny frist).' })
export class SetConsultationDeadlineInput extends OnConsultationInput {
  @Field(() => PartialDateInput, { nullable: true, description: 'Omitted: there is no deadline any more.' })
  deadline?: PartialDateInput | null;
}

@InputType({ description: 'What somebody said to a consultation (innspill). A person’s name is sealed.' })
export class RecordConsultationInputInput extends OnConsultationInput {
  @Field(() => PartyInput, { nullable: true, description: 'From whom; omitted: not known (innspill fra).' }) from?: PartyInput | null;
  @Field(() => String, { nullable: true, description: 'Tema.' }) theme?: string | null;
  @Field(() => String, { description: 'Ordrett.' }) text!: string;
  @Field(() => ID, { nullable: true, description: 'The key of the question it answers.' }) question?: string | null;
}

@InputType({ description: 'No more input is taken (avslutte).' })
export class CloseConsultationInput extends OnConsultationInput {}

@InputType({ description: 'A consultation was reported (rapport). At least one of `document` and `title`.' })
export class ReportConsultationInput extends OnConsultationInput {
  @Field(() => ItemRef, { nullable: true, description: 'The report, where it is on record as a document.' }) document?: ItemRef | null;
  @Field(() => String, { nullable: true, description: 'Its title; omitted: that of the document.' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'What it says, in short.' }) text?: string | null;
}

@InputType({ description: 'The contributors were told what came of it (tilbakemelding).' })
export class GiveFeedbackInput extends OnConsultationInput {
  @Field(() => [PartyInput], { nullable: true, description: 'To whom.' }) to?: PartyInput[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'And others (og andre).' }) openEnded?: boolean | null;
  @Field(() => String, { description: 'Ordrett.' }) text!: string;
}
