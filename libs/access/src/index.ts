export * from './api-keys.js';
export { KEY_DAYS_MAX, READ_ONLY } from './key-bounds.js';
export * from './identity.js';
export { noCredential } from './identity-refusals.js';
export * from './issuer.js';
export * from './reading-log.js';
export { KEYS_COOLDOWN_MS, KEYS_KEPT_MS, KEYS_RETRY_MS, type Fetch } from './key-set.js';
export * from './tokens.js';
