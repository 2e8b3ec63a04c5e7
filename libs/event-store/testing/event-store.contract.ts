import type { EventStore } from '../src/event-store.js';
import { appendingContract } from './appending.contract.js';
import { erasingContract } from './erasing.contract.js';
import { followingContract } from './following.contract.js';
import { lastingContract } from './lasting.contract.js';
import { readingContract } from './reading.contract.js';

/** An engine under test, with an empty log. `reopen` closes the store and opens the same log again. */
export type EngineUnderTest = Readonly<{ store: EventStore; reopen?: () => Promise<EventStore>; destroy: () => Promise<void> }>;

/** How the cases reach it: always the store opened last. */
export type UnderTest = Readonly<{ store: () => EventStore; reopen: () => Promise<EventStore> }>;

/**
 * The promises of the port, one case each. Every engine's library runs it:
 * `eventStoreContract('memory', async () => ({ store, destroy }), 'ends with the process')`.
 */
export const eventStoreContract = (
  name: string,
  makeEngine: () => Promise<EngineUnderTest>,
  log: 'outlives the process' | 'ends with the process',
  boxes: 'boxes can be deleted' | 'boxes are kept encrypted' = 'boxes can be deleted',
): void =>
  describe(`the event store contract on ${name}`, () => {
    let engine: EngineUnderTest;
    let store: EventStore;
    beforeEach(async () => {
      engine = await makeEngine();
      store = engine.store;
    });
    afterEach(async () => {
      await store.close();
      await engine.destroy();
    });
    const underTest: UnderTest = {
      store: () => store,
      reopen: async () => {
        if (engine.reopen === undefined) throw new Error(`${name} cannot be opened again`);
        return (store = await engine.reopen());
      },
    };
    appendingContract(underTest);
    readingContract(underTest);
    followingContract(underTest);
    erasingContract(underTest, log, boxes);
    lastingContract(underTest, log);
  });
