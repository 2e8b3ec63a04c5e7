import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { PartialDate } from '../reading/date.types.js';
import { connectionOf } from '../reading/page.types.js';
import { GraphQLInstant, GraphQLPosition } from '../scalars.js';
import { PartialDateInput, PartyInput } from '../writing/command.types.js';

@InputType({
  description:
    'Erase a person’s name from the record, for good and for everyone (slette personnavn). That somebody stood there, and in what role, ' +
    'stays and can still be proven. It cannot be undone.',
})
export class ErasePersonInput {
  @Field(() => ID, { description: '1–64 characters of your choice: the idempotency key.' }) commandId!: string;
  @Field(() => ID, { description: 'Whose: `personId` of a Person, or found with `persons`.' }) person!: string;
  @Field(() => String, {
    description: 'On what ground (hjemmel), as «personvernforordningen artikkel 17 nr. 1». It stays in the record: never a name in it.',
  })
  legalBasis!: string;
  @Field(() => PartyInput, { description: 'Who decided that it is to be erased (besluttet av).' }) decidedBy!: PartyInput;
  @Field(() => PartialDateInput, { nullable: true, description: 'When that was decided. Omitted: no later than today.' })
  occurred?: PartialDateInput | null;
}

@ObjectType({ description: 'A name was erased: on what ground, and by whose decision (sletting). Whose it was, nothing tells any more.' })
export class Erasure {
  @Field(() => ID, { description: 'The id of the entry that records it: `record { inclusionProof }` takes it.' }) id!: string;
  @Field(() => ID, { description: 'The person’s id still stands wherever the name stood.' }) personId!: string;
  @Field(() => String, { description: 'Hjemmel.' }) legalBasis!: string;
  @Field(() => PartialDate, { description: 'When it was decided.' }) occurred!: unknown;
  @Field(() => GraphQLInstant, { description: 'When it was recorded, and carried out.' }) recordedAt!: string;
  @Field(() => GraphQLPosition, { description: 'Its place in the log.' }) position!: string;
}
export const ErasureConnection = connectionOf('Erasure', () => Erasure);

@ObjectType({ description: 'The name is erased: no answer and no file of the record holds it any more (slettet).' })
export class Erased {
  @Field(() => Boolean, { description: 'The same command had been recorded before.' }) replayed!: boolean;
}
@ObjectType({ description: 'A person that goes by the name asked for (person).' })
export class KnownPerson {
  @Field(() => ID, { description: 'What `erasePerson` takes.' }) personId!: string;
}
