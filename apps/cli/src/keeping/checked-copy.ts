import { readCheckpoint, sameBytes, type HeldNote } from '@saksgang/record';
import { openLogFile } from '../engines.js';
import { machineScheduler } from '../machine.js';
import { type Progress } from '../progress.js';
import { type IndexCheck } from '../verify/index-beside.js';
import { checkLog } from '../verify/log-check.js';

/** A copy of a log that does not verify. Nothing is called a backup, and nothing is restored, that does not. */
export class CopyDoesNotVerify extends Error {
  override readonly name = 'CopyDoesNotVerify';
}

export type CheckedCopy = Readonly<{
  logId: string;
  entries: number;
  root: Uint8Array;
  /** The newest of the notes that the copy reaches. */
  newest: HeldNote | null;
  /** How many entries that is of. */
  signed: number | null;
}>;

/**
 * Checks the file of a log that nobody writes in: its pages, each entry and what stands beside it, and its root at each checkpoint it
 * reaches. @throws CopyDoesNotVerify that says what is wrong
 */
export const checkCopy = async (file: string, held: readonly HeldNote[], progress: Progress): Promise<CheckedCopy> => {
  const log = openLogFile(file, machineScheduler);
  try {
    const faults = log.faults();
    if (faults.length > 0) throw new CopyDoesNotVerify(`${file} is damaged: ${faults.join('; ')}`);
    const notes = held.map((one) => ({ ...one, checkpoint: readCheckpoint(one.note, one.where) }));
    let done = 0;
    const entryPassed = (): void => progress.at((done += 1), null);
    const index: IndexCheck = { made: (level) => void (level === 0 && entryPassed()), findings: () => [], close: () => undefined };
    const { walk, findings } = await checkLog(
      log,
      notes.map(({ checkpoint }) => checkpoint.size),
      null,
      index,
    );
    progress.end(walk.size());
    const wrong = findings.flatMap((finding) => (finding.verdict === 'FAILED' ? [finding.text.en] : []));
    const reached = notes.filter(({ checkpoint }) => checkpoint.size <= walk.size());
    for (const { checkpoint } of reached)
      if (!sameBytes(walk.rootAt(checkpoint.size) ?? new Uint8Array(), checkpoint.root))
        wrong.push(`The first ${checkpoint.size} entries are not those that were signed for.`);
    if (wrong.length > 0) throw new CopyDoesNotVerify(`${file} does not verify. ${wrong.join(' ')} See: npm run cli -- verify database`);
    const newest = reached.at(-1) ?? null;
    const { logId } = log;
    return { logId, entries: walk.size(), root: walk.rootAt(walk.size()) as Uint8Array, newest, signed: newest?.checkpoint.size ?? null };
  } finally {
    await log.close();
  }
};
