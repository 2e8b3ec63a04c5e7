import { NO_STREAM } from '@saksgang/kernel';
import { eventStoreContract } from '../testing/event-store.contract.js';
import { eventsNamed, streamNamed } from '../testing/sample-events.js';
import { seededRandom } from '../testing/seeded-random.js';
import { createMemoryEventStore } from './memory-event-store.js';

const make = () => createMemoryEventStore({ random: seededRandom('memory engine') });

eventStoreContract('memory', async () => ({ store: make(), destroy: async () => undefined }), 'ends with the process');

describe('the memory engine beyond the contract', () => {
  // A distributed engine cannot see these, so the port does not promise them.
  it('finds an id that stands earlier in the stream also when the revision is right', async () => {
    const store = make();
    await store.append(streamNamed('a'), NO_STREAM, eventsNamed('one', 'two'));
    await expect(store.append(streamNamed('a'), 1, eventsNamed('one'))).rejects.toMatchObject({ name: 'RevisionConflict' });
  });

  it('refuses an id that stands in another stream', async () => {
    const store = make();
    await store.append(streamNamed('a'), NO_STREAM, eventsNamed('one'));
    await expect(store.append(streamNamed('b'), NO_STREAM, eventsNamed('one'))).rejects.toMatchObject({ name: 'MalformedAppend' });
  });
});
