import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { KindEnum } from '../kind-edges.js';
import { GraphQLPosition } from '../scalars.js';
import { AsOf, ForwardArgs } from './arguments.types.js';
import { Item } from './item.types.js';
import { PageInfo } from './page.types.js';

@ObjectType({ description: 'An item that was found, and where it says what was searched for.' })
export class SearchEdge {
  @Field(() => String, { description: 'Opaque; carries the point of view, so that pages never tear while writes go on.' }) cursor!: string;
  @Field(() => Item) node!: unknown;
  @Field(() => String, { description: 'The text in which it was found, cut short (utdrag).' }) snippet!: string;
}

@ObjectType({ description: 'A page of what was found, the best first (søk).' })
export class SearchConnection {
  @Field(() => [SearchEdge]) edges!: unknown[];
  @Field(() => [Item], { description: 'The nodes alone.' }) nodes!: unknown[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
  @Field(() => Int, { description: 'All that match, at the page’s point of view (antall i alt).' }) totalCount!: number;
  @Field(() => GraphQLPosition, { description: 'Where the answer stands: what a subscription resumes from.' }) position!: string;
}

@ArgsType()
export class SearchArgs extends ForwardArgs {
  @Field(() => String, {
    description:
      'Words, in any inflection and any form of letters (all must be said), or a reference in any spelling. At most 200 characters and 16 words.',
  })
  text!: string;
  @Field(() => [KindEnum], { nullable: true, description: 'Only these kinds.' }) kinds?: string[] | null;
  @Field(() => AsOf, { nullable: true }) asOf?: AsOf | null;
}
