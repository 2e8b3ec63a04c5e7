import { foldLinks, type AnyKind, type Day, type EntryId, type Fact, type ItemId, type LiveLink, type Unlinked } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { Refolded, Step } from '../streams/stream-fold.js';
import { versionedWriter, type Values } from '../versioned-rows.js';
import { LINK_COLUMNS, LINK_TABLES } from './links.table.js';

export const linksProjection: Projection = {
  name: 'links',
  version: 1,
  tables: LINK_TABLES,
  writer: (file, names) => {
    const links = versionedWriter(file, { table: names('links'), columns: LINK_COLUMNS, key: [0, 1, 2] });
    return (step) => {
      const fact = step.common?.fact;
      if (fact && !isUnlinked(fact)) {
        for (const row of linksMade(step.item, step.kind, fact, step.ordinal, null)) links.open(step.item, step.ordinal, row);
      } else {
        links.become(step.item, step.ordinal, desired(step));
      }
    };
  },
};

const isUnlinked = (fact: Fact): fact is Fact<Unlinked> => fact.event.type === 'Unlinked';

/** Each link from the day it was made to the day it was ended; one ended on that day or earlier was never in effect. */
const desired = (step: Step): readonly Values[] => {
  const refolded = step.refold();
  if (refolded.history.retracted) return [];
  const ended = endings(refolded);
  return refolded.points.flatMap(({ fact }) => {
    // Only `link` is undone by `unlink`: what an event declares stands as long as the event.
    const to = fact.event.type === 'Linked' ? (ended.get(fact.entry) ?? null) : null;
    const made = step.ordinalOf(fact.revision);
    return to !== null && to <= fact.day ? [] : linksMade(step.item, step.kind, fact, made, to);
  });
};

const endings = ({ points }: Refolded): ReadonlyMap<EntryId, Day> => {
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
