import {
  ACYCLIC_RELATIONS,
  boundsOf,
  daysBetween,
  osloDay,
  sameParty,
  type Day,
  type Due,
  type Facets,
  type ItemId,
  type PartialDate,
} from '@saksgang/kernel';
import { bytewise, caseDocument, referencesOf, type NaiveItem, type NaiveRecord } from './naive.js';

const latestOf = (date: PartialDate): Day | null => boundsOf(date).latest;

const overdueDays = (date: PartialDate | null, open: boolean, today: Day): number | null => {
  const latest = date === null ? null : latestOf(date);
  return open && latest !== null && latest < today ? daysBetween(latest, today) : null;
};

export const followUpsOf = ({ items, today }: NaiveRecord, of: (item: NaiveItem) => boolean = () => true) =>
  items
    .filter(of)
    .flatMap(({ id, facets }) => facets.asks.map((ask) => ({ id, ...ask, due: ask.deadline === null ? null : latestOf(ask.deadline) })))
    .sort((a, b) => bytewise(a.due ?? '~', b.due ?? '~') || bytewise(a.id, b.id) || bytewise(a.part, b.part))
    .map(({ id, part, state, open, deadline, closedAs }) => [
      id,
      part,
      state,
      open,
      deadline?.text,
      closedAs,
      overdueDays(deadline, open, today),
    ]);

/** Of what is waited for, a baseline gives way to a forecast of the same part. */
export const duesOf = ({ facets: { dues } }: NaiveItem): readonly Due[] =>
  dues.filter(
    (due) => !due.met && (due.nature !== 'BASELINE' || !dues.some((one) => !one.met && one.nature === 'FORECAST' && one.part === due.part)),
  );

/** What is waited for on a day somebody can name. */
export const planned = ({ items }: NaiveRecord) =>
  items
    .flatMap((item) =>
      duesOf(item).flatMap(({ part, nature, date, what }) => {
        const { earliest, latest } = boundsOf(date);
        const day = latest ?? earliest;
        return day === null ? [] : [[day, item.id, nature, part, date.text, what.nb] as const];
      }),
    )
    .sort((a, b) => bytewise(JSON.stringify(a), JSON.stringify(b)));

/** The items that something rests on. */
const restingOn = ({ links }: NaiveRecord): ReadonlySet<ItemId> =>
  new Set(
    links.flatMap(({ relation, source, target }) => (relation === 'EVIDENCE_FOR' ? [source] : relation === 'BASED_ON' ? [target] : [])),
  );

/** Items from which a relation that should have no rings leads back to themselves. */
const onRings = ({ links }: NaiveRecord): readonly ItemId[] =>
  ACYCLIC_RELATIONS.flatMap((relation) => {
    const arrows = links.filter((link) => link.relation === relation);
    const reach = (from: ItemId): ReadonlySet<ItemId> => {
      const reached = new Set(arrows.filter(({ source }) => source === from).map(({ target }) => target));
      for (const one of reached) for (const { source, target } of arrows) if (source === one) reached.add(target);
      return reached;
    };
    return [...new Set(arrows.map(({ source }) => source))].filter((item) => reach(item).has(item));
  });

/** `<item> <rule> <part>` of every gap, in order. */
export const gapsOf = (record: NaiveRecord, scope: ReadonlySet<ItemId> | null = null): readonly string[] => {
  const { items: all, links, today } = record;
  const items = all.filter(({ id }) => scope === null || scope.has(id));
  const found: [ItemId, string, string | null][] = [];
  const carrying = new Map<string, number>();
  for (const key of items.flatMap((item) => identity(item) ?? [])) carrying.set(key, (carrying.get(key) ?? 0) + 1);
  const supporting = restingOn(record);
  for (const item of items) {
    for (const { rule, part } of item.facets.gaps) if (rule !== 'UNSOURCED' || supporting.has(item.id)) found.push([item.id, rule, part]);
    if (item.facets.wantsEvidence && !links.some(({ target, relation }) => target === item.id && relation === 'EVIDENCE_FOR'))
      found.push([item.id, 'WITHOUT_EVIDENCE', null]);
    for (const { part, nature, date } of duesOf(item)) {
      const latest = latestOf(date);
      const silent = latest !== null && latest < today && item.facts.every(({ day }) => day <= latest);
      if (silent && (nature === 'FORECAST' || nature === 'BASELINE')) found.push([item.id, 'PAST_AND_SILENT', part]);
    }
    if ((carrying.get(identity(item) ?? '') ?? 0) > 1) found.push([item.id, 'DUPLICATE_REFERENCE', null]);
  }
  for (const item of onRings(record)) if (scope === null || scope.has(item)) found.push([item, 'CYCLE', null]);
  const missing = missingDocuments(record, items);
  if (missing !== null) found.push([missing, 'DOCUMENT_NUMBERS_MISSING', null]);
  return found.map((one) => one.join(' ')).sort();
};

