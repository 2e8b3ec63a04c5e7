import { Field, ID, InputType } from '@nestjs/graphql';
import type { AgreementType } from '@saksgang/kinds';
import { CommandInput, NewLink, PartialDateInput, PartyInput, PersonInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';
import { AgreementTypeEnum } from './agreement.types.js';

@InputType({ description: 'A signature on an agreement (underskrift).' })
export class AgreementSignatureInput {
  @Field(() => PartyInput, { description: 'For whom it was signed.' }) party!: PartyInput;
  @Field(() => PersonInput, { nullable: true, description: 'Who signed, where known. The name is sealed.' }) person?: PersonInput | null;
  @Field(() => String, { nullable: true, description: 'The title beside the name (tittel).' }) role?: string | null;
}

@InputType({ description: 'A goal of an agreement (mål i avtale).' })
export class AgreementGoalInput {
  @Field(() => ID, { nullable: true, description: 'A number from 1; omitted: the next free one.' }) key?: string | null;
  @Field(() => String, { description: 'Ordrett.' }) text!: string;
}

@InputType({ description: 'Record an agreement (registrere avtale). `occurred`: when it was signed, as far as is known.' })
export class SignAgreementInput extends CommandInput {
  @Field(() => AgreementTypeEnum) agreementType!: AgreementType;
  @Field(() => String, { description: 'Tittel.' }) title!: string;
  @Field(() => [PartyInput], { nullable: true, description: 'Parter.' }) parties?: PartyInput[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'And more, whom the source does not name (og flere).' })
  openEnded?: boolean | null;
  @Field(() => [AgreementSignatureInput], { nullable: true, description: 'Underskrifter.' }) signatures?: AgreementSignatureInput[] | null;
  @Field(() => [AgreementGoalInput], { nullable: true, description: 'Mål.' }) goals?: AgreementGoalInput[] | null;
  @Field(() => String, { nullable: true, description: 'Formål.' }) purpose?: string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'For how long it is in force, where it says so.' })
  inForce?: PartialDateInput | null;
  @Field(() => String, { nullable: true, description: 'What it builds on, in its own words (bygger på).' }) buildsOn?: string | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnAgreementInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which agreement.' }) agreement!: ItemRef;
}

@InputType({ description: 'An agreement came into force (trådt i kraft).' })
export class BringAgreementIntoForceInput extends OnAgreementInput {
  @Field(() => PartialDateInput, { nullable: true, description: 'For how long (periode).' }) period?: PartialDateInput | null;
}

@InputType({ description: 'An agreement was revised (revidert). At least one of its fields.' })
export class ReviseAgreementInput extends OnAgreementInput {
  @Field(() => String, { nullable: true, description: 'What the new version is called.' }) version?: string | null;
  @Field(() => String, { nullable: true, description: 'What is new.' }) text?: string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'For how long it is in force (periode).' })
  period?: PartialDateInput | null;
}

@InputType({ description: 'Another party joined (tiltrådt).' })
export class AccedeToAgreementInput extends OnAgreementInput {
  @Field(() => PartyInput) party!: PartyInput;
}

@InputType({ description: 'An agreement ran out or was ended (gjelder ikke lenger).' })
export class EndAgreementInput extends OnAgreementInput {}
