import { foldLinks, type AnyKind, type Day, type EntryId, type Fact, type ItemId, type LiveLink, type Unlinked } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { Step, WholeStream } from '../streams/step.js';
import { FIRST_DAY, type Values } from '../writing/exchange.js';
import { LINK_COLUMNS, LINK_TABLES, LINKS_TABLE } from './links.table.js';

export const linksProjection: Projection = {
  name: 'links',
  version: 2, // what stands now has an index
  tables: LINK_TABLES,
  effort: 1,
  writer: (rows) => {
    const links = rows.versioned({
      table: LINKS_TABLE,
      key: ['made', 'nth', 'valid_from'],
      closedBy: ['item', 'made', 'nth', 'recorded_from', 'valid_from'],
      wants: ({ common }) => (common === null || isUnlinked(common.fact) ? FIRST_DAY : null),
    });

    /** The links that the entry made end on this day, if they still stand. */
    const end = ({ item, ordinal }: Step, link: EntryId, day: Day): void => {
      for (const row of links.openOf(item)) {
        const [, openedAt, , ...values] = row.values;
        if (values[ENTRY] !== link || values[DECLARED] !== 0 || values[VALID_TO] !== null) continue;
        const [made = null, nth = null, from = null] = values;
        links.close(item, ordinal, Number(openedAt), [made, nth, from]);
        if (String(from) < day) links.open(item, ordinal, values.with(VALID_TO, day));
      }
    };

    return (step) => {
      if (step.common === null) links.become(step.item, step.ordinal, linksOf(step, step.whole));
      else if (isUnlinked(step.common.fact)) end(step, step.common.fact.event.data.link, step.common.fact.day);
      else
        for (const row of linksMade(step.item, step.kind, step.common.fact, step.ordinal, null)) links.open(step.item, step.ordinal, row);
    };
  },
};

const [ENTRY, DECLARED, VALID_TO] = [LINK_COLUMNS.indexOf('entry'), LINK_COLUMNS.indexOf('declared'), LINK_COLUMNS.indexOf('valid_to')];

const isUnlinked = (fact: Fact): fact is Fact<Unlinked> => fact.event.type === 'Unlinked';

/** Each link from the day it was made to the day it was ended; one ended on that day or earlier was never in effect. */
const linksOf = (step: Step, whole: WholeStream): readonly Values[] => {
  if (whole.history.retracted) return [];
  const ended = endings(whole);
  return whole.points.flatMap(({ fact }) => {
    // Only `link` is undone by `unlink`: what an event declares stands as long as the event.
    const to = fact.event.type === 'Linked' ? (ended.get(fact.entry) ?? null) : null;
    const made = whole.ordinalOf(fact.revision);
    return to !== null && to <= fact.day ? [] : linksMade(step.item, step.kind, fact, made, to);
  });
};

const endings = ({ points }: WholeStream): ReadonlyMap<EntryId, Day> => {
  const ended = new Map<EntryId, Day>();
  for (const { fact } of points) {
    if (!isUnlinked(fact)) continue;
    const { link } = fact.event.data;
    const earlier = ended.get(link);
    if (earlier === undefined || fact.day < earlier) ended.set(link, fact.day);
  }
  return ended;
};

const linksMade = (item: ItemId, kind: AnyKind, fact: Fact, made: number, to: Day | null): readonly Values[] =>
  foldLinks(kind, item, [fact]).map((link, nth) => rowOf(item, fact, link, made, nth, to));

const rowOf = (item: ItemId, fact: Fact, link: LiveLink, made: number, nth: number, to: Day | null): Values => [
  made, nth, fact.day, to, link.entry, `${item}@${fact.revision}`, link.relation, link.source, link.part, link.target, link.targetPart,
  link.declared ? 1 : 0, json(link.period), json(link.assertedBy), json(link.provenance),
]; // prettier-ignore

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
