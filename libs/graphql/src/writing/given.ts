import type { PartyGiven } from '@saksgang/commanding';
import {
  parsePartialDate,
  unknownPart,
  type EntryId,
  type Issue,
  type ItemId,
  type Json,
  type PartialDate,
  type Refusal,
  type Revision,
  type Source,
  type Unsealed,
} from '@saksgang/kernel';
import type { RequestContext } from '../context.js';
import { itemAt } from '../sources.js';
import type { FieldSet, NewLink, PartialDateInput, PartyInput, PersonInput, SourceInput } from './command.types.js';
import { entryRefParts, findItem, noSuchItem } from './reference.js';
import type { ItemRef, PartRef } from './reference.types.js';

type Path = readonly string[];
/** An item, or a part of it, as commands name it below the edge. */
export type Part = Readonly<{ item: ItemId; point: string | null }>;
/** An entry by its own id, and the item it is of. */
export type EntryGiven = Readonly<{ item: ItemId; entry: EntryId; revision: Revision }>;

/**
 * Reads an input into what commands take. Every fault is gathered, so that the answer names all of them at once; what is read after
 * a fault is a placeholder, and `issues` or `refusals` then keep the command from being submitted.
 */
export type Given = Readonly<{
  issues: Issue[];
  refusals: Refusal[];
  item: (ref: ItemRef, path: Path) => Promise<ItemId>;
  itemOrNull: (ref: ItemRef | null | undefined, path: Path) => Promise<ItemId | null>;
  /** Here and below: what is not given is null, never a default. Those are the schemas' own, so that a retry stays the same command. */
  items: (refs: readonly ItemRef[] | null | undefined, path: Path) => Promise<readonly ItemId[] | null>;
  part: (ref: PartRef, path: Path) => Promise<Part>;
  /** A path within an item that was read before. */
  partOf: (item: ItemId, point: string | null | undefined) => Promise<string | null>;
  /** A part that must be a point. */
  point: (ref: PartRef, path: Path) => Promise<Readonly<{ item: ItemId; point: string }>>;
  entry: (ref: string, path: Path) => Promise<EntryGiven>;
  date: (input: PartialDateInput, path: Path) => PartialDate;
  dateOrNull: (input: PartialDateInput | null | undefined, path: Path) => PartialDate | null;
  party: (input: PartyInput, path: Path) => Promise<PartyGiven>;
  partyOrNull: (input: PartyInput | null | undefined, path: Path) => Promise<PartyGiven | null>;
  person: (input: PersonInput | null | undefined) => Unsealed | null;
  source: (input: SourceInput | null | undefined, path: Path) => Promise<Source | null>;
  parties: (inputs: readonly PartyInput[] | null | undefined, path: Path) => Promise<readonly PartyGiven[] | null>;
  links: (links: readonly NewLink[] | null | undefined, path: Path) => Promise<readonly object[] | null>;
  sets: (sets: readonly FieldSet[] | null | undefined) => readonly FieldSetGiven[] | null;
}>;

const NOTHING = '';
const UNKNOWN: PartialDate = { text: 'unknown', asWritten: null };

const person = (input: PersonInput | null | undefined): Unsealed | null =>
  input ? { unsealed: input.name.normalize('NFC'), person: input.id ?? null } : null;

type FieldSetGiven = Readonly<{ path: string; value: unknown }>;

/** `{ "person": { "name", "id" } }` wherever it stands in a corrected value: it is the PersonInput of JSON. */
const withPersons = (value: Json): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(withPersons);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, (key === 'person' && personIn(value, member)) || withPersons(member)]),
  );
};
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const personIn = (holder: object, member: Json): Unsealed | null => {
  if (Object.keys(holder).length > 1 || typeof member !== 'object' || member === null || isList(member)) return null;
  const { name, id = null, ...more } = member;
  if (typeof name !== 'string' || (id !== null && typeof id !== 'string') || Object.keys(more).length > 0) return null;
  return person({ name, id });
};

/** To name what one may not see would tell whether it is there: of what is shielded too, nothing but that is told. */
const mayName = async (context: RequestContext, item: ItemId): Promise<boolean> =>
  context.face === 'INTERNAL' || (await itemAt(context, item, await context.head())) !== null;

/** Nor is a part that lies in a shielded one there, for who may not see it. */
const mayNamePart = async (context: RequestContext, item: ItemId, part: string): Promise<boolean> => {
  if (context.face === 'INTERNAL') return true;
  const state = await context.state(item, await context.head());
  return state !== null && context.registry.kinds.get(state.row.kind)?.hasPart(state.state, part) === true;
};

