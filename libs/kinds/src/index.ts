export * from './body/index.js';
export * from './kinds.js';
export * from './project/index.js';
export * from './resolution/index.js';
export * from './result-goal/index.js';
export * from './schema/envelope.js';
export * from './white-paper/index.js';
