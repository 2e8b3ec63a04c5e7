import { Field, ObjectType } from '@nestjs/graphql';
import { Assertion } from './party.types.js';

@ObjectType({ implements: () => [Assertion], description: 'A claim about a body; others may contest it (påstand).' })
export class Claim {
  @Field(() => String) claim!: string;
}
