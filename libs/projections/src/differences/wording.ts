import {
  diffOfTexts,
  isSealed,
  labels,
  NOTHING_SHOWN,
  RELATION_LABELS,
  same,
  type AnyKind,
  type ItemId,
  type Json,
  type JsonObject,
  type Labels,
  type Relation,
  type SharedSpecs,
  type Shown,
} from '@saksgang/kernel';
import { isPartialDate, isParty } from '../history/changes.js';
import { capital, DATE_ESTABLISHED, own, SAID_LABELS, shown as shownValue, quoted } from '../history/change-rows.js';
import type { FieldChangeRow } from '../reading.js';
import { fieldIn, type Delta } from './compare.js';

/** Titles of the items that values name. */
export type Titles = ReadonlyMap<ItemId, string>;

const ITEM_ID = /^[a-z][A-Za-z]*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HUNKS_SHOWN_MAX = 5; // places where a text differs that a summary tells
const LISTED_MAX = 10; // values of a list that a summary tells
const WORDS_COMPARED_CHARS = 40; // characters from which on a text is told by the words that differ

const STATE = labels('tilstand', 'tilstand', 'state');
const NOTE = labels('merknad', 'merknad', 'note');
const LINK = labels('lenke', 'lenkje', 'link');
const GONE = labels('tatt bort', 'teke bort', 'removed');
const STRUCK = labels('strøket', 'stroke', 'struck');
const NEW = labels('nytt', 'nytt', 'new');
const OF_ALL: Readonly<Record<string, Labels>> = { state: STATE, 'notes.*': NOTE, 'links.*': LINK };

/** What tells an element of a list best, where it has no words of its own. */
const TELLING = ['text', 'name', 'title', 'claim', 'summary', 'label', 'outcome', 'stage', 'date', 'value', 'light', 'party', 'by'];

/** `established`: nothing but an established date stands behind it, which is learning and no correction. */
export const fieldChangeOf = (kind: AnyKind, shared: SharedSpecs, delta: Delta, titles: Titles, established: boolean): FieldChangeRow => {
  const { path, before, after } = delta;
  const shown = kind.shown ?? NOTHING_SHOWN;
  const named = labelOf(kind, shared, shown, delta);
  const label = established && isPartialDate(before) && isPartialDate(after) ? DATE_ESTABLISHED : named;
  const say = (value: Json): Labels => saying(kind, shown, fieldIn(shown, delta), value, titles);
  return { path, label, before, after, summary: headed(label, summaryOf(before, after, say)) };
};

const summaryOf = (before: Json, after: Json, say: (value: Json) => Labels): Labels => {
  if (before === null) return say(after);
  if (after === null) return each((locale) => `${say(before)[locale]} (${GONE[locale]})`);
  if (typeof before === 'string' && typeof after === 'string' && Math.max(before.length, after.length) >= WORDS_COMPARED_CHARS)
    return wordsThatDiffer(before, after);
  return each((locale) => `${say(before)[locale]} → ${say(after)[locale]}`);
};

/** «fire» → «fem»; strøket «ikke»; nytt «straks». */
const wordsThatDiffer = (before: string, after: string): Labels => {
  const hunks: { removed: string; added: string }[] = [];
  let open = false;
  for (const { change, text } of diffOfTexts(before, after).parts) {
    if (change !== 'SAME' && !open) hunks.push({ removed: '', added: '' });
    open = change !== 'SAME' || (open && text.trim() === '');
    const hunk = hunks.at(-1);
    if (hunk === undefined || !open) continue;
    if (change !== 'ADDED') hunk.removed += text;
    if (change !== 'REMOVED') hunk.added += text;
  }
  const told = hunks.slice(0, HUNKS_SHOWN_MAX).map(({ removed, added }) => {
    const [was, is] = [quoted(removed.trim()), quoted(added.trim())];
    if (added.trim() === '') return each((locale) => `${STRUCK[locale]} ${was[locale]}`);
    if (removed.trim() === '') return each((locale) => `${NEW[locale]} ${is[locale]}`);
    return each((locale) => `${was[locale]} → ${is[locale]}`);
  });
  return each((locale) => told.map((one) => one[locale]).join('; ') + (hunks.length > HUNKS_SHOWN_MAX ? ' …' : ''));
};

