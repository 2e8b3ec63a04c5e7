import type { SqliteFile } from '@saksgang/database';
import {
  isKeeping,
  isSharedType,
  type AnyKind,
  type DomainEvent,
  type EntryId,
  type KeepingEvent,
  type Linked,
  type NoteAdded,
  type Unlinked,
} from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { Step } from '../streams/step.js';
import { entryAmendedBy } from '../streams/whole-stream.js';
import { VISIBILITY_TABLES, type MarksTable } from './visibility.table.js';

/** Who may see what. It follows the order in which things were done, never the days they name. */
export const visibilityProjection: Projection = {
  name: 'visibility',
  version: 1,
  effort: 1,
  tables: VISIBILITY_TABLES,
  writer: (file) => {
    const keep = keepingWriter(file);
    const mark = marksWriter(file);
    return (step) => {
      const { event } = step.entry;
      if (isKeeping(event)) keep(step, event);
      mark(step);
    };
  },
};

const keepingWriter = (file: SqliteFile): ((step: Step, event: KeepingEvent) => void) => {
  const publish = file.prepare(`INSERT INTO visibility(item, published, with_history, known_from, published_at) VALUES (?, 1, ?, ?, ?)
    ON CONFLICT(item) DO UPDATE SET published = 1, with_history = excluded.with_history, known_from = excluded.known_from,
      published_at = excluded.published_at`);
  const unpublish = file.prepare('UPDATE visibility SET published = 0, published_at = NULL WHERE item = ?');
  const shield = file.prepare(`INSERT INTO shields(item, part, legal_basis, until, shielded_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT(item, part) DO UPDATE SET legal_basis = excluded.legal_basis, until = excluded.until, shielded_at = excluded.shielded_at`);
  const release = file.prepare('DELETE FROM shields WHERE item = ? AND part = ?');
  return ({ item, ordinal, entry }, event) => {
    switch (event.type) {
      case 'Published':
        return void publish.run(item, event.data.withHistory ? 1 : 0, event.data.withHistory ? 0 : ordinal, entry.recordedAt);
      case 'Unpublished':
        return void unpublish.run(item);
      case 'Shielded':
        return void shield.run(item, event.data.part ?? '', event.data.legalBasis, event.data.until, entry.recordedAt);
      case 'Released':
        return void release.run(item, event.data.part ?? '');
    }
  };
};

type Mark = Pick<MarksTable, 'note' | 'target' | 'part'>;
/** Of the entries before: by number, and that which made a link by its id. */
type Earlier = Readonly<{ at: (ordinal: number) => Mark | null; linking: (link: EntryId) => Mark | null }>;

const marksWriter = (file: SqliteFile): ((step: Step) => void) => {
  const insert = file.prepare('INSERT INTO entry_marks(ordinal, item, note, target, part, link) VALUES (?, ?, ?, ?, ?, ?)');
  const at = file.prepare<Mark>('SELECT note, target, part FROM entry_marks WHERE ordinal = ?');
  const linking = file.prepare<Mark>('SELECT note, target, part FROM entry_marks WHERE link = ?');
  const earlier: Earlier = { at: (ordinal) => at.get(ordinal) ?? null, linking: (link) => linking.get(link) ?? null };
  return (step) => {
    const mark = markOf(step, earlier);
    if (mark === null) return;
    const link = step.entry.event.type === 'Linked' ? step.entry.id : null;
    insert.run(step.ordinal, step.item, mark.note, mark.target, mark.part, link);
  };
};

/** What an amendment speaks of, it speaks of too: who may not see the entry may not see what was corrected in it. */
const markOf = ({ entry, whole, kind }: Step, earlier: Earlier): Mark | null => {
  const { event } = entry;
  const amended = entryAmendedBy(entry);
  if (amended === null) return event.type === 'Unlinked' ? earlier.linking((event as Unlinked).data.link) : markOfEvent(kind, event);
  const named = whole?.entryNamed(amended) ?? null;
  return named === null ? null : earlier.at(whole?.ordinalOf(named.revision) ?? 0);
};

const markOfEvent = (kind: AnyKind, event: DomainEvent): Mark | null => {
  if (event.type === 'NoteAdded') return { note: 1, target: null, part: (event as NoteAdded).data.part };
  if (event.type === 'Linked') return { note: 0, target: (event as Linked).data.target, part: (event as Linked).data.part };
  const part = isSharedType(event.type) ? null : kind.partOf(event);
  return part === null ? null : { note: 0, target: null, part };
};
