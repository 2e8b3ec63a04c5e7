import { Field, ID, InterfaceType, Int, ObjectType } from '@nestjs/graphql';
import { KindEnum } from '../kind-edges.js';
import { GraphQLDay, GraphQLInstant } from '../scalars.js';
import { PartialDate } from './date.types.js';

/** Sources say of which type they are; without this each is held against the classes of all types first. */
const typeOf = ({ __typename }: Readonly<{ __typename: string }>): string => __typename;

@InterfaceType({ resolveType: typeOf, description: 'Anything with a global id (Relay).' })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque and global.' })
  id!: string;
}

@InterfaceType({
  resolveType: typeOf,
  implements: () => [Node],
  description: 'A thing whose life is recorded: one item, one stream of entries (sak).',
})
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

@ObjectType({ description: 'That anyone may read an item, as it is now whatever point of view is asked for (offentliggjøring).' })
export class Publication {
  @Field(() => Boolean, { description: 'With how it came to be what it is; else only as it stood when it was published, and since.' })
  withHistory!: boolean;
  @Field(() => GraphQLInstant, { description: 'Since when (offentliggjort).' }) at!: string;
}

@ObjectType({ description: 'That an item, or a part of it, is shielded today, whatever point of view is asked for (skjerming).' })
export class Shield {
  @Field(() => String, { nullable: true, description: 'The part by its path, «2.3.1»; null: the whole item.' }) part!: string | null;
  @Field(() => String, { description: 'As it was cited: `offl. § 13` (hjemmel).' }) legalBasis!: string;
  @Field(() => GraphQLDay, { nullable: true, description: 'The last day on which it holds; null: until it is released (til og med).' })
  until!: string | null;
  @Field(() => GraphQLInstant, { description: 'Since when (skjermet).' }) at!: string;
}

/** No field but those of any item: of what is shielded the reader only knows that it is there. */
@ObjectType({
  implements: () => [Item, Node],
  description: 'An item that is shielded from this reader: that it is there, its kind and on what ground, and nothing else (skjermet sak).',
})
export class ShieldedItem {}
