export * from './envelope.js';
export * from './found.js';
export * from './parser-of.js';
export * from './quantity.js';
export * from './specs.js';
export * from './text.js';
export * from './values.js';
