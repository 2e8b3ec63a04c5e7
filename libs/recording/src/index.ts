export * from './key-store-refused.js';
export { KEY_ENCRYPTION_KEY_FILE, KEY_STORE_FILE, openKeyStore, type KeyStore, type KeyStoreOptions } from './key-store.js';
export type { PersonKey } from './keyring.js';
export * from './sealer.js';
