import { isSealed } from '@saksgang/kernel';

/** Sealed values of one leaf that are looked for. Far above any entry; a leaf that holds more is refused by its size first. */
export const SEALED_MAX = 10_000;

/** A sealed value and where in the leaf it stands, like `assertedBy.name` or `data.signatories.0.name`. */
export type SealedPlace = Readonly<{ sealed: string; person: string; path: string }>;

/** Every sealed value that occurs in a leaf, in the order of its text. */
export const sealedIn = (leaf: object): readonly SealedPlace[] => {
  const found: SealedPlace[] = [];
  gather(leaf, '', found);
  return found;
};

const gather = (value: unknown, path: string, found: SealedPlace[]): void => {
  if (typeof value !== 'object' || value === null || found.length === SEALED_MAX) return;
  if (isSealed(value)) return void found.push({ sealed: value.sealed, person: value.person, path });
  for (const [key, member] of Object.entries(value)) gather(member, path === '' ? key : `${path}.${key}`, found);
};
