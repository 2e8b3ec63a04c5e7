import { boundsOf, type Day, type PartialDate } from '@saksgang/kernel';

/** A session of the Storting as it is printed, «2018–2019»; numbers of papers restart with each. */
export type Session = string;

const PRINTED = /^(\d{4})\s?[–-]\s?(\d{4})$/;
const FIRST_DAY = '10-01';
const LAST_DAY = '09-30';

/** In the printed form, with an en dash; null when the text is no session: two years that follow each other. */
export const sessionFrom = (text: string): Session | null => {
  const [, first, second] = PRINTED.exec(text) ?? [];
  return first !== undefined && Number(second) === Number(first) + 1 ? `${first}–${second}` : null;
};

/** From 1 October of its first year to 30 September of its second, both included. */
export const daysOf = (session: Session): Readonly<{ first: Day; last: Day }> => ({
  first: `${session.slice(0, 4)}-${FIRST_DAY}`,
  last: `${session.slice(5)}-${LAST_DAY}`,
});

const sessionOn = (day: Day): Session => {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < FIRST_DAY ? 1 : 0);
  return `${String(year).padStart(4, '0')}–${String(year + 1).padStart(4, '0')}`;
};

/** The one session in which all of the date lies, or null. */
export const sessionOf = (date: PartialDate): Session | null => {
  const { earliest, latest } = boundsOf(date);
  if (earliest === null || latest === null) return null;
  const session = sessionOn(earliest);
  return session === sessionOn(latest) ? session : null;
};

/** Could something of this date have happened in that session? */
export const mayLieIn = (date: PartialDate, session: Session): boolean => {
  const { earliest, latest } = boundsOf(date);
  const { first, last } = daysOf(session);
  return (latest === null || latest >= first) && (earliest === null || earliest <= last);
};
