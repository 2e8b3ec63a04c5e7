import { resolve } from 'node:path';
import { type EventStore, ordinalOf } from '@saksgang/event-store';
import type { PersonId, Position, Scheduler } from '@saksgang/kernel';
import { appendLeaf, emptyTree, leafHash, rootOf, sameBytes, toBase64, type Tree } from '@saksgang/record';
import { type ReadableLog } from '@saksgang/recording';
import { openSource, openTarget, type Place, placeOf, PLACES } from './engines.js';
import { machineScheduler } from './machine.js';
import { copyAfter } from './move/copy-log.js';
import { readSideBySide, type IsErased } from './move/side-by-side.js';
import { options } from './options.js';
import { erasedOf } from './shared-stores.js';
import { createProgress } from './progress.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';

/** What may not be copied into, or cannot be copied from. The message says what to do. */
export class CannotMove extends Error {
  override readonly name = 'CannotMove';
}

export type Moved = Readonly<{ stoodThere: number; copied: number; size: number; root: Uint8Array }>;

/** How often a source that grows meanwhile is followed to its end. */
const ROUNDS_MAX = 10;

/** Makes the target the same log as the source, entry by entry, and proves it. @throws CannotMove, and what `copyAfter` throws */
export const moveLog = async (
  source: ReadableLog,
  target: EventStore,
  isErased: IsErased,
  terminal: Terminal,
  scheduler: Scheduler = machineScheduler,
): Promise<Moved> => {
  if (source.logId === target.logId) throw new CannotMove('Source and target are one and the same log.');
  const there = await prefixOf(source, target, isErased, terminal);
  const end = await source.head();
  const progress = createProgress(terminal, 'copying', 'entries');
  let { upTo } = there;
  let copied = 0;
  // A source that is still being written is followed to its end: a round that finds nothing more is the last one.
  for (let round = 0, more = -1; more !== 0; round += 1) {
    if (round === ROUNDS_MAX) throw new CannotMove('The source is still being written: stop the server that writes in it, and move again.');
    const before = copied;
    const told = (count: number, position: Position): void => {
      copied = before + count;
      upTo = position;
      progress.at(copied, shareOf(source, there.upTo, position, end));
    };
    more = await copyAfter(upTo, { source, target, isErased, scheduler, told });
  }
  progress.end(copied);
  return { stoodThere: there.same, copied, ...(await proveEqual(source, target, isErased, terminal)) };
};

/** How much of the way from `from` to `end` lies behind; positions need not count entries, but they grow evenly enough. */
const shareOf = ({ logId }: ReadableLog, from: Position, at: Position, end: Position): number | null => {
  const [first, now, last] = [from, at, end].map((position) => ordinalOf(logId, position) ?? 0) as [number, number, number];
  return last > first ? Math.min(1, (now - first) / (last - first)) : null;
};

const prefixOf = async (source: ReadableLog, target: EventStore, isErased: IsErased, terminal: Terminal) => {
  const progress = createProgress(terminal, 'comparing what stands there already', 'entries');
  const there = await readSideBySide(source, target, isErased, (_mine, _its, same) => progress.at(same, null));
  if (there.same > 0) progress.end(there.same);
  if (there.difference !== null)
    throw new CannotMove(
      `The target holds another record: entry ${there.same} (counted from 0) differs in ${there.difference}. Name an empty target, or one that an interrupted move of this record left.`,
    );
  if (!there.otherEnds)
    throw new CannotMove(
      `The target holds all ${there.same} entries of the source and goes on after them: it is newer. Move the other way, or name an empty target.`,
    );
  return there;
};

/** Reads both logs anew, from the disk and from the server, and builds the tree of each on its own. */
const proveEqual = async (source: ReadableLog, target: EventStore, isErased: IsErased, terminal: Terminal) => {
  const progress = createProgress(terminal, 'proving', 'entries');
  const end = await source.head();
  let [mine, its]: [Tree, Tree] = [emptyTree, emptyTree];
  const read = await readSideBySide(source, target, isErased, (one, other, same) => {
    mine = appendLeaf(mine, leafHash(one.leaf));
    its = appendLeaf(its, leafHash(other.leaf));
    progress.at(same, shareOf(source, source.origin, one.position, end));
  });
  progress.end(read.same);
  const equal =
    read.difference === null && read.oneEnds && read.otherEnds && mine.size === its.size && sameBytes(rootOf(mine), rootOf(its));
  if (!equal)
    throw new CannotMove(
      `The copy is not the source: they part after ${read.same} entries${read.difference === null ? '' : `, in ${read.difference}`}. Somebody wrote in one of them; do not use the target.`,
    );
  return { size: mine.size, root: rootOf(mine) };
};

/** Tombstones of the key store beside either log, of DATA_DIR and of the shared one: what is erased is not copied. */
const erasedIn = (places: readonly Place[], terminal: Terminal): Promise<ReadonlySet<PersonId>> => {
  const beside = places.flatMap((place) => (place.engine === 'sqlite' ? [place.directory] : []));
  return erasedOf(terminal, [...beside, resolve(terminal.environment['DATA_DIR'] || './data')]);
};

/** What lies beside the log and is not in it. */
const GOES_ALONG = 'keys.db, key-encryption.key, access.db, readings.db, secretariat.key, signer.db and signing.key';

const sayWhatIsNext = (from: Place, to: Place, print: Terminal['print']): void => {
  const setting =
    to.engine === 'kurrent' ? 'EVENT_STORE=kurrent and the same connection' : `EVENT_STORE=sqlite and DATA_DIR=${to.directory}`;
  print(
    `Start the server with ${setting}. It builds read models and the index of hashes anew; positions and cursors of before answer POSITION_UNKNOWN.`,
  );
  const stays = to.engine === 'kurrent' || (from.engine === 'sqlite' && from.directory === to.directory);
  print(
    stays
      ? `Keys, tombstones and checkpoints stay in the data directory: keep ${GOES_ALONG} there.`
      : `Keys, tombstones and checkpoints are not in the log: ${GOES_ALONG} must lie in ${to.directory} before the server starts.`,
  );
};

export const move: CliCommand = {
  usage: 'move --from LOG --to LOG',
  does: `copies a record to another engine, and proves that it is the same; interrupted, it goes on. LOG is ${PLACES}`,
  run: async (args, terminal) => {
    const { values } = options({ args: [...args], options: { from: { type: 'string' }, to: { type: 'string' } } });
    if (!values.from || !values.to) throw new BadUsage(`Say where the record is and where it is to be: ${move.usage}`);
    const [from, to] = [placeOf(values.from), placeOf(values.to)];
    if (from.engine === 'sqlite' && to.engine === 'sqlite' && from.directory === to.directory)
      throw new BadUsage('Source and target are one and the same directory.');
    const source = await openSource(from, terminal);
    try {
      const target = await openTarget(to, terminal);
      try {
        const erased = await erasedIn([from, to], terminal);
        const { copied, stoodThere, size, root } = await moveLog(source, target, (person) => erased.has(person), terminal);
        terminal.print(`${copied} entries copied, ${stoodThere} stood there already; boxes of ${erased.size} erased persons left behind.`);
        for (const [place, log] of [
          [from, source],
          [to, target],
        ] as const)
          terminal.print(`${place.called}: log ${log.logId}, ${size} entries, root ${toBase64(root)}`);
        terminal.print('The leaf hashes are equal.');
        sayWhatIsNext(from, to, terminal.print);
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  },
};
