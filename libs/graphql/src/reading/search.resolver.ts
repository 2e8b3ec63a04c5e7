import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Pin, SearchHit } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { pointAt } from '../kinds/point.lookup.js';
import { Point } from '../kinds/point.types.js';
import { connection, itemSource, type ConnectionSource, type ItemSource, type PointSource } from '../sources.js';
import { Takes } from '../takes.js';
import { SearchArgs, SearchConnection, SearchEdge } from './search.types.js';

type HitSource = SearchHit & Readonly<{ pin: Pin }>;
type EdgeSource = Readonly<{ cursor: string; node: ItemSource; snippet: string; hit: HitSource }>;
type SearchSource = Omit<ConnectionSource<ItemSource>, 'edges'> & Readonly<{ edges: readonly EdgeSource[] }>;

@Resolver(() => SearchEdge)
export class SearchResolver {
  @ResolveField(() => Point, { nullable: true, description: 'The point that says it, where it is one (punkt).' })
  point({ hit }: EdgeSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, hit.item.id, hit.part, hit.pin);
  }

  @Query(() => SearchConnection, { description: 'What says these words, the best first; names of persons are never found (søk).' })
  @Takes(SearchArgs)
  async search(_root: unknown, args: SearchArgs, context: RequestContext): Promise<SearchSource> {
    const pin = await context.pin(args.asOf);
    const found = connection(await context.reading.search(args.text, args.kinds ?? null, args, pin), pin, (hit, at) => ({
      ...hit,
      pin: at,
    }));
    const edges = found.edges.map(({ cursor, node }) => ({
      cursor,
      node: itemSource(node.item, node.pin),
      snippet: node.snippet,
      hit: node,
    }));
    return {
      edges,
      nodes: edges.map(({ node }) => node),
      pageInfo: found.pageInfo,
      get totalCount() {
        return found.totalCount;
      },
      position: found.position,
    };
  }
}
