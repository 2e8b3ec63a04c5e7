import type { Day, ItemId, PartialDate } from '@saksgang/kernel';

/** A part that asks for something: one row of the follow-up list. */
export type FollowUpRow = Readonly<{
  item: ItemId;
  part: string;
  /** Of the part, in the words of its kind. */
  state: string;
  /** It still asks; false where it is closed or its item no longer stands. */
  open: boolean;
  deadline: PartialDate | null;
  closedAs: string | null;
  /** Days past the deadline's upper bound on the pin's day; null where it is not overdue. */
  daysOverdue: number | null;
}>;

export type FollowUpFilter = Readonly<{
  kinds?: readonly string[] | null;
  /** The bodies that decided. */
  bodies?: readonly ItemId[] | null;
  owners?: readonly ItemId[] | null;
  states?: readonly string[] | null;
  overdue?: boolean | null;
  /** It still asks, and nobody is responsible. */
  unassigned?: boolean | null;
  project?: ItemId | null;
  /** The deadline's upper bound lies before this day. */
  dueBefore?: Day | null;
  /** In the part's text or its item's title. */
  text?: string | null;
}>;

/** Within each, in the order of the documents. Those without a deadline come last in either direction of time. */
export type FollowUpOrder = 'DEADLINE' | 'DEADLINE_DESC' | 'DECIDED' | 'DECIDED_DESC' | 'STATE';
