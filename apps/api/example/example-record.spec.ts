import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  COMMAND_ID_CHARS_MAX,
  foldLinks,
  isRefusal,
  parsePartialDate,
  type AnyKind,
  type CommandSpec,
  type DecisionContext,
  type DomainEvent,
  type ItemId,
  type LiveLink,
  type Parsed,
  type PartialDate,
  type Source,
} from '@saksgang/kernel';
import { kinds, registry, type Resolution, type WhitePaper } from '@saksgang/kinds';
import { itemIdFor } from '@saksgang/record';
import { readExample, type ExampleCommand } from '../src/example.js';

type Fields = Readonly<Record<string, unknown>>;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const commands = readExample(here('.'));

/** Emphasis marks are no text, and neither is where a line breaks. */
const asText = (written: string): string => written.replaceAll('*', '').replace(/\s+/g, ' ').trim();
const seed = (name: string): string => asText(readFileSync(here(`../../../test/golden/seeds/${name}.txt`), 'utf8'));
const LETTER = seed('letter');
const SLIDES = seed('slides');
const LETTER_REFERENCE = '18/01456-7';
const SLIDES_TITLE = 'Presentasjon fra KS (uten tittel, forfatter og dato)';

const sourceOf = ({ input }: ExampleCommand): Fields | null => (input['source'] as Fields | undefined) ?? null;
const pointTexts = (points: unknown): readonly string[] =>
  ((points ?? []) as readonly Fields[]).flatMap((point) => [String(point['text']), ...pointTexts(point['points'])]);
const given = (...texts: readonly unknown[]): readonly string[] => texts.filter((text) => text !== undefined).map(String);

/** A list of the input; a link has an end by one of these names. */
const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as readonly Fields[]) : []);

/** What a command quotes: texts and names as its source has them. A point's note is ours. */
const quotedBy = ({ input }: ExampleCommand): readonly string[] => [
  ...given(input['title'], input['name'], input['claim'], input['text'], ...((input['aliases'] ?? []) as readonly unknown[])),
  ...pointTexts(input['points']),
  ...pointTexts(input['goals']),
  ...given(input['purpose'], input['buildsOn'], input['recipientsAsWritten'], input['caseReference'], input['archiveCode']),
  ...['questions', 'citations'].flatMap((list) => pointTexts(input[list])),
  ...given(input['caption']),
  ...listIn(input['values']).flatMap(({ asWritten, unit, population, jurisdiction, qualifier }) =>
    given(asWritten, unit, population, jurisdiction, qualifier),
  ),
  ...listIn(input['chain']).flatMap(({ by, url }) => given(url, (by as Fields | undefined)?.['name'])),
  ...['attachments', 'signatories', 'recipients', 'to'].flatMap((list) =>
    listIn(input[list]).flatMap(({ title, role, mark, name }) => given(title, role, mark, name)),
  ),
];
/** The slide names no group («har egen styringsgruppe»), and the letter tells of work that was done without calling it milestones; the slides have no title, and ask without naming it. */
const OUR_OWN_NAMES = [
  'Styringsgruppen for Oppspill',
  'Medlemsdialogen gjennomført',
  'Rapporten ferdig',
  'Saken behandlet i hovedstyret',
  'Rapport og vedtak sendt deltakerne',
  SLIDES_TITLE,
  'Spørsmål til tilhørerne om kultur og frivillighet for ungdom',
];
const isVerbatim = (text: string, source: string): boolean => OUR_OWN_NAMES.includes(text) || source.includes(asText(text));

/** The letter or the slides: the two documents that lie beside the example. */
const seedOf = (command: ExampleCommand): string | null => {
  const source = sourceOf(command);
  if (source?.['reference'] === LETTER_REFERENCE) return LETTER;
  return source?.['title'] === SLIDES_TITLE ? SLIDES : null;
};

/** Fields that hold the name of a person, sealed before anything is recorded. */
const SEALED = ['person', 'caseOfficer'];
const withoutNames = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNames);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !SEALED.includes(key))
      .map(([key, inner]) => [key, withoutNames(inner)]),
  );
};

