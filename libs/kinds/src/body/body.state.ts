import type { EntryId, ItemId, PartialDate, Party, Source } from '@saksgang/kernel';

export type Claim = Readonly<{ entry: EntryId; claim: string; assertedBy: Party | null; source: Source | null; occurred: PartialDate }>;
export type BodyCore = Readonly<{
  name: string;
  aliases: readonly string[];
  /** Every name it has had, oldest first, the current one last. */
  names: readonly Readonly<{ name: string; since: PartialDate }>[];
  parent: ItemId | null;
  period: PartialDate | null;
  claims: readonly Claim[];
  established: PartialDate;
}>;
export type Body =
  | Readonly<{ status: 'unknown' }>
  | (BodyCore & Readonly<{ status: 'established' | 'renamed' | 'dissolved' }>)
  | (BodyCore & Readonly<{ status: 'merged'; into: ItemId }>);
