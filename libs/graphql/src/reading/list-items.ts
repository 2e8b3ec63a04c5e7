import type { RequestContext } from '../context.js';
import { connection, itemSource, type ConnectionSource, type ItemSource } from '../sources.js';
import { itemFilter } from './filters.js';
import type { ItemsArgs } from './filters.types.js';

/** One list for all kinds: `kind` narrows it to one, and then a filter that asks for other kinds finds nothing. */
export const listItems = async (context: RequestContext, args: ItemsArgs, kind: string | null): Promise<ConnectionSource<ItemSource>> => {
  const pin = await context.pin(args.asOf);
  const filter = await itemFilter(context, args.filter, pin);
  const kinds = kind === null ? (filter.kinds ?? null) : (filter.kinds ?? [kind]).filter((one) => one === kind);
  const page = await context.reading.items(
    { ...filter, kinds, ...(kind === null ? {} : { toldWhole: true }) },
    args.orderBy ?? 'OCCURRED_DESC',
    args,
    pin,
  );
  return connection(page, pin, itemSource);
};
