import {
  isKeeping,
  isSharedType,
  type AnyKind,
  type DomainEvent,
  type ItemId,
  type KeepingEvent,
  type Linked,
  type NoteAdded,
  type Unlinked,
} from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { Step } from '../streams/step.js';
import { entryAmendedBy } from '../streams/whole-stream.js';
import type { Values } from '../writing/exchange.js';
import type { KeyedSpec, Rows } from '../writing/rows.js';
import { MARKS_TABLE, SHIELDS_TABLE, VISIBILITY_TABLE, VISIBILITY_TABLES, type MarksTable } from './visibility.table.js';

/** Who may see what. It follows the order in which things were done, never the days they name. */
export const visibilityProjection: Projection = {
  name: 'visibility',
  version: 1,
  effort: 1,
  tables: VISIBILITY_TABLES,
  writer: (rows) => {
    const keep = keepingWriter(rows);
    const mark = marksWriter(rows);
    return (step) => {
      const { event } = step.entry;
      if (isKeeping(event)) keep(step, event);
      mark(step);
    };
  },
};

const keepingWriter = (rows: Rows): ((step: Step, event: KeepingEvent) => void) => {
  const visibility = rows.keyed({
    table: VISIBILITY_TABLE,
    whenThere: 'REPLACE',
    asked: ['item'],
    wants: ({ item, entry }) => (entry.event.type === 'Unpublished' ? { column: 'item', value: item } : null),
  });
  const shields = rows.keyed({ table: SHIELDS_TABLE, whenThere: 'REPLACE' });
  const unpublish = (item: ItemId): void => {
    const [, , withHistory = 0, knownFrom = 0] = visibility.by('item', item) ?? [];
    if (visibility.by('item', item) !== null) visibility.put([item, 0, withHistory, knownFrom, null]);
  };
  return ({ item, ordinal, entry }, event) => {
    switch (event.type) {
      case 'Published': {
        const { withHistory } = event.data;
        return visibility.put([item, 1, withHistory ? 1 : 0, withHistory ? 0 : ordinal, entry.recordedAt]);
      }
      case 'Unpublished':
        return unpublish(item);
      case 'Shielded':
        return shields.put([item, event.data.part ?? '', event.data.legalBasis, event.data.until, entry.recordedAt]);
      case 'Released':
        return shields.remove([item, event.data.part ?? '']);
    }
  };
};

type Mark = Pick<MarksTable, 'note' | 'target' | 'part'>;
/** Of the entries before: by number, and that which made a link by its id. */
type Earlier = (asked: Asked) => Mark | null;
type Asked = NonNullable<ReturnType<NonNullable<KeyedSpec['wants']>>>;

const marksWriter = (rows: Rows): ((step: Step) => void) => {
  const marks = rows.keyed({ table: MARKS_TABLE, whenThere: 'FAIL', asked: ['ordinal', 'link'], wants: amendedMark });
  const earlier: Earlier = ({ column, value }) => {
    const row = marks.by(column, value);
    return row && markIn(row);
  };
  return (step) => {
    const mark = markOf(step, earlier);
    if (mark === null) return;
    const link = step.entry.event.type === 'Linked' ? step.entry.id : null;
    marks.put([step.ordinal, step.item, mark.note, mark.target, mark.part, link]);
  };
};

const markIn = ([, , note, target, part]: Values): Mark => ({
  note: Number(note),
  target: target === null ? null : String(target),
  part: part === null ? null : String(part),
});

/** The mark of the entry that this one amends, or of that which made the link it ends. */
const amendedMark = ({ entry, whole }: Step): Asked | null => {
  const amended = entryAmendedBy(entry);
  if (amended === null) return entry.event.type === 'Unlinked' ? { column: 'link', value: (entry.event as Unlinked).data.link } : null;
  const named = whole?.entryNamed(amended) ?? null;
  return named === null ? null : { column: 'ordinal', value: whole?.ordinalOf(named.revision) ?? 0 };
};

/** What an amendment speaks of, it speaks of too: who may not see the entry may not see what was corrected in it. */
const markOf = (step: Step, earlier: Earlier): Mark | null => {
  const { event } = step.entry;
  const asked = amendedMark(step);
  if (asked !== null) return earlier(asked);
  return entryAmendedBy(step.entry) === null ? markOfEvent(step.kind, event) : null;
};

const markOfEvent = (kind: AnyKind, event: DomainEvent): Mark | null => {
  if (event.type === 'NoteAdded') return { note: 1, target: null, part: (event as NoteAdded).data.part };
  if (event.type === 'Linked') return { note: 0, target: (event as Linked).data.target, part: (event as Linked).data.part };
  const part = isSharedType(event.type) ? null : kind.partOf(event);
  return part === null ? null : { note: 0, target: null, part };
};
