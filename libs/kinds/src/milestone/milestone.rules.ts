import { labelOfDate, labels, refuse, type Envelope, type Refusal } from '@saksgang/kernel';
import type { MilestoneForecasted } from './milestone.events.js';
import type { Milestone } from './milestone.state.js';

export const aMilestoneIsPlannedOnce = (milestone: Milestone): Refusal | null =>
  milestone.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_PLANNED',
        labels(`«${milestone.title}» er allerede ført.`, `«${milestone.title}» er alt ført.`, `“${milestone.title}” is already on record.`),
        labels(
          'Er planen endret, gi milepælen en ny planlagt dato. Er noe feilført, rett oppføringen.',
          'Er planen endra, gje milepælen ein ny planlagd dato. Er noko feilført, rett oppføringa.',
          'If the plan has changed, rebaseline the milestone. If something is wrong, correct the entry.',
        ),
        { allowed: ['rebaselineMilestone', 'forecastMilestone', 'correctEntry'] },
      );

export const aMilestoneMustBePlannedFirst = (milestone: Milestone): Refusal | null =>
  milestone.status === 'unknown'
    ? refuse(
        'NOT_PLANNED',
        labels('Milepælen er ikke ført.', 'Milepælen er ikkje ført.', 'The milestone is not on record.'),
        labels('Før opp milepælen først.', 'Før opp milepælen først.', 'Plan the milestone first.'),
        { allowed: ['planMilestone'] },
      )
    : null;

export const aReachedMilestoneIsLeftAsItIs = (milestone: Milestone): Refusal | null => {
  if (milestone.status !== 'reached') return null;
  const actual = labelOfDate(milestone.actual);
  return refuse(
    'ALREADY_REACHED',
    labels(
      `«${milestone.title}» er nådd (${actual.nb}).`,
      `«${milestone.title}» er nådd (${actual.nn}).`,
      `“${milestone.title}” has been reached (${actual.en}).`,
    ),
    labels(
      'Gjelder det en tid før den ble nådd, oppgi datoen. Vet du mer om når den ble nådd, fastsett datoen. Er det feilført, rett eller trekk tilbake den oppføringen.',
      'Gjeld det ei tid før han vart nådd, oppgje datoen. Veit du meir om når han vart nådd, fastset datoen. Er det feilført, rett eller trekk tilbake den oppføringa.',
      'If it concerns a time before it was reached, give the date. If you know more about when it was reached, establish the date. If that was recorded by mistake, correct or retract the entry.',
    ),
    { allowed: ['establishDate', 'correctEntry', 'retractEntry', 'addNote'] },
  );
};

export const aCancelledMilestoneIsLeftAsItIs = (milestone: Milestone): Refusal | null =>
  milestone.status === 'cancelled'
    ? refuse(
        'MILESTONE_CANCELLED',
        labels(`«${milestone.title}» er utgått.`, `«${milestone.title}» er utgått.`, `“${milestone.title}” has been cancelled.`),
        labels(
          'Gjelder det en tid før den gikk ut, oppgi datoen. Er det feilført at den gikk ut, rett eller trekk tilbake den oppføringen. Skal den nås likevel, før opp en ny milepæl.',
          'Gjeld det ei tid før han gjekk ut, oppgje datoen. Er det feilført at han gjekk ut, rett eller trekk tilbake den oppføringa. Skal han nåast likevel, før opp ein ny milepæl.',
          'If it concerns a time before it was cancelled, give the date. If that was recorded by mistake, correct or retract the entry. If it is to be reached after all, plan a new milestone.',
        ),
        { allowed: ['establishDate', 'correctEntry', 'retractEntry', 'planMilestone', 'addNote'] },
      )
    : null;

export const aMilestoneIsMissedOnce = (milestone: Milestone): Refusal | null =>
  milestone.status === 'missed'
    ? refuse(
        'ALREADY_MISSED',
        labels(
          `«${milestone.title}» er alt ført som ikke nådd.`,
          `«${milestone.title}» er alt ført som ikkje nådd.`,
          `“${milestone.title}” is already on record as missed.`,
        ),
        labels(
          'Er den nådd senere, før det. Er det satt en ny dato, før prognosen eller den nye planen. Vet du mer om datoen, fastsett den.',
          'Er han nådd seinare, før det. Er det sett ein ny dato, før prognosen eller den nye planen. Veit du meir om datoen, fastset han.',
          'If it was reached later, record that. If there is a new date, record the forecast or the new baseline. If you know more about the date, establish it.',
        ),
        { allowed: ['reachMilestone', 'forecastMilestone', 'rebaselineMilestone', 'cancelMilestone', 'establishDate'] },
      )
    : null;

export const aForecastSaysSomething = ({ forecast, light }: MilestoneForecasted['data']): Refusal | null =>
  forecast === null && light === null
    ? refuse(
        'EMPTY_FORECAST',
        labels('Prognosen sier ingenting.', 'Prognosen seier ingenting.', 'The forecast says nothing.'),
        labels(
          'Oppgi når milepælen ventes nådd, eller et trafikklys, eller begge deler.',
          'Oppgje når milepælen er venta nådd, eller eit trafikklys, eller begge delar.',
          'Give the date it is expected to be reached, or a traffic light, or both.',
        ),
      )
    : null;

export const aCancellationHasAReason = ({ reason }: Pick<Envelope, 'reason'>): Refusal | null =>
  reason === null || reason.trim() === ''
    ? refuse(
        'REASON_REQUIRED',
        labels(
          'Det må begrunnes at en milepæl går ut.',
          'Det må grunngivast at ein milepæl går ut.',
          'Cancelling a milestone needs a reason.',
        ),
        labels('Skriv i reason hvorfor den går ut.', 'Skriv i reason kvifor han går ut.', 'Say in reason why it is cancelled.'),
      )
    : null;
