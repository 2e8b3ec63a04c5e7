import type { EntryId, Grown, ItemId, PartialDate, Party, Source } from '@saksgang/kernel';

export type Claim = Readonly<{ entry: EntryId; claim: string; assertedBy: Party | null; source: Source | null; occurred: PartialDate }>;
export type BodyCore = Readonly<{
  name: string;
  /** Other names in use, and the names it has had before. */
  aliases: readonly string[];
  /** Every name it has had, oldest first, the current one last. */
  names: readonly Readonly<{ name: string; since: PartialDate }>[];
  parent: ItemId | null;
  period: PartialDate | null;
  claims: Grown<Claim>;
  established: PartialDate;
}>;
export type LivingBody = BodyCore & Readonly<{ status: 'established' | 'renamed' }>;
/** `ended` is when it was merged or dissolved, as far as is known. */
export type MergedBody = BodyCore & Readonly<{ status: 'merged'; into: ItemId; intoName: string; ended: PartialDate }>;
export type DissolvedBody = BodyCore & Readonly<{ status: 'dissolved'; ended: PartialDate }>;
export type Body = Readonly<{ status: 'unknown' }> | LivingBody | MergedBody | DissolvedBody;