const saying = (kind: AnyKind, shown: Shown, field: string, value: Json, titles: Titles): Labels => {
  if (field === 'state' && typeof value === 'string') return kind.states[value]?.label ?? same(value);
  if (field === 'links.*' && value !== null) return linkSaid(value as JsonObject, titles);
  if (typeof value === 'string') {
    const word = own(shown.words[field] ?? {}, value);
    const title = ITEM_ID.test(value) ? titles.get(value) : undefined;
    return word ?? (title === undefined ? shownValue(value) : quoted(title));
  }
  if (Array.isArray(value)) return listSaid(value.map((one: Json) => saying(kind, shown, `${field}.*`, one, titles)));
  if (value === null || typeof value !== 'object' || isSealed(value) || isPartialDate(value) || isParty(value)) return shownValue(value);
  const telling = TELLING.find((name) => (value as JsonObject)[name] !== undefined);
  return telling === undefined
    ? shownValue(value)
    : saying(kind, shown, `${field}.${telling}`, (value as JsonObject)[telling] ?? null, titles);
};

const listSaid = (values: readonly Labels[]): Labels =>
  each(
    (locale) =>
      values
        .slice(0, LISTED_MAX)
        .map((value) => value[locale])
        .join(', ') + (values.length > LISTED_MAX ? ' …' : ''),
  );

/** «tjener «Resultatmål A»»; «fra punkt 2 i «Kultur for framtida»: førte til». */
const linkSaid = (link: JsonObject, titles: Titles): Labels => {
  const item = link['item'] as ItemId;
  const other = quoted(titles.get(item) ?? item);
  const relation = RELATION_LABELS[link['relation'] as Relation];
  const part = typeof link['part'] === 'string' ? link['part'] : null;
  const end = part === null ? other : labels(`punkt ${part} i ${other.nb}`, `punkt ${part} i ${other.nn}`, `point ${part} of ${other.en}`);
  if (link['direction'] === 'OUT') return each((locale) => `${relation[locale]} ${end[locale]}`);
  return labels(`${end.nb} ${relation.nb} dette`, `${end.nn} ${relation.nn} dette`, `${end.en} ${relation.en} this`);
};

/** A field inside an element that has no word of its own is told as that element's: «rapport, kilde». */
export const labelOf = (kind: AnyKind, shared: SharedSpecs, shown: Shown, delta: Pick<Delta, 'part' | 'field' | 'path'>): Labels =>
  knownLabel(kind, shared, shown, fieldIn(shown, delta)) ?? same(delta.path);

export const knownLabel = (kind: AnyKind, shared: SharedSpecs, shown: Shown, field: string): Labels | undefined => {
  const direct =
    own(shown.labels, field) ?? own(kind.fields, field) ?? own(OF_ALL, field) ?? own(SAID_LABELS, field) ?? own(shared.fields, field);
  if (direct !== undefined) return direct;
  const starred = field.lastIndexOf('.*.');
  if (starred === -1) return undefined;
  const inner = field.slice(starred + 3);
  const element = knownLabel(kind, shared, shown, field.slice(0, starred + 2));
  const said = own(SAID_LABELS, inner) ?? own(kind.fields, inner) ?? own(shared.fields, inner);
  return element && said ? each((locale) => `${element[locale]}, ${said[locale]}`) : undefined;
};

const headed = (label: Labels, text: Labels): Labels => each((locale) => `${capital(label[locale])}: ${text[locale]}`);
const each = (tell: (locale: keyof Labels) => string): Labels => labels(tell('nb'), tell('nn'), tell('en'));

/** The items that the values of some changes name. */
export const itemsNamedIn = (deltas: readonly Delta[]): readonly ItemId[] => {
  const found = new Set<ItemId>();
  const look = (value: Json): void => {
    if (typeof value === 'string') {
      if (ITEM_ID.test(value)) found.add(value);
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(look);
  };
  for (const { before, after } of deltas) [before, after].forEach(look);
  return [...found];
};
