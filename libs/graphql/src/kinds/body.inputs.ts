import { Field, InputType } from '@nestjs/graphql';
import { CommandInput, NewLink, PartialDateInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';

@InputType({ description: 'Record a body or organisation (organ). `occurred`: when it came to be, as far as is known.' })
export class EstablishBodyInput extends CommandInput {
  @Field(() => String, { description: 'Navn.' }) name!: string;
  @Field(() => [String], { nullable: true, description: 'Other names in use (andre navn).' }) aliases?: string[] | null;
  @Field(() => ItemRef, { nullable: true, description: 'The body it is part of (overordnet organ).' }) parent?: ItemRef | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'For how long it stands, where the source says so.' })
  period?: PartialDateInput | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnBodyInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which body.' }) body!: ItemRef;
}

@InputType({ description: 'Give a body a new name; the old one stays findable (nytt navn).' })
export class RenameBodyInput extends OnBodyInput {
  @Field(() => String, { description: 'The new name.' }) name!: string;
}

@InputType({ description: 'Another name a body goes by (også kalt).' })
export class AddBodyAliasInput extends OnBodyInput {
  @Field(() => String) alias!: string;
}

@InputType({ description: 'What somebody claims about a body (påstand). Who claims it is `assertedBy`.' })
export class RecordBodyClaimInput extends OnBodyInput {
  @Field(() => String) claim!: string;
}

@InputType({ description: 'A body was merged into another (slått sammen).' })
export class MergeBodyInput extends OnBodyInput {
  @Field(() => ItemRef, { description: 'The body that goes on.' }) into!: ItemRef;
}

@InputType({ description: 'A body was dissolved (oppløst).' })
export class DissolveBodyInput extends OnBodyInput {}
