import { labels, refuse, type DecisionContext, type Entry, type ItemId, type Refusal } from '@saksgang/kernel';
import { eventsEverRead } from '../shared/keys.js';
import { elementsKeepTheirKeys } from '../shared/named-item.js';
import type { PlanEvent } from './plan.events.js';
import type { Plan } from './plan.state.js';

export const aPlanIsAdoptedOnce = (plan: Plan): Refusal | null =>
  plan.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_ADOPTED',
        labels(`«${plan.title}» er allerede ført.`, `«${plan.title}» er alt ført.`, `“${plan.title}” is already on record.`),
        labels('Er noe feilført, rett oppføringen.', 'Er noko feilført, rett oppføringa.', 'If something is wrong, correct the entry.'),
        { allowed: ['bringPlanIntoForce', 'endPlan', 'correctEntry'] },
      );

export const aPlanMustBeAdoptedFirst = (plan: Plan): Refusal | null =>
  plan.status === 'unknown'
    ? refuse(
        'NOT_ADOPTED',
        labels('Planen er ikke ført.', 'Planen er ikkje ført.', 'The plan is not on record.'),
        labels('Før opp planen først.', 'Før opp planen først.', 'Adopt the plan first.'),
        { allowed: ['adoptPlan'] },
      )
    : null;

export const aPlanComesIntoForceOnce = (plan: Plan): Refusal | null =>
  plan.status === 'inForce'
    ? refuse(
        'ALREADY_IN_FORCE',
        labels(`«${plan.title}» gjelder alt.`, `«${plan.title}» gjeld alt.`, `“${plan.title}” is already in force.`),
        labels(
          'Vet du mer om når planen trådte i kraft, fastsett datoen. Er noe feilført, rett oppføringen.',
          'Veit du meir om når planen tok til å gjelde, fastset datoen. Er noko feilført, rett oppføringa.',
          'If you know more about when it came into force, establish the date. If something is wrong, correct the entry.',
        ),
        { allowed: ['establishDate', 'correctEntry', 'endPlan'] },
      )
    : null;

export const anEndedPlanIsLeftAsItIs = (plan: Plan): Refusal | null =>
  plan.status === 'ended'
    ? refuse(
        'PLAN_ENDED',
        labels(`«${plan.title}» gjelder ikke lenger.`, `«${plan.title}» gjeld ikkje lenger.`, `“${plan.title}” has ended.`),
        labels(
          'Gjelder det en tid før planen gikk ut, oppgi datoen. Er det feilført at den gikk ut, rett eller trekk tilbake den oppføringen. Vet du mer om datoen, fastsett den.',
          'Gjeld det ei tid før planen gjekk ut, oppgje datoen. Er det feilført at han gjekk ut, rett eller trekk tilbake den oppføringa. Veit du meir om datoen, fastset han.',
          'If it concerns a time before it ended, give the date. If the end was recorded by mistake, correct or retract that entry. If you know more about its date, establish it.',
        ),
        { allowed: ['establishDate', 'correctEntry', 'retractEntry', 'addNote'], candidates: plan.by === null ? [] : [plan.by] },
      )
    : null;

export const aPlanDoesNotSucceedItself = (by: ItemId | null, { item }: DecisionContext): Refusal | null =>
  by === item
    ? refuse(
        'SUCCEEDS_ITSELF',
        labels('En plan kan ikke avløse seg selv.', 'Ein plan kan ikkje avløyse seg sjølv.', 'A plan cannot succeed itself.'),
        labels(
          'Oppgi planen som avløste den, eller la feltet stå tomt.',
          'Oppgje planen som avløyste han, eller lat feltet stå tomt.',
          'Give the plan that succeeded it, or leave the field empty.',
        ),
      )
    : null;

const goalKeysEverGiven = (entries: readonly Entry[]): readonly string[] =>
  (eventsEverRead(entries) as readonly PlanEvent[]).flatMap((event) =>
    event.type === 'PlanAdopted' ? event.data.goals.map(({ key }) => key) : [],
  );

/** Links name goals by their keys. */
export const goalsKeepTheirKeys = (
  before: PlanEvent,
  after: PlanEvent,
  paths: readonly string[],
  entries: readonly Entry[],
): Refusal | null =>
  before.type === 'PlanAdopted' && after.type === 'PlanAdopted'
    ? elementsKeepTheirKeys(before.data.goals, after.data.goals, 'goals', paths, goalKeysEverGiven(entries))
    : null;
