import { boundsOf, isSealed, type Before, type DomainEvent, type Envelope, type Json, type PartialDate } from '@saksgang/kernel';

/** One field that an entry set. `before` null: there was nothing. */
export type FieldChange = Readonly<{ path: string; before: Json; after: Json }>;

type Corrected = Readonly<{ set: readonly Readonly<{ path: string; value: Json }>[] }> & Readonly<Record<(typeof SAID)[number], Json>>;
/** What a correction may say anew beside the data. */
export const SAID = ['occurred', 'assertedBy', 'source'] as const satisfies readonly (keyof Envelope)[];

/**
 * What an entry changed, by path. A correction changes the fields it sets, an established date the date; what is linked,
 * noted or retracted shows its own data. `before` is what the paths held as known just before the entry.
 */
export const changesOf = (event: DomainEvent, before: Before): readonly FieldChange[] =>
  valuesSet(event)
    .map(([path, after]) => ({ path, before: before[path] ?? null, after }))
    .filter((change) => change.before !== null || change.after !== null);

const valuesSet = (event: DomainEvent): readonly (readonly [string, Json])[] => {
  if (event.type === 'EntryCorrected') {
    const data = event.data as Corrected;
    const said = SAID.filter((field) => data[field] !== null).map((field) => [field, data[field]] as const);
    return [...said, ...data.set.map(({ path, value }) => [path, value] as const)];
  }
  if (event.type === 'DateEstablished') return [['occurred', (event.data as Readonly<{ date: Json }>).date]];
  if (event.type === 'EntryRetracted') return [];
  return leavesOf(event.data as Json, '');
};

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
export const fieldOf = (path: string): string => path.replace(/(^|\.)\d+(?=\.|$)/gu, '$1*');

/** The fields of some changes as the column `fields` holds them. */
export const fieldsColumn = (changes: readonly FieldChange[]): string => {
  const fields = new Set(changes.map(({ path }) => fieldOf(path)));
  return fields.size === 0 ? '' : `|${[...fields].join('|')}|`;
};
