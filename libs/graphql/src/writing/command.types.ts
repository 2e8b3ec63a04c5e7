import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { Json, Relation } from '@saksgang/kernel';
import { RelationEnum } from '../enums.js';
import { GraphQLJson } from '../scalars.js';
import { ItemRef, PartRef } from './reference.types.js';

@InputType({ description: 'When something happened, as far as is known.' })
export class PartialDateInput {
  @Field(() => String, { description: 'EDTF-like: `2016-06-07` `2016-06` `2016` `2016/2019` `../2018-10-03` `2016-09-25/..` `unknown`.' })
  text!: string;
  @Field(() => String, { nullable: true, description: 'The source’s own words, «7.juni 2016» (slik det står).' }) asWritten?: string | null;
}

@InputType({ description: 'A person by name. The name is sealed before it is stored.' })
export class PersonInput {
  @Field(() => String, { description: 'Navn.' }) name!: string;
  @Field(() => ID, { nullable: true, description: 'A known person; omitted: found, or made, by exact name.' }) id?: string | null;
}

@InputType({ description: 'Who says, owns or decides: a body by `item`, a `name` that is text, or a `person`. Exactly one.' })
export class PartyInput {
  @Field(() => ItemRef, { nullable: true, description: 'A recorded body (organ).' }) item?: ItemRef | null;
  @Field(() => String, { nullable: true, description: 'A name that is not tied to a body. Never a person’s name: use `person`.' })
  name?: string | null;
  @Field(() => PersonInput, { nullable: true }) person?: PersonInput | null;
}

@InputType({ description: 'Where it stands (kilde). At least one field.' })
export class SourceInput {
  @Field(() => ItemRef, {
    nullable: true,
    description: 'The document, where it is on record: its title, reference and date are taken from it unless they are given here.',
  })
  document?: ItemRef | null;
  @Field(() => String, { nullable: true, description: 'Title of the document.' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'Its reference, as printed: `18/01456-7`.' }) reference?: string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'The date printed on it.' }) dated?: PartialDateInput | null;
  @Field(() => String, { nullable: true, description: 'Where in it: page, slide, line, point.' }) locator?: string | null;
  @Field(() => String, { nullable: true }) url?: string | null;
}

/** What every command says beside its own fields. */
@InputType({ isAbstract: true })
export abstract class CommandInput {
  @Field(() => ID, {
    description: '1–64 characters of your choice: the idempotency key. Sent again with the same input it has no second effect.',
  })
  commandId!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The revision you decided on; if the item has moved since, the answer is Conflict. Omitted: decide on the newest.',
  })
  expectedRevision?: number | null;
  @Field(() => PartialDateInput, {
    nullable: true,
    description: 'When it happened. Omitted: no later than the source’s own date, else no later than today.',
  })
  occurred?: PartialDateInput | null;
  @Field(() => PartyInput, { nullable: true, description: 'Who asserts it (hevdet av).' }) assertedBy?: PartyInput | null;
  @Field(() => SourceInput, { nullable: true, description: 'On what source (kilde).' }) source?: SourceInput | null;
  @Field(() => String, { nullable: true, description: 'Why (begrunnelse).' }) reason?: string | null;
}

@InputType({ description: 'A link made together with the item it runs from.' })
export class NewLink {
  @Field(() => RelationEnum) relation!: Relation;
  @Field(() => PartRef, { description: 'The item, or part, it runs to.' }) to!: PartRef;
  @Field(() => String, { nullable: true, description: 'The path of the point it runs from; omitted: from the whole item.' })
  point?: string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'For how long it holds (periode).' }) period?: PartialDateInput | null;
}

@InputType({ description: 'A corrected value.' })
export class FieldSet {
  @Field(() => String, { description: 'As in `Entry.changes`: `points.0.text`.' }) path!: string;
  @Field(() => GraphQLJson, {
    nullable: true,
    description:
      'The right value, judged like new data; null where nothing should stand. A person is given as ' +
      '`{"person": {"name": …, "id": …}}` (the `id` where known), a body as `{"body": <id>}`: its name is taken from it.',
  })
  value!: Json;
}