const identity = ({ kind, summary: { references, subtype, projects } }: NaiveItem): string | null =>
  references[0] === undefined ? null : [kind.name, subtype, references[0].toLowerCase(), projects.toSorted()[0]].join(' ');

/** Stories know one case. It is told of the item that carries the highest number; of several, of the one that was founded first. */
const missingDocuments = ({ items: all }: NaiveRecord, items: readonly NaiveItem[]): ItemId | null => {
  const highest = Math.max(0, ...items.map(({ facets }) => caseDocument(facets.caseNumber)));
  const seen = new Set(all.flatMap((item) => [...referencesOf(item).own, ...referencesOf(item).sources]));
  const missing = Array.from({ length: Math.max(0, highest - 1) }, (_, index) => `2018/7-${index + 1}`).some((one) => !seen.has(one));
  return missing ? (items.find(({ facets }) => caseDocument(facets.caseNumber) === highest)?.id ?? null) : null;
};

const SLIP_DAYS = 14;
const YELLOW_WITHIN_DAYS = 30;
const STALE_AFTER_DAYS = 90;

/** Days between upper bounds; nothing where either is absent or coarser than a month. */
const moved = (from: PartialDate, to: PartialDate): number => {
  const [one, other] = [boundsOf(from), boundsOf(to)];
  const fine = [one, other].every(({ earliest, latest }) => earliest !== null && latest !== null && daysBetween(earliest, latest) < 31);
  return fine ? daysBetween(one.latest ?? '', other.latest ?? '') : 0;
};
const isSlipped = ({ slip, deviation }: Facets): boolean =>
  (slip !== null && moved(slip.first, slip.current) > SLIP_DAYS) ||
  (deviation !== null && moved(deviation.baseline, deviation.against) > SLIP_DAYS);

const areOpposite = ({ verdicts }: Facets): boolean => {
  const last = verdicts.filter((one, index) => !verdicts.slice(index + 1).some((later) => later.part === one.part && sameParty(later.assertedBy, one.assertedBy))); // prettier-ignore
  return last.some((one) => one.outcome === 'FULFILLED' && last.some((other) => other.part === one.part && other.outcome === 'NOT_FULFILLED')); // prettier-ignore
};

/** `gaps`: items that a gap names. */
export const attentionOf = (record: NaiveRecord, item: NaiveItem, gaps: ReadonlySet<ItemId>): readonly string[] => {
  const { today, links, byId } = record;
  const { id, facets, summary, known } = item;
  const lastDay = osloDay(known.at(-1)?.recordedAt ?? '');
  const contested = (other: ItemId): boolean => byId.get(other)?.facets.disputed === true;
  const restsOnDisputed = links.some(
    ({ relation, source, target }) =>
      (relation === 'EVIDENCE_FOR' && contested(source) && (source === id || target === id)) ||
      (relation === 'BASED_ON' && contested(target) && (source === id || target === id)),
  );
  return [
    ...(duesOf(item).some(({ date }) => overdueDays(date, true, today) !== null) ? ['OVERDUE'] : []),
    ...(isSlipped(facets) ? ['SLIPPED'] : []),
    ...(summary.open && daysBetween(lastDay, today) >= STALE_AFTER_DAYS ? ['STALE'] : []),
    ...(gaps.has(id) ? ['GAP'] : []),
    ...(areOpposite(facets) || restsOnDisputed ? ['DISPUTED'] : []),
  ];
};

const lightOf = (item: NaiveItem, today: Day): string => {
  const waited = duesOf(item).flatMap(({ date }) => latestOf(date) ?? []).sort(); // prettier-ignore
  const [next] = waited;
  if (next === undefined) return item.facets.dues.some(({ date }) => latestOf(date) !== null) ? 'GREEN' : 'NOT_ASSESSED';
  if (next < today) return 'RED';
  return isSlipped(item.facets) || daysBetween(today, next) <= YELLOW_WITHIN_DAYS ? 'YELLOW' : 'GREEN';
};

/** How many of each kind stand in each state, with both lights. */
export const countsOf = ({ items, today }: NaiveRecord, scope: ReadonlySet<ItemId> | null): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const item of items.filter(({ id }) => scope === null || scope.has(id))) {
    const key = [item.kind.name, item.summary.state, item.facets.light ?? 'NOT_ASSESSED', lightOf(item, today)].join(' ');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

/** What is late, with its days, and what is to come. */
export const datesOf = ({ items, today }: NaiveRecord, scope: ReadonlySet<ItemId>) => {
  const dues = items
    .filter(({ id }) => scope.has(id))
    .flatMap((item) => duesOf(item).map(({ part, date }) => ({ ...boundsOf(date), said: `${item.id} ${part} ${date.text} ${overdueDays(date, true, today)}` }))); // prettier-ignore
  const late = dues.filter(({ latest }) => latest !== null && latest < today);
  const next = dues.filter(({ latest, earliest }) => (latest === null ? earliest !== null : latest >= today));
  return { late: late.map(({ said }) => said).sort(), next: next.map(({ said }) => said).sort() };
};
