import type { SubmitOutcome } from '@saksgang/commanding';
import {
  labels,
  refuse,
  type Entry,
  type Issue,
  type ItemId,
  type Labels,
  type Position,
  type Refusal,
  type Revision,
} from '@saksgang/kernel';

const RETRY_AFTER_MS = 1_000; // ms until a read model that was behind is worth asking again

type Told = Readonly<{ code: string; message: Labels; whatToDo: Labels }>;
export type RecordedSource = Readonly<{
  __typename: 'Recorded';
  item: ItemId;
  revision: Revision;
  position: Position;
  entries: readonly Entry[];
  replayed: boolean;
}>;
export type RefusedSource = Told &
  Readonly<{
    __typename: 'Refused';
    state: string | null;
    allowed: readonly string[];
    candidates: readonly ItemId[];
    retryAfterMs: number | null;
  }>;
export type ConflictSource = Told &
  Readonly<{ __typename: 'Conflict'; item: ItemId; expectedRevision: Revision; actualRevision: Revision; since: readonly Entry[] }>;
export type InvalidSource = Told & Readonly<{ __typename: 'Invalid'; issues: readonly Issue[] }>;
export type OutcomeSource = RecordedSource | RefusedSource | ConflictSource | InvalidSource;
export type ProblemSource = Exclude<OutcomeSource, RecordedSource>;

export const refused = (refusal: Refusal, state: string | null = null, retryAfterMs: number | null = null): RefusedSource => ({
  __typename: 'Refused',
  ...refusal,
  state,
  retryAfterMs,
});

export const invalid = (issues: readonly Issue[]): InvalidSource => {
  const count = issues.length;
  return {
    __typename: 'Invalid',
    code: 'INVALID_INPUT',
    message: labels(
      count === 1
        ? 'Én ting i det som ble sendt, er feil. Ingenting er ført.'
        : `${count} ting i det som ble sendt, er feil. Ingenting er ført.`,
      count === 1
        ? 'Éin ting i det som vart sendt, er feil. Ingenting er ført.'
        : `${count} ting i det som vart sendt, er feil. Ingenting er ført.`,
      count === 1
        ? 'One thing in the input is wrong. Nothing was recorded.'
        : `${count} things in the input are wrong. Nothing was recorded.`,
    ),
    whatToDo: labels(
      'Rett det som står under issues, og send på nytt med samme commandId.',
      'Rett det som står under issues, og send på nytt med same commandId.',
      'Correct what issues lists, and send it again with the same commandId.',
    ),
    issues,
  };
};

const conflict = (outcome: Extract<SubmitOutcome, { outcome: 'conflict' }>): ConflictSource => ({
  __typename: 'Conflict',
  code: 'REVISION_CONFLICT',
  message: labels(
    `Saken er på revisjon ${outcome.actual}, ikke ${outcome.expected}: noen andre har ført noe imens. Ingenting er ført nå.`,
    `Saka er på revisjon ${outcome.actual}, ikkje ${outcome.expected}: nokon andre har ført noko imens. Ingenting er ført no.`,
    `The item is at revision ${outcome.actual}, not ${outcome.expected}: somebody else has recorded meanwhile. Nothing was recorded now.`,
  ),
  whatToDo: labels(
    `Les det som er ført imens, under since. Gjelder kommandoen fortsatt, så send den igjen med expectedRevision: ${outcome.actual}.`,
    `Les det som er ført imens, under since. Gjeld kommandoen framleis, så send han igjen med expectedRevision: ${outcome.actual}.`,
    `Read what was recorded meanwhile, in since. If the command still stands, send it again with expectedRevision: ${outcome.actual}.`,
  ),
  item: outcome.item,
  expectedRevision: outcome.expected,
  actualRevision: outcome.actual,
  since: outcome.since,
});

export const notCaughtUp = (): RefusedSource =>
  refused(
    refuse(
      'PROJECTION_BEHIND',
      labels(
        'Oversiktene har ikke rukket å få med seg det siste som er ført, så referansene kan ikke slås opp ennå. Ingenting er ført.',
        'Oversiktene har ikkje rokke å få med seg det siste som er ført, så referansane kan ikkje slåast opp enno. Ingenting er ført.',
        'The read models have not yet caught up with what was recorded last, so references cannot be looked up. Nothing was recorded.',
      ),
      labels(
        'Vent litt og send på nytt, eller oppgi saker med id i stedet for referanse.',
        'Vent litt og send på nytt, eller oppgi saker med id i staden for referanse.',
        'Wait a little and send it again, or name items by id instead of by reference.',
      ),
    ),
    null,
    RETRY_AFTER_MS,
  );

/** Waiting does not help: no `retryAfterMs`. */
export const cannotLookUp = (): RefusedSource =>
  refused(
    refuse(
      'PROJECTION_STOPPED',
      labels(
        'Oversiktene har stanset ved en føring de ikke kan lese, så referansene kan ikke slås opp. Ingenting er ført.',
        'Oversiktene har stansa ved ei føring dei ikkje kan lese, så referansane kan ikkje slåast opp. Ingenting er ført.',
        'The read models have stopped at an entry they cannot read, so references cannot be looked up. Nothing was recorded.',
      ),
      labels(
        'Oppgi saker med id i stedet for referanse, og si fra til den som drifter tjenesten.',
        'Oppgi saker med id i staden for referanse, og sei frå til den som driftar tenesta.',
        'Name items by id instead of by reference, and tell who runs this service.',
      ),
    ),
  );

export const outcomeSource = (outcome: SubmitOutcome): OutcomeSource => {
  switch (outcome.outcome) {
    case 'recorded': {
      const { item, revision, position, entries, replayed } = outcome;
      return { __typename: 'Recorded', item, revision, position, entries, replayed };
    }
    case 'refused':
      return refused(outcome.refusal, outcome.state, outcome.retryAfterMs);
    case 'conflict':
      return conflict(outcome);
    case 'invalid':
      return invalid(outcome.issues);
  }
};
