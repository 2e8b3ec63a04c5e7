import {
  boundsOf,
  labelOfDate,
  labels,
  same,
  type Before,
  type Described,
  type Fact,
  type Json,
  type Labels,
  type Summary,
} from '@saksgang/kernel';
import { LIGHT_LABELS } from '../project/project.view.js';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, remark } from '../shared/wording.js';
import type { MilestoneEvent, MilestoneForecasted, MilestonePlanned } from './milestone.events.js';
import type { KnownMilestone, Milestone } from './milestone.state.js';

export const MILESTONE_LABEL = labels('milepæl', 'milepæl', 'milestone');

export const MILESTONE_STATES = {
  PLANNED: { label: labels('planlagt', 'planlagd', 'planned'), final: false },
  FORECAST: { label: labels('planlagt, med prognose', 'planlagd, med prognose', 'planned, with a forecast'), final: false },
  REACHED: { label: labels('nådd', 'nådd', 'reached'), final: true },
  MISSED: { label: labels('ikke nådd', 'ikkje nådd', 'missed'), final: false },
  CANCELLED: { label: labels('utgått', 'utgått', 'cancelled'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type MilestoneStateName = keyof typeof MILESTONE_STATES;

const BASELINE = labels('opprinnelig plan', 'opphavleg plan', 'baseline');
const FORECAST = labels('prognose', 'prognose', 'forecast');
const LIGHT = labels('trafikklys', 'trafikklys', 'traffic light');
const OWNER = labels('ansvarlig', 'ansvarleg', 'owner');
const PROJECT = labels('prosjekt', 'prosjekt', 'project');
const AS_WRITTEN = labels('slik kilden skriver den', 'slik kjelda skriv han', 'as written in the source');

export const MILESTONE_FIELDS: Readonly<Record<string, Labels>> = {
  title: labels('tittel', 'tittel', 'title'),
  project: PROJECT,
  'project.item': PROJECT,
  'project.title': joined([PROJECT, labels('tittel', 'tittel', 'title')], ', '),
  owner: OWNER,
  'owner.name': OWNER,
  'owner.body': joined([OWNER, labels('organ', 'organ', 'body')], ', '),
  baseline: BASELINE,
  'baseline.text': BASELINE,
  'baseline.asWritten': joined([BASELINE, AS_WRITTEN], ', '),
  forecast: FORECAST,
  'forecast.text': FORECAST,
  'forecast.asWritten': joined([FORECAST, AS_WRITTEN], ', '),
  light: LIGHT,
};

/** A forecast without a date is a light alone. */
const titleOfForecast = ({ data: { forecast, light } }: MilestoneForecasted): Labels =>
  forecast === null
    ? headed(labels('Trafikklys', 'Trafikklys', 'Traffic light'), light === null ? NOTHING_SAID : LIGHT_LABELS[light])
    : boundsOf(forecast).precision === 'UNKNOWN'
      ? labels('Utsatt uten ny dato', 'Utsett utan ny dato', 'Postponed with no new date')
      : headed(labels('Prognose', 'Prognose', 'Forecast'), labelOfDate(forecast));

const titleOf = (event: MilestoneEvent): Labels => {
  switch (event.type) {
    case 'MilestonePlanned':
      return headed(labels('Milepæl', 'Milepæl', 'Milestone'), same(excerpt(event.data.title)));
    case 'MilestoneRebaselined':
      return headed(labels('Ny planlagt dato', 'Ny planlagd dato', 'New baseline'), labelOfDate(event.data.baseline));
    case 'MilestoneForecasted':
      return titleOfForecast(event);
    case 'MilestoneReached':
      return labels('Milepælen er nådd', 'Milepælen er nådd', 'Milestone reached');
    case 'MilestoneMissed':
      return labels('Milepælen ble ikke nådd', 'Milepælen vart ikkje nådd', 'Milestone missed');
    case 'MilestoneCancelled':
      return labels('Milepælen er utgått', 'Milepælen er utgått', 'Milestone cancelled');
  }
};

const plans = ({ data: { project, owner, baseline } }: MilestonePlanned): Labels =>
  joined([
    remark(labels('Planlagt', 'Planlagd', 'Planned'), baseline === null ? null : labelOfDate(baseline)),
    remark(labels('Ansvarlig', 'Ansvarleg', 'Owner'), owner === null ? null : partyLabel(owner)),
    remark(labels('Prosjekt', 'Prosjekt', 'Project'), project === null ? null : same(project.title)),
  ]);

const detailOf = (event: MilestoneEvent): Labels => {
  switch (event.type) {
    case 'MilestonePlanned':
      return plans(event);
    case 'MilestoneForecasted': {
      const { forecast, light } = event.data;
      return forecast === null || light === null
        ? NOTHING_SAID
        : remark(labels('Trafikklys', 'Trafikklys', 'Traffic light'), LIGHT_LABELS[light]);
    }
    case 'MilestoneRebaselined':
    case 'MilestoneReached':
    case 'MilestoneMissed':
    case 'MilestoneCancelled':
      return NOTHING_SAID;
  }
};

export const describeMilestone = ({ event, reason }: Fact<MilestoneEvent>): Described => ({
  title: titleOf(event),
  description: joined([
    detailOf(event),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), reason === null ? null : same(excerpt(reason))),
  ]),
});

const STATE_OF: Readonly<Record<KnownMilestone['status'], MilestoneStateName>> = {
  planned: 'PLANNED',
  forecast: 'FORECAST',
  reached: 'REACHED',
  missed: 'MISSED',
  cancelled: 'CANCELLED',
};
const NO_MILESTONE: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

export const summariseMilestone = (milestone: Milestone): Summary =>
  milestone.status === 'unknown'
    ? NO_MILESTONE
    : {
        title: milestone.title,
        references: [],
        state: STATE_OF[milestone.status],
        subtype: null,
        open: milestone.status !== 'reached' && milestone.status !== 'cancelled',
        projects: milestone.project === null ? [] : [milestone.project.item],
        body: milestone.owner?.body ?? null,
      };

/** A readonly value of the state as plain JSON: it is, by the form of its event. */
const json = (value: unknown): Json => value as Json;

export const beforeMilestone = (milestone: Milestone, event: MilestoneEvent): Before => {
  if (milestone.status === 'unknown') return {};
  if (event.type === 'MilestoneRebaselined') return { baseline: json(milestone.baseline) };
  if (event.type !== 'MilestoneForecasted') return {};
  const { forecast, light } = event.data;
  // What is left unsaid has not changed.
  return {
    ...(forecast === null ? {} : { forecast: json(milestone.forecast) }),
    ...(light === null ? {} : { light: milestone.light }),
  };
};
