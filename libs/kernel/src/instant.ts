import { civil, dayNumber, isRealDay, nextDay, weekday } from './calendar.js';

/** An instant in UTC with milliseconds, `2018-10-03T10:00:00.000Z`: sorts bytewise. */
export type Instant = string;
/** A day in Europe/Oslo, `2018-10-03`: sorts bytewise. Years 0001–9999. */
export type Day = string;

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** From this year on Oslo keeps summer time by the rule of the European Union, unchanged. Earlier years ask the time zone table. */
const EU_RULE_FROM = '1997';

/** The day in Oslo on which the instant falls; 9999-12-31 for what falls after it. The instant must be one by `isInstant`. */
export const osloDay = (instant: Instant): Day => {
  const utcDay = instant.slice(0, 10);
  if (utcDay < EU_RULE_FROM) return dayByTimeZoneTable(Date.parse(instant));
  // Oslo is one hour ahead of UTC, two in summer: only the last two hours of a UTC day can be another day there.
  const hour = instant.slice(11, 13);
  if (hour < '22' || (hour === '22' && !isSummerEvening(utcDay))) return utcDay;
  return nextDay(utcDay) ?? utcDay;
};

/** The last millisecond of that day in Oslo. The day must be real. */
export const endOfOsloDay = (day: Day): Instant => {
  if (day < EU_RULE_FROM) return endByTimeZoneTable(day);
  return isSummerEvening(day) ? `${day}T21:59:59.999Z` : `${day}T22:59:59.999Z`;
};

/** A real day of the calendar (2018-02-30 is not)? */
export const isDay = (text: string): boolean => isRealDay(text);

export const isInstant = (text: string): boolean => {
  const match = INSTANT.exec(text);
  return match !== null && isRealDay(match[1] ?? '');
};

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);

/** Summer time at 22:00 UTC of that day: it runs from the last Sunday of March to the last Sunday of October, 01:00 UTC both. */
const isSummerEvening = (utcDay: Day): boolean => {
  const month = Number(utcDay.slice(5, 7));
  if (month < 3 || month > 10) return false;
  if (month > 3 && month < 10) return true;
  const lastSunday = lastSundayOf(Number(utcDay.slice(0, 4)), month);
  return month === 3 ? utcDay >= lastSunday : utcDay < lastSunday;
};

/** March and October both have 31 days. */
const lastSundayOf = (year: number, month: number): Day => civil(year, month, 31 - weekday(civil(year, month, 31)));

// Made once: building one of these costs a thousand times more than asking it.
const osloCalendar = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Europe/Oslo',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

const dayByTimeZoneTable = (ms: number): Day => {
  const parts = new Map(osloCalendar.formatToParts(ms).map(({ type, value }) => [type, value]));
  return civil(Number(parts.get('year')), Number(parts.get('month')), Number(parts.get('day')));
};

/** Bisects the three hours in which the day can end (Oslo has been at most two hours ahead of UTC). */
const endByTimeZoneTable = (day: Day): Instant => {
  let after = (dayNumber(day) + 1) * 86_400_000;
  let within = after - 3 * 3_600_000;
  while (after - within > 1) {
    const middle = Math.floor((within + after) / 2);
    if (dayByTimeZoneTable(middle) <= day) within = middle;
    else after = middle;
  }
  return new Date(within).toISOString();
};
