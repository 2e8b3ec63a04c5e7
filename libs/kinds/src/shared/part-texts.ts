import type { Party, PartText } from '@saksgang/kernel';

/** These texts in one part, those that are there. */
export const inPart = (part: string | null, texts: readonly (string | null | undefined)[]): readonly PartText[] =>
  texts.flatMap((text) => (text === null || text === undefined ? [] : [{ part, text }]));

/** A name that is no person's: those are sealed, and in no index. */
export const openName = (party: Party | null): string | null => (typeof party?.name === 'string' ? party.name : null);
