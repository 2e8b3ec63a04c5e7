import { foldState, labels, type AnyKind, type Ask, type Labels, type Outcome } from '@saksgang/kernel';
import { facetsOf } from '../computed/signals.js';
import type { ItemState, TraceEndRow } from '../reading.js';
import type { Walked, WalkNode } from './walk.js';

const RETRACTED = labels('trukket tilbake', 'trekt tilbake', 'retracted');
const GOES_ON = labels(
  'sporet går videre: spør med større depth',
  'sporet går vidare: spør med større depth',
  'the trail goes on: ask with a greater depth',
);

/** Where the trail ends at this place: verdicts and outcomes always; a gap where nothing leads on from what is still open. */
export const endsAt = (node: WalkNode, { row, state, facts }: ItemState, kind: AnyKind, walked: Walked): readonly TraceEndRow[] => {
  const facets = facetsOf(kind, state);
  const leadsOn = walked.onward.has(`FORWARD ${node.id}`) || !walked.passed.has(`FORWARD ${node.id}`);
  const verdicts = facets.verdicts.filter(({ part }) => part === node.part).map((verdict) => verdictOf(node, verdict));
  const end = (what: Pick<TraceEndRow, 'end' | 'code' | 'what'>): TraceEndRow => ({ node: node.id, assertedBy: null, ...what });
  const stateLabel = row.state === 'RETRACTED' ? RETRACTED : (kind.states[row.state]?.label ?? labels(row.state, row.state, row.state));
  const others: TraceEndRow[] = walked.beyond.has(node.id) ? [end({ end: 'DEPTH', code: null, what: GOES_ON })] : [];

  if (node.part !== null) {
    const ask = facets.asks.find(({ part }) => part === node.part);
    if (ask?.open === false)
      others.push(
        end(
          ask.closedAs === null
            ? { end: 'OUTCOME', code: row.state, what: stateLabel }
            : { end: 'OUTCOME', code: ask.closedAs, what: null },
        ),
      );
    if (ask?.open && !leadsOn && verdicts.length === 0)
      others.push(end({ end: 'GAP', code: 'ASK_WITHOUT_OUTCOME', what: whatIsMissing(ask) }));
    return [...verdicts, ...others];
  }
  const isOutcome = row.state === 'RETRACTED' || isLastState(kind, row.state) || (!row.open && wasFoundedOpen(kind, facts));
  if (isOutcome) others.push(end({ end: 'OUTCOME', code: row.state, what: stateLabel }));
  else if (row.open && !leadsOn && verdicts.length === 0)
    others.push(end({ end: 'GAP', code: 'STILL_OPEN', what: noFurtherThan(stateLabel) }));
  const restsOnNothing = walked.passed.has(`BACKWARD ${node.id}`) && !walked.onward.has(`BACKWARD ${node.id}`);
  if (restsOnNothing)
    for (const { rule, part, what } of facets.gaps)
      if (rule === 'UNSOURCED' && part === null) others.push(end({ end: 'GAP', code: rule, what }));
  return [...verdicts, ...others];
};

const verdictOf = (node: WalkNode, { outcome, assertedBy }: Outcome): TraceEndRow => ({
  node: node.id,
  end: 'VERDICT',
  code: outcome,
  assertedBy,
  what: null,
});

/** A kind all of whose states are last has no life to come to an end. */
const isLastState = ({ states }: AnyKind, state: string): boolean =>
  states[state]?.final === true && Object.values(states).some(({ final }) => !final);

const wasFoundedOpen = (kind: AnyKind, facts: ItemState['facts']): boolean => kind.summarise(foldState(kind, facts.slice(0, 1))).open;

const NO_OWNER = labels('ingen ansvarlig', 'ingen ansvarleg', 'nobody is responsible');
const NO_REPORT = labels('ingen rapport', 'ingen rapport', 'no report');
const NOT_CLOSED = labels('ikke avsluttet', 'ikkje avslutta', 'not closed');

const whatIsMissing = ({ owner, reported }: Ask): Labels => {
  const missing = [...(owner === null ? [NO_OWNER] : []), ...(reported === true ? [] : [NO_REPORT])];
  const told = missing.length === 0 ? [NOT_CLOSED] : missing;
  const joined = (locale: keyof Labels): string => told.map((one) => one[locale]).join(', ');
  return labels(joined('nb'), joined('nn'), joined('en'));
};

const noFurtherThan = ({ nb, nn, en }: Labels): Labels =>
  labels(`ikke kommet lenger enn «${nb}»`, `ikkje komme lenger enn «${nn}»`, `has come no further than «${en}»`);
