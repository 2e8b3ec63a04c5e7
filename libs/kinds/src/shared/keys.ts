import { applyCorrection, type DomainEvent, type Entry, type EntryCorrected, type EntryId } from '@saksgang/kernel';

/** What a fact became by a correction of it, or by a correction of that one, and so on; anything else as it is. */
const becameBy = (entry: Entry, byId: ReadonlyMap<EntryId, Entry>): DomainEvent => {
  let [from, said]: readonly [Entry, DomainEvent] = [entry, entry.event];
  // Each turn goes to an earlier entry of the stream, so it ends.
  while (said.type === 'EntryCorrected') {
    const { data } = said as EntryCorrected;
    const target = byId.get(data.entry);
    if (target === undefined || target.revision >= from.revision) return said;
    [from, said] = [target, applyCorrection(target, data).read.event];
  }
  return said;
};

/** Every event of the stream as written, and as any correction ever made it: what has once been named is not named again. */
export const eventsEverRead = (entries: readonly Entry[]): readonly DomainEvent[] => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return entries.map((entry) => becameBy(entry, byId));
};

/** One after the highest of these. */
export const nextKey = (taken: Iterable<string>): string => {
  let highest = 0;
  for (const key of taken) highest = Math.max(highest, Number(key));
  return String(highest + 1);
};

type Keyed = Readonly<{ key: string }>;

/** Elements without a key of their own get the next free ones, in order. */
export const withKeys = <T extends Readonly<{ key: string | null }>>(
  elements: readonly T[],
  taken: Iterable<string>,
): readonly (Omit<T, 'key'> & Keyed)[] => {
  const all = new Set([...taken, ...elements.flatMap(({ key }) => key ?? [])]);
  return elements.map((element) => {
    const key = element.key ?? nextKey(all);
    all.add(key);
    return { ...element, key };
  });
};

/**
 * Does a correction leave every key with its own element? Those in both lists keep their order, one set alone keeps its key, and a new
 * one takes a key that none ever had. `taken`: every key that was ever given in this list of the item.
 */
export const keysStay = (
  before: readonly Keyed[],
  after: readonly Keyed[],
  list: string,
  paths: readonly string[],
  taken: readonly string[],
): boolean => {
  const alone = paths.flatMap((path) => (path.startsWith(`${list}.`) ? [Number(path.split('.')[1])] : []));
  if (alone.some((index) => before[index]?.key !== after[index]?.key)) return false;
  const [was, is] = [before.map(({ key }) => key), after.map(({ key }) => key)];
  if (is.some((key) => taken.includes(key) && !was.includes(key))) return false;
  const kept = was.filter((key) => is.includes(key));
  return is.filter((key) => was.includes(key)).every((key, index) => key === kept[index]);
};