describe('what the example quotes', () => {
  const sourced = commands.filter((command) => sourceOf(command) !== null);
  const quoting = sourced.filter((command) => seedOf(command) !== null);

  it.each(quoting.map((command): [string, ExampleCommand] => [command.input.commandId, command]))(
    '%s stands in its source, word for word',
    (_id, command) => {
      expect(quotedBy(command).filter((text) => !isVerbatim(text, seedOf(command) ?? ''))).toEqual([]);
    },
  );
  it('notices one changed mark', () => {
    expect(isVerbatim('Takk til alle som har gitt innspill til medlemsdialogen «Kultur for framtida» - dere', LETTER)).toBe(true);
    expect(isVerbatim('Takk til alle som har gitt innspill til medlemsdialogen "Kultur for framtida" - dere', LETTER)).toBe(false);
    expect(isVerbatim('Takk til alle som har gitt innspill til medlemsdialogen «Kultur for framtida» – dere', LETTER)).toBe(false);
  });
  it('is all of the resolution as the letter prints it', () => {
    const [resolution] = commands.filter(({ input }) => input.commandId === 'example:kultur-for-framtida');
    const printed = LETTER.slice(
      LETTER.indexOf('følgende vedtak:') + 'følgende vedtak:'.length,
      LETTER.indexOf('Kultur spiller en sentral rolle i arbeidet'),
    );
    const words = (text: string): string => asText(text.replace(/(^|\s)(\d\.|-)(?=\s)/g, ' '));
    expect(words(pointTexts(resolution?.input['points']).join(' '))).toBe(words(printed));
  });
  it('says where in a source it stands', () => {
    expect(sourced.filter((command) => typeof sourceOf(command)?.['locator'] !== 'string')).toEqual([]);
  });
  it('says where in the public record the rest stands', () => {
    const elsewhere = sourced.filter((command) => seedOf(command) === null);
    expect(elsewhere.length).toBeGreaterThan(10);
    expect(
      elsewhere.filter((command) => !/^https:\/\/www\.(regjeringen|stortinget)\.no\//.test(String(sourceOf(command)?.['url']))),
    ).toEqual([]);
  });
  it('names persons where their names are sealed, and nowhere else', () => {
    const [all, open] = [JSON.stringify(commands), JSON.stringify(commands.map(withoutNames))];
    for (const name of ['Duun', 'Eide', 'Barlindhaug'])
      expect([name, LETTER.includes(name), all.includes(name), open.includes(name)]).toEqual([name, true, true, false]);
  });
});

/** Recorded so far: what a later command may refer to. */
type Known = Map<ItemId, Readonly<{ kind: AnyKind; state: unknown; links: readonly LiveLink[] }>>;
/** `WHITE_PAPER` as the schema names it, `whitePaper` as its streams do. */
const kindNamed = (name: string): string => name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const refToId = (ref: Fields, known: Known): ItemId => {
  const id = itemIdFor(kindNamed(String(ref['kind'])), String(ref['createdBy']));
  if (!known.has(id)) throw new Error(`${String(ref['createdBy'])} is not recorded yet`);
  return id;
};
const titleOf = (id: ItemId, known: Known): string => {
  const item = known.get(id);
  return item === undefined ? '' : item.kind.summarise(item.state).title;
};

const A_SEALED_NAME = { sealed: 'A'.repeat(43), person: 'person-00000000-0000-4000-8000-000000000001' };
/** Fields that are called otherwise in the schema than in their kind. */
const RENAMED: Readonly<Record<string, string>> = { documentNumber: 'number' };

/** An input as it reaches the kinds: items by id, parties named, dates whole. */
const belowTheEdge = (value: unknown, known: Known): unknown => {
  if (Array.isArray(value)) return value.map((inner) => belowTheEdge(inner, known));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Fields;
  const keys = Object.keys(fields);
  if ('createdBy' in fields) return refToId(fields, known);
  if (keys.length === 1 && keys[0] === 'item') {
    const id = refToId(fields['item'] as Fields, known);
    return { body: id, name: titleOf(id, known) };
  }
  if (keys.length === 1 && keys[0] === 'name') return { body: null, name: fields['name'] };
  // A text alone may also be a goal or a question: it is a date where it reads as one.
  if (keys.every((key) => key === 'text' || key === 'asWritten') && parsePartialDate(String(fields['text'])).ok)
    return { text: fields['text'], asWritten: fields['asWritten'] ?? null };
  return Object.fromEntries(
    Object.entries(fields).map(([key, inner]) => [RENAMED[key] ?? key, SEALED.includes(key) ? A_SEALED_NAME : belowTheEdge(inner, known)]),
  );
};

/** `{ "debated": {…} }` as the command has it: the stage, and what is said of it. */
const STAGES = { presented: 'PRESENTED', recommendation: 'RECOMMENDED', debated: 'DEBATED', resolved: 'RESOLVED' } as const;
const stepBelow = ({ step, ...own }: Fields): Fields => {
  const [[name, said] = ['', {}]] = Object.entries((step ?? {}) as Fields);
  return step === undefined ? own : { ...own, stage: STAGES[name as keyof typeof STAGES], ...(said as Fields) };
};
const sourceBelow = (given: Fields | null): Source | null =>
  given === null ? null : { document: null, title: null, reference: null, dated: null, locator: null, url: null, ...given };

const dated = (value: unknown): PartialDate => {
  const { text, asWritten } = (value ?? { text: '../2026-03-02' }) as Readonly<{ text: string; asWritten?: string }>;
  const parsed = parsePartialDate(text, asWritten ?? null);
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('; '));
  return parsed.value;
};

