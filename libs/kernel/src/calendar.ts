/** The proleptic Gregorian calendar in whole numbers. Inside the kernel only: others speak in days and partial dates. */

const CIVIL_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days of a month, 1–12. */
export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** Years 0001–9999 and days that exist. */
export const isRealDay = (text: string): boolean => {
  const match = CIVIL_DAY.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
};

/**
 * Days since 1970-01-01, negative before. The day must be real. Years are counted from March, so that the leap day is the
 * last of its year, in eras of 400 years (146 097 days), after which the calendar repeats.
 */
export const dayNumber = (day: string): number => {
  const month = Number(day.slice(5, 7));
  const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(day.slice(8, 10)) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** The day after, or null after 9999-12-31. */
export const nextDay = (day: string): string | null => {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const date = Number(day.slice(8, 10));
  if (date < daysInMonth(year, month)) return civil(year, month, date + 1);
  if (month < 12) return civil(year, month + 1, 1);
  return year < 9999 ? civil(year + 1, 1, 1) : null;
};

/** `2018-10-03` from its numbers. */
export const civil = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export const weekday = (day: string): number => (((dayNumber(day) + 4) % 7) + 7) % 7;
