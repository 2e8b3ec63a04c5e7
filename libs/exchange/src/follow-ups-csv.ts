/** A row of the follow-up list, in the words a reader is to see; null and empty leave the cell empty. */
export type FollowUpLine = Readonly<{
  body: string | null;
  decided: string;
  caseReference: string | null;
  resolution: string;
  point: string;
  text: string;
  owner: string | null;
  caseOfficer: string | null;
  deadline: string | null;
  /** Days past the deadline; null when not overdue. */
  daysOverdue: number | null;
  state: string;
  closedAs: string | null;
  lastReport: string | null;
  verdicts: readonly string[];
  remark: string | null;
}>;

type Column = Readonly<{ heading: string; of: (line: FollowUpLine) => string | number | null }>;

const COLUMNS: readonly Column[] = [
  { heading: 'Organ', of: ({ body }) => body },
  { heading: 'Vedtatt', of: ({ decided }) => decided },
  { heading: 'Saksnummer', of: ({ caseReference }) => caseReference },
  { heading: 'Vedtak', of: ({ resolution }) => resolution },
  { heading: 'Punkt', of: ({ point }) => point },
  { heading: 'Tekst', of: ({ text }) => text },
  { heading: 'Ansvarlig', of: ({ owner }) => owner },
  { heading: 'Saksbehandler', of: ({ caseOfficer }) => caseOfficer },
  { heading: 'Frist', of: ({ deadline }) => deadline },
  { heading: 'Dager over frist', of: ({ daysOverdue }) => daysOverdue },
  { heading: 'Status', of: ({ state }) => state },
  { heading: 'Avsluttet som', of: ({ closedAs }) => closedAs },
  { heading: 'Siste rapport', of: ({ lastReport }) => lastReport },
  { heading: 'Vurderinger', of: ({ verdicts }) => verdicts.join('; ') },
  { heading: 'Merknad', of: ({ remark }) => remark },
];

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const SEPARATOR = ';';

/** The follow-up list for a Norwegian spreadsheet: semicolons, a byte order mark so that æøå are read as they are, CRLF (RFC 4180). */
export const followUpsCsv = (lines: readonly FollowUpLine[]): string =>
  BYTE_ORDER_MARK +
  [COLUMNS.map(({ heading }) => heading), ...lines.map((line) => COLUMNS.map(({ of }) => cellOf(of(line))))]
    .map((cells) => cells.map(quoted).join(SEPARATOR) + LINE_END)
    .join('');

/** What a spreadsheet would take for a formula, also behind blanks or in full-width form, is made text by an apostrophe in front. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;
const cellOf = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return FORMULA.test(value) ? `'${value}` : value;
};

const quoted = (cell: string): string => (/[";\r\n\t]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
