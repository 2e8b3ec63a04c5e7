import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { ChangeRow, DiffQuestion, Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { pointAt } from '../kinds/point.lookup.js';
import { Point } from '../kinds/point.types.js';
import {
  connection,
  entrySource,
  itemFor,
  type ChangeSource as FieldChangeSource,
  type ConnectionSource,
  type EntrySource,
  type ItemSource,
  type PointSource,
} from '../sources.js';
import { Takes } from '../takes.js';
import { ForwardArgs } from './arguments.types.js';
import { Change, ChangeConnection, Diff, DiffArgs } from './diff.types.js';
import { Entry, FieldChange } from './entry.types.js';
import { itemNamed } from './filters.js';
import { Item } from './item.types.js';

type DiffSource = DiffQuestion;
type ChangeSource = ChangeRow & Readonly<{ pin: Pin }>;

/** A page of what changed; `causedBy` and the items are read where each is known. */
export const changesBetween = async (
  context: RequestContext,
  question: DiffQuestion,
  page: ForwardArgs,
): Promise<ConnectionSource<ChangeSource>> =>
  connection(await context.reading.differences(question, page), question.to, (row, pin) => ({ ...row, pin }));

@Resolver(() => Diff)
export class DiffResolver {
  @Query(() => Diff, {
    description:
      'What changed between two points of view, item by item and point by point, and by which entries (hva er endret). ' +
      'Between positions: what was recorded. Between days: what took effect.',
  })
  @Takes(DiffArgs)
  async diff(_root: unknown, args: DiffArgs, context: RequestContext): Promise<DiffSource> {
    const asked = { from: args.from, to: args.to ?? null };
    const [from, to] = [await context.pin(asked.from), await context.pin(asked.to)];
    // Belonging and names are as the later of the two knows them.
    const named = from.known > to.known ? from : to;
    const [subject, project] = [
      args.subject ? await itemNamed(context, args.subject, named, ['subject']) : null,
      args.project ? await itemNamed(context, args.project, named, ['project']) : null,
    ];
    return { from, to, asked, subject, project };
  }

  @ResolveField(() => ChangeConnection, { description: 'In the order in which the record first says something new of each item.' })
  @Takes(ForwardArgs)
  changes(diff: DiffSource, args: ForwardArgs, context: RequestContext): Promise<ConnectionSource<ChangeSource>> {
    return changesBetween(context, diff, args);
  }
}

@Resolver(() => Change)
export class ChangeResolver {
  @ResolveField(() => Item, {
    description: 'The item, as the second point of view has it; as the first had it where it is there no longer.',
  })
  item({ item, at }: ChangeSource, _args: unknown, context: RequestContext): ItemSource | Promise<ItemSource> {
    return itemFor(context, item, at);
  }

  @ResolveField(() => Point, { nullable: true, description: 'The point it is about (punkt).' })
  point({ item, part, at }: ChangeSource, _args: unknown, context: RequestContext): Promise<PointSource | null> {
    return pointAt(context, item, part, at);
  }

  @ResolveField(() => [FieldChange], { description: 'Field by field; what was added or retracted, all of it.' })
  fields({ fields }: ChangeSource): readonly FieldChangeSource[] {
    return fields;
  }

  @ResolveField(() => [Entry], {
    description: 'The entries that made it so: who recorded what, when and why, oldest first; of many, the newest 100 (årsak).',
  })
  causedBy({ causes, pin }: ChangeSource): readonly EntrySource[] {
    return causes.map((row) => entrySource(row, pin));
  }
}
