import { itemsById } from './items/item-rows.js';
import { findByReference, listItems } from './items/items.query.js';
import { projectsOf } from './items/belonging.query.js';
import { listDifferences } from './differences/differences.query.js';
import { listFollowUps } from './follow-ups/follow-ups.query.js';
import { listGaps } from './gaps/gaps.query.js';
import { attentionOfItems } from './status/attention.query.js';
import { statusOf } from './status/status.query.js';
import { createStreamReader, statesAt, type StreamReader } from './items/state.query.js';
import { listLinks } from './links/links.query.js';
import { listTimeline } from './timeline/timeline.query.js';
import { entriesByIds, entryBehind, entryByRef, listHistory } from './history/history.query.js';
import { leavesAt } from './history/leaves.query.js';
import { liveEntries, liveTimeline } from './asking/live.js';
import { pinAt } from './asking/pin.js';
import { createMemory } from './asking/remembering.js';
import { searchItems } from './search/search.query.js';
import { traceFrom } from './trace/trace.query.js';
import { judgedBy, visibilityOf } from './visibility/visibility.query.js';
import { mustTell, type Sources } from './asking/sources.js';
import type { ItemRow, Pin, Reading } from './reading.js';
import type { ItemId } from '@saksgang/kernel';

/**
 * The one implementation of `Reading`, over the read database that the runner fills. `streams`: of all there is, for entries are folded
 * before what they make is told; it can be shared by several faces.
 */
export const createReading = (sources: Sources, streams: StreamReader = createStreamReader(sources)): Reading => {
  const memory = createMemory(sources.runner, () => judgedBy(sources));
  const byId = async (ids: readonly ItemId[], pin: Pin): Promise<readonly (ItemRow | null)[]> => {
    mustTell(sources, 'items', pin);
    return memory.itemsById(ids, pin, (lacking) => itemsById(sources, lacking, pin));
  };
  return {
    pin: (asOf, atLeast) => pinAt(sources, asOf, atLeast),
    item: async (id, pin) => (await byId([id], pin))[0] ?? null,
    itemsById: byId,
    itemAtHand: memory.itemAtHand,
    items: (filter, order, page, pin) =>
      memory.page(pin, ['items', filter, order, page], () => listItems(sources, filter, order, page, pin)),
    byReference: (reference, kind, pin) => findByReference(sources, reference, kind, pin),
    search: (text, kinds, page, pin) =>
      memory.answer(pin, ['search', text, kinds, page], () => searchItems(sources, text, kinds, page, pin)),
    state: async (id, pin) => (await statesAt(sources, streams, [id], pin))[0] ?? null,
    statesById: (ids, pin) => statesAt(sources, streams, ids, pin),
    projectsOf: (id, pin) => projectsOf(sources, id, pin),
    links: (item, options, page, pin) => listLinks(sources, item, options, page, pin),
    trace: (from, direction, depth, pin) =>
      memory.answer(pin, ['trace', from, direction, depth], () => traceFrom(sources, streams, from, direction, depth, pin)),
    timeline: (filter, order, page, pin, brief = null) =>
      memory.page(pin, ['timeline', filter, order, page, brief], () => listTimeline(sources, filter, order, page, pin, brief)),
    history: (filter, order, page, pin) => listHistory(sources, filter, order, page, pin),
    entry: (ref, pin) => entryByRef(sources, ref, pin),
    entryBehind: (ref, pin) => entryBehind(sources, ref, pin),
    entriesById: (item, ids, pin) => entriesByIds(sources, item, ids, pin),
    leaves: (positions, pin) => leavesAt(sources, positions, pin),
    entriesAfter: (after, filter, signal) => liveEntries(sources, after, filter, signal),
    timelineAfter: (after, filter, signal) => liveTimeline(sources, after, filter, signal),
    differences: (question, page) => listDifferences(sources, streams, question, page),
    followUps: (filter, order, page, pin) =>
      memory.answer(pin, ['followUps', filter, order, page], () => listFollowUps(sources, filter, order, page, pin)),
    status: (project, pin) => memory.answer(pin, ['status', project], () => statusOf(sources, project, pin)),
    gaps: (project, pin) => memory.answer(pin, ['gaps', project], () => listGaps(sources, project, pin)),
    attention: (ids, pin) => attentionOfItems(sources, ids, pin),
    visibility: (ids) => visibilityOf(sources, ids),
    progress: async () => sources.runner.progress(),
  };
};
