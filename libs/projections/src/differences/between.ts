import type { Day, Entry, Position } from '@saksgang/kernel';
import type { Pin } from '../reading.js';
import type { Span } from './news.js';

/** What lies between two points of view, whichever comes first: numbers of entries and days, each without the lower bound and with the upper. */
export type Between = Readonly<{ knownFrom: number; knownTo: number; dayFrom: Day; dayTo: Day; first: Position; last: Position }>;

export const between = (from: Pin, to: Pin): Between => {
  const [early, late] = from.known <= to.known ? [from, to] : [to, from];
  const [dayFrom, dayTo] = from.validAt <= to.validAt ? [from.validAt, to.validAt] : [to.validAt, from.validAt];
  return { knownFrom: early.known, knownTo: late.known, dayFrom, dayTo, first: early.position, last: late.position };
};

export const spanOf = ({ first, last, dayFrom, dayTo }: Between): Span => ({
  recorded: ({ position }: Entry) => position > first && position <= last,
  day: (day) => day > dayFrom && day <= dayTo,
});
