import type { Entry, Revision } from './entry.js';
import type { Day, Instant } from './instant.js';
import { labels } from './labels.js';
import { isKeeping, type KeepingEvent } from './shared.js';

/** `since`: the revision of the entry that published it, and so the first that anyone may read where its history is not. */
export type Publication = Readonly<{ withHistory: boolean; since: Revision; at: Instant }>;
/** `part` null: the whole item. `until`: the last day on which it holds; null: until it is released. */
export type Shielding = Readonly<{ part: string | null; legalBasis: string; until: Day | null; since: Revision; at: Instant }>;

/** Who may see an item. `shields` by what they cover, those whose last day has passed included. */
export type Keeping = Readonly<{ publication: Publication | null; shields: readonly Shielding[] }>;
export const NOTHING_KEPT: Keeping = { publication: null, shields: [] };

/** Acts of who keeps the record count in the order in which they were done, whatever day they name. */
export const keepingOf = (entries: readonly Entry[]): Keeping =>
  entries.reduce((keeping, entry) => (isKeeping(entry.event) ? keptAfter(keeping, entry.event, entry) : keeping), NOTHING_KEPT);

export const keptAfter = (
  keeping: Keeping,
  event: KeepingEvent,
  { revision: since, recordedAt: at }: Pick<Entry, 'revision' | 'recordedAt'>,
): Keeping => {
  switch (event.type) {
    case 'Published':
      return { ...keeping, publication: { ...event.data, since, at } };
    case 'Unpublished':
      return { ...keeping, publication: null };
    case 'Shielded':
      return { ...keeping, shields: [...without(keeping, event.data.part), { ...event.data, since, at }] };
    case 'Released':
      return { ...keeping, shields: without(keeping, event.data.part) };
  }
};

const without = ({ shields }: Keeping, part: string | null): readonly Shielding[] => shields.filter((shield) => shield.part !== part);

/** Its last day has not passed. */
export const holdsOn = ({ until }: Pick<Shielding, 'until'>, today: Day): boolean => until === null || until >= today;

/** A part lies in another when it is that part or one of its own: «2.3.1» lies in «2.3». */
export const liesIn = (part: string, other: string): boolean => part === other || part.startsWith(`${other}.`);

/** What stands where something may not be seen. */
export const SHIELDED_TITLE = labels('Skjermet', 'Skjerma', 'Shielded');
