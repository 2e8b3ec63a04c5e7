import { positionOf } from '@saksgang/event-store';
import { kindOf, same, type Locale } from '@saksgang/kernel';
import type { Sources } from '../asking/sources.js';
import type { Pin, TimelineRow } from '../reading.js';
import type { Bounds } from './timeline.query.js';
import type { TimelineTable } from './timeline.table.js';

/**
 * The page that is asked for most: the whole timeline, in one language. A row has twenty-two columns, and reading a page of
 * them takes longer than finding it: half of them take half of the time.
 */
export type BriefRow = Pick<
  TimelineTable,
  'day' | 'ordinal' | 'item' | 'ref' | 'part' | 'type' | 'occurred' | 'as_written' | 'recorded_at'
> & {
  title: string;
  description: string;
  slot?: undefined;
};

const WORDS: Readonly<Record<Locale, string>> = {
  nb: 'title_nb as title, description_nb as description',
  nn: 'title_nn as title, description_nn as description',
  en: 'title_en as title, description_en as description',
};

/** As `toldInOrder` finds them. The signs keep the planner from walking them by recording, and sorting. */
export const rowsInBrief = async (
  { ask }: Sources,
  language: Locale,
  { known, validAt }: Pick<Pin, 'known' | 'validAt'>,
  bounds: Bounds,
  direction: 'asc' | 'desc',
  limit: number,
): Promise<readonly BriefRow[]> =>
  ask<BriefRow>(
    `select day, ordinal, item, ref, part, type, ${WORDS[language]}, occurred, as_written, recorded_at from timeline
     where +recorded_from <= ? and (recorded_to is null or +recorded_to > ?) and day <= ?
     ${bounds.map(({ side }) => `and (day, ordinal) ${side} (?, ?)`).join(' ')}
     order by day ${direction}, ordinal ${direction} limit ?`,
    [known, known, validAt, ...bounds.flatMap(({ key: [day = '', ordinal = 0] }) => [day, ordinal]), limit],
  );

/** The words stand for themselves in every language: no other was read. */
export const briefRow = (logId: string, row: BriefRow): TimelineRow => ({
  id: row.ref,
  item: row.item,
  kind: kindOf(row.item),
  part: row.part,
  nature: 'HAPPENED',
  type: row.type,
  title: same(row.title),
  description: same(row.description),
  occurred: { text: row.occurred, asWritten: row.as_written },
  day: row.day,
  recordedAt: row.recorded_at,
  position: positionOf(logId, row.ordinal),
  assertedBy: null,
  source: null,
  corrected: false,
  corrections: NONE,
  reachedThrough: null,
});

const NONE: readonly string[] = [];
