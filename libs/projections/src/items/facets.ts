import type { AnyKind, Day } from '@saksgang/kernel';
import { namesIn } from '../computed/signals.js';
import { foldReference } from '../folding.js';
import { endSpan, spansIn } from '../spans.js';
import { lastOfEachDay, type CommonStep, type Step, type WholeStream } from '../streams/step.js';
import { FIRST_DAY, type Values } from '../writing/exchange.js';
import type { Rows } from '../writing/rows.js';
import { FACETS_TABLE } from './items.table.js';
import { summaryOf } from './summary.js';

/** Keeps what items are found by: their own references, the references of their sources, and the projects and other items they name. */
export const facetsWriter = (rows: Rows): ((step: Step) => void) => {
  const mayChange = ({ kind, common }: Step): boolean => common === null || mayDiffer(kind, common);
  const facets = rows.versioned({
    ...spansIn(FACETS_TABLE, ['facet', 'value']),
    wants: (step) => (mayChange(step) ? FIRST_DAY : null),
  });

  const putBehind = (step: Step, { fact, before, after, sources, previousSources, previousDay }: CommonStep): void => {
    const had = previousDay === null ? NOTHING : facetsOf(step.kind, before, previousSources);
    const has = facetsOf(step.kind, after, sources);
    for (const facet of had) if (!has.has(facet)) endSpan(facets, step, parted(facet), fact.day);
    for (const facet of has) if (!had.has(facet)) facets.open(step.item, step.ordinal, [fact.day, null, ...parted(facet)]);
  };

  return (step) => {
    if (step.common === null) facets.become(step.item, step.ordinal, spansOf(step.whole, step.kind));
    else if (mayChange(step)) putBehind(step, step.common);
  };
};

/** Facet and value in one word: a facet's name has no space. */
type Facets = ReadonlySet<string>;
const NOTHING: Facets = new Set();
const parted = (facet: string): readonly [string, string] => {
  const space = facet.indexOf(' ');
  return [facet.slice(0, space), facet.slice(space + 1)];
};

const facetsOf = (kind: AnyKind, state: unknown, sources: ReadonlySet<string>): Facets => {
  const { references, projects } = summaryOf(kind, state);
  return new Set([
    ...references.flatMap(foldReference).map((reference) => `REFERENCE ${reference}`),
    ...projects.map((project) => `PROJECT ${project}`),
    ...[...sources].map((source) => `SOURCE ${source}`),
    ...namesIn(kind, state).map((item) => `NAME ${item}`),
  ]);
};

/** Most entries change none of it: then nothing is folded and compared. */
const mayDiffer = (kind: AnyKind, { before, after, sources, previousSources, previousDay }: CommonStep): boolean =>
  previousDay === null || sources !== previousSources || namesDiffer(kind, before, after);

const namesDiffer = (kind: AnyKind, before: unknown, after: unknown): boolean => {
  const [was, is] = [summaryOf(kind, before), summaryOf(kind, after)];
  return (
    !sameList(was.references, is.references) ||
    !sameList(was.projects, is.projects) ||
    !sameList(namesIn(kind, before), namesIn(kind, after))
  );
};
const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((value, index) => value === other[index]));

/** The spans of days in which each facet held: a facet may come, go and come again. Nothing of an item that was retracted. */
const spansOf = ({ points, history }: WholeStream, kind: AnyKind): readonly Values[] => {
  if (history.retracted) return [];
  const rows: Values[] = [];
  const days = lastOfEachDay(points);
  const since = new Map<string, Day>();
  for (const [index, { fact, after, sources }] of days.entries()) {
    const previous = days[index - 1];
    if (previous !== undefined && previous.sources === sources && !namesDiffer(kind, previous.after, after)) continue;
    const held = facetsOf(kind, after, sources);
    for (const [facet, from] of [...since]) {
      if (held.has(facet)) continue;
      rows.push([from, fact.day, ...parted(facet)]);
      since.delete(facet);
    }
    for (const facet of held) if (!since.has(facet)) since.set(facet, fact.day);
  }
  for (const [facet, from] of since) rows.push([from, null, ...parted(facet)]);
  return rows;
};
