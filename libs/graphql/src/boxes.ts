import { READ_PAGE_MAX, type EventStore } from '@saksgang/event-store';
import { STREAM_ENTRIES_MAX, type Box, type EntryId, type ItemId } from '@saksgang/kernel';

/** By commitment: the box and the entry it was sealed for. */
export type ItemBoxes = ReadonlyMap<string, Readonly<{ entry: EntryId; box: Box }>>;

const PAGES_MAX = Math.ceil(STREAM_ENTRIES_MAX / READ_PAGE_MAX);

/** The boxes that lie beside an item's entries. Read models hold none, so the stream itself is asked. */
export const boxesOf = async (store: EventStore, item: ItemId): Promise<ItemBoxes> => {
  const found = new Map<string, Readonly<{ entry: EntryId; box: Box }>>();
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { events, end } = await store.readStream(item, { from: page * READ_PAGE_MAX, limit: READ_PAGE_MAX });
    for (const event of events) for (const box of event.boxes) found.set(box.commitment, { entry: event.id, box });
    if (end) break;
  }
  return found;
};
