import { isSharedType, type AnyKind, type Fact, type NoteAdded, type PartText, type Summary } from '@saksgang/kernel';
import { summaryOf } from '../items/summary.js';
import type { FoldPoint } from '../streams/step.js';

export type SearchText = PartText & Readonly<{ weight: number }>;
const WEIGHTS = { title: 4, reference: 3, text: 1 } as const;

/** What a fact says that somebody may look for. Sealed names are no text, and never in it. */
export const textsOf = (kind: AnyKind, { fact, before, after }: FoldPoint, founding: boolean): readonly SearchText[] => {
  if (isSharedType(fact.event.type)) return fact.event.type === 'NoteAdded' ? [noteOf(fact as Fact<NoteAdded>)] : [];
  const is = summaryOf(kind, after);
  const was: Summary | null = founding ? null : summaryOf(kind, before);
  const shown: SearchText[] = [];
  if (is.title !== was?.title) shown.push({ part: null, text: is.title, weight: WEIGHTS.title });
  for (const reference of is.references) {
    if (!was?.references.includes(reference)) shown.push({ part: null, text: reference, weight: WEIGHTS.reference });
  }
  const said = new Set(shown.map(({ text }) => text));
  const told = kind.texts?.(fact.event) ?? stringsIn(fact.event.data).map((text) => ({ part: kind.partOf(fact.event), text }));
  return [...shown, ...told.filter(({ text }) => !said.has(text)).map((one) => ({ ...one, weight: WEIGHTS.text }))].filter(
    ({ text }) => text.trim() !== '',
  );
};

const noteOf = ({ event: { data } }: Fact<NoteAdded>): SearchText => ({ part: data.part, text: data.text, weight: WEIGHTS.text });

/** Ids, days and instants, addresses of the web, and words of the program (acronyms that people write are shorter). */
const NO_TEXT =
  /^(?:(?:[a-zA-Z]+-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[@/].*)?|\d{4}-\d{2}-\d{2}(?:T.*)?|https?:.*|[A-Z][A-Z_]{4,})$/u;

const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return NO_TEXT.test(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null || 'sealed' in value || isDate(value)) return [];
  return Object.values(value).flatMap(stringsIn);
};

const isDate = (value: object): boolean => 'asWritten' in value && 'text' in value && Object.keys(value).length === 2;
