import { eventStoreContract } from '../../event-store/testing/event-store.contract.js';
import { notRun } from '../../../test/support/not-run.js';
import { makeEngine, realConnection } from '../testing/kurrent-store.js';

const real = realConnection();
if (real !== null)
  eventStoreContract('EventStoreDB, against the real server', () => makeEngine(real), 'outlives the process', 'boxes are kept encrypted');
else
  it('says by name that the contract has not run on a real server', () => {
    notRun('kurrent real server: the event store contract', 'EVENTSTORE_TEST_CONNECTION=esdb://… npm test');
    expect(process.env['EVENTSTORE_TEST_CONNECTION'] ?? '').toBe('');
  });
