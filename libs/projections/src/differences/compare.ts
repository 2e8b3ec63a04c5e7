import { isGrown, isSealed, listOf, sameJson, type EntryId, type Json, type Shown } from '@saksgang/kernel';
import { isPartialDate, isParty } from '../history/changes.js';

/** One field of an item, or of a part of it, that is told differently. `before` or `after` null: nothing is said there. */
export type Delta = Readonly<{
  part: string | null;
  /** In the state: «title», «reports.@7.text». What an entry made is named by its revision, what has a key by its key. */
  path: string;
  /** The path with `*` for what is named by revision or key. */
  field: string;
  before: Json;
  after: Json;
}>;

export type Comparing = Readonly<{
  shown: Shown;
  /** The revision of an entry of the item. */
  revisionOf: (entry: EntryId) => number | null;
  deltas: Delta[];
  /** Parts that are there from one point of view only. */
  parts: Map<string, 'ADDED' | 'RETRACTED'>;
}>;

type Fields = Readonly<Record<string, unknown>>;
type Place = Readonly<{ part: string | null; path: string; field: string }>;
const ITEM: Place = { part: null, path: '', field: '' };
const NO_ELEMENTS: ReadonlyMap<string, unknown> = new Map();

/** What finds its way through the record, and tells nothing of the world. */
const PLUMBING: ReadonlySet<string> = new Set(['entry', 'key', 'revision', 'position']);

/** Notes down every field in which two states differ. What is one and the same object is not looked into. */
export const compareStates = (comparing: Comparing, one: Fields, other: Fields): void => compareFields(comparing, ITEM, one, other);

/** The same of the elements of one list of an item, or of a part of it. */
export const compareLists = (
  comparing: Comparing,
  part: string | null,
  name: string,
  one: readonly Fields[],
  other: readonly Fields[],
): void => compareElements(comparing, { part, path: name, field: name }, elementsOf(comparing, one), elementsOf(comparing, other));

const compareFields = (comparing: Comparing, place: Place, one: Fields, other: Fields): void => {
  for (const name of new Set([...Object.keys(other), ...Object.keys(one)])) {
    if (one[name] === other[name] || PLUMBING.has(name)) continue;
    const here = below(place, name, name);
    if (!isDerived(comparing.shown, here)) compareValues(comparing, here, one[name], other[name]);
  }
};

const compareValues = (comparing: Comparing, place: Place, one: unknown, other: unknown): void => {
  if (hasElements(one) || hasElements(other)) {
    compareElements(comparing, place, elementsOf(comparing, one), elementsOf(comparing, other));
  } else if (isFields(one) && isFields(other)) {
    compareFields(comparing, place, one, other);
  } else {
    note(comparing, place, one, other);
  }
};

const compareElements = (
  comparing: Comparing,
  place: Place,
  one: ReadonlyMap<string, unknown>,
  other: ReadonlyMap<string, unknown>,
): void => {
  const { parts } = comparing.shown;
  const each = parts?.field === place.field && place.part === null ? comparePart : compareElement;
  for (const key of new Set([...other.keys(), ...one.keys()])) {
    if (one.get(key) !== other.get(key)) each(comparing, place, key, one.get(key), other.get(key));
  }
};

const compareElement = (comparing: Comparing, place: Place, key: string, one: unknown, other: unknown): void => {
  const here = below(place, key, '*');
  if (isFields(one) && isFields(other)) compareFields(comparing, here, one, other);
  else note(comparing, here, one, other);
};

/** A part that came or went is told field by field, as the item itself is. */
const comparePart = (comparing: Comparing, _place: Place, part: string, one: unknown, other: unknown): void => {
  const gone = comparing.shown.parts?.gone ?? '';
  const [was, is] = [one, other].map((fields) => (isFields(fields) && fields[gone] !== true ? fields : null));
  if (!was && !is) return;
  if (!was || !is) comparing.parts.set(part, is ? 'ADDED' : 'RETRACTED');
  compareFields(comparing, { part, path: '', field: '' }, { ...was, [gone]: null }, { ...is, [gone]: null });
};

const note = ({ deltas, shown }: Comparing, place: Place, one: unknown, other: unknown): void => {
  const [before, after] = [told(shown, place, one), told(shown, place, other)];
  if (!sameTold(before, after)) deltas.push({ ...place, before, after });
};

const below = ({ part, path, field }: Place, name: string, pattern: string): Place => ({
  part,
  path: path === '' ? name : `${path}.${name}`,
  field: field === '' ? pattern : `${field}.${pattern}`,
});

/** As the kind names the field: below its parts. */
export const fieldIn = ({ parts }: Shown, { part, field }: Pick<Delta, 'part' | 'field'>): string =>
  part === null || parts === null || field.startsWith('notes') || field.startsWith('links') ? field : `${parts.field}.*.${field}`;

const isDerived = (shown: Shown, place: Place): boolean => shown.derived.includes(fieldIn(shown, place));

/** A value alone: what is not said is left out, and so is what only finds its way. Nothing said is null. */
const told = (shown: Shown, place: Place, value: unknown): Json => {
  if (value === undefined || value === null || typeof value === 'function') return null;
  if (typeof value !== 'object' || isWhole(value)) return value as Json;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((one) => told(shown, below(place, '*', '*'), one));
  if (value instanceof Map) return told(shown, place, [...value.values()]);
  if (isGrown(value)) return told(shown, place, listOf(value));
  const fields = Object.entries(value)
    .filter(([name]) => !PLUMBING.has(name) && !isDerived(shown, below(place, name, name)))
    .map(([name, inner]) => [name, told(shown, below(place, name, name), inner)] as const)
    .filter(([, inner]) => inner !== null);
  return fields.length === 0 ? null : Object.fromEntries(fields);
};

/** A person's commitment is salted anew each time; the person is not. */
const sameTold = (one: Json, other: Json): boolean => sameJson(one, other) || sameJson(byPerson(one), byPerson(other));
const byPerson = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value;
  if (isSealed(value)) return { person: value.person };
  if (Array.isArray(value)) return value.map(byPerson);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, byPerson(inner)]));
};

const isWhole = (value: object): boolean => isSealed(value) || isPartialDate(value) || isParty(value);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map) && !isGrown(value) && !isWhole(value);
const hasElements = (value: unknown): boolean =>
  value instanceof Map || (Array.isArray(value) && isFields(value[0])) || (isGrown(value) && isFields(value.last));

/** By what names each for good: its key, else the entry that made it, else its place. */
const elementsOf = ({ revisionOf }: Comparing, value: unknown): ReadonlyMap<string, unknown> => {
  if (value instanceof Map) return value as ReadonlyMap<string, unknown>;
  const list: unknown = isGrown(value) ? listOf(value) : value;
  if (!Array.isArray(list)) return NO_ELEMENTS;
  const elements = new Map<string, unknown>();
  for (const [place, element] of (list as readonly Fields[]).entries()) {
    const name = nameOf(element, place, revisionOf);
    let again = 1;
    while (elements.has(again === 1 ? name : `${name}#${again}`)) again += 1;
    elements.set(again === 1 ? name : `${name}#${again}`, element);
  }
  return elements;
};

const nameOf = (element: Fields, place: number, revisionOf: Comparing['revisionOf']): string => {
  if (typeof element['key'] === 'string') return element['key'];
  const revision = typeof element['entry'] === 'string' ? revisionOf(element['entry']) : null;
  return revision === null ? String(place) : `@${revision}`;
};
