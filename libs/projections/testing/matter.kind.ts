import {
  NO_FACETS,
  labels,
  same,
  type AnyKind,
  type Day,
  type Fact,
  type Instant,
  type ItemId,
  type Parsed,
  type Proposed,
  type Registry,
  type SharedSpecs,
  type TrackedKind,
} from '@saksgang/kernel';

/** The smallest kind with everything a read model looks at. Data is not parsed: specs write what the kind's own deciders would. */
export type MatterEvent =
  | Readonly<{ type: 'Opened'; data: Readonly<{ title: string; references: readonly string[]; projects: readonly ItemId[] }> }>
  | Readonly<{ type: 'Renamed'; data: Readonly<{ title: string }> }>
  | Readonly<{ type: 'Renumbered'; data: Readonly<{ references: readonly string[] }> }>
  | Readonly<{ type: 'Moved'; data: Readonly<{ projects: readonly ItemId[] }> }>
  | Readonly<{ type: 'Touched'; data: Readonly<{ part: string | null; text: string }> }>
  | Readonly<{ type: 'Merged'; data: Readonly<{ into: ItemId }> }>
  | Readonly<{ type: 'Met'; data: Readonly<{ title: string; held: Day; shownAt: Instant | null }> }>
  | Readonly<{ type: 'Closed'; data: Readonly<Record<string, never>> }>;

export type Matter = Readonly<{
  status: 'unknown' | 'open' | 'merged' | 'closed';
  title: string;
  references: readonly string[];
  projects: readonly ItemId[];
  touched: number;
}>;

const UNKNOWN: Matter = { status: 'unknown', title: '', references: [], projects: [], touched: 0 };

const evolve = (state: Matter, { event }: Fact<MatterEvent> | Proposed<MatterEvent>): Matter => {
  switch (event.type) {
    case 'Opened':
      return { ...state, ...event.data, status: 'open' };
    case 'Renamed':
    case 'Renumbered':
    case 'Moved':
      return { ...state, ...event.data };
    case 'Touched':
      return { ...state, touched: state.touched + 1 };
    case 'Merged':
      return { ...state, status: 'merged' };
    case 'Met':
      return state;
    case 'Closed':
      return { ...state, status: 'closed' };
  }
};

const anything = (value: unknown): Parsed<object> => ({ ok: true, value: value as object });
const spec = { version: 1, parse: anything, upcasters: [] };
const never = { founding: false, roles: [], parse: () => ({ ok: false as const, issues: [] }), targets: () => [] };

type MatterKind = TrackedKind<{ type: 'Any' }, Matter, MatterEvent>;

/** `evolved` counts what folding costs. */
export const matterKind = (name: string, more: Partial<MatterKind> = {}): MatterKind & { evolved: number } => {
  const kind: MatterKind & { evolved: number } = {
    evolved: 0,
    name,
    label: labels('sak', 'sak', 'matter'),
    decider: {
      initial: UNKNOWN,
      evolve: (state, fact) => {
        kind.evolved += 1;
        return evolve(state, fact);
      },
      decide: () => [],
      permits: () => null,
    },
    commands: { Any: never },
    events: { Opened: spec, Renamed: spec, Renumbered: spec, Moved: spec, Touched: spec, Merged: spec, Met: spec, Closed: spec },
    states: { OPEN: { label: same('open'), final: false } },
    describe: ({ event }, before) => {
      const was = before?.title ?? '';
      return { title: labels(`${event.type} nb`, `${event.type} nn`, `${event.type} en`), description: same(was === '' ? '' : `«${was}»`) };
    },
    fields: { title: labels('tittel', 'tittel', 'title'), 'references.*': labels('referanse', 'referanse', 'reference') },
    facets: () => NO_FACETS,
    summarise: (state) => ({
      title: state.title,
      references: state.references,
      state: state.status.toUpperCase(),
      subtype: null,
      open: state.status === 'open',
      projects: state.projects,
      body: null,
    }),
    partOf: (event) => (event.type === 'Touched' ? event.data.part : null),
    hasPart: () => true,
    links: (event) =>
      event.type === 'Merged' ? [{ relation: 'MERGED_INTO', target: event.data.into, targetPart: null, part: null, inverse: false }] : [],
    before: (state, event) => (event.type === 'Renamed' ? { title: state.title } : {}),
    onTimeline: (event) => event.type !== 'Renumbered',
    meeting: (event) => (event.type === 'Met' ? event.data : null),
    ...more,
  };
  return kind;
};

export const matter = matterKind('matter');
/** What matters belong to, and what they belong through. */
export const venture = matterKind('venture', { belonging: 'GATHERS' });
export const dialogue = matterKind('dialogue', { belonging: 'PASSES_ON' });

const sharedSpecs: SharedSpecs = {
  commands: {
    Link: never, Unlink: never, CorrectEntry: never, RetractEntry: never, EstablishDate: never, AddNote: never,
    Publish: never, Unpublish: never, Shield: never, Release: never,
  }, // prettier-ignore
  events: {
    Linked: spec, Unlinked: spec, EntryCorrected: spec, EntryRetracted: spec, DateEstablished: spec, NoteAdded: spec,
    Published: spec, Unpublished: spec, Shielded: spec, Released: spec,
  }, // prettier-ignore
  describe: (fact) => ({ title: same(fact.event.type), description: same('') }),
  fields: {},
};

export const registryOf = (...kinds: readonly AnyKind[]): Registry => ({
  kinds: new Map(kinds.map((kind) => [kind.name, kind])),
  shared: sharedSpecs,
  persons: { commands: { ErasePerson: never }, events: { PersonErased: spec } },
});
export const MATTERS = registryOf(matter, venture, dialogue);
