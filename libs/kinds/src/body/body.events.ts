import type { ItemId, PartialDate } from '@saksgang/kernel';

/** The founding event. `occurred` is when the body came to be, as far as is known. */
export type BodyEstablished = Readonly<{
  type: 'BodyEstablished';
  data: Readonly<{
    name: string;
    aliases: readonly string[];
    parent: ItemId | null;
    /** Throughout this period it stands, where the source says so; null: not said. */
    period: PartialDate | null;
  }>;
}>;
/** The old name stays findable as an alias. */
export type BodyRenamed = Readonly<{ type: 'BodyRenamed'; data: Readonly<{ name: string }> }>;
export type BodyAliasAdded = Readonly<{ type: 'BodyAliasAdded'; data: Readonly<{ alias: string }> }>;
/** A claim about the body, by `assertedBy`: others may contest it. */
export type BodyClaimRecorded = Readonly<{ type: 'BodyClaimRecorded'; data: Readonly<{ claim: string }> }>;
/** `intoName` is the other body's name when this was recorded: what the timeline says must not need another stream. */
export type BodyMerged = Readonly<{ type: 'BodyMerged'; data: Readonly<{ into: ItemId; intoName: string }> }>;
export type BodyDissolved = Readonly<{ type: 'BodyDissolved'; data: Readonly<Record<string, never>> }>;

export type BodyEvent = BodyEstablished | BodyRenamed | BodyAliasAdded | BodyClaimRecorded | BodyMerged | BodyDissolved;
