import type { Json } from '@saksgang/kernel';
import { fromBase64 } from './base64.js';
import { SALT_BYTES, commitmentOf } from './commitment.js';
import { sealedIn, type SealedPlace } from './sealed-in.js';

/** Opens a sealed value: `sealed` is the commitment as it stands in the leaf, `salt` its 32 bytes in base64. */
export type Disclosure = Readonly<{ sealed: string; salt: string; value: Json }>;

/** Why a sealed value of a leaf that is shown is not opened: erased for ever, or not for this reader. */
export type Closed = Readonly<{ sealed: string; why: 'ERASED' | 'WITHHELD' }>;

export type Disclosed = Readonly<{
  /** Commitments whose disclosure is not of this leaf, or says another value than was sealed. */
  wrong: readonly string[];
  /** How many were opened as they should. */
  opened: number;
  /** What stays closed, with the reason where one was told. */
  closed: readonly Readonly<{ place: SealedPlace; why: Closed['why'] | null }>[];
}>;

/** Holds the disclosures against the leaf: a value counts as opened only when it gives the commitment that stands there. */
export const disclosedIn = (leaf: object, disclosures: readonly Disclosure[], told: readonly Closed[] = []): Disclosed => {
  const places = sealedIn(leaf);
  const standing = new Set(places.map(({ sealed }) => sealed));
  const opened = new Set<string>();
  const wrong = [...disclosures, ...told].filter(({ sealed }) => !standing.has(sealed)).map(({ sealed }) => sealed);
  for (const disclosure of disclosures) {
    if (!standing.has(disclosure.sealed)) continue;
    if (opens(disclosure)) opened.add(disclosure.sealed);
    else wrong.push(disclosure.sealed);
  }
  const reasons = new Map(told.map(({ sealed, why }) => [sealed, why]));
  // What is opened and said to be closed at once is one of the two lies.
  wrong.push(...[...opened].filter((sealed) => reasons.has(sealed)));
  const closed = places.filter(({ sealed }) => !opened.has(sealed)).map((place) => ({ place, why: reasons.get(place.sealed) ?? null }));
  return { wrong, opened: opened.size, closed };
};

const opens = ({ sealed, salt, value }: Disclosure): boolean => {
  const bytes = fromBase64(salt);
  return bytes?.length === SALT_BYTES && commitmentOf(bytes, value) === sealed;
};
