export * from './base64url.js';
export * from './canonical.js';
export * from './commitment.js';
export * from './digest.js';
export * from './ids.js';
export * from './leaf.js';
