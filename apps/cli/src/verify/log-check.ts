import { ordinalOf, type StoredEvent } from '@saksgang/event-store';
import {
  BoxRefused,
  check,
  createEntryWalk,
  createTally,
  entryIdFor,
  failed,
  openBox,
  sealedIn,
  type EntryWalk,
  type Finding,
  type Leaf,
} from '@saksgang/record';
import { type KeyStore } from '@saksgang/recording';
import { type CheckedLog } from '../engines.js';
import { type IndexCheck } from './index-beside.js';
import * as say from './log-sentences.js';

const BATCH = 1_000; // entries read at once

export type LogChecked = Readonly<{ walk: EntryWalk; findings: readonly Finding[]; erased: Readonly<{ count: number; places: string }> }>;

/**
 * Reads a log from its first entry to its last, and holds each against itself: its form, its place, the columns and boxes beside it.
 * `keys` null: boxes are not opened. Stops at the first entry that is not where it should be: what follows it has no place.
 */
export const checkLog = async (
  log: CheckedLog,
  sizes: readonly number[],
  keys: KeyStore | null,
  index: IndexCheck,
): Promise<LogChecked> => {
  const walk = createEntryWalk(sizes, index.made);
  const [columns, ids] = [createTally(), createTally()];
  const boxes = createBoxCheck(keys);
  const idOf = createIdCheck();
  const broken: Finding[] = [];
  try {
    for await (const event of entriesOf(log)) {
      const at = walk.size();
      const leaf = walk.pass({ index: (ordinalOf(log.logId, event.position) ?? 0) - 1, leaf: event.leaf, hash: null });
      if (leaf !== null) {
        if (!saysTheSame(event, leaf)) columns.add(String(at));
        if (leaf.id !== idOf(leaf)) ids.add(String(at));
        await boxes.pass(at, event, leaf);
      }
      if (walk.size() !== ordinalOf(log.logId, event.position)) break;
    }
  } catch (error) {
    // Whatever a damaged file makes the engine throw: what could not be read is not verified.
    broken.push(failed('WRONG', say.logUnreadable(walk.size(), error instanceof Error ? error.message : String(error))));
  }
  const findings = [
    ...broken,
    ...walk.findings(),
    check(columns.count() === 0, say.columnsAgree(columns.places())),
    check(ids.count() === 0, say.idsFollow(ids.places())),
    ...boxes.findings(),
    ...index.findings(),
  ];
  return { walk, findings, erased: boxes.erased() };
};

const entriesOf = async function* (log: CheckedLog): AsyncGenerator<StoredEvent> {
  const enough = new AbortController();
  try {
    for await (const { events, caughtUp } of log.follow({ after: log.origin, signal: enough.signal, batch: BATCH })) {
      yield* events;
      if (caughtUp) return;
    }
  } finally {
    enough.abort();
  }
};

const saysTheSame = ({ id, stream, revision, type, recordedAt }: StoredEvent, leaf: Leaf): boolean =>
  id === leaf.id && stream === leaf.stream && revision === leaf.revision && type === leaf.type && recordedAt === leaf.recordedAt;

/** The id an entry must have: of its stream, its command, and its number among the entries that the command appended there. */
const createIdCheck = () => {
  const last = new Map<string, Readonly<{ commandId: string; ordinal: number }>>();
  return ({ stream, commandId }: Leaf): string => {
    const before = last.get(stream);
    const ordinal = before?.commandId === commandId ? before.ordinal + 1 : 0;
    last.set(stream, { commandId, ordinal });
    return entryIdFor(stream, commandId, ordinal);
  };
};

const createBoxCheck = (keys: KeyStore | null) => {
  const [strange, shut, lost, erased] = [createTally(), createTally(), createTally(), createTally()];
  let opened = 0;
  const pass = async (index: number, { id, boxes, leaf: text }: StoredEvent, leaf: Leaf): Promise<void> => {
    // Inside a string the quotes would be escaped: most entries hold no such key.
    if (boxes.length === 0 && !text.includes('"sealed":')) return;
    const places = new Map(sealedIn(leaf).map((place) => [place.sealed, place]));
    for (const { commitment, person, bytes } of boxes) {
      const place = places.get(commitment);
      places.delete(commitment);
      if (place?.person !== person) strange.add(`${index} (${commitment})`);
      else if (keys !== null && (await opens(keys, id, { commitment, person, bytes }))) opened += 1;
      else if (keys !== null) shut.add(`${index} (${place.path})`);
    }
    for (const { person, path } of places.values())
      ((await keys?.keyOf(person))?.state === 'LIVE' ? lost : erased).add(`${index} (${path})`);
  };
  return {
    pass,
    erased: () => ({ count: erased.count(), places: erased.places() }),
    findings: (): readonly Finding[] => [
      check(strange.count() === 0, say.boxesBelong(strange.places())),
      ...(keys === null
        ? []
        : [check(shut.count() === 0, say.boxesOpen(opened, shut.places())), check(lost.count() === 0, say.boxesLost(lost.places()))]),
    ],
  };
};

const opens = async (keys: KeyStore, entry: string, { commitment, person, bytes }: StoredEvent['boxes'][number]): Promise<boolean> => {
  const found = await keys.keyOf(person);
  // Of an erased person the box is on its way out, and nobody can open it.
  if (found.state !== 'LIVE') return found.state === 'ERASED';
  try {
    openBox(found.key, entry, commitment, bytes);
    return true;
  } catch (error) {
    if (error instanceof BoxRefused) return false;
    throw error;
  }
};
