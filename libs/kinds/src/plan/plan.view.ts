import { labelOfDate, labels, same, type DeclaredLink, type Described, type Fact, type Labels, type Summary } from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, joined, listed, quoted, remark } from '../shared/wording.js';
import type { PlanAdopted, PlanEvent } from './plan.events.js';
import type { KnownPlan, Plan } from './plan.state.js';

export const PLAN_LABEL = labels('plan', 'plan', 'plan');

export const PLAN_STATES = {
  ADOPTED: { label: labels('vedtatt', 'vedteken', 'adopted'), final: false },
  IN_FORCE: { label: labels('gjelder', 'gjeld', 'in force'), final: false },
  ENDED: { label: labels('gjelder ikke lenger', 'gjeld ikkje lenger', 'ended'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type PlanStateName = keyof typeof PLAN_STATES;

const OWNER = labels('eier', 'eigar', 'owner');
const PERIOD = labels('periode', 'periode', 'period');
const GOAL = labels('mål', 'mål', 'goal');
const SUCCESSOR = labels('avløst av', 'avløyst av', 'succeeded by');

export const PLAN_FIELDS: Readonly<Record<string, Labels>> = {
  title: labels('tittel', 'tittel', 'title'),
  owner: OWNER,
  'owner.name': OWNER,
  'owner.body': joined([OWNER, labels('organ', 'organ', 'body')], ', '),
  period: PERIOD,
  'period.text': PERIOD,
  'period.asWritten': labels('periode slik kilden skriver den', 'periode slik kjelda skriv han', 'period as written in the source'),
  goals: labels('mål', 'mål', 'goals'),
  'goals.*': GOAL,
  'goals.*.key': joined([GOAL, labels('nøkkel', 'nøkkel', 'key')], ', '),
  'goals.*.label': joined([GOAL, labels('nummer', 'nummer', 'number')], ', '),
  'goals.*.text': joined([GOAL, labels('tekst', 'tekst', 'text')], ', '),
  by: SUCCESSOR,
  byTitle: joined([SUCCESSOR, labels('tittel', 'tittel', 'title')], ', '),
};

const titleOf = (event: PlanEvent): Labels => {
  switch (event.type) {
    case 'PlanAdopted':
      return labels(`${event.data.title} vedtatt`, `${event.data.title} vedteken`, `${event.data.title} adopted`);
    case 'PlanBroughtIntoForce':
      return labels('Planen er trådt i kraft', 'Planen er sett i kraft', 'The plan is in force');
    case 'PlanEnded':
      return event.data.byTitle === null
        ? labels('Planen gjelder ikke lenger', 'Planen gjeld ikkje lenger', 'The plan has ended')
        : joined([labels('Planen er avløst av', 'Planen er avløyst av', 'The plan is succeeded by'), quoted(event.data.byTitle)]);
  }
};

const GOALS_TOLD_MAX = 10; // goals listed in a description

const contents = ({ data: { owner, period, goals } }: PlanAdopted): Labels => {
  const told = goals.slice(0, GOALS_TOLD_MAX).map(({ text }) => quoted(excerpt(text)));
  const rest = goals.length - told.length;
  const more = rest === 0 ? [] : [labels(`${rest} til`, `${rest} til`, `${rest} more`)];
  return joined([
    remark(labels('Eier', 'Eigar', 'Owner'), partyLabel(owner)),
    remark(labels('Periode', 'Periode', 'Period'), period === null ? null : labelOfDate(period)),
    remark(labels('Mål', 'Mål', 'Goals'), told.length === 0 ? null : listed([...told, ...more])),
  ]);
};

export const describePlan = ({ event, reason }: Fact<PlanEvent>): Described => ({
  title: titleOf(event),
  description: joined([
    event.type === 'PlanAdopted' ? contents(event) : NOTHING_SAID,
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), reason === null ? null : same(excerpt(reason))),
  ]),
});

const STATE_OF: Readonly<Record<KnownPlan['status'], PlanStateName>> = { adopted: 'ADOPTED', inForce: 'IN_FORCE', ended: 'ENDED' };
const NO_PLAN: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** A plan sets goals; what is to be done about them stands elsewhere, so it is never open by itself. */
export const summarisePlan = (plan: Plan): Summary =>
  plan.status === 'unknown'
    ? NO_PLAN
    : {
        title: plan.title,
        references: [],
        state: STATE_OF[plan.status],
        subtype: null,
        open: false,
        projects: [],
        body: plan.owner.body,
      };

/** It runs from the plan that succeeds this one. */
export const linksOfPlan = (event: PlanEvent): readonly DeclaredLink[] =>
  event.type === 'PlanEnded' && event.data.by !== null
    ? [{ relation: 'SUPERSEDES', target: event.data.by, targetPart: null, part: null, inverse: true }]
    : [];
