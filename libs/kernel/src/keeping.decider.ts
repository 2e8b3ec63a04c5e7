import type { Decision, Refusal } from './decision.js';
import type { Day } from './instant.js';
import { holdsOn, keepingOf, type Keeping, type Shielding } from './keeping.js';
import type { SharedEvent } from './shared.js';
import type { SharedView } from './shared.decider.js';
import * as no from './shared.refusals.js';

/** `withHistory`: from its first entry on; else as it stands now, and what comes. */
export type Publish = Readonly<{ type: 'Publish'; withHistory: boolean }>;
export type Unpublish = Readonly<{ type: 'Unpublish' }>;
/** `part` null: the whole item. `until`: the last day on which it holds; null: until it is released. */
export type Shield = Readonly<{ type: 'Shield'; part: string | null; legalBasis: string; until: Day | null }>;
export type Release = Readonly<{ type: 'Release'; part: string | null }>;
export type KeepingCommand = Publish | Unpublish | Shield | Release;

/** Who may see an item is decided on the acts before, in the order they were done; on no fact of the item but that a part is there. */
export const decideKeeping = (command: KeepingCommand, view: SharedView): Decision<SharedEvent> => {
  const kept = keepingOf(view.entries);
  switch (command.type) {
    case 'Publish':
      return decidePublishing(command, kept, view);
    case 'Unpublish':
      return onlyThePublishedIsUnpublished(kept) ?? whoIsToSeeLessIsToldWhy(view) ?? [{ type: 'Unpublished', data: {} }];
    case 'Shield':
      return decideShielding(command, kept, view);
    case 'Release':
      return shieldOf(command.part, kept, view) === undefined
        ? no.notShielded(command.part)
        : [{ type: 'Released', data: { part: command.part } }];
  }
};

const decidePublishing = ({ withHistory }: Publish, { publication }: Keeping, { now, context }: SharedView): Decision<SharedEvent> => {
  if (now.retracted) return no.itemRetracted(context.item);
  return publication?.withHistory === withHistory ? no.alreadyPublished(withHistory) : [{ type: 'Published', data: { withHistory } }];
};

const decideShielding = ({ part, legalBasis, until }: Shield, kept: Keeping, view: SharedView): Decision<SharedEvent> => {
  const standing = shieldOf(part, kept, view);
  const refusal = thePartCanBeShielded(part, view) ?? aShieldEndsNoEarlierThanToday(until, view);
  if (refusal !== null) return refusal;
  return standing?.legalBasis === legalBasis && standing.until === until
    ? no.alreadyShielded(part)
    : [{ type: 'Shielded', data: { part, legalBasis, until } }];
};

const shieldOf = (part: string | null, { shields }: Keeping, { context }: SharedView): Shielding | undefined =>
  shields.find((shield) => shield.part === part && holdsOn(shield, context.today));

const onlyThePublishedIsUnpublished = ({ publication }: Keeping): Refusal | null => (publication === null ? no.notPublished() : null);

const whoIsToSeeLessIsToldWhy = ({ context }: SharedView): Refusal | null =>
  context.reason === null || context.reason.trim() === '' ? no.unpublishingNeedsReason() : null;

const thePartCanBeShielded = (part: string | null, { kind, state }: SharedView): Refusal | null => {
  if (part === null) return null;
  if (!kind.hasPart(state, part)) return no.unknownPart(part);
  return kind.withoutPart === undefined ? no.shieldTheWhole(kind.label) : null;
};

const aShieldEndsNoEarlierThanToday = (until: Day | null, { context }: SharedView): Refusal | null =>
  until !== null && until < context.today ? no.shieldEndsBefore(context.today) : null;
