import { type StoredEvent } from '@saksgang/event-store';
import type { PersonId, Position } from '@saksgang/kernel';
import { readToHead, type ReadableLog } from '@saksgang/recording';

/** Whose boxes need not be there any more: their keys are gone, or about to be. */
export type IsErased = (person: PersonId) => boolean;

export type SideBySide = Readonly<{
  /** Entries that stand in both, from the first one on. */
  same: number;
  /** Where the last of them stands in the one log. */
  upTo: Position;
  /** What the entry after them is in one and not in the other; null where one log, or both, end there. */
  difference: string | null;
  oneEnds: boolean;
  otherEnds: boolean;
}>;

const BATCH = 500; // entries read at once

const NEVER = new AbortController().signal;

/** The entries of a log from just after a position to its end as it was when asked, one by one. */
export async function* entriesOf(log: ReadableLog, after: Position = log.origin): AsyncGenerator<StoredEvent> {
  for await (const { events } of readToHead(log, { after, signal: NEVER, batch: BATCH })) yield* events;
}

/** Reads two logs from their beginnings until they part or one of them ends. `pass` sees every entry that both hold. */
export const readSideBySide = async (
  one: ReadableLog,
  other: ReadableLog,
  isErased: IsErased,
  pass: (mine: StoredEvent, its: StoredEvent, same: number) => void,
): Promise<SideBySide> => {
  const [mine, its] = [entriesOf(one), entriesOf(other)];
  let same = 0;
  let upTo = one.origin;
  try {
    for (;;) {
      const [a, b] = await Promise.all([mine.next(), its.next()]);
      const [oneEnds, otherEnds] = [a.done === true, b.done === true];
      const difference = a.done || b.done ? null : differenceOf(a.value, b.value, isErased);
      if (a.done || b.done || difference !== null) return { same, upTo, difference, oneEnds, otherEnds };
      same += 1;
      upTo = a.value.position;
      pass(a.value, b.value, same);
    }
  } finally {
    await Promise.all([mine.return(undefined), its.return(undefined)]);
  }
};

/** What keeps two entries from being one and the same, in plain words and without their content; null when they are. */
export const differenceOf = (one: StoredEvent, other: StoredEvent, isErased: IsErased): string | null => {
  for (const what of ['stream', 'revision', 'id', 'type', 'recordedAt', 'leaf'] as const)
    if (one[what] !== other[what]) return what === 'leaf' ? 'its stored text' : `its ${what}`;
  return boxesOf(one, isErased) === boxesOf(other, isErased) ? null : 'its sealed boxes';
};

/** The boxes that have to be there, as one text. */
const boxesOf = ({ boxes }: StoredEvent, isErased: IsErased): string =>
  boxes
    .filter(({ person }) => !isErased(person))
    .map(({ commitment, person, bytes }) => `${commitment} ${person} ${Buffer.from(bytes).toString('base64')}`)
    .sort()
    .join('\n');
