import { Field, Int, ObjectType, type GqlTypeReference } from '@nestjs/graphql';
import { GraphQLPosition } from '../scalars.js';

@ObjectType({ description: 'Where a page stands in its list (Relay).' })
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Boolean) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor!: string | null;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

/** Relay connection types `<name>Connection` and `<name>Edge` over a node type. */
export const connectionOf = (name: string, node: () => GqlTypeReference): new () => object => {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.` })
  class Edge {
    @Field(() => String, { description: 'Opaque; carries the point of view, so that pages never tear while writes go on.' })
    cursor!: string;
    @Field(node)
    node!: unknown;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} (Relay).` })
  class Connection {
    @Field(() => [Edge]) edges!: Edge[];
    @Field(() => [node()], { description: 'The nodes alone.' }) nodes!: unknown[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
    @Field(() => Int, { description: 'All that match, at the page’s point of view (antall i alt).' }) totalCount!: number;
    @Field(() => GraphQLPosition, { description: 'Where the answer stands: what a subscription resumes from.' }) position!: string;
  }
  return Connection;
};
