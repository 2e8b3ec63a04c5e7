import type { z } from 'zod';

/** An issue of our own, with the stable code that `parserOf` hands on. The message begins with a verb: its subject is the path. */
export type Found = Readonly<{
  code: 'custom';
  message: string;
  params: Readonly<{ code: string }>;
  path?: (string | number)[];
  input?: unknown;
}>;

export const found = (code: string, message: string, path: (string | number)[] = []): Found => ({
  code: 'custom',
  message,
  params: { code },
  path,
});

/** A refinement that answers what is wrong, or null. */
export const refusing =
  <T>(judge: (value: T) => Found | null) =>
  (value: T, context: z.RefinementCtx<T>): void => {
    const wrong = judge(value);
    if (wrong !== null) context.addIssue(wrong);
  };