export const createGiven = (context: RequestContext): Given => {
  const issues: Issue[] = [];
  const refusals: Refusal[] = [];
  const issue = (path: Path, code: string, message: string): void => void issues.push({ path, code, message });

  const item: Given['item'] = async (ref, path) => {
    const found = await findItem(context, ref, context.head, path);
    if ('id' in found && (await mayName(context, found.id))) return found.id;
    if ('id' in found) refusals.push(noSuchItem(path, found.id));
    else if ('issue' in found) issues.push(found.issue);
    else refusals.push(found.refusal);
    return NOTHING;
  };
  const partOf: Given['partOf'] = async (of, point) => {
    const part = point ?? null;
    if (part !== null && of !== NOTHING && !(await mayNamePart(context, of, part))) refusals.push(unknownPart(part));
    return part;
  };
  const part: Given['part'] = async (ref, path) => {
    const of = await item(ref.item, [...path, 'item']);
    return { item: of, point: await partOf(of, ref.point) };
  };

  const date: Given['date'] = (input, path) => {
    const parsed = parsePartialDate(input.text, input.asWritten ?? null);
    if (parsed.ok) return parsed.value;
    for (const one of parsed.issues) issues.push({ ...one, path: [...path, 'text'] });
    return UNKNOWN;
  };
  const dateOrNull: Given['dateOrNull'] = (input, path) => (input ? date(input, path) : null);

  const party: Given['party'] = async (input, path) => {
    const ways = [input.item, input.name, input.person].filter((one) => one !== null && one !== undefined);
    if (ways.length !== 1) issue(path, 'EXACTLY_ONE', 'names a party in exactly one way: give one of item, name, person');
    if (ways.length === 1 && input.item) return { item: await item(input.item, [...path, 'item']) };
    const named = person(input.person);
    return named === null ? { name: input.name ?? NOTHING } : { person: named };
  };

  const point: Given['point'] = async (ref, path) => {
    const found = await part(ref, path);
    if (found.point === null) issue([...path, 'point'], 'REQUIRED', 'must name a point by its path, as «2.3.1»');
    return { item: found.item, point: found.point ?? NOTHING };
  };

  const entry: Given['entry'] = async (ref, path) => {
    const parts = entryRefParts(ref);
    const page =
      parts === null || !(await mayName(context, parts.item))
        ? null
        : await context.store.readStream(parts.item, { from: parts.revision, limit: 1 });
    const event = page?.events[0];
    if (parts === null || event === undefined || event.revision !== parts.revision) {
      issue(path, 'UNKNOWN_ENTRY', 'is no entry of the record: take the id from history, it looks like «resolution-<uuid>@3»');
      return { item: NOTHING, entry: NOTHING, revision: 0 };
    }
    return { item: parts.item, entry: event.id, revision: parts.revision };
  };

  const source: Given['source'] = async (input, path) =>
    input
      ? {
          document: input.document ? await item(input.document, [...path, 'document']) : null,
          title: input.title ?? null,
          reference: input.reference ?? null,
          dated: dateOrNull(input.dated, [...path, 'dated']),
          locator: input.locator ?? null,
          url: input.url ?? null,
        }
      : null;

  const each = async <T, U>(list: readonly T[] | null | undefined, path: Path, read: (one: T, at: Path) => Promise<U>) =>
    list ? Promise.all(list.map((one, index) => read(one, [...path, String(index)]))) : null;

  const links: Given['links'] = (given, path) =>
    each(given, path, async (link, at) => {
      const to = await part(link.to, [...at, 'to']);
      const period = dateOrNull(link.period, [...at, 'period']);
      return { relation: link.relation, target: to.item, targetPart: to.point, part: link.point ?? null, period };
    });

  return {
    issues,
    refusals,
    item,
    itemOrNull: async (ref, path) => (ref ? item(ref, path) : null),
    items: (refs, path) => each(refs, path, item),
    part,
    partOf,
    point,
    entry,
    date,
    dateOrNull,
    party,
    partyOrNull: async (input, path) => (input ? party(input, path) : null),
    person,
    source,
    parties: (inputs, path) => each(inputs, path, party),
    links,
    sets: (sets) => sets?.map(({ path, value }) => ({ path, value: withPersons(value ?? null) })) ?? null,
  };
};
