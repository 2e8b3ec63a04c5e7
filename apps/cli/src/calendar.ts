import { calendarIcs, type CalendarEntry } from '@saksgang/exchange';
import { allOf, asking, projectNamed } from './asking.js';
import { options } from './options.js';
import { BadUsage, type CliCommand } from './terminal.js';

const PLANNED = `query Planned($filter: TimelineFilter, $after: String) { rows: timeline(filter: $filter, first: 100, after: $after) {
  nodes { type title description recordedAt occurred { label precision earliest latest } item { id title } point { path text } }
  pageInfo { hasNextPage endCursor } } }`;

type Occurred = Readonly<{ label: string; precision: string; earliest: string | null; latest: string | null }>;
type PlannedRow = Readonly<{
  type: string;
  title: string;
  description: string;
  recordedAt: string;
  occurred: Occurred;
  item: Readonly<{ id: string; title: string }>;
  point: Readonly<{ path: string; text: string }> | null;
}>;

export const calendar: CliCommand = {
  usage: 'calendar --ics [--project PROJECT] [--url URL]',
  does: 'prints milestones and deadlines to come as an iCalendar file; what has no certain day is a task without a date',
  run: async (args, terminal) => {
    const { values } = options({
      args: [...args],
      options: { ics: { type: 'boolean' }, project: { type: 'string' }, url: { type: 'string' } },
    });
    if (!values.ics) throw new BadUsage(`Say in which format: ${calendar.usage}`);
    const filter = { show: ['PLANNED'], ...(values.project === undefined ? {} : { project: projectNamed(values.project) }) };
    const rows = await allOf<PlannedRow>(asking(terminal, values.url ?? null), PLANNED, { filter });
    terminal.write(calendarIcs(values.project ?? 'Saksgang', entriesOf(rows)));
  },
};

/** A forecast takes the baseline's place under the same id, so that the calendar moves the day; several of one part are told apart. */
const entriesOf = (rows: readonly PlannedRow[]): readonly CalendarEntry[] => {
  const taken = new Set<string>();
  return rows.map((row) => {
    const { item, point, type, title, description, occurred, recordedAt } = row;
    const place = point === null ? item.id : `${item.id}/${point.path}`;
    let id = place;
    for (let nth = 1; taken.has(id); nth += 1) id = nth === 1 ? `${place}/${type}` : `${place}/${type}-${nth}`;
    taken.add(id);
    return {
      uid: `${id}@saksgang`,
      summary: point === null ? title : `${title}: ${item.title}`,
      description: [description, ...(point === null ? [] : [point.text])].join('\n'),
      day: dayOf(type, occurred),
      dateText: occurred.label,
      recordedAt,
    };
  });
};

/** A deadline «no later than» a day is that day; of a plan it says only that it may be earlier. */
const dayOf = (type: string, { precision, earliest, latest }: Occurred): string | null =>
  precision === 'DAY' ? earliest : precision === 'NOT_AFTER' && type === 'DEADLINE' ? latest : null;
