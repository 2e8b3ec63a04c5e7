import {
  effectiveDay,
  foldLinks,
  foldState,
  history,
  isSharedType,
  kindOf,
  osloDay,
  type AnyKind,
  type Day,
  type Entry,
  type Fact,
  type Facets,
  type ItemId,
  type LiveLink,
  type Position,
  type Registry,
  type Relation,
  type Summary,
} from '@saksgang/kernel';

/** An item in effect at one (known, valid): folded anew from its raw entries. */
export type NaiveItem = Readonly<{
  id: ItemId;
  kind: AnyKind;
  known: readonly Entry[];
  facts: readonly Fact[];
  founding: Fact;
  state: unknown;
  summary: Summary;
  facets: Facets;
}>;
export type NaiveLink = LiveLink & Readonly<{ made: Position }>;
/** What the pages say of the whole record at one (known, valid). Nothing of it comes from a read model. */
export type NaiveRecord = Readonly<{
  today: Day;
  items: readonly NaiveItem[];
  byId: ReadonlyMap<ItemId, NaiveItem>;
  /** Of those whose founding entry is retracted, the day from which that is told. */
  retracted: ReadonlyMap<ItemId, Day>;
  links: readonly NaiveLink[];
  registry: Registry;
}>;

export const naiveRecord = (registry: Registry, streams: ReadonlyMap<ItemId, readonly Entry[]>, at: Position, today: Day): NaiveRecord => {
  const items: NaiveItem[] = [];
  const links: NaiveLink[] = [];
  const retracted = new Map<ItemId, Day>();
  for (const [id, entries] of streams) {
    const known = entries.filter((entry) => entry.position <= at);
    const kind = registry.kinds.get(kindOf(id));
    const [first] = known;
    if (kind === undefined || first === undefined) continue;
    const told = history(known, { knownAt: at, validAt: today });
    const [founding] = told.allFacts;
    if (told.retracted) retracted.set(id, founding?.day ?? effectiveDay(first.occurred, osloDay(first.recordedAt)));
    if (told.retracted || founding === undefined || told.facts.length === 0) continue;
    const state = foldState<unknown>(kind, told.facts);
    items.push({ id, kind, known, facts: told.facts, founding, state, summary: kind.summarise(state), facets: kind.facets(state) });
    const positions = new Map(known.map((entry) => [entry.id, entry.position]));
    for (const link of foldLinks(kind, id, told.facts)) links.push({ ...link, made: positions.get(link.entry) ?? '' });
  }
  items.sort((a, b) => bytewise(a.known[0]?.position ?? '', b.known[0]?.position ?? ''));
  return { today, items, byId: new Map(items.map((item) => [item.id, item])), retracted, links, registry };
};

export const bytewise = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As the table of items tells it. */
export const rowOf = ({ id, known, founding: { occurred }, summary }: NaiveItem): readonly unknown[] => [
  id, summary.title, summary.state, summary.references[0] ?? null, summary.subtype, summary.open, occurred.text, occurred.asWritten,
  known.at(-1)?.revision, known[0]?.recordedAt, known.at(-1)?.recordedAt,
]; // prettier-ignore

/** What happened, in the order of the timeline. */
export const happened = ({ items }: NaiveRecord, of: (item: NaiveItem) => boolean = () => true) =>
  items
    .filter(of)
    .flatMap(({ id, kind, facts }) => {
      let state: unknown = kind.decider.initial;
      return facts.flatMap((fact) => {
        const before = state;
        if (isSharedType(fact.event.type)) return [];
        state = kind.decider.evolve(state, fact);
        return kind.onTimeline(fact.event) ? [{ id, fact, told: kind.describe(fact, before) }] : [];
      });
    })
    .sort((a, b) => bytewise(a.fact.day, b.fact.day) || bytewise(a.fact.position, b.fact.position))
    .map(({ id, fact, told }) => [`${id}@${fact.revision}`, fact.day, told.title.nb, told.description.nn, fact.occurred.text, fact.assertedBy, fact.changedBy.map(({ revision }) => `${id}@${revision}`)]); // prettier-ignore

/** In the order in which they were recorded; of the item itself, or of all its parts. */
export const linksOf = ({ links }: NaiveRecord, item: ItemId): readonly NaiveLink[] =>
  links.filter(({ source, target }) => source === item || target === item).toSorted((a, b) => bytewise(a.made, b.made));

const BELONGING: readonly Relation[] = ['PART_OF', 'SERVES', 'LED_TO', 'BASED_ON', 'ANSWERS'];

/** API.md section 2: names it, is linked to it, or is linked to something that is and passes belonging on; nothing further. */
export const membersOf = ({ items, links, registry }: NaiveRecord, project: ItemId): ReadonlySet<ItemId> => {
  const besides = (item: ItemId): readonly ItemId[] =>
    links.filter((link) => BELONGING.includes(link.relation)).flatMap(({ source, target }) => (source === item ? [target] : target === item ? [source] : [])); // prettier-ignore
  const near = [...items.filter(({ summary }) => summary.projects.includes(project)).map(({ id }) => id), ...besides(project)];
  const through = near.filter((id) => registry.kinds.get(kindOf(id))?.belonging === 'PASSES_ON');
  const members = new Set([...near, ...through.flatMap(besides)]);
  members.delete(project);
  return members;
};

export const caseDocument = (caseNumber: string | null): number => Number(/^18\/7-(\d+)$/u.exec(caseNumber ?? '')?.[1] ?? 0);
/** The references that stories give, as they are found. */
const foundAs = (reference: string): readonly string[] =>
  caseDocument(reference) > 0 ? [`2018/7-${caseDocument(reference)}`, '2018/7'] : [reference.toLowerCase().replaceAll(' ', '')];

export const referencesOf = ({ facts, summary }: NaiveItem) => ({
  own: summary.references.flatMap(foundAs),
  sources: facts.flatMap(({ source }) => (source?.reference ? foundAs(source.reference) : [])),
});

export const byReference = ({ items }: NaiveRecord, reference: string): readonly (readonly [ItemId, 'REFERENCE' | 'SOURCE'])[] => {
  const folded = items.map((item) => ({ id: item.id, ...referencesOf(item) })).sort((a, b) => bytewise(a.id, b.id));
  const own = folded.filter((item) => item.own.includes(reference));
  const others = folded.filter((item) => !item.own.includes(reference) && item.sources.includes(reference));
  return [...own.map(({ id }) => [id, 'REFERENCE'] as const), ...others.map(({ id }) => [id, 'SOURCE'] as const)];
};

/** Items that say a word: what was said stays findable, what was corrected away or retracted does not. */
export const saying = ({ items }: NaiveRecord, word: string): readonly ItemId[] =>
  items.filter(({ facts }) => facts.some(({ event }) => JSON.stringify(event.data).includes(word))).map(({ id }) => id).sort(); // prettier-ignore
