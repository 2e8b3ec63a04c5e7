export * from './entry-walk.js';
export * from './findings.js';
export * from './lines.js';
export { valuesErased, type Sentences } from './sentences.js';
export * from './tally.js';
export * from './verify-compare.js';
export * from './verify-entry.js';
export * from './verify-export.js';
export { check, readCheckpoint, readKey, signedFinding, trustedKey } from './vouching.js';