const ENVELOPE = ['commandId', 'occurred', 'assertedBy', 'source', 'reason'];
const itemKeyOf = (input: Fields): string | null => ['item', ...kinds.keys()].find((key) => key in input) ?? null;

/** Parses and decides one command as `submit` would, or says what is wrong. */
const record = ({ command, input }: ExampleCommand, known: Known): void => {
  const type = `${command[0]?.toUpperCase()}${command.slice(1)}`;
  const founder = [...kinds.values()].find((kind) => (kind.commands as Readonly<Record<string, CommandSpec>>)[type]?.founding);
  const own = Object.fromEntries(Object.entries(input).filter(([key]) => !ENVELOPE.includes(key)));
  if (command === 'link') return linked(own, known);
  const itemKey = founder === undefined ? itemKeyOf(own) : null;
  const item = founder === undefined ? refToId(own[itemKey ?? ''] as Fields, known) : itemIdFor(founder.name, input.commandId);
  const kind = founder ?? known.get(item)?.kind;
  if (kind === undefined) throw new Error(`${command}: no kind knows it`);
  const spec =
    (kind.commands as Readonly<Record<string, CommandSpec>>)[type] ??
    (registry.shared.commands as Readonly<Record<string, CommandSpec>>)[type];
  if (spec === undefined) throw new Error(`${command}: no such command`);
  const fields = Object.fromEntries(
    Object.entries(stepBelow(own))
      .filter(([key]) => key !== itemKey)
      .map(([key, value]) => [RENAMED[key] ?? key, SEALED.includes(key) ? A_SEALED_NAME : belowTheEdge(value, known)]),
  );
  const parsed: Parsed<Readonly<{ type: string }>> = spec.parse(fields);
  if (!parsed.ok) throw new Error(`${input.commandId}: ${JSON.stringify(parsed.issues)}`);
  if (type in registry.shared.commands) return;
  const before: unknown = known.get(item)?.state ?? kind.decider.initial;
  const assertedBy = (input['assertedBy'] === undefined ? null : belowTheEdge(input['assertedBy'], known)) as DecisionContext['assertedBy'];
  const envelope = { occurred: dated(input['occurred']), assertedBy, source: sourceBelow(sourceOf({ command, input })), reason: null };
  const context: DecisionContext = { ...envelope, item, day: '2026-03-02', today: '2026-03-02', entries: [], targets: new Map() };
  const decision = kind.decider.decide(parsed.value, { then: before, now: before }, context);
  if (isRefusal(decision)) throw new Error(`${input.commandId}: ${decision.message.en}`);
  const facts = decision.map((event: DomainEvent, ordinal) => ({
    ...envelope,
    event,
    day: '2026-03-02',
    entry: `${input.commandId}/${ordinal}`,
    position: '',
    revision: ordinal,
    recordedAt: '2026-03-02T10:00:00.000Z',
    actor: 'example-loader',
    changedBy: [],
  }));
  expect([input.commandId, facts.length]).toEqual([input.commandId, 1]);
  const state = facts.reduce<unknown>((folded, fact) => kind.decider.evolve(folded, fact), before);
  known.set(item, { kind, state, links: [...(known.get(item)?.links ?? []), ...foldLinks(kind, item, facts)] });
};

const linked = (own: Fields, known: Known): void => {
  for (const end of [own['from'], own['to']] as readonly Fields[]) {
    const item = known.get(refToId(end['item'] as Fields, known));
    if (typeof end['point'] === 'string' && !item?.kind.hasPart(item.state, end['point']))
      throw new Error(`there is no point ${end['point']}`);
  }
};

