import {
  getByPath,
  isSharedType,
  isUnsealed,
  setByPath,
  type Entry,
  type EventSpec,
  type ItemId,
  type Registry,
  type Sealed,
  type TargetRef,
} from '@saksgang/kernel';
import { foldedOf } from './folding.js';
import { isFieldSet, soleField, type Fields, type FieldSetGiven, type Filling } from './given.js';
import { isItemId } from './invalid.js';
import type { Entries } from './streams.js';
import type { Work } from './understanding.js';

export const isCorrection = ({ shared, submission }: Work): boolean => shared && submission.type === 'CorrectEntry';

const setsOf = (data: Fields): readonly unknown[] => (Array.isArray(data['set']) ? data['set'] : []);

/** The items that the values of a correction name: an id is one wherever it stands, as no text looks like it. */
export const itemsSet = (registry: Registry, work: Work): readonly TargetRef[] => {
  const idsIn = (value: unknown, path: readonly string[]): readonly TargetRef[] => {
    if (typeof value === 'string') return isItemId(registry, value) ? [{ item: value, part: null, kinds: null, path }] : [];
    if (typeof value !== 'object' || value === null || isUnsealed(value)) return [];
    return Object.entries(value).flatMap(([key, member]) => idsIn(member, [...path, key]));
  };
  if (!isCorrection(work)) return [];
  return setsOf(work.data).flatMap((set, index) => (isFieldSet(set) ? idsIn(set.value, ['input', 'set', String(index), 'value']) : []));
};

/** What the values are put into. */
type Place = Readonly<{
  filling: Filling;
  /** Data of the corrected entry as first written, and what its event makes of data; null where there is no such entry. */
  written: object | null;
  spec: EventSpec | undefined;
  /** Bodies with the names they stand with. */
  standing: ReadonlySet<string>;
}>;

/**
 * The values of a correction as the corrected entry keeps them: a person sealed, as a name or as a party, whichever stands there; a
 * body with its name as it is now. A body that stands there already keeps the name it was recorded with.
 */
export const valuesInPlace = (registry: Registry, work: Work, entries: Entries, data: Fields, filling: Filling): Fields => {
  if (!isCorrection(work) || !Array.isArray(data['set'])) return data;
  const target = entries.find((entry) => entry.id === data['entry']);
  const place: Place = {
    filling,
    written: target?.event.data ?? null,
    spec: target && specOf(registry, work, target),
    standing: new Set(target === undefined ? [] : saidBy(work, entries, target).flatMap(tiedIn)),
  };
  return { ...data, set: setsOf(data).map((set) => (isFieldSet(set) ? inPlace(place, set) : set)) };
};

const specOf = (registry: Registry, { kind }: Work, { event: { type } }: Entry): EventSpec | undefined =>
  isSharedType(type) ? registry.shared.events[type] : (kind.events as Readonly<Record<string, EventSpec>>)[type];

const saidBy = ({ kind }: Work, entries: Entries, target: Entry): readonly object[] => {
  const read = foldedOf(kind, entries).told.asRead.get(target.id);
  return [target.event.data, ...(read === undefined ? [] : [read.event.data])];
};

const inPlace = (place: Place, set: FieldSetGiven): FieldSetGiven => {
  const { path, value } = set;
  const holder = path.endsWith('.body') ? path.slice(0, -'.body'.length) : null;
  if (holder !== null && typeof value === 'string' && isParty(standsAt(place, holder)))
    return { path: holder, value: tied(place, value, undefined) };
  const person = soleField(value, 'person');
  if (!isUnsealed(person)) return { path, value: filled(place, value) };
  const name = place.filling.sealedFor(person);
  return { path, value: takesName(place, path, name) ? name : { body: null, name } };
};

const standsAt = ({ written }: Place, path: string): unknown => (written === null ? undefined : getByPath(written, path));

const isParty = (value: unknown): boolean => typeof value === 'object' && value !== null && 'body' in value && 'name' in value;

/** Here stands a name alone (saksbehandler), no party: the event's own parser knows. */
const takesName = ({ written, spec }: Place, path: string, name: Sealed): boolean => {
  const data = written === null ? null : setByPath(written, path, name);
  return data !== null && spec?.parse(data).ok === true;
};

const filled = (place: Place, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => filled(place, element));
  if (isUnsealed(value)) return place.filling.sealedFor(value);
  const person = soleField(value, 'person');
  if (isUnsealed(person)) return { body: null, name: place.filling.sealedFor(person) };
  const { body, name, ...more } = value as Fields;
  if (typeof body === 'string' && Object.keys(more).length === 0) return tied(place, body, name);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      // A name alone, of a party or of a person who signed, where `{ "person": … }` as a whole would be a party.
      const named: unknown = key === 'name' || key === 'person' ? soleField(member, 'person') : undefined;
      return [key, filled(place, isUnsealed(named) ? named : member)];
    }),
  );
};

const tied = ({ filling, standing }: Place, body: ItemId, name: unknown): Fields => ({
  body,
  name: typeof name === 'string' && standing.has(`${body} ${name}`) ? name : filling.titleOf(body),
});

const tiedIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { body, name } = value as Fields;
  const own = typeof body === 'string' && typeof name === 'string' ? [`${body} ${name}`] : [];
  return [...own, ...Object.values(value).flatMap(tiedIn)];
};
