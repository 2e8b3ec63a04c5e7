import { plain, table } from './markdown.js';

/** What a meeting sheet says, in the words a reader is to see. */
export type StatusSheet = Readonly<{
  /** The project, or what else it is about. */
  title: string;
  /** The day it tells of, in words. */
  day: string;
  position: string;
  kinds: readonly Readonly<{
    kind: string;
    total: number;
    states: readonly Count[];
    lights: readonly Count[];
    computedLights: readonly Count[];
  }>[];
  late: readonly Readonly<{ item: string; what: string; due: string; daysLate: number; owner: string | null }>[];
  next: readonly Readonly<{ item: string; what: string; date: string }>[];
  attention: readonly Readonly<{ item: string; kind: string; state: string; why: readonly string[] }>[];
  /** Null when it was not asked for. */
  since: StatusNews | null;
}>;
export type Count = Readonly<{ label: string; count: number }>;
/** What was recorded after a meeting, oldest first. `more`: there was more than is listed. */
export type StatusNews = Readonly<{
  meeting: string;
  held: string;
  entries: readonly Readonly<{ recorded: string; item: string; what: string; by: string | null; correction: boolean }>[];
  more: boolean;
}>;

/** The meeting sheet as Markdown, in Norwegian: where things stand, what is late, what comes, and what is new. Ends in a line end. */
export const statusMarkdown = (sheet: StatusSheet): string =>
  [
    `# Status: ${plain(sheet.title)}`,
    '',
    `Per ${plain(sheet.day)}.`,
    ...section('Oversikt', overview(sheet), 'Ingenting er ført ennå.'),
    ...section('Forfalt', late(sheet), 'Ingenting er forfalt.'),
    ...section('Dette kommer', next(sheet), 'Ingen frister eller planer framover.'),
    ...section('Bør ses på', attention(sheet), 'Ingenting krever oppmerksomhet.'),
    ...(sheet.since === null ? [] : news(sheet.since)),
    '',
    `Posisjon i registeret: ${plain(sheet.position)}`,
    '',
  ].join('\n');

const section = (heading: string, lines: readonly string[], otherwise: string): readonly string[] => [
  '',
  `## ${heading}`,
  '',
  ...(lines.length === 0 ? [otherwise] : lines),
];

const told = (counts: readonly Count[]): string => counts.map(({ label, count }) => `${label}: ${count}`).join(', ');

const overview = ({ kinds }: StatusSheet): readonly string[] =>
  kinds.length === 0
    ? []
    : table({
        headings: ['Sakstype', 'Antall', 'Tilstand', 'Trafikklys, meldt', 'Trafikklys, beregnet'],
        rows: kinds.map(({ kind, total, states, lights, computedLights }) => [
          kind,
          total,
          told(states),
          told(lights),
          told(computedLights),
        ]),
      });

const late = ({ late: rows }: StatusSheet): readonly string[] =>
  rows.length === 0
    ? []
    : table({
        headings: ['Sak', 'Hva', 'Frist', 'Dager over', 'Ansvarlig'],
        rows: rows.map(({ item, what, due, daysLate, owner }) => [item, what, due, daysLate, owner ?? 'ingen']),
      });

const next = ({ next: rows }: StatusSheet): readonly string[] =>
  rows.length === 0 ? [] : table({ headings: ['Når', 'Sak', 'Hva'], rows: rows.map(({ date, item, what }) => [date, item, what]) });

const attention = ({ attention: rows }: StatusSheet): readonly string[] =>
  rows.map(({ item, kind, state, why }) => `- ${plain(item)} (${plain(kind)}, ${plain(state)}): ${why.map(plain).join(', ')}`);

const news = ({ meeting, held, entries, more }: StatusNews): readonly string[] => [
  ...section(
    `Nytt siden ${plain(meeting)} (${plain(held)})`,
    entries.map(({ recorded, item, what, by, correction }) =>
      [`- ${plain(recorded)}: ${plain(item)} – ${plain(what)}`, by === null ? '' : ` (${plain(by)})`, correction ? ' – rettelse' : ''].join(
        '',
      ),
    ),
    'Ingenting er ført siden møtet.',
  ),
  ...(more ? ['', 'Det er ført mer enn det som står her.'] : []),
];
