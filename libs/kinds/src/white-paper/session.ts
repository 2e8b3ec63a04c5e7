import { boundsOf, type Day, type PartialDate } from '@saksgang/kernel';

/** A session of the Storting as it is printed, «2018–2019»; numbers of papers restart with each. */
export type Session = string;

const PRINTED = /^(\d{4})\s?[–-]\s?(\d{4})$/;
const FIRST_NUMBERED = '09-01';
const FIRST_DAY = '10-01';
const LAST_DAY = '09-30';

/** In the printed form, with an en dash; null when the text is no session: two years that follow each other. */
export const sessionFrom = (text: string): Session | null => {
  const [, first, second] = PRINTED.exec(text) ?? [];
  return first !== undefined && Number(second) === Number(first) + 1 ? `${first}–${second}` : null;
};

/**
 * From the first day on which a paper may carry it to 30 September of its second year, both included. What goes with the budget is
 * approved in statsråd before the session opens and is numbered in the one to come: Meld. St. 1 (2018–2019), 28 September 2018.
 */
export const daysOf = (session: Session): Readonly<{ first: Day; last: Day }> => ({
  first: `${session.slice(0, 4)}-${FIRST_NUMBERED}`,
  last: `${session.slice(5)}-${LAST_DAY}`,
});

const sessionOn = (day: Day, firstDay: string): Session => {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < firstDay ? 1 : 0);
  return `${String(year).padStart(4, '0')}–${String(year + 1).padStart(4, '0')}`;
};

/** The one session whose number a paper of that date can have, or null: in September it may be either. */
export const sessionOf = (date: PartialDate): Session | null => {
  const { earliest, latest } = boundsOf(date);
  if (earliest === null || latest === null) return null;
  const session = sessionOn(earliest, FIRST_DAY);
  return session === sessionOn(latest, FIRST_NUMBERED) ? session : null;
};

/** Could a paper of this date have a number of that session? */
export const mayLieIn = (date: PartialDate, session: Session): boolean => {
  const { earliest, latest } = boundsOf(date);
  const { first, last } = daysOf(session);
  return (latest === null || latest >= first) && (earliest === null || earliest <= last);
};
