import { withoutEmphasis } from './draft.emphasis.js';

/** How points are told apart on one level: «1.» and «1)» are two series, «–» and «•» too. */
export type Series = 'NUMBER.' | 'NUMBER)' | 'DOTTED' | 'LETTER.' | 'LETTER)' | 'ROMAN.' | 'ROMAN)' | `BULLET ${string}`;
export type Marker = Readonly<{
  series: Series;
  /** As printed, without the full stop behind it; null for a bullet. */
  label: string | null;
  /** Its place among its like, from 1; null for a bullet. */
  ordinal: number | null;
  /** «2.3» of «2.3.1»: what stands before the last number; null where nothing does. */
  prefix: string | null;
}>;
export type Line = Readonly<{
  /** From 1, as pasted. */
  number: number;
  /** In columns; a tab goes on to the next multiple of four. */
  indent: number;
  marker: Marker | null;
  /** Without indent and marker; empty for a blank line. */
  text: string;
}>;

const TAB_COLUMNS = 4;
const LINE_END = /\r\n|[\n\r\u2028\u2029]/u;
const INDENT = /^[\s\u200b\ufeff]*/u;
/** A mark whose partner stands on a later line, before the label. */
const LONE_MARKS = /^[*_]{1,3}(?=\S)/u;
const DATE = /^\d{1,2}\.\s+(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)(?!\p{L})/iu;
const DOTTED = /^([1-9]\d{0,2}(?:\.[1-9]\d{0,2}){1,15})[.)]?(?:\s+|$)/u;
const NUMBER = /^(\(?)(\d{1,3})([.)])(?:\s+|$)/u;
/** A capital with a full stop is somebody's initial. */
const LETTER = /^(\(?)(?:([a-zæøå])([.)])|([A-ZÆØÅ])(\)))(?:\s+|$)/u;
const ROMAN = /^(\(?)([ivx]{2,5})([.)])(?:\s+|$)/iu;
const BULLET = /^(?:([-–—•◦▪‣·*+●○■])(?:\s+|$)|(o)\t\s*|([-–•])(?=\p{Lu}))/u;

const LETTERS = 'abcdefghijklmnopqrstuvwxyzæøå';
const ROMANS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv'];
export const romanOrdinal = (letters: string): number | null => {
  const at = ROMANS.indexOf(letters.toLowerCase().replace(/[().]/gu, ''));
  return at < 0 ? null : at + 1;
};

export const linesOf = (text: string): readonly Line[] => text.split(LINE_END).map((raw, index) => lineOf(raw, index + 1));

const lineOf = (raw: string, number: number): Line => {
  const indented = INDENT.exec(raw)?.[0] ?? '';
  const body = withoutEmphasis(raw.slice(indented.length).trimEnd());
  const marks = LONE_MARKS.exec(body)?.[0] ?? '';
  const found = markerOf(body.slice(marks.length));
  if (found === null) return { number, indent: columnsOf(indented), marker: null, text: body };
  const [marker, length] = found;
  return { number, indent: columnsOf(indented), marker, text: marks + body.slice(marks.length + length) };
};

const columnsOf = (blank: string): number => {
  let columns = 0;
  for (const one of blank) columns += one === '\t' ? TAB_COLUMNS - (columns % TAB_COLUMNS) : 1;
  return columns;
};

/** And how many characters it takes up, with the space behind it. */
const markerOf = (body: string): readonly [Marker, number] | null =>
  DATE.test(body) ? null : (dotted(body) ?? numbered(body) ?? roman(body) ?? lettered(body) ?? bulleted(body));

const dotted = (body: string): readonly [Marker, number] | null => {
  const [whole, label = ''] = DOTTED.exec(body) ?? [];
  if (whole === undefined) return null;
  const end = label.lastIndexOf('.');
  return [{ series: 'DOTTED', label, ordinal: Number(label.slice(end + 1)), prefix: label.slice(0, end) }, whole.length];
};
const numbered = (body: string): readonly [Marker, number] | null => {
  const [whole, open = '', digits = '', end = ''] = NUMBER.exec(body) ?? [];
  if (whole === undefined) return null;
  return [
    { series: end === '.' ? 'NUMBER.' : 'NUMBER)', label: asPrinted(open, digits, end), ordinal: Number(digits), prefix: null },
    whole.length,
  ];
};
const roman = (body: string): readonly [Marker, number] | null => {
  const [whole, open = '', digits = '', end = ''] = ROMAN.exec(body) ?? [];
  const ordinal = romanOrdinal(digits);
  if (whole === undefined || ordinal === null) return null;
  return [{ series: end === '.' ? 'ROMAN.' : 'ROMAN)', label: asPrinted(open, digits, end), ordinal, prefix: null }, whole.length];
};
const lettered = (body: string): readonly [Marker, number] | null => {
  const [whole, open = '', small, smallEnd, capital = '', capitalEnd = ''] = LETTER.exec(body) ?? [];
  if (whole === undefined) return null;
  const [letter, end] = [small ?? capital, smallEnd ?? capitalEnd];
  const ordinal = LETTERS.indexOf(letter.toLowerCase()) + 1;
  return [{ series: end === '.' ? 'LETTER.' : 'LETTER)', label: asPrinted(open, letter, end), ordinal, prefix: null }, whole.length];
};
const bulleted = (body: string): readonly [Marker, number] | null => {
  const [whole, mark, round, close] = BULLET.exec(body) ?? [];
  if (whole === undefined) return null;
  return [{ series: `BULLET ${mark ?? round ?? close ?? ''}`, label: null, ordinal: null, prefix: null }, whole.length];
};
const asPrinted = (open: string, label: string, end: string): string => `${open}${label}${end === '.' ? '' : end}`;
