import { boundsOf, type AnyKind, type Day, type Fact, type Summary } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import { lastOfEachDay, type CommonStep, type FoldPoint, type Step, type WholeStream } from '../streams/step.js';
import { facetsWriter } from './facets.js';
import { FIRST_DAY, type Values } from '../writing/exchange.js';
import type { VersionedRows } from '../writing/rows.js';
import { ITEM_TABLES, ITEMS_TABLE } from './items.table.js';
import { foundKeys } from './order-keys.js';
import { placesWriter } from './places.js';
import { summaryOf } from './summary.js';

export const itemsProjection: Projection = {
  name: 'items',
  version: 4, // 2: what is numbered by session is found without it too; 3: places in the orders of lists; 4: all of them texts
  tables: ITEM_TABLES,
  effort: 5,
  writer: (rows) => {
    const items = rows.versioned({
      table: ITEMS_TABLE,
      key: ['valid_from'],
      closedBy: ['recorded_from', 'valid_from'],
      foundBy: 'entries',
      // The last rectangle is told by the entry before: it is closed without having been read.
      wants: ({ whole }) => whole && (whole.history.retracted ? FIRST_DAY : (whole.since() ?? FIRST_DAY)),
    });
    const facets = facetsWriter(rows);
    const place = placesWriter(rows);
    return (step) => {
      if (step.common) {
        putBehind(step, step.common, items);
        if (mayHaveMoved(step, step.common)) place(step, step.common.founding, summaryOf(step.kind, step.common.after));
      } else {
        foldAgain(step, step.whole, items);
        for (const summary of namedAnew(step.whole, step.kind)) place(step, step.whole.founding.fact, summary);
      }
      facets(step);
    };
  },
};

/** The common entry: the last rectangle is closed, its state cut at the new effective day, and the new state opened. */
const putBehind = (step: Step, common: CommonStep, items: VersionedRows): void => {
  const { item, kind, ordinal, previous } = step;
  const { fact, before, after, previousDay: from } = common;
  if (previous !== null && from !== null) {
    items.close(item, ordinal, previous, [from]);
    if (from < fact.day) items.open(item, ordinal, rectangle(step, common.founding, summaryOf(kind, before), from, fact.day));
  }
  items.open(item, ordinal, rectangle(step, common.founding, summaryOf(kind, after), fact.day, null));
};

/** Only a correction changes the founding date: of what an entry says itself, the title and the reference decide a place. */
const mayHaveMoved = ({ kind }: Step, { before, after, previousDay }: CommonStep): boolean => {
  if (previousDay === null) return true;
  const [was, is] = [summaryOf(kind, before), summaryOf(kind, after)];
  return was.title !== is.title || was.references[0] !== is.references[0];
};

/** Any other entry: a state per distinct day, of which only what differs is written. */
const foldAgain = (step: Step, whole: WholeStream, items: VersionedRows): void =>
  whole.history.retracted
    ? items.become(step.item, step.ordinal, [retracted(step, whole)])
    : items.become(step.item, step.ordinal, rectangles(step, whole), whole.since());

/** What stands at the end of each day on which it may differ from what stood before the entry. */
const daysAnew = ({ points, since }: WholeStream): readonly FoldPoint[] => {
  const first = since();
  return lastOfEachDay(first === null ? points : points.slice(points.findIndex(({ fact }) => fact.day >= first)));
};

/** One day's last point stands until the next day on which something took effect. */
const rectangles = (step: Step, whole: WholeStream): readonly Values[] =>
  daysAnew(whole).map((point, index, days) =>
    rectangle(step, whole.founding.fact, summaryOf(step.kind, point.after), point.fact.day, days[index + 1]?.fact.day ?? null),
  );

/** Of neighbouring days with the same title and reference one: only these, and the founding date, give an item a place. */
const namedAnew = (whole: WholeStream, kind: AnyKind): readonly Summary[] => {
  const summaries = daysAnew(whole).map(({ after }) => summaryOf(kind, after));
  return summaries.filter(
    (is, index) => is.title !== summaries[index - 1]?.title || is.references[0] !== summaries[index - 1]?.references[0],
  );
};

/** What was founded by mistake keeps its title, so that whoever holds its id sees what was retracted. */
const retracted = (step: Step, { founding }: WholeStream): Values =>
  rectangle(
    step,
    founding.fact,
    { ...summaryOf(step.kind, founding.after), state: 'RETRACTED', open: false },
    founding.fact.day,
    null,
    true,
  );

const rectangle = (step: Step, founding: Fact, summary: Summary, from: Day, to: Day | null, isRetracted = false): Values => {
  const { earliest, latest } = boundsOf(founding.occurred);
  const keys = foundKeys(founding.occurred, summary, step.founded.ordinal);
  return [
    from, to, step.kind.name, summary.references[0] ?? null, summary.title, summary.state, summary.subtype, summary.open ? 1 : 0, summary.body,
    founding.occurred.text, founding.occurred.asWritten, earliest, latest, step.founded.ordinal, step.founded.recordedAt,
    to === null ? step.entry.revision : null, to === null ? step.entry.recordedAt : null, isRetracted ? 1 : 0,
    keys.occurred_key, keys.title_key, keys.reference_key,
  ]; // prettier-ignore
};
