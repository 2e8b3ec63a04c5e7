import {
  isSealed,
  isUnsealed,
  LIST_MAX,
  type Issue,
  type ItemId,
  type Party,
  type PersonId,
  type Sealed,
  type Unsealed,
} from '@saksgang/kernel';
import { personName } from '@saksgang/kinds';
import { isUuid } from '@saksgang/record';

/** Levels of nesting of a command's input: twice POINT_DEPTH_MAX and room for what a point holds. */
export const INPUT_DEPTH_MAX = 48;
/** Values of a command's input, counted with all that is inside. */
export const INPUT_VALUES_MAX = 100_000;

/** A name in a command, found but not yet sealed. `placeholder` stands for it while the command is only being judged. */
export type GivenName = Readonly<{ given: Unsealed; name: Unsealed; path: readonly string[]; placeholder: Sealed }>;
export type GivenBody = Readonly<{ item: ItemId; path: readonly string[] }>;
export type Fields = Readonly<Record<string, unknown>>;
/** What an input holds besides plain JSON. `parts`: as they came, the undefined fields gone, and nothing else changed. */
export type Given = Readonly<{
  parts: readonly Fields[];
  names: readonly GivenName[];
  bodies: readonly GivenBody[];
  issues: readonly Issue[];
}>;

type Path = readonly string[];
type Walk = { names: GivenName[]; bodies: GivenBody[]; issues: Issue[]; values: number };

/**
 * Walks the parts of a flat input once: refuses what is no plain JSON, and finds the names and bodies in it. Values that
 * a correction sets are the client's own JSON, in the form in which entries keep them (`body` and `name`, never `item`): of
 * what is not plain, only names yet to be sealed may stand there.
 */
export const readGiven = (parts: readonly Fields[]): Given => {
  const walk: Walk = { names: [], bodies: [], issues: [], values: 0 };
  const read = parts.map((part) => members(walk, part, ['input'], false));
  if (walk.names.length > LIST_MAX) complain(walk, ['input'], 'TOO_MANY', `names more than ${LIST_MAX} persons: divide the command`);
  return { parts: read, names: walk.names, bodies: walk.bodies, issues: walk.issues };
};

const complain = (walk: Walk, path: Path, code: string, message: string): null => {
  // Where everything is wrong, some of it is enough to see it.
  if (walk.issues.length < LIST_MAX) walk.issues.push({ path, code, message });
  return null;
};

const visit = (walk: Walk, value: unknown, path: Path, opaque: boolean): unknown => {
  walk.values += 1;
  if (walk.values > INPUT_VALUES_MAX) {
    // Said once, of the first value that is too many; the rest is not looked at.
    const first = walk.values === INPUT_VALUES_MAX + 1;
    return first ? complain(walk, path, 'TOO_MANY', `is value ${walk.values} of the input: at most ${INPUT_VALUES_MAX} are allowed`) : null;
  }
  if (path.length > INPUT_DEPTH_MAX) return complain(walk, path, 'TOO_DEEP', `lies deeper than ${INPUT_DEPTH_MAX} levels`);
  switch (typeof value) {
    case 'string':
      if (/\p{Surrogate}/u.test(value))
        return complain(walk, path, 'LONE_SURROGATE', 'holds half of a character pair: send whole characters');
      return value;
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isSafeInteger(value))
        return complain(walk, path, 'BAD_VALUE', 'is not a whole number: write decimals and large numbers as text');
      return value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((element, index) => visit(walk, element, [...path, String(index)], opaque));
      return visitObject(walk, value, path, opaque);
    default:
      return complain(walk, path, 'BAD_VALUE', `is a ${typeof value}, which an entry cannot hold`);
  }
};

const visitObject = (walk: Walk, value: object, path: Path, opaque: boolean): unknown => {
  if (isUnsealed(value)) return visitName(walk, value, path);
  if (opaque) {
    if ('sealed' in value || 'unsealed' in value)
      return complain(walk, path, 'SEALED_VALUE', 'is a sealed value: give the person, and the name is sealed');
    return members(walk, value, path, true);
  }
  if (isSealed(value)) return complain(walk, path, 'SEALED_VALUE', 'is sealed already: give the name itself, and it is sealed anew');
  const item = soleField(value, 'item');
  if (typeof item === 'string') walk.bodies.push({ item, path: [...path, 'item'] });
  return members(walk, value, path, false);
};

const members = (walk: Walk, value: object, path: Path, opaque: boolean): Fields =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, visit(walk, member, [...path, key], opaque || isSetByPath(value, key))]),
  );

export type FieldSetGiven = Readonly<{ path: string; value: unknown }>;
/** `{ path, value }` of a correction. */
export const isFieldSet = (holder: unknown): holder is FieldSetGiven =>
  typeof holder === 'object' &&
  holder !== null &&
  Object.keys(holder).length === 2 &&
  'value' in holder &&
  typeof (holder as { path?: unknown }).path === 'string';
const isSetByPath = (holder: object, key: string): boolean => key === 'value' && isFieldSet(holder);

/** The value of an object's only field, if that is its name. */
export const soleField = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 1 && Object.hasOwn(value, name)
    ? (value as Fields)[name]
    : undefined;

const NOBODY: PersonId = 'person-00000000-0000-0000-0000-000000000000';

const visitName = (walk: Walk, given: Unsealed, path: Path): Unsealed | null => {
  const person = given.person ?? null;
  if (person !== null && !(person.startsWith('person-') && isUuid(person.slice('person-'.length))))
    return complain(walk, path, 'BAD_ID', 'is not the id of a person: it looks like «person-<uuid>»');
  const parsed = personName(given.unsealed);
  if (!parsed.ok) {
    for (const issue of parsed.issues) complain(walk, path, issue.code, issue.message);
    return null;
  }
  // The form of a commitment, but to nothing: it is judged with, and never stored.
  const placeholder: Sealed = { sealed: String(walk.names.length).padStart(43, 'A'), person: person ?? NOBODY };
  walk.names.push({ given, name: { unsealed: parsed.value, person }, path, placeholder });
  return given;
};

/**
 * What to put in the places that were found. Names are looked up by the very object that was given; what is no item has no other
 * title than its id, which the parser then refuses.
 */
export type Filling = Readonly<{ sealedFor: (given: Unsealed) => Sealed; titleOf: (item: ItemId) => string }>;

/** A part as the kinds parse it: parties are `Party`, names are `Sealed`. Values that a correction sets are left as they are. */
export const fillIn = (part: Fields, filling: Filling): Fields =>
  Object.fromEntries(Object.entries(part).map(([key, member]) => [key, isSetByPath(part, key) ? member : fill(member, filling)]));

const fill = (value: unknown, filling: Filling): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => fill(element, filling));
  if (isUnsealed(value)) return filling.sealedFor(value);
  return partyOf(value, filling) ?? fillIn(value as Fields, filling);
};

const partyOf = (value: object, filling: Filling): Party | null => {
  const item = soleField(value, 'item');
  if (typeof item === 'string') return { body: item, name: filling.titleOf(item) };
  const name = soleField(value, 'name');
  if (typeof name === 'string') return { body: null, name };
  const person = soleField(value, 'person');
  return isUnsealed(person) ? { body: null, name: filling.sealedFor(person) } : null;
};
