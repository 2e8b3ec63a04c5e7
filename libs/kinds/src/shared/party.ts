import { isSealed, labels, same, type Labels, type Party } from '@saksgang/kernel';

/** The same body, the same words, or the same person: a person's commitment is salted anew each time, the person is not. */
export const sameParty = (one: Party | null, other: Party | null): boolean => {
  if (one === null || other === null) return one === other;
  if (one.body !== null || other.body !== null) return one.body === other.body;
  if (isSealed(one.name) || isSealed(other.name))
    return isSealed(one.name) && isSealed(other.name) && one.name.person === other.name.person;
  return one.name === other.name;
};

/** Never the name of a person: it is sealed, and opened per request. */
export const partyLabel = ({ name }: Party): Labels =>
  isSealed(name) ? labels('en navngitt person', 'ein namngitt person', 'a named person') : same(name);
