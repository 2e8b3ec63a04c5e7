import { isRefusal } from '@saksgang/kernel';

/** A failure as the person at the terminal reads it: what was wrong and what to do, without a stack. */
export const explain = (error: unknown): string => {
  if (isRefusal(error)) return `${error.code}: ${error.message.en} ${error.whatToDo.en}`;
  return error instanceof Error ? error.message : String(error);
};
