import type { Scheduler } from '@saksgang/kernel';
import { GraphQLError } from 'graphql';

export const SLOW_AFTER_MS = 30_000; // ms in which a reader takes one value; then its source is ended
export const HANG_UP_AFTER_MS = 30_000; // ms more in which it may still be told; then its connection is ended

/** How long one value may lie with a reader. */
export type Pace = Readonly<{ scheduler: Scheduler; slowAfterMs: number; hangUpAfterMs: number }>;

export const READER_TOO_SLOW = 'READER_TOO_SLOW';

/** Thrown into the source, which may throw it back with the position behind which the reader resumes. */
export const tooSlow = ({ slowAfterMs }: Pace): GraphQLError =>
  new GraphQLError(
    `Nothing was taken for ${slowAfterMs / 1_000} seconds, so this subscription was ended. Subscribe again with \`after\`: the last position you were sent.`,
    { extensions: { code: READER_TOO_SLOW } },
  );
