import { createUnionType, Field, ID, InterfaceType, Int, ObjectType } from '@nestjs/graphql';
import { Erased } from './persons/persons.types.js';
import { GraphQLPosition } from './scalars.js';

@ObjectType({ description: 'Proof in one line that it was recorded (kvittering).' })
export class Receipt {
  @Field(() => ID, { description: 'The entry it speaks of.' }) entry!: string;
  @Field(() => GraphQLPosition) position!: string;
  @Field(() => String, { description: 'The entry’s hash, base64: what `record { inclusionProof }` proves later (kontrollsum).' })
  leafHash!: string;
}

@ObjectType({ description: 'It stands in the record (ført).' })
export class Recorded {
  @Field(() => Int, { description: 'The item’s revision after it.' }) revision!: number;
  @Field(() => GraphQLPosition, { description: 'Read with the header `x-at-least-position` to be sure of seeing it.' }) position!: string;
  @Field(() => Boolean, { description: 'The same command had been recorded before; nothing was recorded now.' }) replayed!: boolean;
}

@InterfaceType({ description: 'Why nothing was recorded, in the reader’s language.' })
export abstract class Problem {
  @Field(() => String, { description: 'SCREAMING_SNAKE, stable.' }) code!: string;
}

@ObjectType({ implements: () => [Problem], description: 'The rules say no (avvist). Nothing was recorded.' })
export class Refused {
  @Field(() => String, { nullable: true, description: 'The state the item is in.' }) state!: string | null;
  @Field(() => [String], { description: 'Mutations that would be accepted instead.' }) allowed!: string[];
  @Field(() => Int, { nullable: true, description: 'Worth trying again after this many milliseconds, unchanged.' })
  retryAfterMs!: number | null;
}

@ObjectType({ implements: () => [Problem], description: 'Somebody else was first (kollisjon). Nothing was recorded.' })
export class Conflict {
  @Field(() => Int) expectedRevision!: number;
  @Field(() => Int) actualRevision!: number;
}

@ObjectType({ description: 'One thing that is wrong with an input.' })
export class Issue {
  @Field(() => [String], { description: 'From the argument down: `["input", "points", "0", "text"]`.' }) path!: string[];
  @Field(() => String, { description: 'SCREAMING_SNAKE, stable.' }) code!: string;
  @Field(() => String) message!: string;
}

@ObjectType({ implements: () => [Problem], description: 'The input is malformed (ugyldig). Nothing was recorded.' })
export class Invalid {
  @Field(() => [Issue]) issues!: Issue[];
}

export const Outcome = createUnionType({
  name: 'Outcome',
  description: 'What came of a command. Refusals are data: top-level errors are for faults alone.',
  types: () => [Recorded, Erased, Refused, Conflict, Invalid] as const,
});
