import type { PersonId } from '@saksgang/kernel';
import type { Command, Deletion, Verdict } from './verdict.js';

/** What goes to the writer's thread. `turn` names the answer. Many appends travel in one message. */
export type ToWriter =
  | Readonly<{ say: 'append'; appends: readonly (readonly [turn: number, command: Command, bytes: number])[] }>
  | Readonly<{ say: 'delete boxes'; turn: number; persons: readonly PersonId[] }>
  | Readonly<{ say: 'health'; turn: number }>
  | Readonly<{ say: 'close' }>;

/** What comes back: a batch's verdicts in one message, once it is durable. */
export type FromWriter =
  | Readonly<{ say: 'ready' }>
  | Readonly<{ say: 'settled'; verdicts: readonly (readonly [turn: number, verdict: Verdict])[] }>
  | Readonly<{ say: 'boxes deleted'; turn: number; deletion: Deletion }>
  | Readonly<{ say: 'health'; turn: number; reason: string | null }>;

export type WriterThreadData = Readonly<{ file: string }>;
