import {
  NO_FACETS,
  boundsOf,
  labels,
  sameParty,
  type Before,
  type DeclaredLink,
  type Due,
  type Entry,
  type Facets,
  type Json,
  type LocalGap,
  type Party,
  type Refusal,
  type Summary,
} from '@saksgang/kernel';
import { eventsEverRead } from '../shared/keys.js';
import { elementsKeepTheirKeys, itemsKeepTheirTitles } from '../shared/named-item.js';
import type { ConsultationEvent } from './consultation.events.js';
import type { ConsultationStateName } from './consultation.labels.js';
import type { Consultation, ConsultationInput, RecordedConsultation } from './consultation.state.js';

export const stateOfConsultation = ({ status, inputs }: RecordedConsultation): ConsultationStateName => {
  switch (status) {
    case 'open':
      return inputs.length === 0 ? 'OPEN' : 'RECEIVING_INPUT';
    case 'closed':
      return 'CLOSED';
    case 'reported':
      return 'REPORTED';
  }
};

const NOTHING: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** Open until it has been reported: what was asked for is still to be answered. */
export const summariseConsultation = (consultation: Consultation): Summary =>
  consultation.status === 'unknown'
    ? NOTHING
    : {
        title: consultation.title,
        references: [],
        state: stateOfConsultation(consultation),
        subtype: null,
        open: consultation.status !== 'reported',
        projects: consultation.projects.map(({ item }) => item),
        body: null,
      };

/** Did this input come after the closing? False where none is on record; null where the dates do not tell. The day of the closing is in time. */
export const cameAfterClosing = ({ closed }: RecordedConsultation, { occurred }: Pick<ConsultationInput, 'occurred'>): boolean | null => {
  if (closed === null) return false;
  const [came, end] = [boundsOf(occurred), boundsOf(closed)];
  if (came.earliest !== null && end.latest !== null && came.earliest > end.latest) return true;
  return came.latest !== null && end.earliest !== null && came.latest <= end.earliest ? false : null;
};

/**
 * Who of those invited gave input: how many inputs each gave; `others`: from parties that are not among the invited; `unknown`: nobody
 * knows from whom.
 */
export type Coverage = Readonly<{
  groups: readonly Readonly<{ party: Party; inputs: number }>[];
  answered: number;
  others: number;
  unknown: number;
}>;

export const coverageOf = ({ invited, inputs }: RecordedConsultation): Coverage => {
  const groups = invited.map((party) => ({ party, inputs: inputs.filter(({ from }) => sameParty(from, party)).length }));
  const unknown = inputs.filter(({ from }) => from === null).length;
  const others = inputs.filter(({ from }) => from !== null && !invited.some((party) => sameParty(party, from))).length;
  return { groups, answered: groups.filter((group) => group.inputs > 0).length, others, unknown };
};

const dueOf = ({ deadline, status }: RecordedConsultation): readonly Due[] =>
  deadline === null
    ? []
    : [
        {
          part: null,
          nature: 'DEADLINE',
          date: deadline,
          owner: null,
          what: labels('Frist for innspill', 'Frist for innspel', 'Deadline for input'),
          met: status !== 'open',
        },
      ];

/** While it is open and has a deadline, nobody misses the report yet. */
const gapOf = ({ status, deadline }: RecordedConsultation): readonly LocalGap[] =>
  status === 'reported' || (status === 'open' && deadline !== null)
    ? []
    : [
        {
          rule: 'CONSULTATION_WITHOUT_REPORT',
          part: null,
          what: labels(
            'Ingen rapport fra høringen eller dialogen er ført',
            'Ingen rapport frå høyringa eller dialogen er ført',
            'No report of the consultation is on record',
          ),
          closedBy: ['reportConsultation'],
        },
      ];

export const facetsOfConsultation = (consultation: Consultation): Facets =>
  consultation.status === 'unknown'
    ? NO_FACETS
    : {
        ...NO_FACETS,
        dues: dueOf(consultation),
        gaps: gapOf(consultation),
        names: consultation.reports.flatMap(({ document }) => document ?? []),
      };

/** A part of a consultation is a question. */
export const questionOf = (event: ConsultationEvent): string | null =>
  event.type === 'ConsultationInputRecorded' ? event.data.question : null;

export const hasQuestion = (consultation: Consultation, part: string): boolean =>
  consultation.status !== 'unknown' && consultation.questions.some(({ key }) => key === part);

/** Where the report is on record as a document of its own. */
export const linksOfConsultation = (event: ConsultationEvent): readonly DeclaredLink[] =>
  event.type === 'ConsultationReported' && event.data.document !== null
    ? [{ relation: 'REPORTED_IN', target: event.data.document, targetPart: null, part: null, inverse: false }]
    : [];

export const beforeConsultation = (consultation: Consultation, event: ConsultationEvent): Before => {
  if (consultation.status === 'unknown' || event.type !== 'ConsultationDeadlineSet' || consultation.deadline === null) return {};
  const { text, asWritten } = consultation.deadline;
  const deadline: Json = { text, asWritten };
  return { deadline, 'deadline.text': text, 'deadline.asWritten': asWritten };
};

const questionKeysEverGiven = (entries: readonly Entry[]): readonly string[] =>
  (eventsEverRead(entries) as readonly ConsultationEvent[]).flatMap((event) =>
    event.type === 'ConsultationOpened' ? event.data.questions.map(({ key }) => key) : [],
  );

/** Inputs name questions by their keys, and projects stand with their titles. */
export const whatOthersNameStays = (
  before: ConsultationEvent,
  after: ConsultationEvent,
  paths: readonly string[],
  entries: readonly Entry[],
): Refusal | null =>
  before.type === 'ConsultationOpened' && after.type === 'ConsultationOpened'
    ? (elementsKeepTheirKeys(before.data.questions, after.data.questions, 'questions', paths, questionKeysEverGiven(entries)) ??
      itemsKeepTheirTitles('projects', paths))
    : null;
