import { Field, ID, InterfaceType, Int } from '@nestjs/graphql';
import { KindEnum } from '../kind-edges.js';
import { GraphQLInstant } from '../scalars.js';
import { PartialDate } from './date.types.js';

@InterfaceType({ description: 'Anything with a global id (Relay).' })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque and global.' })
  id!: string;
}

@InterfaceType({ implements: () => [Node], description: 'A thing whose life is recorded: one item, one stream of entries (sak).' })
export abstract class Item {
  @Field(() => KindEnum, { description: 'What sort of thing it is (sakstype).' })
  kind!: string;
  @Field(() => String, { nullable: true, description: 'As printed: `18/01456-7`, `Meld. St. 8 (2018–2019)` (referanse).' })
  reference!: string | null;
  @Field(() => String, { description: 'Title (tittel).' })
  title!: string;
  @Field(() => String, {
    description: 'Where it is in its life, SCREAMING_SNAKE; RETRACTED when its first entry has been retracted (tilstand).',
  })
  state!: string;
  @Field(() => PartialDate, { description: 'When it happened or began, as far as is known.' })
  occurred!: unknown;
  @Field(() => Int, { description: 'Revision of its last entry, from 0: what `expectedRevision` compares with.' })
  revision!: number;
  @Field(() => GraphQLInstant, { description: 'When it was first recorded; never changes (ført).' })
  recordedAt!: string;
  @Field(() => GraphQLInstant, { description: 'When its last entry was recorded (sist ført).' })
  updatedAt!: string;
}
