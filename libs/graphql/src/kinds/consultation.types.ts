import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { Assertion } from './party.types.js';

@ObjectType({ implements: () => [Item, Node], description: 'A consultation of members or others (medlemsdialog, høring).' })
export class Consultation {}

@ObjectType({ description: 'A question of a consultation, verbatim (spørsmål).' })
export class ConsultationQuestion {
  @Field(() => ID, { description: 'What `recordConsultationInput` takes; the same for ever within its consultation.' }) key!: string;
  @Field(() => String) text!: string;
}

@ObjectType({ implements: () => [Assertion], description: 'What somebody said to a consultation (innspill).' })
export class ConsultationContribution {
  @Field(() => String, { nullable: true, description: 'Tema.' }) theme!: string | null;
  @Field(() => String, { description: 'Ordrett.' }) text!: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Did it come after the closing? Null: the dates do not tell (kom etter avslutningen).',
  })
  afterClosing!: boolean | null;
}

@ObjectType({ implements: () => [Assertion], description: 'A report of a consultation (rapport).' })
export class ConsultationReport {
  @Field(() => String) title!: string;
  @Field(() => String, { nullable: true, description: 'What it says, in short, where that was recorded.' }) text!: string | null;
}

@ObjectType({ implements: () => [Assertion], description: 'What the contributors were told (tilbakemelding).' })
export class ConsultationFeedback {
  @Field(() => String) text!: string;
  @Field(() => Boolean, { description: 'And others (og andre).' }) openEnded!: boolean;
}

@ObjectType({ description: 'A group that was invited, and what came of it (invitert gruppe).' })
export class InvitedGroup {
  @Field(() => Int, { description: 'How many inputs it gave.' }) inputs!: number;
}

@ObjectType({ description: 'Which of the invited groups gave input (dekning).' })
export class ConsultationCoverage {
  @Field(() => Int, { description: 'How many of the invited groups gave input.' }) answered!: number;
  @Field(() => Int, { description: 'How many groups were invited by name.' }) invited!: number;
  @Field(() => Int, { description: 'Inputs from others than the invited.' }) others!: number;
  @Field(() => Int, { description: 'Inputs of which nobody knows from whom.' }) unknown!: number;
}

export const ConsultationConnection = connectionOf('Consultation', () => Consultation);
