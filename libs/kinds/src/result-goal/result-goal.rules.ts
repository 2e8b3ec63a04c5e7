import { labels, refuse, type Labels, type Party, type Refusal } from '@saksgang/kernel';
import type { GoalOutcome, IndicatorKey, IndicatorSet, ResultGoalAssessed } from './result-goal.events.js';
import type { ConcludedResultGoal, Indicator, ResultGoal } from './result-goal.state.js';

export const indicatorOf = (goal: ResultGoal, key: IndicatorKey): Indicator | undefined =>
  goal.status === 'unknown' ? undefined : goal.indicators.find((indicator) => indicator.key === key);

export const aGoalIsSetOnce = (goal: ResultGoal): Refusal | null =>
  goal.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_SET',
        labels(`Mål ${goal.code} er allerede ført.`, `Mål ${goal.code} er alt ført.`, `Goal ${goal.code} is already on record.`),
        labels('Er noe feilført, rett oppføringen.', 'Er noko feilført, rett oppføringa.', 'If something is wrong, correct the entry.'),
        { allowed: ['assessResultGoal', 'setIndicator', 'concludeResultGoal', 'correctEntry'] },
      );

export const aGoalMustBeSetFirst = (goal: ResultGoal): Refusal | null =>
  goal.status === 'unknown'
    ? refuse(
        'NOT_SET',
        labels('Målet er ikke ført.', 'Målet er ikkje ført.', 'The goal is not on record.'),
        labels('Før opp målet først.', 'Før opp målet først.', 'Set the goal first.'),
        { allowed: ['setResultGoal'] },
      )
    : null;

const howItEnded = ({ code, outcome }: ConcludedResultGoal): Labels => {
  switch (outcome) {
    case 'ACHIEVED':
      return labels(`Mål ${code} er ført som nådd.`, `Mål ${code} er ført som nådd.`, `Goal ${code} is recorded as achieved.`);
    case 'PARTLY_ACHIEVED':
      return labels(
        `Mål ${code} er ført som delvis nådd.`,
        `Mål ${code} er ført som delvis nådd.`,
        `Goal ${code} is recorded as partly achieved.`,
      );
    case 'NOT_ACHIEVED':
      return labels(
        `Mål ${code} er ført som ikke nådd.`,
        `Mål ${code} er ført som ikkje nådd.`,
        `Goal ${code} is recorded as not achieved.`,
      );
    case 'DROPPED':
      return labels(`Mål ${code} er frafalt.`, `Mål ${code} er fråfalle.`, `Goal ${code} has been dropped.`);
  }
};

/** What is measured may still be added, as an effect often shows only afterwards, and what others think of it. */
export const aConcludedGoalIsLeftAsItIs = (goal: ResultGoal): Refusal | null =>
  goal.status === 'concluded'
    ? refuse(
        'GOAL_CONCLUDED',
        howItEnded(goal),
        labels(
          'Ser noen annerledes på målet, før det som en vurdering. Gjelder det en tid før målet ble avsluttet, oppgi datoen. Er avslutningen feilført, rett eller trekk tilbake den oppføringen.',
          'Ser nokon annleis på målet, før det som ei vurdering. Gjeld det ei tid før målet vart avslutta, oppgje datoen. Er avslutninga feilført, rett eller trekk tilbake den oppføringa.',
          'If somebody sees the goal otherwise, record it as an assessment. If it concerns a time before the goal was concluded, give the date. If the conclusion was recorded by mistake, correct or retract that entry.',
        ),
        { allowed: ['assessResultGoal', 'measureIndicator', 'addNote', 'establishDate', 'correctEntry', 'retractEntry'] },
      )
    : null;

export const aGoalIsAssessedBySomeone = (assertedBy: Party | null): Refusal | null =>
  assertedBy === null
    ? refuse(
        'ASSERTER_REQUIRED',
        labels(
          'Det står ikke hvem som vurderer målet.',
          'Det står ikkje kven som vurderer målet.',
          'It is not said who assesses the goal.',
        ),
        labels('Oppgi hvem som gjør det (assertedBy).', 'Oppgje kven som gjer det (assertedBy).', 'Say who does (assertedBy).'),
      )
    : null;

