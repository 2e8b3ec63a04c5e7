import type { Entry, Fact, PartialDate, SharedEvent, Source } from '@saksgang/kernel';
import type { RequestContext } from '../context.js';
import type { ItemSource } from '../sources.js';
import { itemStateOf, refIn } from '../state.js';
import type { AssertionSource } from './party.resolver.js';

/** A date with the entry that said it, as the kinds keep it. */
type SaidDate = Readonly<{
  entry: string;
  date: PartialDate;
  occurred: PartialDate;
  assertedBy: AssertionSource['assertedBy'];
  source: Source | null;
  reason: string | null;
}>;
export type PlannedDateSource = Omit<SaidDate, 'entry'> & AssertionSource;

/** Oldest first, as the kind keeps them. */
export const plannedDates = async (
  context: RequestContext,
  item: ItemSource,
  dates: readonly SaidDate[],
): Promise<readonly PlannedDateSource[]> => {
  const state = await itemStateOf(context, item);
  return dates.map(({ entry, ...said }) => ({ ...said, id: refIn(state, entry), item: item.id, pin: item.pin }));
};

/** What an entry that changes another says of its date; null where it says nothing of it. */
const dateGivenBy = ({ event }: Entry): PartialDate | null => {
  const shared = event as SharedEvent;
  if (shared.type === 'DateEstablished') return shared.data.date;
  return shared.type === 'EntryCorrected' ? shared.data.occurred : null;
};

/**
 * How the date of one entry came to be known: as it was first said, then every date established or corrected since that still
 * counts. Steps that change nothing are left out.
 */
export const datesOfEntry = async (context: RequestContext, item: ItemSource, entry: string): Promise<readonly PlannedDateSource[]> => {
  const state = await itemStateOf(context, item);
  const fact = state.facts.find((one) => one.entry === entry);
  const written = await context.reading.entry(refIn(state, entry), item.pin);
  if (fact === undefined || written === null) return [];
  const changes = fact.changedBy.map((change) => stepOf(item, change, dateGivenBy(change)));
  const steps = [stepOf(item, written.entry, written.entry.occurred), ...changes].filter((step) => step !== null);
  return withLast(steps, fact).filter(unlikeTheOneBefore);
};

/** Entries that change another are no facts: they name themselves. */
const stepOf = (
  item: ItemSource,
  { revision, occurred, assertedBy, source, reason }: Entry,
  date: PartialDate | null,
): PlannedDateSource | null =>
  date === null ? null : { id: `${item.id}@${revision}`, item: item.id, pin: item.pin, date, occurred, assertedBy, source, reason };

/** An established date may itself have been corrected: what counts at the end is what the entry is read with. */
const withLast = (steps: readonly PlannedDateSource[], { occurred }: Fact): readonly PlannedDateSource[] =>
  steps.map((step, index) => (index === steps.length - 1 ? { ...step, date: occurred } : step));

const unlikeTheOneBefore = (step: PlannedDateSource, index: number, steps: readonly PlannedDateSource[]): boolean =>
  step.date.text !== steps[index - 1]?.date.text;
