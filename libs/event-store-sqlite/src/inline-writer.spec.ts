import { eventStoreContract } from '../../event-store/testing/event-store.contract.js';
import { makeEngine } from '../testing/temporary-store.js';

eventStoreContract('SQLite, writing on the caller’s thread', () => makeEngine('inline'), 'outlives the process');
