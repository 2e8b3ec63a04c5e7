export * from './submission.js';
export * from './submit.js';
export * from './submit.handler.js';
export * from './commanding.module.js';
export * from './policy.js';
export { forbiddenToRead } from './refusals.js';
export * from './erase-person.js';
export * from './persons.js';
