// node test/bench/preload.mjs <data directory> <entries>: fills a new record through the log's own port, then builds the read
// models in one go. Items grow side by side, as they do in life.
import { caughtUp, now, open, openLog } from './record.mjs';
import { draftOf, itemsOf } from './sample-log.mjs';

const SIDE_BY_SIDE = 250; // items that grow at a time
const PORTION = 5; // entries of one append

const [dataDir, count] = process.argv.slice(2);
const entries = Number(count);
const log = await openLog(dataDir);
if (!log.isNew) throw new Error(`${dataDir} holds a record already`);
const items = itemsOf(entries);
for (let first = 0; first < items.length; first += SIDE_BY_SIDE) {
  const some = items.slice(first, first + SIDE_BY_SIDE);
  for (let step = 0; some.some((item) => step < item.entries); step += PORTION) {
    const recordedAt = now();
    await Promise.all(
      some
        .filter((item) => step < item.entries)
        .map(async (item) => {
          const drafts = Array.from({ length: Math.min(PORTION, item.entries - step) }, (_, more) =>
            draftOf(item, step + more, recordedAt),
          );
          await log.store.append(item.id, step - 1, await log.codec.encode(drafts, new Map()));
        }),
    );
  }
}
await log.close();
const record = await open(dataDir);
await caughtUp(record);
await record.close();
