/** A failure as the person at the terminal reads it: what was wrong and what to do, without a stack. */
export const explain = (error: unknown): string => (error instanceof Error ? error.message : String(error));
