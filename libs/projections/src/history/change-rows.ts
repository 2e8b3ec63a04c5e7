import {
  isSealed,
  labelOfDate,
  labels,
  same,
  type AnyKind,
  type Before,
  type Entry,
  type Envelope,
  type Json,
  type Labels,
  type SharedSpecs,
} from '@saksgang/kernel';
import type { FieldChangeRow } from '../reading.js';
import { changesOf, fieldOf, isPartialDate, isParty } from './changes.js';

const SHOWN_CHARS_MAX = 120; // characters of a value in a summary

/** What an entry changed, with the words of its kind. */
export const changeRows = (kind: AnyKind, shared: SharedSpecs, entry: Entry, before: Before): readonly FieldChangeRow[] =>
  changesOf(entry.event, before).map((change) => {
    const label =
      entry.event.type === 'DateEstablished' && change.path === 'occurred' ? DATE_ESTABLISHED : labelOf(kind, shared, change.path);
    return { ...change, label, summary: summaryOf(label, change.before, change.after) };
  });

/** Learning when something happened is no correction, and is told by a word of its own. */
export const DATE_ESTABLISHED = labels('dato fastsatt', 'dato fastsett', 'date established');

export const SAID_LABELS: Readonly<Record<keyof Envelope, Labels>> = {
  occurred: labels('når det skjedde', 'når det hende', 'when it happened'),
  assertedBy: labels('hvem som sier det', 'kven som seier det', 'who says so'),
  source: labels('kilde', 'kjelde', 'source'),
  reason: labels('begrunnelse', 'grunngiving', 'reason'),
};

/** A path no kind has a word for shows itself. */
const labelOf = (kind: AnyKind, shared: SharedSpecs, path: string): Labels => {
  const field = fieldOf(path);
  return own(kind.fields, field) ?? own(shared.fields, field) ?? own(SAID_LABELS, field) ?? same(path);
};
export const own = (words: Readonly<Record<string, Labels>>, field: string): Labels | undefined =>
  Object.hasOwn(words, field) ? words[field] : undefined;

/** «Tittel: «gammel» → «ny»»; without what was there before, only what is now. */
const summaryOf = (label: Labels, before: Json, after: Json): Labels => {
  const [was, is] = [shown(before), shown(after)];
  const told = (locale: keyof Labels): string => `${capital(label[locale])}: ${before === null ? '' : `${was[locale]} → `}${is[locale]}`;
  return labels(told('nb'), told('nn'), told('en'));
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const shown = (value: Json): Labels => {
  if (value === null) return labels('ikke oppgitt', 'ikkje oppgitt', 'not stated');
  if (value === true) return labels('ja', 'ja', 'yes');
  if (value === false) return labels('nei', 'nei', 'no');
  if (typeof value === 'number') return same(String(value));
  if (typeof value === 'string') return quoted(value);
  if (isPartialDate(value)) return labelOfDate(value);
  if (isSealed(value)) return labels('en navngitt person', 'ein namngitt person', 'a named person');
  if (isParty(value)) return typeof value.name === 'string' ? same(value.name) : shown(value.name);
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  return count === 1
    ? labels('ett element', 'eitt element', 'one element')
    : labels(`${count} elementer`, `${count} element`, `${count} elements`);
};

export const quoted = (text: string): Labels => {
  const characters = [...text];
  const short = characters.length > SHOWN_CHARS_MAX ? `${characters.slice(0, SHOWN_CHARS_MAX).join('')} …` : text;
  return labels(`«${short}»`, `«${short}»`, `“${short}”`);
};
