export * from './person.schema.js';
