import {
  decideShared,
  foldState,
  history,
  isRefusal,
  NOW,
  type DecisionContext,
  type Refusal,
  type SharedCommand,
  type SharedEvent,
  type SharedView,
} from '../src/index.js';
import { errand, sharedSpecs } from './errand.kind.js';
import { date, ITEM, stream, type Told } from './stream.js';

export const TODAY = '2019-02-01';

/** What a shared command is judged on, after these entries; the context says `reason: 'feil'` unless told otherwise. */
export const viewOf = (told: readonly Told[], more: Partial<DecisionContext> = {}): SharedView => {
  const entries = stream(...told);
  const now = history(entries, NOW);
  const context: DecisionContext = {
    item: ITEM,
    day: TODAY,
    today: TODAY,
    entries,
    targets: new Map(),
    occurred: date(`../${TODAY}`),
    assertedBy: null,
    source: null,
    reason: 'feil',
    ...more,
  };
  return { kind: errand, shared: sharedSpecs, entries, now, state: foldState(errand, now.facts), context };
};

/** The events, or the refusal's code: what a spec expects. */
export const decided = (
  told: readonly Told[],
  command: SharedCommand,
  more: Partial<DecisionContext> = {},
): readonly SharedEvent[] | string => {
  const decision = decideShared(command, viewOf(told, more));
  return isRefusal(decision) ? decision.code : decision;
};

export const refused = (told: readonly Told[], command: SharedCommand, more: Partial<DecisionContext> = {}): Refusal => {
  const decision = decideShared(command, viewOf(told, more));
  if (!isRefusal(decision)) throw new Error(`not refused: ${JSON.stringify(decision)}`);
  return decision;
};
