import { followUpsCsv, followUpsMarkdown, type FollowUpLine } from '@saksgang/exchange';
import { allOf, asking, nameOf, PARTY, projectNamed, sealedOf, type Party, type SealedText } from './asking.js';
import { options } from './options.js';
import type { CliCommand } from './terminal.js';

const FOLLOW_UPS = `query FollowUps($filter: FollowUpFilter, $after: String) { rows: followUps(filter: $filter, first: 100, after: $after) {
  nodes { body { ...Party } decided { label } caseReference resolution { title } owner { ...Party } caseOfficer { value sealedState }
    point { path text pointStateLabel closedAsLabel } deadline { label } daysOverdue lastReport { text } remark
    verdicts { outcomeLabel reason assertedBy { ...Party } } }
  pageInfo { hasNextPage endCursor } } } ${PARTY}`;

type Row = Readonly<{
  body: Party | null;
  decided: Readonly<{ label: string }>;
  caseReference: string | null;
  resolution: Readonly<{ title: string }>;
  owner: Party | null;
  caseOfficer: SealedText | null;
  point: Readonly<{ path: string; text: string; pointStateLabel: string; closedAsLabel: string | null }>;
  deadline: Readonly<{ label: string }> | null;
  daysOverdue: number | null;
  lastReport: Readonly<{ text: string }> | null;
  remark: string | null;
  verdicts: readonly Readonly<{ outcomeLabel: string; reason: string; assertedBy: Party | null }>[];
}>;

export const followUps: CliCommand = {
  usage: 'follow-ups [--csv] [--project PROJECT] [--url URL]',
  does: 'prints the follow-up list (oppfølgingsliste for vedtak) as a Markdown table; --csv: as a file for a Norwegian spreadsheet',
  run: async (args, terminal) => {
    const { values } = options({
      args: [...args],
      options: { csv: { type: 'boolean' }, project: { type: 'string' }, url: { type: 'string' } },
    });
    const filter = values.project === undefined ? {} : { project: projectNamed(values.project) };
    const lines = (await allOf<Row>(asking(terminal, values.url ?? null), FOLLOW_UPS, { filter })).map(lineOf);
    terminal.write(values.csv ? followUpsCsv(lines) : followUpsMarkdown(lines));
  },
};

const lineOf = (row: Row): FollowUpLine => ({
  body: nameOf(row.body),
  decided: row.decided.label,
  caseReference: row.caseReference,
  resolution: row.resolution.title,
  point: row.point.path,
  text: row.point.text,
  owner: nameOf(row.owner),
  caseOfficer: sealedOf(row.caseOfficer),
  deadline: row.deadline?.label ?? null,
  daysOverdue: row.daysOverdue,
  state: row.point.pointStateLabel,
  closedAs: row.point.closedAsLabel,
  lastReport: row.lastReport?.text ?? null,
  verdicts: row.verdicts.map(({ outcomeLabel, reason, assertedBy }) => `${nameOf(assertedBy) ?? 'Ukjent'}: ${outcomeLabel} (${reason})`),
  remark: row.remark,
});
