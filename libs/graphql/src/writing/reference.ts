import { kindOf, labels, refuse, type Issue, type ItemId, type Refusal } from '@saksgang/kernel';
import type { Pin } from '@saksgang/projections';
import { itemIdFor } from '@saksgang/record';
import type { RequestContext } from '../context.js';
import type { ItemRef } from './reference.types.js';

const ITEM_ID = /^[a-z][A-Za-z]*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHOWN_CHARS_MAX = 200; // characters of what was written that are said back
const CANDIDATES_MAX = 20; // items named in a refusal

/** An item, or why there is none: what is malformed is an issue, what fits nothing or too much is a refusal. */
export type Found = Readonly<{ id: ItemId }> | Readonly<{ refusal: Refusal }> | Readonly<{ issue: Issue }>;

const shown = (text: string): string => (text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text);

export const noSuchItem = (path: readonly string[], what: string): Refusal =>
  refuse(
    'UNKNOWN_ITEM',
    labels(
      `${path.join('.')}: det finnes ingen sak ${shown(what)}.`,
      `${path.join('.')}: det finst inga sak ${shown(what)}.`,
      `${path.join('.')}: there is no item ${shown(what)}.`,
    ),
    labels(
      'Slå opp saken med byReference eller items, og bruk id-en som svaret gir.',
      'Slå opp saka med byReference eller items, og bruk id-en som svaret gir.',
      'Look the item up with byReference or items, and use the id in the answer.',
    ),
  );
const unknownItem = (path: readonly string[], what: string): Found => ({ refusal: noSuchItem(path, what) });

const unknownReference = (path: readonly string[], reference: string): Found => ({
  refusal: refuse(
    'UNKNOWN_REFERENCE',
    labels(
      `${path.join('.')}: ingen sak har referansen «${shown(reference)}».`,
      `${path.join('.')}: inga sak har referansen «${shown(reference)}».`,
      `${path.join('.')}: no item has the reference «${shown(reference)}».`,
    ),
    labels(
      'Se etter skrivefeil, eller registrer saken først.',
      'Sjå etter skrivefeil, eller registrer saka først.',
      'Look for a misspelling, or record the item first.',
    ),
  ),
});

const ambiguous = (path: readonly string[], written: string, candidates: readonly ItemId[]): Found => ({
  refusal: refuse(
    'AMBIGUOUS_REFERENCE',
    labels(
      `${path.join('.')}: «${shown(written)}» passer på ${candidates.length} saker.`,
      `${path.join('.')}: «${shown(written)}» passar på ${candidates.length} saker.`,
      `${path.join('.')}: «${shown(written)}» fits ${candidates.length} items.`,
    ),
    labels(
      'Velg én av kandidatene og oppgi id-en, eller snevre inn med kind.',
      'Vel ein av kandidatane og oppgi id-en, eller snevre inn med kind.',
      'Choose one of the candidates and give its id, or narrow it with kind.',
    ),
    { candidates: candidates.slice(0, CANDIDATES_MAX) },
  ),
});

const notExactlyOne = (path: readonly string[]): Found => ({
  issue: { path, code: 'EXACTLY_ONE', message: 'names an item in exactly one way: give one of id, reference, createdBy' },
});

const byId = (context: RequestContext, id: string, kind: string | null, path: readonly string[]): Found => {
  const known = ITEM_ID.test(id) && context.registry.kinds.has(kindOf(id)) && (kind === null || kindOf(id) === kind);
  return known ? { id } : unknownItem(path, id);
};

/** An item's own reference counts before that of a document it was recorded from. */
const byReference = async (
  context: RequestContext,
  ref: string,
  kind: string | null,
  pin: Pin,
  path: readonly string[],
): Promise<Found> => {
  const rows = await context.reading.byReference(ref, kind, pin);
  const own = rows.filter((row) => row.foundBy === 'REFERENCE');
  const meant = (own.length > 0 ? own : rows).map((row) => row.id);
  const [first] = meant;
  if (first === undefined) return unknownReference(path, ref);
  return meant.length === 1 ? { id: first } : ambiguous(path, ref, meant);
};

/** Commands take their commandId in NFC. */
const recordedBy = (kind: string, commandId: string): ItemId => itemIdFor(kind, commandId.normalize('NFC'));

/** The id follows from kind and commandId; without a kind, the one that exists is meant. */
const byCommand = async (context: RequestContext, commandId: string, pin: () => Promise<Pin>, path: readonly string[]): Promise<Found> => {
  const ids = [...context.registry.kinds.keys()].map((kind) => recordedBy(kind, commandId));
  const rows = await context.reading.itemsById(ids, await pin());
  const found = rows.filter((row) => row !== null);
  const [first] = found;
  if (first === undefined) return unknownItem(path, `createdBy: ${commandId}`);
  if (found.length === 1) return { id: first.id };
  return ambiguous(
    path,
    commandId,
    found.map((row) => row.id),
  );
};

/**
 * The item that a reference means at a pin, which is taken only where the read model has to be asked. An id is checked for its
 * form alone: that the item exists is asked where it is used.
 */
export const findItem = async (context: RequestContext, ref: ItemRef, pin: () => Promise<Pin>, path: readonly string[]): Promise<Found> => {
  const given = [ref.id, ref.reference, ref.createdBy].filter((one) => one !== null && one !== undefined);
  if (given.length !== 1) return notExactlyOne(path);
  const kind = ref.kind ?? null;
  if (ref.id) return byId(context, ref.id, kind, path);
  if (ref.reference) return byReference(context, ref.reference, kind, await pin(), path);
  if (ref.createdBy) return kind === null ? byCommand(context, ref.createdBy, pin, path) : { id: recordedBy(kind, ref.createdBy) };
  return { issue: { path, code: 'BLANK', message: 'is blank: give an id, a reference or a commandId' } };
};

const ENTRY_REF = /^(.+)@(0|[1-9][0-9]{0,8})$/;

/** `<item>@<revision>` taken apart, or null when it is no entry's id. */
export const entryRefParts = (ref: string): Readonly<{ item: ItemId; revision: number }> | null => {
  const [, item, revision] = ENTRY_REF.exec(ref) ?? [];
  return item !== undefined && revision !== undefined && ITEM_ID.test(item) ? { item, revision: Number(revision) } : null;
};
export const isItemId = (id: string): boolean => ITEM_ID.test(id);
