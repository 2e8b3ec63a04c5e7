import { isDeepStrictEqual } from 'node:util';
import type { SqliteFile } from '@saksgang/database';
import type { Page, Reading } from '../src/reading.js';
import type { Mirror } from './mirror.js';

type Method = (...given: readonly unknown[]) => unknown;
/** What is not read from rows, or depends on the moment. */
const OF_THE_MOMENT: readonly (keyof Reading)[] = ['pin', 'progress', 'itemAtHand', 'entriesAfter', 'timelineAfter'];

/** Every question is asked of both: what the first answers is the answer, if the other answers the same. */
export const compared = (one: Reading, other: Reading, mirror: Mirror, file: SqliteFile): Reading =>
  Object.fromEntries(
    (Object.entries(one) as readonly (readonly [string, Method])[]).map(([name, method]) => {
      if (OF_THE_MOMENT.includes(name as keyof Reading)) return [name, method];
      const inPostgres: Method = (...given) => (other[name as keyof Reading] as Method)(...given);
      const ask: Method = (...given) => answered(name, method(...given), () => inPostgres(...given), mirror, file);
      return [name, ask];
    }),
  ) as unknown as Reading;

type Outcome = Readonly<{ answer: unknown; fault: unknown }>;
const outcomeOf = async (work: () => unknown): Promise<Outcome> => {
  try {
    return { answer: await plain(await work()), fault: null };
  } catch (problem) {
    return { answer: null, fault: { name: (problem as Error).name, code: (problem as { code?: unknown }).code, message: (problem as Error).message } }; // prettier-ignore
  }
};

/** A page with all that it can be asked. */
const plain = async (answer: unknown): Promise<unknown> => {
  if (typeof answer !== 'object' || answer === null || !('totalCount' in answer)) return answer;
  const { nodes, edges, hasNextPage, hasPreviousPage, position, pin, totalCount } = answer as Page<unknown>;
  return { nodes, edges, hasNextPage, hasPreviousPage, position, pin, total: await totalCount() };
};

const mustAgree = (name: string, one: Outcome, other: Outcome): void => {
  if (isDeepStrictEqual(one, other)) return;
  throw new Error(`${name} is told otherwise by PostgreSQL:\n${JSON.stringify(one)}\n${JSON.stringify(other)}`);
};

const answered = async (name: string, first: unknown, beside: () => unknown, mirror: Mirror, file: SqliteFile): Promise<unknown> => {
  const one = await outcomeOf(() => first);
  mustAgree(name, one, await mirror.asked(file, () => outcomeOf(beside)));
  return first;
};
