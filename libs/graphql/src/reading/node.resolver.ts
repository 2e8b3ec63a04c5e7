import { ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { PAGE_SIZE_MAX } from '@saksgang/kernel';
import type { Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { fault } from '../faults.js';
import { KindEnum } from '../kind-edges.js';
import { pointAt } from '../kinds/point.lookup.js';
import {
  anyItemAt,
  entrySource,
  itemSource,
  type ConnectionSource,
  type EntrySource,
  type ItemSource,
  type PointSource,
} from '../sources.js';
import { Takes } from '../takes.js';
import { entryRefParts, isItemId } from '../writing/reference.js';
import { AsOfArg } from './arguments.types.js';
import { ItemsArgs } from './filters.types.js';
import { Item, Node } from './item.types.js';
import { ItemConnection } from './item.connection.js';
import { listItems } from './list-items.js';

const NODES_MAX = PAGE_SIZE_MAX; // ids of one `nodes`

@ArgsType()
class NodeArgs extends AsOfArg {
  @Field(() => ID) id!: string;
}
@ArgsType()
class NodesArgs extends AsOfArg {
  @Field(() => [ID], { description: 'At most 100.' }) ids!: string[];
}
@ArgsType()
class ByReferenceArgs extends AsOfArg {
  @Field(() => String, { description: 'In any spelling.' }) reference!: string;
  @Field(() => KindEnum, { nullable: true }) kind?: string | null;
}

type NodeSource = ItemSource | PointSource | EntrySource;

/** `<item>`, `<item>/<path>` for a point, `<item>@<revision>` for an entry; what is none of them is nobody's id. */
const nodeAt = async (context: RequestContext, id: string, pin: Pin): Promise<NodeSource | null> => {
  if (isItemId(id)) return anyItemAt(context, id, pin);
  if (entryRefParts(id) !== null) {
    const row = await context.reading.entry(id, pin);
    return row === null ? null : entrySource(row, pin);
  }
  const slash = id.indexOf('/');
  const item = id.slice(0, Math.max(slash, 0));
  return slash > 0 && isItemId(item) ? pointAt(context, item, id.slice(slash + 1), pin) : null;
};

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'An item, a point or an entry by its global id; null where there is none.' })
  @Takes(NodeArgs)
  async node(_root: unknown, { id, asOf }: NodeArgs, context: RequestContext): Promise<NodeSource | null> {
    return nodeAt(context, id, await context.pin(asOf));
  }

  @Query(() => [Node], { nullable: 'items', description: 'Several at once, in the order asked for; null where there is none.' })
  @Takes(NodesArgs)
  async nodes(_root: unknown, { ids, asOf }: NodesArgs, context: RequestContext): Promise<readonly (NodeSource | null)[]> {
    if (ids.length > NODES_MAX) throw fault('BAD_USER_INPUT', `nodes takes at most ${NODES_MAX} ids, not ${ids.length}.`);
    const pin = await context.pin(asOf);
    return Promise.all(ids.map((id) => nodeAt(context, id, pin)));
  }

  @Query(() => [Item], { description: 'Everything that carries this reference; references are not unique (slå opp).' })
  @Takes(ByReferenceArgs)
  async byReference(_root: unknown, args: ByReferenceArgs, context: RequestContext): Promise<readonly ItemSource[]> {
    const pin = await context.pin(args.asOf);
    return (await context.reading.byReference(args.reference, args.kind ?? null, pin)).map((row) => itemSource(row, pin));
  }

  @Query(() => ItemConnection, { description: 'All items, of all kinds (saker).' })
  @Takes(ItemsArgs)
  items(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, null);
  }
}
