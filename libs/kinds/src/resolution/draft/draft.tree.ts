import { POINTS_MAX, POINT_DEPTH_MAX, type Labels } from '@saksgang/kernel';
import type { PointPath } from '../resolution.events.js';
import { childOf } from '../point.paths.js';
import type { DraftDoubt } from './draft.doubts.js';
import * as doubts from './draft.doubts.js';
import { romanOrdinal, type Line, type Marker, type Series } from './draft.lines.js';

/** A point while its text is being read. */
export type Growing = {
  readonly path: PointPath;
  readonly depth: number;
  /** null: an unnumbered lead-in. */
  readonly series: Series | null;
  readonly label: string | null;
  readonly ordinal: number | null;
  readonly indent: number;
  readonly lines: number[];
  /** Each a paragraph, its lines joined by spaces. */
  readonly paragraphs: string[];
  readonly points: Growing[];
};

/** What has been read so far. `open`: the point being read and those above it, outermost first; empty between lists. */
export type Growth = {
  readonly roots: Growing[];
  open: Growing[];
  count: number;
  full: boolean;
  readonly outside: Line[];
  readonly doubts: DraftDoubt[];
};

export const nothingYet = (): Growth => ({ roots: [], open: [], count: 0, full: false, outside: [], doubts: [] });

export const doubt = (growth: Growth, path: PointPath | null, line: number, what: Labels): void =>
  void growth.doubts.push({ path, line, what });

const isBullet = ({ series }: Pick<Growing, 'series'>): boolean => series?.startsWith('BULLET') ?? false;
/** «1.» and «1)» are two series of one type. */
const typeOf = (series: Series | null): string | null => series?.replace(/[.)]$/u, '') ?? null;
const INDENT_SLACK = 1; // columns that are no level of their own: letters are typed by hand

/** How many of the open points stay open above it. */
type Place = Readonly<{ above: number; orphan?: boolean; slipped?: boolean }>;

const placeOf = ({ open }: Growth, { series, ordinal, prefix }: Marker, indent: number): Place => {
  if (prefix !== null) return placeOfDotted(open, prefix);
  const begins = ordinal === null || ordinal === 1;
  const beside = open.findLastIndex((one) => one.series === series && (!begins || Math.abs(one.indent - indent) <= INDENT_SLACK));
  if (beside >= 0) return { above: beside };
  const slipped = begins
    ? -1
    : open.findLastIndex((one) => typeOf(one.series) === typeOf(series) && one.ordinal !== null && ordinal === one.ordinal + 1);
  if (slipped >= 0) return { above: slipped, slipped: true };
  const bullet = series.startsWith('BULLET');
  // A bullet belongs to the numbered point it stands under, however they are indented; a number belongs to a bullet only when it stands deeper.
  const holder = open.findLastIndex((one) => (bullet && !isBullet(one)) || one.indent + (isBullet(one) && !bullet ? 2 : 0) <= indent);
  return { above: holder + 1 };
};

const placeOfDotted = (open: readonly Growing[], prefix: string): Place => {
  const parent = open.findLastIndex(({ label }) => label?.replace(/[()]/gu, '') === prefix);
  if (parent >= 0) return { above: parent + 1 };
  const nearest = open.findLastIndex(({ label }) => label !== null && prefix.startsWith(`${label}.`));
  return { above: nearest + 1, orphan: true };
};

/** A lone «i)» may be a letter or a Roman number: it goes on what is open, else it is Roman. */
const asRead = (marker: Marker, { open }: Growth): Marker => {
  const ordinal = marker.series.startsWith('LETTER') ? romanOrdinal(marker.label ?? '') : null;
  if (ordinal === null || open.some((one) => one.series === marker.series && one.ordinal === (marker.ordinal ?? 0) - 1)) return marker;
  const series = marker.series === 'LETTER.' ? 'ROMAN.' : 'ROMAN)';
  return ordinal === 1 || open.some((one) => one.series === series) ? { ...marker, series, ordinal } : marker;
};

/** Makes the line a point where it stands, and marks what is odd about its place. */
export const plant = (growth: Growth, line: Line, given: Marker): void => {
  const marker = asRead(given, growth);
  const place = placeOf(growth, marker, line.indent);
  const newList = place.above === 0 && growth.roots.length > 0 && growth.open[0]?.series !== marker.series && place.slipped !== true;
  const point = add(growth, Math.min(place.above, growth.open.length), line, marker);
  if (point === null) return;
  const say = (what: Labels): void => doubt(growth, point.path, line.number, what);
  if (newList) say(doubts.aNewList());
  if (place.orphan) say(doubts.noPointAbove(marker.label ?? ''));
  const before = sameBefore(growth, point);
  const uneven = before !== null && isBullet(point) && Math.abs(before.indent - point.indent) > INDENT_SLACK;
  if (place.slipped || uneven) say(doubts.unevenLevels());
  const [last, next] = [before?.ordinal ?? 0, point.ordinal ?? 0];
  if (point.ordinal !== null && next !== last + 1 && !newList)
    say(doubts.brokenSequence(before?.label ?? null, point.label ?? '', before !== null && next <= last));
};

/** The one before it on its level that is counted as it is. */
const sameBefore = ({ roots, open }: Growth, point: Growing): Growing | null => {
  const beside = open.at(-2)?.points ?? roots;
  return beside.findLast((one) => one !== point && typeOf(one.series) === typeOf(point.series)) ?? null;
};

/** A lead-in without a number: under the numbered point that is a lead-in like it, else beside it. */
export const plantLeadIn = (growth: Growth, lines: readonly Line[]): void => {
  const [first] = lines;
  if (first === undefined) return;
  const like = growth.open.findIndex((one) => isLeadIn(one));
  const point = add(growth, like + 1, first, null);
  if (point === null) return void growth.outside.push(...lines.slice(1));
  for (const line of lines.slice(1)) goOn(point, line);
  doubt(growth, point.path, first.number, doubts.leadInUnder(growth.open.at(-2)?.path ?? null));
};

export const isLeadIn = ({ paragraphs, points }: Growing): boolean => points.length > 0 && paragraphs.some((one) => one.endsWith(':'));

/** null: there is no room for another point, and the line stays outside. */
const add = (growth: Growth, wanted: number, line: Line, marker: Marker | null): Growing | null => {
  if (growth.count >= POINTS_MAX) {
    if (!growth.full) doubt(growth, null, line.number, doubts.tooMany(POINTS_MAX));
    growth.full = true;
    growth.open = [];
    growth.outside.push(line);
    return null;
  }
  const above = Math.min(wanted, POINT_DEPTH_MAX - 1);
  growth.open.length = above;
  const parent = growth.open.at(-1) ?? null;
  const beside = parent?.points ?? growth.roots;
  const point: Growing = {
    path: childOf(parent?.path ?? null, beside.length + 1),
    depth: above + 1,
    series: marker?.series ?? null,
    label: marker?.label ?? null,
    ordinal: marker?.ordinal ?? null,
    indent: line.indent,
    lines: [line.number],
    paragraphs: line.text === '' ? [] : [line.text],
    points: [],
  };
  beside.push(point);
  growth.open.push(point);
  growth.count += 1;
  if (above < wanted) doubt(growth, point.path, line.number, doubts.tooDeep(POINT_DEPTH_MAX));
  return point;
};

/** The line goes on the point's last paragraph. */
export const goOn = (point: Growing, line: Line): void => {
  const last = point.paragraphs.pop();
  point.paragraphs.push(last === undefined ? line.text : `${last} ${line.text}`);
  point.lines.push(line.number);
};
