import { TEXT_BYTES_MAX, type Labels } from '@saksgang/kernel';
import type { PointKind, PointPath } from '../resolution.events.js';
import * as doubts from './draft.doubts.js';
import type { DraftDoubt } from './draft.doubts.js';
import { withoutEmphasis } from './draft.emphasis.js';
import { kindSuggested } from './draft.kinds.js';
import { linesOf, type Line } from './draft.lines.js';
import { doubt, goOn, isLeadIn, nothingYet, plant, plantLeadIn, type Growing, type Growth } from './draft.tree.js';

export type { DraftDoubt } from './draft.doubts.js';

/** A point as the text has it. `pointKind` is a suggestion by its words; `lines` are those it was read from, from 1. */
export type DraftPoint = Readonly<{
  path: PointPath;
  label: string | null;
  pointKind: PointKind;
  text: string;
  lines: readonly number[];
  points: readonly DraftPoint[];
}>;
export type PointDraft = Readonly<{
  points: readonly DraftPoint[];
  /** What stands around the points: headings, the rest of the letter. */
  outside: readonly Readonly<{ line: number; text: string }>[];
  /** In order of the lines. */
  doubts: readonly DraftDoubt[];
}>;

export const DRAFT_BYTES_MAX = TEXT_BYTES_MAX; // UTF-8 bytes of a text to read points from; the caller holds texts to it

/**
 * Reads a pasted letter as a tree of points to check: numbers, letters and bullets make points, and every line that is not blank
 * is in one point or outside them all. Nothing is mended: a gap in the numbering and an unnumbered lead-in are doubts.
 */
export const draftPoints = (text: string): PointDraft => {
  const lines = linesOf(text);
  const growth = read(lines);
  if (growth.roots.length === 0) doubt(growth, null, 1, doubts.noPoints());
  const points = growth.roots.map((root) => asDraft(growth, root, null));
  return {
    points,
    outside: growth.outside.map(({ number, text: said }) => ({ line: number, text: withoutEmphasis(said) })),
    doubts: growth.doubts
      .map((one, index) => ({ one, index }))
      .sort((a, b) => a.one.line - b.one.line || a.index - b.index)
      .map(({ one }) => one),
  };
};

const isBlank = ({ marker, text }: Line): boolean => marker === null && text === '';
const isPlain = (line: Line | undefined): boolean => line !== undefined && line.marker === null && line.text !== '';

const read = (lines: readonly Line[]): Growth => {
  const growth = nothingYet();
  const ahead = markersAhead(lines);
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (line === undefined || isBlank(line)) at += 1;
    else if (growth.full) at += Number(growth.outside.push(withLabel(line)) > 0);
    else if (line.marker !== null) {
      plant(growth, line, line.marker);
      at += 1;
    } else at = readProse(growth, lines, at, ahead[at] ?? null);
  }
  return growth;
};

/** For each line the next one with a marker. */
const markersAhead = (lines: readonly Line[]): readonly (Line | null)[] => {
  const ahead: (Line | null)[] = [];
  let next: Line | null = null;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    ahead[at] = next;
    if (lines[at]?.marker) next = lines[at] ?? null;
  }
  return ahead;
};

const SENTENCE_END = /[.!?:;»”"]$/u;
const BEGINS_LARGE = /^[«“"*_]*\p{Lu}/u;

/** Lines without a marker, from `at` on; answers where reading goes on. */
const readProse = (growth: Growth, lines: readonly Line[], at: number, next: Line | null): number => {
  const [line, point] = [lines[at], growth.open.at(-1)];
  if (line === undefined) return at + 1;
  const end = endOfParagraph(lines, at);
  const paragraph = lines.slice(at, end);
  if (point === undefined) return (growth.outside.push(...paragraph), end);
  const said = point.paragraphs.at(-1);
  const goesOn = said === undefined || point.lines.at(-1) === line.number - 1;
  const begins = !goesOn || (said !== undefined && SENTENCE_END.test(withoutEmphasis(said)) && BEGINS_LARGE.test(line.text));
  if (begins && leadsIn(paragraph, lines, end)) return (plantLeadIn(growth, paragraph), end);
  if (goesOn) return (goOn(point, line), at + 1);
  if (!belongs(growth, line, next)) {
    growth.open = [];
    growth.outside.push(...paragraph);
    return end;
  }
  point.paragraphs.push(line.text);
  point.lines.push(line.number);
  for (const more of paragraph.slice(1)) goOn(point, more);
  doubt(growth, point.path, line.number, doubts.looseParagraph(point.path));
  return end;
};

const endOfParagraph = (lines: readonly Line[], at: number): number => {
  let end = at + 1;
  while (isPlain(lines[end])) end += 1;
  return end;
};

/** It ends in a colon, and a list begins right below. */
const leadsIn = (paragraph: readonly Line[], lines: readonly Line[], end: number): boolean => {
  if (!withoutEmphasis(paragraph.map(({ text }) => text).join(' ')).endsWith(':')) return false;
  let below = end;
  while (lines[below] !== undefined && isBlank(lines[below] as Line)) below += 1;
  const marker = lines[below]?.marker ?? null;
  return marker !== null && (marker.ordinal === null || marker.ordinal === 1);
};

/** A paragraph on its own belongs to the point above it when it is indented or the list goes on below; else the list is over. */
const belongs = ({ open }: Growth, line: Line, next: Line | null): boolean => {
  if (line.indent >= (open[0]?.indent ?? 0) + 2) return true;
  const marker = next?.marker ?? null;
  return marker !== null && open.some(({ series, ordinal }) => series === marker.series && (marker.ordinal ?? Infinity) > (ordinal ?? 0));
};

const asDraft = (growth: Growth, point: Growing, above: Readonly<{ text: string; kind: PointKind }> | null): DraftPoint => {
  const text = point.paragraphs.map(withoutEmphasis).join('\n\n');
  const suggested = isLeadIn(point) ? 'LEAD_IN' : kindSuggested(text, above);
  const [line = 1] = point.lines;
  const odd = (what: Labels): void => doubt(growth, point.path, line, what);
  if (text === '') odd(doubts.noText());
  else if (suggested === null) odd(doubts.uncertainKind());
  const pointKind = suggested ?? (above?.kind === 'LEAD_IN' ? 'COMMITMENT' : 'MEASURE');
  return {
    path: point.path,
    label: point.label,
    pointKind,
    text,
    lines: point.lines,
    points: point.points.map((below) => asDraft(growth, below, { text, kind: pointKind })),
  };
};

/** Past the last point there is room for, a marker is text like any other. */
const withLabel = (line: Line): Line => (line.marker?.label ? { ...line, text: `${line.marker.label} ${line.text}` } : line);
