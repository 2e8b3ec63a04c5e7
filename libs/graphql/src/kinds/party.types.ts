import { createUnionType, Field, ID, InterfaceType, ObjectType } from '@nestjs/graphql';
import { PartialDate } from '../reading/date.types.js';
import { Source } from '../reading/source.types.js';
import { Body } from './body.types.js';

@ObjectType({ description: 'A name that is text until it is tied to a body (navngitt part).' })
export class NamedParty {
  @Field(() => String, { description: 'As it was recorded (navn).' })
  name!: string;
}

@ObjectType({ description: 'A person: only the name is kept, and it is sealed (person).' })
export class Person {
  @Field(() => ID, { description: 'The same person has the same id wherever it stands.' })
  personId!: string;
}

export const Party = createUnionType({
  name: 'Party',
  description: 'A body, a name or a person that says, owns or decides (part).',
  types: () => [Body, NamedParty, Person] as const,
});

@InterfaceType({ description: 'What somebody says: the record keeps who, when and on what source (påstand).' })
export abstract class Assertion {
  @Field(() => ID, { description: 'The id of the entry that recorded it.' })
  id!: string;
  @Field(() => PartialDate, { description: 'When it was said, as far as is known.' })
  occurred!: unknown;
  @Field(() => Source, { nullable: true })
  source!: unknown;
}
