import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { Clearable, Relation } from '@saksgang/kernel';
import { ClearableEnum, RelationEnum } from '../enums.js';
import { GraphQLDay } from '../scalars.js';
import { CommandInput, FieldSet, PartialDateInput, PartyInput, SourceInput } from '../writing/command.types.js';
import { ItemRef, PartRef } from '../writing/reference.types.js';

@InputType({ description: 'Establish when something happened: learning more is no correction (dato fastsatt).' })
export class EstablishDateInput extends CommandInput {
  @Field(() => ItemRef) item!: ItemRef;
  @Field(() => ID, { nullable: true, description: 'Of which entry of it; omitted: of the first.' }) entry?: string | null;
  @Field(() => PartialDateInput, { description: 'Within what was known; outside it, the answer is Refused: use correctEntry.' })
  date!: PartialDateInput;
}

@InputType({ description: 'Correct an entry: it stays as it was, and readers from now on see it corrected (rette).' })
export class CorrectEntryInput {
  @Field(() => ID, { description: '1–64 characters of your choice: the idempotency key.' }) commandId!: string;
  @Field(() => Int, { nullable: true, description: 'The revision you decided on.' }) expectedRevision?: number | null;
  @Field(() => ID, { description: 'The entry to correct: `<item>@<revision>`.' }) entry!: string;
  @Field(() => String, { description: 'Why (begrunnelse).' }) reason!: string;
  @Field(() => PartialDateInput, { nullable: true, description: 'The right date.' }) occurred?: PartialDateInput | null;
  @Field(() => PartyInput, { nullable: true, description: 'Who really asserts it.' }) assertedBy?: PartyInput | null;
  @Field(() => SourceInput, { nullable: true, description: 'The right source.' }) source?: SourceInput | null;
  @Field(() => String, { nullable: true, description: 'The reason the entry should have given.' }) entryReason?: string | null;
  @Field(() => [ClearableEnum], { nullable: true, description: 'What the entry should not have said at all.' }) clear?: Clearable[] | null;
  @Field(() => [FieldSet], {
    nullable: true,
    description: 'The right values, field by field. What an earlier correction set stays so unless it is set again.',
  })
  set?: FieldSet[] | null;
}

@InputType({ description: 'Retract an entry: it stays to be seen in history, and counts no more (trekke tilbake).' })
export class RetractEntryInput extends CommandInput {
  @Field(() => ID, { description: 'The entry to retract: `<item>@<revision>`.' }) entry!: string;
}

@InputType({ description: 'Link an item, or a part of it, to another (lenke).' })
export class LinkInput extends CommandInput {
  @Field(() => PartRef, { description: 'Where it runs from.' }) from!: PartRef;
  @Field(() => RelationEnum) relation!: Relation;
  @Field(() => PartRef, { description: 'Where it runs to.' }) to!: PartRef;
  @Field(() => PartialDateInput, { nullable: true, description: 'For how long it holds (periode).' }) period?: PartialDateInput | null;
}

@InputType({ description: 'End a link (fjerne lenke).' })
export class UnlinkInput extends CommandInput {
  @Field(() => ID, { description: 'The id of the link.' }) link!: string;
}

@InputType({ description: 'Add a note to an item, or to a point of it (merknad).' })
export class AddNoteInput extends CommandInput {
  @Field(() => ItemRef) item!: ItemRef;
  @Field(() => String, { nullable: true, description: 'The path of the point it is about; omitted: the whole item.' }) point?:
    string | null;
  @Field(() => String) text!: string;
}

@InputType({ description: 'Let anyone read an item (offentliggjøre).' })
export class PublishInput extends CommandInput {
  @Field(() => ItemRef) item!: ItemRef;
  @Field(() => Boolean, {
    nullable: true,
    description: 'With its history from the first entry on. Omitted or false: as it stands now, and what comes.',
  })
  withHistory?: boolean | null;
}

@InputType({ description: 'Let nobody but those who keep the record read an item any more; a reason is required (trekke inn).' })
export class UnpublishInput extends CommandInput {
  @Field(() => ItemRef) item!: ItemRef;
}

@InputType({ description: 'Let it be seen that something is there, but not what (skjerme).' })
export class ShieldInput extends CommandInput {
  @Field(() => ItemRef) item!: ItemRef;
  @Field(() => String, { nullable: true, description: 'The path of a point, «2.3.1», with what lies in it; omitted: the whole item.' })
  point?: string | null;
  @Field(() => String, { description: 'As it is cited: `offl. § 13` (hjemmel).' }) legalBasis!: string;
  @Field(() => GraphQLDay, { nullable: true, description: 'The last day on which it holds; omitted: until it is released (til og med).' })
  until?: string | null;
}

@InputType({ description: 'End a shielding before its last day (oppheve skjerming).' })
export class ReleaseInput extends CommandInput {
  @Field(() => ItemRef) item!: ItemRef;
  @Field(() => String, { nullable: true, description: 'The path of the point that is shielded; omitted: the whole item.' }) point?:
    string | null;
}
