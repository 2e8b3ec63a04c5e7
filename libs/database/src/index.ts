export * from './data-directory.js';
export * from './migrate.js';
export * from './postgres.js';
export * from './postgres-address.js';
export * from './postgres-copy.js';
export * from './postgres-dialect.js';
export * from './postgres-problem.js';
export * from './postgres-session.js';
export * from './postgres-writer.js';
export * from './read-database.js';
export * from './sqlite-build.js';
export * from './sqlite-dialect.js';
export * from './sqlite-file.js';
export { AMONG, words } from './words.js';
// The query builder comes through this room, so that no other imports it.
export { CompiledQuery, Kysely, sql } from 'kysely';
export type { Expression, ExpressionBuilder, Generated, RawBuilder, Selectable, SelectQueryBuilder, SqlBool } from 'kysely';
