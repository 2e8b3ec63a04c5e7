import { isSealed, labels, same, type Labels, type Party } from '@saksgang/kernel';

export { sameParty } from '@saksgang/kernel';

/** Never the name of a person: it is sealed, and opened per request. */
export const partyLabel = ({ name }: Party): Labels =>
  isSealed(name) ? labels('en navngitt person', 'ein namngitt person', 'a named person') : same(name);
