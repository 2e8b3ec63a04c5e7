import {
  isRefusal,
  narrows,
  osloDay,
  sameParty,
  type Decider,
  type Decision,
  type DecisionContext,
  type Fact,
  type Proposed,
  type Refusal,
} from '@saksgang/kernel';
import type { HoldMeeting, ProjectCommand, ReportProjectStatus, StartProject } from './project.commands.js';
import {
  STATUS_DIMENSIONS,
  type Assessed,
  type MeetingHeld,
  type ProjectEvent,
  type ProjectStarted,
  type ProjectStatusReported,
} from './project.events.js';
import {
  aClosedProjectReportsNoMore,
  aMeetingIsHeldBeforeItIsRecorded,
  aProjectIsStartedOnce,
  aProjectMustBeStartedFirst,
  aReportSaysSomething,
  nobodyIsShownTheRecordOfTomorrow,
  theEntryHappenedWhenTheMeetingWasHeld,
} from './project.rules.js';
import type { ClosedProject, Meeting, OpenProject, Project, StatusReport } from './project.state.js';

type Told = Fact<ProjectEvent> | Proposed<ProjectEvent>;
type States = Readonly<{ then: Project; now: Project }>;

const started = ({ data }: ProjectStarted, fact: Told): OpenProject => ({
  ...data,
  status: 'started',
  started: fact.occurred,
  meetings: [],
  statusReports: [],
});

const meetingOf = ({ data }: MeetingHeld, fact: Told): Meeting => ({
  ...data,
  ...('entry' in fact
    ? { entry: fact.entry, revision: fact.revision, position: fact.position }
    : { entry: '', revision: -1, position: null }),
});

const reportOf = ({ data }: ProjectStatusReported, fact: Told): StatusReport => ({
  ...data,
  entry: 'entry' in fact ? fact.entry : '',
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
});

/** By the day held; those of one day as they were recorded. */
const withMeeting = <P extends OpenProject | ClosedProject>(project: P, meeting: Meeting): P => {
  const after = project.meetings.findIndex((other) => other.held > meeting.held);
  const at = after === -1 ? project.meetings.length : after;
  return { ...project, meetings: project.meetings.toSpliced(at, 0, meeting) };
};

const evolve = (project: Project, fact: Told): Project => {
  const { event } = fact;
  if (event.type === 'ProjectStarted') return project.status === 'unknown' ? started(event, fact) : project;
  if (project.status === 'unknown') return project;
  switch (event.type) {
    case 'MeetingHeld':
      return withMeeting(project, meetingOf(event, fact));
    case 'ProjectStatusReported':
      return project.status === 'closed'
        ? project
        : { ...project, status: 'reporting', statusReports: [...project.statusReports, reportOf(event, fact)] };
    case 'ProjectClosed':
      return project.status === 'closed' ? project : { ...project, status: 'closed', ended: fact.occurred };
  }
};

const permits = (project: Project, fact: Told): Refusal | null => {
  const { event } = fact;
  switch (event.type) {
    case 'ProjectStarted':
      return aProjectIsStartedOnce(project);
    case 'MeetingHeld':
      return (
        aProjectMustBeStartedFirst(project) ??
        ('recordedAt' in fact ? aMeetingIsHeldBeforeItIsRecorded(event.data.held, osloDay(fact.recordedAt)) : null) ??
        theEntryHappenedWhenTheMeetingWasHeld(event.data.held, fact.occurred)
      );
    case 'ProjectStatusReported':
    case 'ProjectClosed':
      return aProjectMustBeStartedFirst(project) ?? aClosedProjectReportsNoMore(project);
  }
};

const permitted = (
  state: Project,
  event: ProjectEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<ProjectEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const start = ({ type: _, ...command }: StartProject, { now }: States, context: DecisionContext): Decision<ProjectEvent> =>
  permitted(
    now,
    { type: 'ProjectStarted', data: { ...command, aliases: [...new Set(command.aliases)].filter((alias) => alias !== command.title) } },
    context,
  );

const hold = (command: HoldMeeting, { then, now }: States, context: DecisionContext): Decision<ProjectEvent> => {
  const { title, held, shownAt } = command;
  const known = now.status !== 'unknown' && now.meetings.some((meeting) => meeting.title === title && meeting.held === held);
  if (known) return [];
  return (
    aMeetingIsHeldBeforeItIsRecorded(held, context.today) ??
    nobodyIsShownTheRecordOfTomorrow(command, context) ??
    permitted(then, { type: 'MeetingHeld', data: { title, held, shownAt } }, context)
  );
};

const sameAssessment = (one: Assessed, other: Assessed): boolean =>
  one.light === other.light && one.reason === other.reason && one.action === other.action;

/** The same words of the same date by the same party: a report that says «still so» later is a new one. */
const repeats = (report: StatusReport, command: ReportProjectStatus, context: DecisionContext): boolean =>
  report.summary === command.summary &&
  report.occurred.text === context.occurred.text &&
  sameParty(report.assertedBy, context.assertedBy) &&
  STATUS_DIMENSIONS.every((dimension) => sameAssessment(report[dimension], command[dimension]));

const report = (command: ReportProjectStatus, { then }: States, context: DecisionContext): Decision<ProjectEvent> => {
  const refusal = aReportSaysSomething(command);
  if (refusal !== null) return refusal;
  if (then.status !== 'unknown' && then.statusReports.some((earlier) => repeats(earlier, command, context))) return [];
  const { type: _, ...data } = command;
  return permitted(then, { type: 'ProjectStatusReported', data }, context);
};

/** The end is final whenever it came: judged on what is in effect now as well as on what was then. */
const close = ({ then, now }: States, context: DecisionContext): Decision<ProjectEvent> => {
  if (now.status === 'closed' && narrows(now.ended, context.occurred)) return [];
  const closed: ProjectEvent = { type: 'ProjectClosed', data: {} };
  const decision = permitted(now, closed, context);
  return isRefusal(decision) ? decision : permitted(then, closed, context);
};

const decide = (command: ProjectCommand, states: States, context: DecisionContext): Decision<ProjectEvent> => {
  switch (command.type) {
    case 'StartProject':
      return start(command, states, context);
    case 'HoldMeeting':
      return hold(command, states, context);
    case 'ReportProjectStatus':
      return report(command, states, context);
    case 'CloseProject':
      return close(states, context);
  }
};

export const projectDecider: Decider<ProjectCommand, Project, ProjectEvent> = { initial: { status: 'unknown' }, evolve, decide, permits };
