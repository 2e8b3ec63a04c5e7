import { Field, ObjectType } from '@nestjs/graphql';
import type { Note as NoteBelow } from '@saksgang/kernel';
import type { Pin } from '@saksgang/projections';
import { GraphQLInstant } from '../scalars.js';
import { Assertion } from './party.types.js';

export type NoteSource = NoteBelow & Readonly<{ id: string; item: string; pin: Pin }>;

@ObjectType({ implements: () => [Assertion], description: 'A note on an item or a part of it (merknad).' })
export class Note {
  @Field(() => String) text!: string;
  @Field(() => String, { nullable: true, description: 'The path of the point it is about.' }) part!: string | null;
  @Field(() => GraphQLInstant) recordedAt!: string;
}
