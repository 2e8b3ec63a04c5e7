import type { Kinds, SharedSpecs } from '@saksgang/kernel';
import { SHARED_COMMANDS, SHARED_EVENTS } from './shared.schema.js';
import { SHARED_FIELDS, describeShared } from './shared.view.js';

/** What every kind can do, told in the words of these kinds. */
export const sharedSpecs = (kinds: Kinds): SharedSpecs => ({
  commands: SHARED_COMMANDS,
  events: SHARED_EVENTS,
  describe: (fact) => describeShared(fact, kinds),
  fields: SHARED_FIELDS,
});
