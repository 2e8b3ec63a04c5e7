export * from './event-store.js';
export * from './position.js';
