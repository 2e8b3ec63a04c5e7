import {
  labelOfDate,
  labels,
  onDay,
  same,
  type Before,
  type Described,
  type Fact,
  type Json,
  type Labels,
  type Summary,
} from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark, sentence } from '../shared/wording.js';
import {
  STATUS_DIMENSIONS,
  type Light,
  type ProjectEvent,
  type ProjectStarted,
  type ProjectStatusReported,
  type StatusDimension,
} from './project.events.js';
import type { Project } from './project.state.js';

export const PROJECT_LABEL = labels('prosjekt', 'prosjekt', 'project');

export const PROJECT_STATES = {
  STARTED: { label: labels('startet', 'starta', 'started'), final: false },
  REPORTING: {
    label: labels('i gang, med statusrapporter', 'i gang, med statusrapportar', 'under way, with status reports'),
    final: false,
  },
  CLOSED: { label: labels('avsluttet', 'avslutta', 'closed'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type ProjectStateName = keyof typeof PROJECT_STATES;

export const LIGHT_LABELS: Readonly<Record<Light, Labels>> = {
  GREEN: labels('grønt', 'grønt', 'green'),
  YELLOW: labels('gult', 'gult', 'yellow'),
  RED: labels('rødt', 'raudt', 'red'),
  NOT_ASSESSED: labels('ikke vurdert', 'ikkje vurdert', 'not assessed'),
};

export const STATUS_DIMENSION_LABELS: Readonly<Record<StatusDimension, Labels>> = {
  progress: labels('framdrift', 'framdrift', 'progress'),
  economy: labels('økonomi', 'økonomi', 'economy'),
  quality: labels('kvalitet', 'kvalitet', 'quality'),
  risk: labels('risiko', 'risiko', 'risk'),
};

const PERIOD = labels('periode', 'periode', 'period');
const STEERING_GROUP = labels('styringsgruppe', 'styringsgruppe', 'steering group');
const INITIATOR = labels('initiativtaker', 'initiativtakar', 'initiator');

const fieldsOf = (dimension: StatusDimension): readonly (readonly [string, Labels])[] => {
  const of = (part: Labels): Labels => joined([STATUS_DIMENSION_LABELS[dimension], part], ', ');
  return [
    [dimension, STATUS_DIMENSION_LABELS[dimension]],
    [`${dimension}.light`, of(labels('trafikklys', 'trafikklys', 'traffic light'))],
    [`${dimension}.reason`, of(labels('begrunnelse', 'grunngiving', 'reason'))],
    [`${dimension}.action`, of(labels('tiltak', 'tiltak', 'action'))],
  ];
};

export const PROJECT_FIELDS: Readonly<Record<string, Labels>> = {
  title: labels('tittel', 'tittel', 'title'),
  aliases: labels('andre navn', 'andre namn', 'other names'),
  'aliases.*': labels('annet navn', 'anna namn', 'other name'),
  initiators: labels('initiativtakere', 'initiativtakarar', 'initiators'),
  'initiators.*': INITIATOR,
  'initiators.*.name': INITIATOR,
  'initiators.*.body': joined([INITIATOR, labels('organ', 'organ', 'body')], ', '),
  period: PERIOD,
  'period.text': PERIOD,
  'period.asWritten': labels('periode slik kilden skriver den', 'periode slik kjelda skriv han', 'period as written in the source'),
  duration: labels('varighet', 'lengd', 'duration'),
  steeringGroup: STEERING_GROUP,
  'steeringGroup.name': STEERING_GROUP,
  'steeringGroup.body': joined([STEERING_GROUP, labels('organ', 'organ', 'body')], ', '),
  held: labels('møtedag', 'møtedag', 'day of the meeting'),
  shownAt: labels('møtet så saken slik den sto', 'møtet såg saka slik ho stod', 'the meeting saw the record as of'),
  summary: labels('sammendrag', 'samandrag', 'summary'),
  ...Object.fromEntries(STATUS_DIMENSIONS.flatMap(fieldsOf)),
};

const UNITS: Readonly<Record<'Y' | 'M' | 'W' | 'D', Readonly<{ one: Labels; many: Labels }>>> = {
  Y: { one: labels('år', 'år', 'year'), many: labels('år', 'år', 'years') },
  M: { one: labels('måned', 'månad', 'month'), many: labels('måneder', 'månader', 'months') },
  W: { one: labels('uke', 'veke', 'week'), many: labels('uker', 'veker', 'weeks') },
  D: { one: labels('dag', 'dag', 'day'), many: labels('dager', 'dagar', 'days') },
};

const counted = (count: number, unit: keyof typeof UNITS): Labels =>
  joined([same(String(count)), count === 1 ? UNITS[unit].one : UNITS[unit].many]);

/** «2 år», «1 år og 6 måneder», of an ISO 8601 duration. */
export const durationLabel = (duration: string): Labels =>
  listed([...duration.matchAll(/(\d+)([YMWD])/g)].map(([, count, unit]) => counted(Number(count), unit as keyof typeof UNITS)));

const lightsOf = ({ data }: ProjectStatusReported): Labels =>
  joined(
    STATUS_DIMENSIONS.map((dimension) => joined([STATUS_DIMENSION_LABELS[dimension], LIGHT_LABELS[data[dimension].light]])),
    ', ',
  );

const titleOf = (event: ProjectEvent): Labels => {
  switch (event.type) {
    case 'ProjectStarted':
      return labels(`${event.data.title} startet`, `${event.data.title} starta`, `${event.data.title} started`);
    case 'MeetingHeld':
      return headed(labels('Møte holdt', 'Møte halde', 'Meeting held'), same(excerpt(event.data.title)));
    case 'ProjectStatusReported':
      return headed(labels('Statusrapport', 'Statusrapport', 'Status report'), lightsOf(event));
    case 'ProjectClosed':
      return labels('Prosjektet er avsluttet', 'Prosjektet er avslutta', 'The project is closed');
  }
};

const beginnings = ({ data }: ProjectStarted): Labels =>
  joined([
    remark(
      labels('Initiativtakere', 'Initiativtakarar', 'Initiators'),
      data.initiators.length === 0 ? null : listed(data.initiators.map(partyLabel)),
    ),
    remark(labels('Periode', 'Periode', 'Period'), data.period === null ? null : labelOfDate(data.period)),
    remark(labels('Varighet', 'Lengd', 'Duration'), data.duration === null ? null : durationLabel(data.duration)),
    remark(
      labels('Styringsgruppe', 'Styringsgruppe', 'Steering group'),
      data.steeringGroup === null ? null : partyLabel(data.steeringGroup),
    ),
    remark(labels('Også kalt', 'Òg kalla', 'Also known as'), data.aliases.length === 0 ? null : listed(data.aliases.map(quoted))),
  ]);

const particulars = ({ data }: ProjectStatusReported): Labels =>
  joined([
    data.summary === null ? NOTHING_SAID : sentence(same(excerpt(data.summary))),
    ...STATUS_DIMENSIONS.flatMap((dimension) => {
      const { reason, action } = data[dimension];
      const of = STATUS_DIMENSION_LABELS[dimension];
      return [
        remark(labels(`Om ${of.nb}`, `Om ${of.nn}`, `On ${of.en}`), reason === null ? null : same(excerpt(reason))),
        remark(labels(`Tiltak for ${of.nb}`, `Tiltak for ${of.nn}`, `Action on ${of.en}`), action === null ? null : same(excerpt(action))),
      ];
    }),
  ]);

const detailOf = (event: ProjectEvent): Labels => {
  switch (event.type) {
    case 'ProjectStarted':
      return beginnings(event);
    case 'MeetingHeld':
      return sentence(joined([labels('Holdt', 'Halde', 'Held'), labelOfDate(onDay(event.data.held))]));
    case 'ProjectStatusReported':
      return particulars(event);
    case 'ProjectClosed':
      return NOTHING_SAID;
  }
};

export const describeProject = ({ event, reason }: Fact<ProjectEvent>): Described => ({
  title: titleOf(event),
  description: joined([
    detailOf(event),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), reason === null ? null : same(excerpt(reason))),
  ]),
});

const STATE_OF: Readonly<Record<Exclude<Project['status'], 'unknown'>, ProjectStateName>> = {
  started: 'STARTED',
  reporting: 'REPORTING',
  closed: 'CLOSED',
};
const NO_PROJECT: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** The short name is the reference that is shown; `body` is the first initiator that is tied to an item. */
export const summariseProject = (project: Project): Summary =>
  project.status === 'unknown'
    ? NO_PROJECT
    : {
        title: project.title,
        references: [...project.aliases, project.title],
        state: STATE_OF[project.status],
        subtype: null,
        open: project.status !== 'closed',
        projects: [],
        body: project.initiators.find(({ body }) => body !== null)?.body ?? null,
      };

/** A status report is compared with the one before it. */
export const beforeProject = (project: Project, event: ProjectEvent): Before => {
  const last = project.status === 'unknown' ? undefined : project.statusReports.at(-1);
  if (event.type !== 'ProjectStatusReported' || last === undefined) return {};
  const assessed = STATUS_DIMENSIONS.flatMap((dimension): readonly (readonly [string, Json])[] => [
    [`${dimension}.light`, last[dimension].light],
    [`${dimension}.reason`, last[dimension].reason],
    [`${dimension}.action`, last[dimension].action],
  ]);
  return { ...Object.fromEntries(assessed), summary: last.summary };
};
