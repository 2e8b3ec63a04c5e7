import {
  NO_FACETS,
  isSealed,
  labels,
  refuse,
  same,
  type DomainEvent,
  type Fact,
  type Parsed,
  type Proposed,
  type SharedSpecs,
  type TrackedKind,
} from '../src/index.js';

/** The smallest kind that can be told wrong: an errand is opened, done and opened again. For the kernel's own specs. */
export type Owner = Readonly<{ body: null; name: string | Readonly<{ sealed: string; person: string }> }>;
export type ErrandOpened = Readonly<{
  type: 'ErrandOpened';
  data: Readonly<{ title: string; owner: Owner | null; steps: readonly Readonly<{ text: string; note: string | null }>[] }>;
}>;
export type ErrandDone = Readonly<{ type: 'ErrandDone'; data: Readonly<{ replacedBy: string | null }> }>;
export type ErrandReopened = Readonly<{ type: 'ErrandReopened'; data: Readonly<Record<string, never>> }>;
export type ErrandEvent = ErrandOpened | ErrandDone | ErrandReopened;
export type Errand =
  Readonly<{ status: 'unknown' }> | Readonly<{ status: 'open' | 'done'; title: string; steps: number; told: readonly string[] }>;

const bad = (path: string, message: string): Parsed<never> => ({
  ok: false,
  issues: [{ path: path.split('.'), code: 'BAD_VALUE', message }],
});

/** Strict but kind: spaces around a title are dropped, a step's note may be left out. */
const parseOpened = (value: unknown): Parsed<object> => {
  const { title, owner, steps } = value as Readonly<Record<string, unknown>>;
  if (typeof title !== 'string' || title.trim() === '') return bad('title', 'A title is a text.');
  if (owner !== null && typeof (owner as Owner).name !== 'string' && !isSealed((owner as Owner).name))
    return bad('owner.name', 'A name is a text.');
  if (!Array.isArray(steps)) return bad('steps', 'Steps are a list.');
  const kept: object[] = [];
  for (const [index, step] of (steps as readonly Readonly<Record<string, unknown>>[]).entries()) {
    if (typeof step?.['text'] !== 'string') return bad(`steps.${index}.text`, 'A step is a text.');
    kept.push({ text: step['text'], note: step['note'] ?? null });
  }
  return { ok: true, value: { title: title.trim(), owner, steps: kept } };
};

const anything = (value: unknown): Parsed<object> => ({ ok: true, value: value as object });
const spec = (parse: (value: unknown) => Parsed<object>) => ({ version: 1, parse, upcasters: [] });

const evolve = (state: Errand, { event }: Fact<ErrandEvent> | Proposed<ErrandEvent>): Errand => {
  switch (event.type) {
    case 'ErrandOpened':
      return { status: 'open', title: event.data.title, steps: event.data.steps.length, told: ['ErrandOpened'] };
    case 'ErrandDone':
      return state.status === 'unknown' ? state : { ...state, status: 'done', told: [...state.told, event.type] };
    case 'ErrandReopened':
      return state.status === 'unknown' ? state : { ...state, status: 'open', told: [...state.told, event.type] };
  }
};

const REQUIRED: Record<ErrandEvent['type'], Errand['status']> = { ErrandOpened: 'unknown', ErrandDone: 'open', ErrandReopened: 'done' };

export const errand: TrackedKind<{ type: 'Any' }, Errand, ErrandEvent> = {
  name: 'errand',
  label: labels('ærend', 'ærend', 'errand'),
  decider: {
    initial: { status: 'unknown' },
    evolve,
    decide: () => [],
    permits: (state, { event }) =>
      state.status === REQUIRED[event.type] ? null : refuse('OUT_OF_PLACE', same(`${event.type} after ${state.status}`), same('-')),
  },
  commands: { Any: { founding: false, roles: [], parse: () => ({ ok: true, value: { type: 'Any' } }), targets: () => [] } },
  events: { ErrandOpened: spec(parseOpened), ErrandDone: { ...spec(anything), fixed: ['replacedBy'] }, ErrandReopened: spec(anything) },
  states: { OPEN: { label: same('open'), final: false }, DONE: { label: same('done'), final: false } },
  describe: (fact) => ({ title: same(fact.event.type), description: same('') }),
  fields: {},
  facets: () => NO_FACETS,
  summarise: (state) => ({
    title: state.status === 'unknown' ? '' : state.title,
    references: [],
    state: state.status.toUpperCase(),
    subtype: null,
    open: state.status === 'open',
    projects: [],
    body: null,
  }),
  partOf: () => null,
  hasPart: (state, path) => state.status !== 'unknown' && /^[1-9]\d*$/.test(path) && Number(path) <= state.steps,
  links: (event) =>
    event.type === 'ErrandDone' && event.data.replacedBy !== null
      ? [{ relation: 'REPLACES', target: event.data.replacedBy, targetPart: '1', part: '2', inverse: true }]
      : [],
  before: () => ({}),
  fixed: (before, after) =>
    before.type === 'ErrandOpened' && after.type === 'ErrandOpened' && after.data.steps.length === 0 && before.data.steps.length > 0
      ? refuse('STEPS_WOULD_GO', same('-'), same('-'))
      : null,
  onTimeline: () => true,
};

const hasText = (value: unknown): Parsed<object> =>
  typeof (value as DomainEvent['data'] & { text?: unknown }).text === 'string' ? anything(value) : bad('text', 'A note is a text.');

const sharedCommand = { founding: false, roles: [], parse: () => bad('', 'not used here'), targets: () => [] };
export const sharedSpecs: SharedSpecs = {
  commands: {
    Link: sharedCommand,
    Unlink: sharedCommand,
    CorrectEntry: sharedCommand,
    RetractEntry: sharedCommand,
    EstablishDate: sharedCommand,
    AddNote: sharedCommand,
    Publish: sharedCommand,
    Unpublish: sharedCommand,
    Shield: sharedCommand,
    Release: sharedCommand,
  },
  events: {
    Linked: spec(anything),
    Unlinked: spec(anything),
    EntryCorrected: spec(anything),
    EntryRetracted: spec(anything),
    DateEstablished: spec(anything),
    NoteAdded: spec(hasText),
    Published: spec(anything),
    Unpublished: spec(anything),
    Shielded: spec(anything),
    Released: spec(anything),
  },
  describe: (fact) => ({ title: same(fact.event.type), description: same('') }),
  fields: {},
};
