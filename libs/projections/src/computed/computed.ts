import { boundsOf, daysBetween, sameParty, type Day, type Due, type Facets, type Outcome, type PartialDate } from '@saksgang/kernel';

/** Never stored, always from the state at the as-of pair; «today» is the as-of day (DOMAIN.md section 9). */
export type Light = 'GREEN' | 'YELLOW' | 'RED' | 'NOT_ASSESSED';
export const LIGHTS: readonly Light[] = ['RED', 'YELLOW', 'GREEN', 'NOT_ASSESSED'];
export type Attention = 'OVERDUE' | 'SLIPPED' | 'STALE' | 'GAP' | 'DISPUTED';
export const ATTENTIONS: readonly Attention[] = ['OVERDUE', 'SLIPPED', 'STALE', 'GAP', 'DISPUTED'];

export const SLIP_DAYS = 14; // days a plan may slip or deviate before somebody is told
export const YELLOW_WITHIN_DAYS = 30; // days before a date at which its light turns yellow
export const STALE_AFTER_DAYS = 90; // days without an entry, unless a setting says otherwise
const MONTH_DAYS_MAX = 31; // days of the longest month: what spans more is coarser than a month

/** Days from the deadline's upper bound to `today`; null where it is not past, has no upper bound, or nothing is asked any more. */
export const overdueDays = (deadline: PartialDate | null, open: boolean, today: Day): number | null => {
  const latest = deadline === null ? null : boundsOf(deadline).latest;
  return open && latest !== null && latest < today ? daysBetween(latest, today) : null;
};

/** Something is open, and the last entry was recorded `staleAfterDays` or more before `today`. */
export const isStale = (lastEntryDay: Day, open: boolean, today: Day, staleAfterDays: number): boolean =>
  open && daysBetween(lastEntryDay, today) >= staleAfterDays;

/** Days between two upper bounds, negative when `to` is earlier; null where either is coarser than a month or absent. */
const daysMoved = (from: PartialDate, to: PartialDate): number | null => {
  const [first, second] = [upperBoundOf(from), upperBoundOf(to)];
  return first === null || second === null ? null : daysBetween(first, second);
};

const upperBoundOf = (date: PartialDate): Day | null => {
  const { earliest, latest } = boundsOf(date);
  return earliest === null || latest === null || daysBetween(earliest, latest) >= MONTH_DAYS_MAX ? null : latest;
};

/** From the first plan to the current one. */
export const slipDays = (slip: Facets['slip']): number | null => (slip === null ? null : daysMoved(slip.first, slip.current));

/** From the baseline to the forecast, or to the actual date. No baseline: no deviation, not 0. */
export const deviationDays = (deviation: Facets['deviation']): number | null =>
  deviation === null ? null : daysMoved(deviation.baseline, deviation.against);

export const isSlipped = ({ slip, deviation }: Pick<Facets, 'slip' | 'deviation'>): boolean =>
  Math.max(slipDays(slip) ?? 0, deviationDays(deviation) ?? 0) > SLIP_DAYS;

/** What is still waited for. Of one part a forecast stands before a baseline. */
export const duesInForce = (dues: readonly Due[]): readonly Due[] =>
  dues.filter(
    ({ met, nature, part }) => !met && !(nature === 'BASELINE' && dues.some((other) => other.nature === 'FORECAST' && other.part === part)),
  );

/** How late the latest of all that is waited for is; null when nothing is late. */
export const daysLate = (dues: readonly Due[], today: Day): number | null =>
  duesInForce(dues).reduce<number | null>((most, { date }) => {
    const days = overdueDays(date, true, today);
    return days === null || (most !== null && most >= days) ? most : days;
  }, null);

/** A computed light changes on its own as days go by: `base` until it turns, null where it never does. */
export type LightBasis = Readonly<{ base: Light; yellowOn: Day | null; redAfter: Day | null }>;

export const lightBasisOf = (facets: Pick<Facets, 'dues' | 'slip' | 'deviation'>): LightBasis => {
  const latest = (dues: readonly Due[]): readonly Day[] => dues.flatMap(({ date }) => boundsOf(date).latest ?? []).sort();
  const first = latest(duesInForce(facets.dues))[0];
  // What has happened or fallen away is not waited for: there was something to compute from, and nothing of it is at risk.
  if (first === undefined) return { base: latest(facets.dues).length > 0 ? 'GREEN' : 'NOT_ASSESSED', yellowOn: null, redAfter: null };
  return { base: isSlipped(facets) ? 'YELLOW' : 'GREEN', yellowOn: daysBefore(first, YELLOW_WITHIN_DAYS), redAfter: first };
};

export const lightOn = ({ base, yellowOn, redAfter }: LightBasis, today: Day): Light =>
  redAfter !== null && redAfter < today ? 'RED' : yellowOn !== null && yellowOn <= today ? 'YELLOW' : base;

/** RED past the upper bound of what is waited for, YELLOW within 30 days of it or slipped, GREEN otherwise; never a guess. */
export const computedLightOf = (facets: Pick<Facets, 'dues' | 'slip' | 'deviation'>, today: Day): Light =>
  lightOn(lightBasisOf(facets), today);

const FIRST_DAY: Day = '0001-01-01';
const DAY_MS = 86_400_000;
/** That many days earlier; no earlier than the first day there is. */
export const daysBefore = (day: Day, days: number): Day => {
  if (daysBetween(FIRST_DAY, day) <= days) return FIRST_DAY;
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - days * DAY_MS).toISOString().slice(0, 10);
};

/** Two asserters whose last words on one part are opposite: fulfilled, and not. Half measures and what cannot be verified oppose nothing. */
export const areOpposite = (verdicts: readonly Outcome[]): boolean => {
  const last = verdicts.filter(
    ({ part, assertedBy }, index) =>
      !verdicts.slice(index + 1).some((later) => later.part === part && sameParty(later.assertedBy, assertedBy)),
  );
  const parts = (outcome: string) => new Set(last.filter((one) => one.outcome === outcome).map(({ part }) => part));
  const denied = parts('NOT_FULFILLED');
  return [...parts('FULFILLED')].some((part) => denied.has(part));
};

export type AttentionBasis = Readonly<{
  facets: Facets;
  open: boolean;
  /** The day in Oslo on which its last entry was recorded. */
  lastEntryDay: Day;
  /** A rule of `gaps` names it. */
  gap: boolean;
  /** It is contested evidence that something rests on, or rests on such. */
  restsOnDisputed: boolean;
}>;

/** Why somebody should look at it, in the order of ATTENTIONS. */
export const attentionOf = (basis: AttentionBasis, today: Day, staleAfterDays: number): readonly Attention[] => {
  const { facets, open, lastEntryDay, gap, restsOnDisputed } = basis;
  const holds: Readonly<Record<Attention, boolean>> = {
    OVERDUE: daysLate(facets.dues, today) !== null,
    SLIPPED: isSlipped(facets),
    STALE: isStale(lastEntryDay, open, today, staleAfterDays),
    GAP: gap,
    DISPUTED: areOpposite(facets.verdicts) || restsOnDisputed,
  };
  return ATTENTIONS.filter((attention) => holds[attention]);
};