export const anAssessmentSaysSomething = ({ light, progress, text }: ResultGoalAssessed['data']): Refusal | null =>
  light === null && progress === null && text === null
    ? refuse(
        'EMPTY_ASSESSMENT',
        labels('Vurderingen sier ingenting.', 'Vurderinga seier ingenting.', 'The assessment says nothing.'),
        labels(
          'Oppgi trafikklys, framdrift i prosent eller en tekst.',
          'Oppgje trafikklys, framdrift i prosent eller ein tekst.',
          'Give a traffic light, the progress in percent, or a text.',
        ),
      )
    : null;

export const whoDropsAGoalSaysWhy = (outcome: GoalOutcome, reason: string | null): Refusal | null =>
  outcome === 'DROPPED' && (reason === null || reason.trim() === '')
    ? refuse(
        'REASON_REQUIRED',
        labels('Et mål som frafaller, må begrunnes.', 'Eit mål som fell frå, må grunngivast.', 'Dropping a goal needs a reason.'),
        labels(
          'Skriv i reason hvorfor målet frafaller.',
          'Skriv i reason kvifor målet fell frå.',
          'Say in reason why the goal is dropped.',
        ),
      )
    : null;

export const onlyASetIndicatorIsNamed = (goal: ResultGoal, key: IndicatorKey): Refusal | null => {
  if (goal.status === 'unknown' || indicatorOf(goal, key) !== undefined) return null;
  const known = goal.indicators.map((indicator) => `${indicator.key} «${indicator.name}»`).join(', ');
  return refuse(
    'UNKNOWN_INDICATOR',
    labels(
      `Mål ${goal.code} har ikke indikator ${key} på den dagen.`,
      `Mål ${goal.code} har ikkje indikator ${key} den dagen.`,
      `Goal ${goal.code} has no indicator ${key} on that day.`,
    ),
    known === ''
      ? labels(
          'Sett indikatoren først. Gjelder tallet en tid før det, oppgi den i at.',
          'Set indikatoren først. Gjeld talet ei tid før det, oppgje ho i at.',
          'Set the indicator first. If the figure is of a time before that, give that time in at.',
        )
      : labels(`Velg blant disse: ${known}.`, `Vel mellom desse: ${known}.`, `Choose among these: ${known}.`),
    { allowed: ['setIndicator'] },
  );
};

/** A value has the unit of its indicator: in another unit what was measured would say something else. */
export const whatIsMeasuredKeepsItsUnit = (goal: ResultGoal, { indicator: key, unit }: IndicatorSet['data']): Refusal | null => {
  const known = indicatorOf(goal, key);
  if (known === undefined || known.unit === null || known.unit === unit || known.measurements.length === 0) return null;
  return refuse(
    'UNIT_WOULD_CHANGE',
    labels(
      `«${known.name}» er målt i ${known.unit}, og målingene ville fått en annen enhet.`,
      `«${known.name}» er målt i ${known.unit}, og målingane ville fått ei anna eining.`,
      `“${known.name}” has been measured in ${known.unit}, and what was measured would get another unit.`,
    ),
    labels(
      'Behold enheten, eller sett en ny indikator. Er enheten feilført, rett oppføringen.',
      'Behald eininga, eller set ein ny indikator. Er eininga feilført, rett oppføringa.',
      'Keep the unit, or set a new indicator. If the unit is wrong, correct the entry.',
    ),
    { allowed: ['setIndicator', 'correctEntry'] },
  );
};

export const anIndicatorHasItsNameAlone = (other: Indicator): Refusal =>
  refuse(
    'INDICATOR_EXISTS',
    labels(
      `«${other.name}» er allerede indikator ${other.key}.`,
      `«${other.name}» er alt indikator ${other.key}.`,
      `“${other.name}” is already indicator ${other.key}.`,
    ),
    labels(
      `Skal den endres, oppgi indicator: "${other.key}". Er det en annen, gi den et annet navn.`,
      `Skal han endrast, oppgje indicator: "${other.key}". Er det ein annan, gje han eit anna namn.`,
      `To change it, give indicator: "${other.key}". If it is another one, give it another name.`,
    ),
    { allowed: ['setIndicator', 'measureIndicator'] },
  );
