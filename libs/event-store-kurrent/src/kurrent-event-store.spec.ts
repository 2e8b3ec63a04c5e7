import { eventStoreContract } from '../../event-store/testing/event-store.contract.js';
import { makeEngine } from '../testing/kurrent-store.js';

eventStoreContract('EventStoreDB, against the scripted server', () => makeEngine(), 'outlives the process', 'boxes are kept encrypted');
