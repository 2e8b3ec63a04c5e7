import { refuse, type Refusal } from './decision.js';
import { kindOf, type Party, type PersonId, type StreamName } from './entry.js';
import { labels } from './labels.js';
import type { CommandSpec, EventSpec } from './tracked-kind.js';

/** A person has a stream of its own, named by the person's id. It is no item: no list, timeline or history of items shows it. */
export const PERSON_STREAM_KIND = 'person';
export const isPersonStream = (stream: StreamName): boolean => kindOf(stream) === PERSON_STREAM_KIND;

/** The one thing recorded of a person as such: that the name was erased, on what ground and by whose decision. Its stream is the person's. */
export type PersonErasedEvent = Readonly<{
  type: 'PersonErased';
  data: Readonly<{ person: PersonId; legalBasis: string; decidedBy: Party }>;
}>;
export type ErasePerson = Readonly<{ type: 'ErasePerson'; legalBasis: string; decidedBy: Party }>;

/** What is said and stored of persons, beside the kinds. */
export type PersonSpecs = Readonly<{
  commands: Readonly<Record<ErasePerson['type'], CommandSpec>>;
  events: Readonly<Record<PersonErasedEvent['type'], EventSpec>>;
}>;

/** Who is erased is not recorded again. */
export const personErased = (): Refusal =>
  refuse(
    'PERSON_ERASED',
    labels(
      'Navnet til denne personen er slettet fra registeret og kan ikke føres på nytt under samme person-id.',
      'Namnet til denne personen er sletta frå registeret og kan ikkje førast på nytt under same person-id.',
      'The name of this person has been erased from the record and cannot be recorded again under the same person id.',
    ),
    labels(
      'La navnet stå tomt, eller oppgi rollen i stedet for navnet.',
      'Lat namnet stå tomt, eller oppgi rolla i staden for namnet.',
      'Leave the name out, or state the role instead of the name.',
    ),
  );
