import type { ErasePerson, PersonErasedEvent, PersonSpecs } from '@saksgang/kernel';
import { z } from 'zod';
import { commandOf, firstVersion, parserOf, party, personId, text } from '../schema/index.js';

const LEGAL_BASIS_BYTES_MAX = 2_000; // UTF-8 bytes

const ground = { legalBasis: text(LEGAL_BASIS_BYTES_MAX), decidedBy: party };

const COMMAND: z.ZodType<ErasePerson> = commandOf('ErasePerson', ground);
const EVENT: z.ZodType<PersonErasedEvent['data']> = z.strictObject({ person: personId, ...ground });

/** Erasing cannot be undone, and whoever records names every day should not do it by a slip: it takes an administrator. */
export const persons: PersonSpecs = {
  commands: { ErasePerson: { founding: true, roles: ['admin'], parse: parserOf<ErasePerson>(COMMAND), targets: () => [] } },
  events: { PersonErased: firstVersion(EVENT, 'person') },
};
