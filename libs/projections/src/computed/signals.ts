import { boundsOf, type AnyKind, type Ask, type Due, type Facets, type LocalGap } from '@saksgang/kernel';
import { foldReference, sortKey } from '../folding.js';
import type { Values } from '../writing/exchange.js';
import { areOpposite, duesInForce, isSlipped, lightBasisOf, type LightBasis } from './computed.js';

const followed = new WeakMap<object, Facets>();
/** What follows from a state, which is asked when it is reached and again when it is left: states are never changed, so once is enough. */
export const facetsOf = (kind: AnyKind, state: unknown): Facets => {
  if (typeof state !== 'object' || state === null) return kind.facets(state);
  const known = followed.get(state);
  if (known) return known;
  const facets = kind.facets(state);
  followed.set(state, facets);
  return facets;
};

const named = new WeakMap<object, Facets['names']>();
/** The items that a state names. Of many states nothing else is asked again, and all that follows is more than is worth keeping. */
export const namesIn = (kind: AnyKind, state: unknown): Facets['names'] => {
  if (typeof state !== 'object' || state === null) return kind.facets(state).names;
  const known = named.get(state);
  if (known) return known;
  const names = (followed.get(state) ?? kind.facets(state)).names;
  named.set(state, names);
  return names;
};

type Signals = Readonly<{
  light: string | null;
  basis: LightBasis;
  slipped: boolean;
  opposed: boolean;
  contested: boolean;
  wantsEvidence: boolean;
  caseNumber: string | null;
}>;

export const signalsOf = (facets: Facets): Signals => ({
  light: facets.light,
  basis: lightBasisOf(facets),
  slipped: isSlipped(facets),
  opposed: areOpposite(facets.verdicts),
  contested: facets.disputed,
  wantsEvidence: facets.wantsEvidence,
  caseNumber: facets.caseNumber,
});

const NOTHING = new Map<string, never>();
const saysSomething = ({ light, basis, slipped, opposed, contested, wantsEvidence, caseNumber }: Signals): boolean =>
  light !== null || basis.base !== 'NOT_ASSESSED' || slipped || opposed || contested || wantsEvidence || caseNumber !== null;

export const signalSlots = (kind: AnyKind, state: unknown): ReadonlyMap<string, Signals> => {
  const signals = signalsOf(facetsOf(kind, state));
  return saysSomething(signals) ? new Map([['', signals]]) : NOTHING;
};

const DOCUMENT_OF_CASE = /^(\d{4}\/\d+)-(\d{1,9})$/u;

/** «18/01456-7» is document 7 of case 2018/1456; a case without a document's number leaves nothing to count. */
const documentOf = (caseNumber: string | null): readonly [string | null, number | null] => {
  const match = caseNumber === null ? null : DOCUMENT_OF_CASE.exec(foldReference(caseNumber)[0] ?? '');
  return match?.[1] === undefined ? [null, null] : [match[1], Number(match[2])];
};

export const signalValues = ({ light, basis, slipped, opposed, contested, wantsEvidence, caseNumber }: Signals): Values => [
  light, basis.base, basis.yellowOn, basis.redAfter, slipped ? 1 : 0, opposed ? 1 : 0, contested ? 1 : 0, wantsEvidence ? 1 : 0,
  caseNumber, ...documentOf(caseNumber),
]; // prettier-ignore

/** By what tells them apart within their item; those that nothing tells apart are counted. */
const bySlot = <T>(values: readonly T[], nameOf: (value: T) => string): ReadonlyMap<string, T> => {
  if (values.length === 0) return NOTHING;
  const slots = new Map<string, T>();
  for (const value of values) {
    const name = nameOf(value);
    let slot = name;
    for (let nth = 2; slots.has(slot); nth += 1) slot = `${name} ${nth}`;
    slots.set(slot, value);
  }
  return slots;
};

export const askSlots = (kind: AnyKind, state: unknown): ReadonlyMap<string, Ask> => bySlot(facetsOf(kind, state).asks, ({ part }) => part);

export const askValues = ({ part, state, open, owner, deadline, closedAs, text }: Ask): Values => [
  part, sortKey(part), state, open ? 1 : 0, owner?.body ?? null, owner === null ? 0 : 1, deadline?.text ?? null, deadline?.asWritten ?? null,
  deadline === null ? null : boundsOf(deadline).latest, closedAs, sortKey(text),
]; // prettier-ignore

/** Only what is still waited for is kept. */
export const dueSlots = (kind: AnyKind, state: unknown): ReadonlyMap<string, Due> =>
  bySlot(duesInForce(facetsOf(kind, state).dues), ({ part, nature }) => `${nature} ${part ?? ''}`);

export const dueValues = ({ part, nature, date, owner, what }: Due): Values => {
  const { earliest, latest } = boundsOf(date);
  return [part, nature, date.text, date.asWritten, earliest, latest, owner === null ? null : JSON.stringify(owner), JSON.stringify(what)];
};

export const gapSlots = (kind: AnyKind, state: unknown): ReadonlyMap<string, LocalGap> =>
  bySlot(facetsOf(kind, state).gaps, ({ rule, part }) => `${rule} ${part ?? ''}`);

export const gapValues = ({ rule, part, what, closedBy }: LocalGap): Values => [rule, part, JSON.stringify(what), JSON.stringify(closedBy)];
