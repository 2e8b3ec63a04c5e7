import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@saksgang/kernel';
import type { RequestContext } from '../context.js';
import { fault } from '../faults.js';
import type { ConnectionSource } from '../sources.js';
import type { ForwardArgs } from './arguments.types.js';

const CURSOR = /^(0|[1-9]\d{0,14})$/;

/** What lies in a list of its own beside the read models, newest first: each row has a number that grows. */
export type Numbered<Row extends Readonly<{ number: number }>> = Readonly<{
  /** The newest rows below a number, at most `limit`; null: from the newest on. */
  before: (number: number | null, limit: number) => Promise<readonly Row[]>;
  count: () => Promise<number>;
}>;

/** A page of it. The cursor holds the number alone, so rows that come meanwhile tear nothing. @throws BAD_PAGE, BAD_CURSOR */
export const numberedPage = async <Row extends Readonly<{ number: number }>>(
  { first, after }: ForwardArgs,
  context: RequestContext,
  { before, count }: Numbered<Row>,
): Promise<ConnectionSource<Row>> => {
  const limit = first ?? PAGE_SIZE_DEFAULT;
  if (limit < 1 || limit > PAGE_SIZE_MAX) throw fault('BAD_PAGE', `first takes 1 to ${PAGE_SIZE_MAX}, not ${limit}.`);
  const from = after ? Buffer.from(after, 'base64url').toString('utf8') : null;
  if (from !== null && !CURSOR.test(from)) throw fault('BAD_CURSOR', 'This is no cursor of this list. Use one from `pageInfo`, unchanged.');
  const found = await before(from === null ? null : Number(from), limit + 1);
  const nodes = found.slice(0, limit);
  const edges = nodes.map((node) => ({ cursor: Buffer.from(String(node.number)).toString('base64url'), node }));
  const ends = { startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
  return {
    edges,
    nodes,
    pageInfo: { hasNextPage: found.length > limit, hasPreviousPage: from !== null, ...ends },
    get totalCount() {
      return count();
    },
    position: (await context.pin()).position,
  };
};
