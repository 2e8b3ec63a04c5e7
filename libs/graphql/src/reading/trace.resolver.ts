import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RELATION_LABELS, same, type ItemId, type Labels } from '@saksgang/kernel';
import { POINT_CLOSURE_LABELS, VERDICT_OUTCOME_LABELS } from '@saksgang/kinds';
import type { Pin, TraceEdgeRow, TraceEndRow, TraceNodeRow, TraceRow } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { Party } from '../kinds/party.types.js';
import { pointAt } from '../kinds/point.lookup.js';
import { Point } from '../kinds/point.types.js';
import { inLanguage } from '../language.js';
import { itemFor, partyOrNull, sourceAt, type ItemSource, type PartySource, type PointSource, type SourceSource } from '../sources.js';
import { Takes } from '../takes.js';
import { LocaleArg } from './arguments.types.js';
import { itemNamed } from './filters.js';
import { Item } from './item.types.js';
import { Source } from './source.types.js';
import { ItemTraceArgs, PointTraceArgs, TraceArgs, TraceEdge, TraceEnd, TraceGraph, TraceNode } from './trace.types.js';

type NodeSource = TraceNodeRow & Readonly<{ pin: Pin }>;
type EdgeSource = Omit<TraceEdgeRow, 'source'> & Readonly<{ source: SourceSource | null; pin: Pin }>;
type EndSource = TraceEndRow & Readonly<{ at: TraceNodeRow; pin: Pin }>;
export type TraceSource = Readonly<{
  nodes: readonly NodeSource[];
  edges: readonly EdgeSource[];
  ends: readonly EndSource[];
  truncated: boolean;
}>;

const traceSource = ({ nodes, edges, ends, truncated }: TraceRow, pin: Pin): TraceSource => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return {
    nodes: nodes.map((node) => ({ ...node, pin })),
    edges: edges.map((edge) => ({ ...edge, source: sourceAt(edge.source, pin), pin })),
    ends: ends.flatMap((end) => {
      const at = byId.get(end.node);
      return at === undefined ? [] : [{ ...end, at, pin }];
    }),
    truncated,
  };
};

const traceOf = async (
  context: RequestContext,
  item: ItemId,
  part: string | null,
  { direction, depth }: PointTraceArgs,
  pin: Pin,
): Promise<TraceSource> => traceSource(await context.reading.trace({ item, part }, direction, depth, pin), pin);

const CODE_LABELS: Readonly<Record<string, Labels>> = { ...POINT_CLOSURE_LABELS, ...VERDICT_OUTCOME_LABELS };

@Resolver(() => TraceGraph)
export class TraceResolver {
  @Query(() => TraceGraph, { description: 'What an item or a point comes from and what came of it, followed to its ends (sporing).' })
  @Takes(TraceArgs)
  async trace(_root: unknown, args: TraceArgs, context: RequestContext): Promise<TraceSource> {
    const pin = await context.pin(args.asOf);
    const item = await itemNamed(context, args.from.item, pin, ['from', 'item']);
    return traceOf(context, item, args.from.point ?? null, args, pin);
  }
}

@Resolver(() => Item)
export class ItemTraceResolver {
  @ResolveField(() => TraceGraph, { description: 'What it comes from and what came of it (sporing).' })
  @Takes(ItemTraceArgs)
  trace(item: ItemSource, args: ItemTraceArgs, context: RequestContext): Promise<TraceSource> {
    return traceOf(context, item.id, args.point ?? null, args, item.pin);
  }
}

@Resolver(() => Point)
export class PointTraceResolver {
  @ResolveField(() => TraceGraph, { description: 'What it comes from and what came of it (sporing).' })
  @Takes(PointTraceArgs)
  trace(point: PointSource, args: PointTraceArgs, context: RequestContext): Promise<TraceSource> {
    return traceOf(context, point.item, point.path, args, point.pin);
  }
}

@Resolver(() => TraceNode)
export class TraceNodeResolver {
  @ResolveField(() => Item, { description: 'The item, or the one whose point it is.' })
  item(node: NodeSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemFor(context, node.item, node.pin);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point, where it is one (punkt).' })
  point(node: NodeSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, node.item, node.part, node.pin);
  }
}

@Resolver(() => TraceEdge)
export class TraceEdgeResolver {
  @ResolveField(() => String, { description: 'The relation in words, read from `from` to `to` («er del av»).' })
  @Takes(LocaleArg)
  relationLabel(edge: EdgeSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(RELATION_LABELS[edge.relation], locale, context.locale);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who asserts it (hevdet av).' })
  assertedBy(edge: EdgeSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return edge.recordedIn === null ? Promise.resolve(null) : partyOrNull(context, edge.assertedBy, edge.recordedIn, edge.pin);
  }

  @ResolveField(() => Source, { nullable: true, description: 'On what source (kilde).' })
  source(edge: EdgeSource): SourceSource | null {
    return edge.source;
  }
}

@Resolver(() => TraceEnd)
export class TraceEndResolver {
  @ResolveField(() => Item, { description: 'The item it ends at, or the one whose point it is.' })
  item(end: EndSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemFor(context, end.at.item, end.pin);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point it ends at, where it is one (punkt).' })
  point(end: EndSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, end.at.item, end.at.part, end.pin);
  }

  @ResolveField(() => String, { description: 'The end in words: «ingen ansvarlig, ingen rapport», «delvis oppfylt».' })
  @Takes(LocaleArg)
  label(end: EndSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(end.what ?? CODE_LABELS[end.code ?? ''] ?? same(end.code ?? end.end), locale, context.locale);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Who judges, where it is a verdict (hevdet av).' })
  assertedBy(end: EndSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, end.assertedBy, end.at.item, end.pin);
  }
}
