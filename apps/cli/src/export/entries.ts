import { closeSync, openSync, writeSync } from 'node:fs';
import type { StoredEvent } from '@saksgang/event-store';
import type { PersonId } from '@saksgang/kernel';
import {
  appendLeaf,
  discloseBox,
  emptyTree,
  exportLine,
  leafHash,
  parseLeaf,
  rootOf,
  sealedIn,
  shownEntry,
  withheldEntry,
  type Closed,
  type Disclosure,
} from '@saksgang/record';
import { numberIn, type KeyStore, type ReadableLog } from '@saksgang/recording';
import { entriesOf } from '../move/side-by-side.js';
import type { Progress } from '../progress.js';
import type { Told } from './judging.js';

const PIECE_BYTES = 1024 * 1024; // characters written at once, about
const JUDGED_AT_ONCE = 200; // entries

/** What a reader gets of the sealed values of an entry. */
export type Shows = (event: StoredEvent) => Promise<Readonly<{ disclosures: readonly Disclosure[]; closed: readonly Closed[] }>>;

/** `keys` null: names are withheld. A value whose box is gone is erased to anybody. */
export const showing =
  (keys: KeyStore | null, erased: ReadonlySet<PersonId>): Shows =>
  async ({ id, leaf, boxes }) => {
    const [disclosures, closed]: [Disclosure[], Closed[]] = [[], []];
    const seen = new Set<string>();
    for (const { sealed, person } of sealedIn(parseLeaf(leaf))) {
      if (seen.has(sealed)) continue;
      seen.add(sealed);
      const box = boxes.find(({ commitment }) => commitment === sealed);
      const key = await keys?.keyOf(person);
      if (box === undefined || erased.has(person) || key?.state === 'ERASED') closed.push({ sealed, why: 'ERASED' });
      else if (key?.state === 'LIVE') disclosures.push(discloseBox(key.key, id, sealed, box.bytes));
      else closed.push({ sealed, why: 'WITHHELD' });
    }
    return { disclosures, closed };
  };

export type Entries = Readonly<{
  log: ReadableLog;
  /** The first so many are written, a line each. */
  size: number;
  file: string;
  told: Told;
  shows: Shows;
  progress: Progress;
}>;
export type Written = Readonly<{ root: Uint8Array; withheldEntries: number; erasedValues: number; withheldValues: number }>;

/** Entries together with which of them are told. */
async function* judged({ log, size, told }: Entries): AsyncGenerator<readonly [StoredEvent, boolean]> {
  const together: StoredEvent[] = [];
  const judge = async (): Promise<readonly (readonly [StoredEvent, boolean])[]> => {
    const numbers = together.map(({ position }) => numberIn(log, position));
    const shown = await told(numbers);
    return together.splice(0).map((event, index) => [event, shown.has(numbers[index] ?? -1)] as const);
  };
  let read = 0;
  for await (const event of size === 0 ? [] : entriesOf(log)) {
    together.push(event);
    read += 1;
    if (together.length === JUDGED_AT_ONCE) yield* await judge();
    if (read === size) break;
  }
  yield* await judge();
}

export const writeEntries = async (entries: Entries): Promise<Written> => {
  const { size, file, shows, progress } = entries;
  const handle = openSync(file, 'wx', 0o600);
  let tree = emptyTree;
  let piece = '';
  let withheldEntries = 0;
  const values = { ERASED: 0, WITHHELD: 0 };
  const lineOf = async (event: StoredEvent): Promise<string> => {
    const { disclosures, closed } = await shows(event);
    for (const { why } of closed) values[why] += 1;
    return exportLine(shownEntry(tree.size, event.leaf, disclosures, closed));
  };
  try {
    for await (const [event, isTold] of judged(entries)) {
      if (!isTold) withheldEntries += 1;
      piece += isTold ? await lineOf(event) : exportLine(withheldEntry(tree.size, event.leaf));
      tree = appendLeaf(tree, leafHash(event.leaf));
      if (piece.length >= PIECE_BYTES) piece = (writeSync(handle, piece), '');
      progress.at(tree.size, tree.size / size);
    }
    writeSync(handle, piece);
  } finally {
    closeSync(handle);
  }
  progress.end(tree.size);
  return { root: rootOf(tree), withheldEntries, erasedValues: values.ERASED, withheldValues: values.WITHHELD };
};
