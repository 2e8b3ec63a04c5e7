import type { FollowUpLine } from './follow-ups-csv.js';
import { table } from './markdown.js';

/** The follow-up list as a Markdown table: what fits on a page. The whole of it is in the CSV file. Ends in a line end. */
export const followUpsMarkdown = (lines: readonly FollowUpLine[]): string =>
  lines.length === 0
    ? 'Ingen punkter å følge opp.\n'
    : `${table({
        headings: ['Vedtak', 'Punkt', 'Tekst', 'Ansvarlig', 'Frist', 'Dager over', 'Status'],
        rows: lines.map(({ resolution, point, text, owner, deadline, daysOverdue, state }) => [
          resolution,
          point,
          text,
          owner ?? 'ingen',
          deadline ?? 'ingen',
          daysOverdue,
          state,
        ]),
      }).join('\n')}\n`;
