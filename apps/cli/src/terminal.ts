import type { Refusal } from '@saksgang/kernel';

/** What a command works with. Standard output: `print` a line at a time, `write` a file as it is. */
export type Terminal = Readonly<{
  environment: Readonly<Record<string, string | undefined>>;
  print: (line: string) => void;
  write: (text: string) => void;
  /** Standard error, for how far work has come. `live`: it is a terminal, where a line can be written over. */
  progress?: Readonly<{ live: boolean; write: (text: string) => void }>;
}>;
/** `run` answers the exit code, or nothing for 0. */
export type CliCommand = Readonly<{
  usage: string;
  does: string;
  run: (args: readonly string[], terminal: Terminal) => Promise<number | void>;
}>;

/** The record said no; the refusal says why and what to do. */
export class RefusedByRecord extends Error {
  override readonly name = 'RefusedByRecord';
  constructor(readonly refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message.en} ${refusal.whatToDo.en}`);
  }
}

/** The words were off: exit code 64. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}
