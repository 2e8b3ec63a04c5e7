/** An instant in UTC with milliseconds, `2018-10-03T10:00:00.000Z`: sorts bytewise. */
export type Instant = string;
/** A day in Europe/Oslo, `2018-10-03`: sorts bytewise. Years 0001–9999. */
export type Day = string;

/** The day in Oslo on which the instant falls. */
export declare const osloDay: (instant: Instant) => Day;
/** The last millisecond of that day in Oslo. */
export declare const endOfOsloDay: (day: Day) => Instant;
/** A real day of the calendar (2018-02-30 is not)? */
export declare const isDay: (text: string) => boolean;
export declare const isInstant: (text: string) => boolean;
/** Whole days from `from` to `to`; negative when `to` is earlier. */
export declare const daysBetween: (from: Day, to: Day) => number;
