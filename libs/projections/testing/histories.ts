import fc from 'fast-check';
import type { DomainEvent, EntryId, ItemId } from '@saksgang/kernel';
import type { MatterEvent } from './matter.kind.js';
import { idOf, type World } from './world.js';

/** Few days, so that what is told comes late and meets what was told before. */
export const DAYS = ['2018-09-01', '2018-09-02', '2018-09-03', '2018-09-04'] as const;
/** Of all histories of the long tier, on a busy machine. */
export const LAW_MS_MAX = 3_600_000; // ms
export const STORY_MAX = 11; // entries after the founding one

/** One entry of a history: what it says, when that happened, which earlier entry it speaks of, and how long it was waited for. */
export type Told = Readonly<{ what: EventName; day: string | null; which: number; word: string; days: number }>;

type Make = (named: EntryId, told: Told) => MatterEvent | DomainEvent;
const correction = (entry: EntryId) => ({ entry, version: 1, assertedBy: null, source: null, entryReason: null, cleared: [] });
const EVENTS = {
  retracted: (entry) => ({ type: 'EntryRetracted', data: { entry } }),
  'title corrected': (entry, { word }) => ({
    type: 'EntryCorrected',
    data: { ...correction(entry), occurred: null, set: [{ path: 'title', value: `corrected ${word}` }] },
  }),
  'date corrected': (entry, { day }) => ({
    type: 'EntryCorrected',
    data: { ...correction(entry), occurred: { text: day ?? 'unknown', asWritten: null }, set: [] },
  }),
  'date established': (entry, { day }) => ({ type: 'DateEstablished', data: { entry, date: { text: day ?? '2018-09', asWritten: null } } }),
  linked: (_entry, { word }) => ({
    type: 'Linked',
    data: { relation: 'SERVES', target: idOf('venture', word), targetPart: null, part: null, period: null },
  }),
  unlinked: (link) => ({ type: 'Unlinked', data: { link } }),
  renumbered: (_entry, { word, which }) => ({ type: 'Renumbered', data: { references: which % 2 === 0 ? [] : [word, '18/2'] } }),
  moved: (_entry, { word }) => ({ type: 'Moved', data: { projects: [idOf('venture', word)] } }),
  noted: (_entry, { word }) => ({ type: 'NoteAdded', data: { text: word, part: null } }),
  merged: (_entry, { word }) => ({ type: 'Merged', data: { into: idOf('matter', word) } }),
  closed: () => ({ type: 'Closed', data: {} }),
  renamed: (_entry, { word }) => ({ type: 'Renamed', data: { title: word } }),
} as const satisfies Readonly<Record<string, Make>>;
export type EventName = keyof typeof EVENTS;

/** Histories of such events; one that is named twice comes twice as often. */
export const storiesOf = (names: readonly EventName[]): fc.Arbitrary<readonly Told[]> =>
  fc.array(
    fc.record({
      what: fc.constantFrom(...names),
      day: fc.option(fc.constantFrom(...DAYS), { nil: null }),
      which: fc.nat({ max: STORY_MAX }),
      word: fc.constantFrom('a', 'b', 'c'),
      days: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 1, maxLength: STORY_MAX },
  );

/** Records the item and its history. `sourced`: one in four entries is told from a document. Answers the day of the last entry. */
export const recordStory = async (world: World, item: ItemId, story: readonly Told[], sourced = false): Promise<string> => {
  const ids: EntryId[] = [];
  const opening = { type: 'Opened', data: { title: 'first', references: ['18/1-7'], projects: [] } } as const;
  let on = 4;
  const dayOf = (): string => `2018-10-${String(on).padStart(2, '0')}`;
  world.at(`${dayOf()}T10:00:00.000Z`);
  ids.push((await world.record(item, opening, { occurred: '2018-09-03' })).id);
  for (const told of story) {
    on += told.days;
    world.at(`${dayOf()}T10:00:00.000Z`);
    const source =
      sourced && told.which % 4 === 0
        ? { document: null, title: null, reference: `19/${told.word}`, dated: null, locator: null, url: null }
        : null;
    const event = (EVENTS[told.what] as Make)(ids[told.which % ids.length] ?? '', told);
    ids.push((await world.record(item, event, { ...(told.day ? { occurred: told.day } : {}), source })).id);
  }
  return dayOf();
};
