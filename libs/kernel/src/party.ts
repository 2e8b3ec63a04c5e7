import type { Party } from './entry.js';
import { isSealed } from './sealed.js';

/** The same body, the same words, or the same person: a person's commitment is salted anew each time, the person is not. */
export const sameParty = (one: Party | null, other: Party | null): boolean => {
  if (one === null || other === null) return one === other;
  if (one.body !== null || other.body !== null) return one.body === other.body;
  const [name, otherName] = [one.name, other.name];
  if (isSealed(name) || isSealed(otherName)) return isSealed(name) && isSealed(otherName) && name.person === otherName.person;
  return name === otherName;
};
