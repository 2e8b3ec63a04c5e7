import { type Labels } from './labels.js';
import type { DomainEvent, ItemId } from './entry.js';

/** Why something was not recorded. A value, never thrown. `code` is SCREAMING_SNAKE and stable; the texts say what was wrong and what to do. */
export type Refusal = Readonly<{
  code: string;
  message: Labels;
  whatToDo: Labels;
  /** Commands (mutation names) that would be accepted instead. */
  allowed: readonly string[];
  /** Items the reader may have meant, or the items in the way. */
  candidates: readonly ItemId[];
}>;

/** Events to append, none (the command is already true: it stays quiet), or a refusal. */
export type Decision<E extends DomainEvent> = readonly E[] | Refusal;

export const refuse = (
  code: string,
  message: Labels,
  whatToDo: Labels,
  more: Partial<Pick<Refusal, 'allowed' | 'candidates'>> = {},
): Refusal => ({ code, message, whatToDo, allowed: more.allowed ?? [], candidates: more.candidates ?? [] });

export const isRefusal = (decision: unknown): decision is Refusal =>
  typeof decision === 'object' && decision !== null && !Array.isArray(decision) && 'code' in decision && 'whatToDo' in decision;
