import type { ItemId, PartialDate } from '@saksgang/kernel';

/** Founding. `parent`: the body it is part of. */
export type EstablishBody = Readonly<{
  type: 'EstablishBody';
  name: string;
  aliases: readonly string[];
  parent: ItemId | null;
  period: PartialDate | null;
}>;
export type RenameBody = Readonly<{ type: 'RenameBody'; name: string }>;
export type AddBodyAlias = Readonly<{ type: 'AddBodyAlias'; alias: string }>;
/** Who claims it is the entry's `assertedBy`, and must be said. */
export type RecordBodyClaim = Readonly<{ type: 'RecordBodyClaim'; claim: string }>;
export type MergeBody = Readonly<{ type: 'MergeBody'; into: ItemId }>;
export type DissolveBody = Readonly<{ type: 'DissolveBody' }>;

export type BodyCommand = EstablishBody | RenameBody | AddBodyAlias | RecordBodyClaim | MergeBody | DissolveBody;
