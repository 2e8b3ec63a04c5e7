/** What a command works with. `print` is standard output, a line at a time. */
export type Terminal = Readonly<{ environment: Readonly<Record<string, string | undefined>>; print: (line: string) => void }>;
export type CliCommand = Readonly<{ usage: string; does: string; run: (args: readonly string[], terminal: Terminal) => Promise<void> }>;

/** The words were off: exit code 64. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}
