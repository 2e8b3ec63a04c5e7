import { labelOfDate, onDay, osloDay, type Day } from '@saksgang/kernel';
import { statusMarkdown, type Count, type StatusNews } from '@saksgang/exchange';
import { allOf, asking, nameOf, PARTY, projectNamed, type Ask, type Party } from './asking.js';
import { machineClock } from './machine.js';
import { options } from './options.js';
import { BadUsage, type CliCommand } from './terminal.js';

const CAUSES_MAX = 100; // entries that the server tells behind one change: the newest

const STATUS = `query Status($project: ItemRef!) { status(project: $project) { position
  project { id title meetings { id title held position } }
  kinds { label total states { label count } lights { light count } computedLights { light count } }
  late { item { title } what due { label } daysLate owner { ...Party } }
  next { item { title } what date { label } }
  attention { title kindLabel stateLabel attention } } } ${PARTY}`;
const NEWS = `query News($from: AsOf!, $project: ItemRef!, $after: String) { diff(from: $from, project: $project) {
  rows: changes(first: 25, after: $after) { nodes { causedBy {
    id position recordedAt title item { title } assertedBy { ...Party } corrects { id } } } pageInfo { hasNextPage endCursor } } } } ${PARTY}`;

type Meeting = Readonly<{ id: string; title: string; held: Day; position: string }>;
type Titled = Readonly<{ title: string }>;
type Labelled = Readonly<{ label: string }>;
type LightCount = Readonly<{ light: string; count: number }>;
type Project = Readonly<{ id: string; title: string; meetings: readonly Meeting[] }>;
type Board = Readonly<{
  position: string;
  project: Project | null;
  kinds: readonly Readonly<{
    label: string;
    total: number;
    states: readonly Count[];
    lights: readonly LightCount[];
    computedLights: readonly LightCount[];
  }>[];
  late: readonly Readonly<{ item: Titled; what: string; due: Labelled; daysLate: number; owner: Party | null }>[];
  next: readonly Readonly<{ item: Titled; what: string; date: Labelled }>[];
  attention: readonly Readonly<{ title: string; kindLabel: string; stateLabel: string; attention: readonly string[] }>[];
}>;
type NewsEntry = Readonly<{
  id: string;
  position: string;
  recordedAt: string;
  title: string;
  item: Titled;
  assertedBy: Party | null;
  corrects: Readonly<{ id: string }> | null;
}>;
type Change = Readonly<{ causedBy: readonly NewsEntry[] }>;

const LIGHTS: Readonly<Record<string, string>> = { GREEN: 'grønt', YELLOW: 'gult', RED: 'rødt', NOT_ASSESSED: 'ikke vurdert' };
const REASONS: Readonly<Record<string, string>> = {
  OVERDUE: 'forfalt',
  SLIPPED: 'forskjøvet',
  STALE: 'uten nytt',
  GAP: 'hull',
  DISPUTED: 'omstridt',
};
const lights = (counts: readonly LightCount[]): readonly Count[] =>
  counts.map(({ light, count }) => ({ label: LIGHTS[light] ?? light, count }));
const dayTold = (day: Day): string => labelOfDate(onDay(day)).nb;

export const status: CliCommand = {
  usage: 'status PROJECT [--since MEETING] [--url URL]',
  does: 'prints the meeting sheet of a project as Markdown; MEETING is its title, its day, its id, or «siste»: then also what was recorded after it',
  run: async (args, terminal) => {
    const { values, positionals } = options({
      args: [...args],
      options: { since: { type: 'string' }, url: { type: 'string' } },
      allowPositionals: true,
    });
    const [project] = positionals;
    if (!project || positionals.length > 1) throw new BadUsage(`Say which project: ${status.usage}`);
    const ask = asking(terminal, values.url ?? null);
    const named = projectNamed(project);
    const { status: board } = await ask<Readonly<{ status: Board }>>(STATUS, { project: named });
    terminal.write(
      statusMarkdown({
        title: board.project?.title ?? project,
        day: dayTold(osloDay(machineClock.now())),
        position: board.position,
        kinds: board.kinds.map(({ label, total, states, lights: asserted, computedLights }) => ({
          kind: label,
          total,
          states,
          lights: lights(asserted),
          computedLights: lights(computedLights),
        })),
        late: board.late.map(({ item, what, due, daysLate, owner }) => ({
          item: item.title,
          what,
          due: due.label,
          daysLate,
          owner: nameOf(owner),
        })),
        next: board.next.map(({ item, what, date }) => ({ item: item.title, what, date: date.label })),
        attention: board.attention.map(({ title, kindLabel, stateLabel, attention }) => ({
          item: title,
          kind: kindLabel,
          state: stateLabel,
          why: attention.map((reason: string) => REASONS[reason] ?? reason),
        })),
        since: values.since === undefined ? null : await newsSince(ask, board.project ?? unknown(project), values.since),
      }),
    );
  },
};

const newsSince = async (ask: Ask, project: Project, asked: string): Promise<StatusNews> => {
  const meeting = meetingNamed(project.meetings, asked);
  // Asked as the difference: what was changed and changed back since is no news.
  const changes = await allOf<Change>(changesIn(ask), NEWS, { from: { meeting: meeting.id }, project: { id: project.id } });
  const entries = new Map(changes.flatMap(({ causedBy }) => causedBy.map((entry) => [entry.id, entry] as const)));
  return {
    meeting: meeting.title,
    held: dayTold(meeting.held),
    // The meeting itself is no news to those who were there.
    entries: [...entries.values()]
      .filter(({ id }) => id !== meeting.id)
      .toSorted((a, b) => (a.position < b.position ? -1 : 1))
      .map(({ recordedAt, item, title, assertedBy, corrects }) => ({
        recorded: dayTold(osloDay(recordedAt)),
        item: item.title,
        what: title,
        by: nameOf(assertedBy),
        correction: corrects !== null,
      })),
    more: changes.some(({ causedBy }) => causedBy.length >= CAUSES_MAX),
  };
};

/** The changes alone: a list as `allOf` walks it. */
const changesIn =
  (ask: Ask): Ask =>
  async <Data>(document: string, variables: Readonly<Record<string, unknown>> = {}) =>
    (await ask<Readonly<{ diff: Data }>>(document, variables)).diff;

const meetingNamed = (meetings: readonly Meeting[], asked: string): Meeting => {
  const found =
    asked === 'siste' || asked === 'last'
      ? meetings.toSorted((a, b) => (a.held < b.held ? -1 : a.held > b.held ? 1 : 0)).slice(-1)
      : meetings.filter(({ id, title, held }) => [id, held].includes(asked) || title.toLowerCase() === asked.toLowerCase());
  const [one, another] = found;
  if (one !== undefined && another === undefined) return one;
  const known = meetings.map(({ title, held }) => `  ${held}  ${title}`).join('\n') || '  (none)';
  throw new Error(`${one === undefined ? 'No' : 'More than one'} meeting of the project is «${asked}». Its meetings:\n${known}`);
};

const unknown = (project: string): never => {
  throw new Error(`There is no project «${project}».`);
};
