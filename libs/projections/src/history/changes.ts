import {
  boundsOf,
  isSealed,
  sameJson,
  saidByCorrection,
  type Before,
  type DomainEvent,
  type EntryCorrected,
  type Json,
  type PartialDate,
} from '@saksgang/kernel';

/** One field that an entry set. `before` null: there was nothing. */
export type FieldChange = Readonly<{ path: string; before: Json; after: Json }>;

/**
 * What an entry changed, by path. A correction changes what it says anew, of the data and beside it (`occurred`, `assertedBy`,
 * `source`, `reason`), an established date the date; what is linked or noted shows its own data. `before` is what the paths
 * held as known just before the entry.
 */
export const changesOf = (event: DomainEvent, before: Before): readonly FieldChange[] =>
  valuesSet(event)
    .map(([path, after]) => ({ path, before: before[path] ?? null, after }))
    .filter((change) => !sameJson(change.before, change.after));

const valuesSet = (event: DomainEvent): readonly (readonly [string, Json])[] => {
  if (event.type === 'EntryCorrected') return setByCorrection(event as EntryCorrected);
  if (event.type === 'DateEstablished') return [['occurred', (event.data as Readonly<{ date: Json }>).date]];
  if (event.type === 'EntryRetracted') return [];
  return leavesOf(event.data as Json, '');
};

/** A correction holds all that is to be so from now on: what it repeats is no change, and is left out above. */
export const setByCorrection = ({ data }: EntryCorrected): readonly (readonly [string, Json])[] => [
  ...(Object.entries(saidByCorrection(data)) as [string, Json][]),
  ...data.set.map(({ path, value }) => [path, value] as const),
];

/** Down to single values; dates, parties and sealed names are whole ones. An empty list says nothing. */
const leavesOf = (value: Json, path: string): readonly (readonly [string, Json])[] => {
  if (value === null || typeof value !== 'object' || isWhole(value)) return [[path, value]];
  const inner = Object.entries(value).map(([key, one]) => leavesOf(one, path === '' ? key : `${path}.${key}`));
  return inner.flat();
};

const isWhole = (value: object): boolean => isSealed(value) || isPartialDate(value) || isParty(value);

export const isPartialDate = (value: unknown): value is PartialDate => {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('asWritten' in value)) return false;
  try {
    return Object.keys(value).length === 2 && boundsOf(value as PartialDate) !== null;
  } catch {
    return false;
  }
};
export const isParty = (value: unknown): value is Readonly<{ body: string | null; name: Json }> =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 2 && 'body' in value && 'name' in value;

/** «points.*.text» of «points.0.text»: as kinds name their fields. */
export const fieldOf = (path: string): string => (/\d/u.test(path) ? path.replace(/(^|\.)\d+(?=\.|$)/gu, '$1*') : path);

/** The fields of some changes as the column `fields` holds them. */
export const fieldsColumn = (changes: readonly FieldChange[]): string => {
  const fields = new Set(changes.map(({ path }) => fieldOf(path)));
  return fields.size === 0 ? '' : `|${[...fields].join('|')}|`;
};