const recordAll = (): Known => {
  const known: Known = new Map();
  for (const command of commands) record(command, known);
  return known;
};

describe('the example record', () => {
  it('gives every command its own id, within bounds', () => {
    const ids = commands.map(({ input }) => input.commandId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !id.startsWith('example:') || [...id].length > COMMAND_ID_CHARS_MAX)).toEqual([]);
  });
  it('is accepted by the kinds in the order it lies, each command with its one event', () => {
    const known = recordAll();
    const count = (kind: string): number => [...known.values()].filter((item) => item.kind.name === kind).length;
    expect([count('body'), count('project'), count('resolution')]).toEqual([6, 1, 5]);
    expect([count('document'), count('consultation'), count('agreement')]).toEqual([4, 2, 2]);
  });
  it('keeps the tree of the board’s resolution: paths, printed labels, kinds and roles', () => {
    const state = recordAll().get(itemIdFor('resolution', 'example:kultur-for-framtida'))?.state as Resolution;
    const points = state.status === 'unknown' ? [] : [...state.points.values()];
    expect(points.map(({ path, label, pointKind }) => [path, label, pointKind])).toEqual([
      ['1', '1', 'PREMISE'],
      ['2', '2', 'LEAD_IN'],
      ['2.1', null, 'COMMITMENT'],
      ['2.2', null, 'COMMITMENT'],
      ['2.3', null, 'LEAD_IN'],
      ['2.3.1', null, 'COMMITMENT'],
      ['2.3.2', null, 'COMMITMENT'],
      ['3', '3', 'MEASURE'],
      ['3.1', null, 'MEASURE'],
    ]);
    const roleOf = (path: string) => points.find((point) => point.path === path)?.role;
    expect(roleOf('2.1')).toBe('Som interessepolitisk aktør på kulturfeltet');
    expect(roleOf('2.3.1')).toBe('Som utviklingspartner for kommuner og fylkeskommuner på kulturfeltet');
    expect(state).toMatchObject({ status: 'adopted', decided: { text: '../2018-10-03' }, caseReference: null });
    expect(points.find((point) => point.path === '2.3')?.note).toContain('vår lesning');
  });
  it('follows the three white papers, and the one that the third became part of', () => {
    const known = recordAll();
    const paper = (id: string) => {
      const found = known.get(itemIdFor('whitePaper', id));
      const { state, references } = found?.kind.summarise(found.state) ?? {};
      return [state, references];
    };
    expect(paper('example:ny-kulturmelding')).toEqual(['DEBATED', ['Meld. St. 8 (2018–2019)', 'Innst. 258 S (2018–2019)']]);
    expect(paper('example:ny-frivillighetsmelding')).toEqual(['DEBATED', ['Meld. St. 10 (2018–2019)', 'Innst. 254 S (2018–2019)']]);
    expect(paper('example:oppleve-skape-dele')).toEqual(['RESOLVED', ['Meld. St. 18 (2020–2021)', 'Innst. 622 S (2020–2021)']]);
    expect(paper('example:ny-kulturskolemelding')).toEqual(['MERGED', []]);
    const school = known.get(itemIdFor('whitePaper', 'example:ny-kulturskolemelding'));
    expect(school?.links).toMatchObject([{ relation: 'MERGED_INTO', target: itemIdFor('whitePaper', 'example:oppleve-skape-dele') }]);
    // The order still stands to be judged.
    expect(school?.state as WhitePaper).toMatchObject({ orders: [{ reference: 'vedtak 897' }], verdicts: [] });
    expect(school?.kind.summarise(school.state).open).toBe(true);
  });
  it('places the bodies under one another', () => {
    const known = recordAll();
    const parentOf = (id: string) => known.get(itemIdFor('body', id))?.links.find((link) => link.relation === 'PART_OF')?.target;
    expect(parentOf('example:ks-hovedstyret')).toBe(itemIdFor('body', 'example:ks'));
    expect(parentOf('example:ks-landsting')).toBe(itemIdFor('body', 'example:ks'));
    expect(parentOf('example:norsk-kulturskoleraad-nt')).toBe(itemIdFor('body', 'example:norsk-kulturskoleraad'));
  });
  it('would not be accepted in another order', () => {
    expect(() => {
      const known: Known = new Map();
      for (const command of commands.toReversed()) record(command, known);
    }).toThrow('not recorded yet');
  });
});
