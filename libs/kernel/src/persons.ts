import { kindOf, type Party, type PersonId, type StreamName } from './entry.js';
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
