import {
  boundsOf,
  labelOfDate,
  labels,
  onDay,
  osloDay,
  refuse,
  type Day,
  type DecisionContext,
  type PartialDate,
  type Refusal,
} from '@saksgang/kernel';
import type { HoldMeeting, ReportProjectStatus } from './project.commands.js';
import { STATUS_DIMENSIONS } from './project.events.js';
import type { Project } from './project.state.js';

export const aProjectIsStartedOnce = (project: Project): Refusal | null =>
  project.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_STARTED',
        labels(`«${project.title}» er allerede ført.`, `«${project.title}» er alt ført.`, `“${project.title}” is already on record.`),
        labels('Er noe feilført, rett oppføringen.', 'Er noko feilført, rett oppføringa.', 'If something is wrong, correct the entry.'),
        { allowed: ['holdMeeting', 'reportProjectStatus', 'closeProject', 'correctEntry'] },
      );

export const aProjectMustBeStartedFirst = (project: Project): Refusal | null =>
  project.status === 'unknown'
    ? refuse(
        'NOT_STARTED',
        labels('Prosjektet er ikke ført.', 'Prosjektet er ikkje ført.', 'The project is not on record.'),
        labels('Før opp prosjektet først.', 'Før opp prosjektet først.', 'Start the project first.'),
        { allowed: ['startProject'] },
      )
    : null;

/** Meetings may still be held: a group often meets on the day it closes, and after. */
export const aClosedProjectReportsNoMore = (project: Project): Refusal | null =>
  project.status === 'closed'
    ? refuse(
        'PROJECT_CLOSED',
        labels(`«${project.title}» er avsluttet.`, `«${project.title}» er avslutta.`, `“${project.title}” is closed.`),
        labels(
          'Gjelder det en tid før avslutningen, oppgi datoen. Er avslutningen feilført, rett eller trekk tilbake den oppføringen. Vet du mer om datoen, fastsett den.',
          'Gjeld det ei tid før avslutninga, oppgje datoen. Er avslutninga feilført, rett eller trekk tilbake den oppføringa. Veit du meir om datoen, fastset han.',
          'If it concerns a time before the closing, give the date. If the closing was recorded by mistake, correct or retract that entry. If you know more about its date, establish it.',
        ),
        { allowed: ['holdMeeting', 'addNote', 'establishDate', 'correctEntry', 'retractEntry'] },
      )
    : null;

export const aMeetingIsHeldBeforeItIsRecorded = (held: Day, recorded: Day): Refusal | null =>
  held > recorded
    ? refuse(
        'MEETING_IN_FUTURE',
        labels(
          `Møtet ${labelOfDate(onDay(held)).nb} er ikke holdt ennå.`,
          `Møtet ${labelOfDate(onDay(held)).nn} er ikkje halde enno.`,
          `The meeting of ${labelOfDate(onDay(held)).en} has not been held yet.`,
        ),
        labels('Før møtet når det er holdt.', 'Før møtet når det er halde.', 'Record the meeting once it has been held.'),
      )
    : null;

export const nobodyIsShownTheRecordOfTomorrow = ({ shownAt }: HoldMeeting, { today }: DecisionContext): Refusal | null =>
  shownAt !== null && osloDay(shownAt) > today
    ? refuse(
        'SHOWN_IN_FUTURE',
        labels(
          'Det møtet fikk se, kan ikke være fra framtiden.',
          'Det møtet fekk sjå, kan ikkje vere frå framtida.',
          'What the meeting was shown cannot be of the future.',
        ),
        labels(
          'Oppgi et tidspunkt som har vært, eller la feltet stå tomt.',
          'Oppgje eit tidspunkt som har vore, eller lat feltet stå tomt.',
          'Give an instant that has passed, or leave the field empty.',
        ),
      )
    : null;

/** The entry's date may be vaguer than the meeting's day, but may not deny it. */
export const theEntryHappenedWhenTheMeetingWasHeld = (held: Day, occurred: PartialDate): Refusal | null => {
  const { earliest, latest } = boundsOf(occurred);
  if ((earliest === null || earliest <= held) && (latest === null || held <= latest)) return null;
  const [day, date] = [labelOfDate(onDay(held)), labelOfDate(occurred)];
  return refuse(
    'MEETING_DAY_DISAGREES',
    labels(
      `Møtet er holdt ${day.nb}, men oppføringen er datert ${date.nb}.`,
      `Møtet er halde ${day.nn}, men oppføringa er datert ${date.nn}.`,
      `The meeting was held ${day.en}, but the entry is dated ${date.en}.`,
    ),
    labels(
      'Oppgi møtedagen som dato for oppføringen (occurred).',
      'Oppgje møtedagen som dato for oppføringa (occurred).',
      'Give the day of the meeting as the date of the entry (occurred).',
    ),
  );
};

export const aReportSaysSomething = (report: ReportProjectStatus): Refusal | null =>
  report.summary === null &&
  STATUS_DIMENSIONS.every(
    (dimension) => report[dimension].light === 'NOT_ASSESSED' && report[dimension].reason === null && report[dimension].action === null,
  )
    ? refuse(
        'EMPTY_REPORT',
        labels('Statusrapporten sier ingenting.', 'Statusrapporten seier ingenting.', 'The status report says nothing.'),
        labels(
          'Vurder minst ett av områdene framdrift, økonomi, kvalitet og risiko, eller skriv et sammendrag.',
          'Vurder minst eitt av områda framdrift, økonomi, kvalitet og risiko, eller skriv eit samandrag.',
          'Assess at least one of progress, economy, quality and risk, or write a summary.',
        ),
      )
    : null;
