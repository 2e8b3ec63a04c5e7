// THE table of rooms: which floor each stands on and what it may import besides the floors below it.
// The import rules are generated from it; `npm test` holds the code to them, and holds the rules to the violations under planted/.

/** @typedef {{ floor: number, packages: readonly string[], core: readonly string[] }} Room */

/** Packages and node: modules by room. Types-only packages need not be named. @type {Record<string, Room>} */
export const ROOMS = {
  'libs/kernel': { floor: 0, packages: [], core: [] },
  'libs/kinds': { floor: 1, packages: ['zod'], core: [] },
  'libs/event-store': { floor: 1, packages: [], core: [] },
  'libs/record': { floor: 1, packages: [], core: ['crypto'] },
  // net: a connection that hangs is cut at its socket.
  'libs/database': { floor: 1, packages: ['better-sqlite3', 'kysely', 'pg'], core: ['fs', 'net', 'path'] },
  'libs/commanding': { floor: 2, packages: ['@nestjs/common', '@nestjs/cqrs'], core: [] },
  // jose: signatures of access tokens are checked by the one library that is read by many.
  'libs/access': { floor: 2, packages: ['jose'], core: ['crypto', 'fs', 'path'] },
  // worker_threads: long builds of read models are done beside the thread that serves.
  'libs/projections': { floor: 2, packages: ['@nestjs/common', '@nestjs/cqrs', 'kysely'], core: ['crypto', 'worker_threads'] },
  'libs/recording': { floor: 2, packages: [], core: ['crypto', 'fs', 'path'] },
  'libs/event-store-sqlite': { floor: 2, packages: ['better-sqlite3'], core: ['fs', 'path', 'url', 'worker_threads'] },
  'libs/event-store-kurrent': { floor: 2, packages: ['@eventstore/db-client'], core: [] },
  'libs/graphql': {
    floor: 3,
    packages: ['@nestjs/common', '@nestjs/core', '@nestjs/cqrs', '@nestjs/graphql', 'graphql', 'dataloader'],
    core: [],
  },
  'libs/graphql-driver': {
    floor: 3,
    packages: [
      '@nestjs/common',
      '@nestjs/graphql',
      'graphql',
      'graphql-http',
      'graphql-ws',
      'graphql-sse',
      'graphql-jit',
      'fastify',
      '@escape.tech',
    ],
    // crypto: the tag of an answer is a digest.
    core: ['crypto', 'http', 'stream'],
  },
  'libs/exchange': { floor: 3, packages: [], core: [] },
  // crypto: the name of a Windows pipe is a digest of the directory.
  'libs/admin': { floor: 3, packages: [], core: ['crypto', 'fs', 'net', 'path'] },
  'apps/api': { floor: 4, packages: ['*'], core: ['*'] },
  'apps/cli': { floor: 4, packages: ['*'], core: ['*'] },
};

/** The engines, and the only files that may say their names. */
export const ENGINES = ['libs/event-store-sqlite', 'libs/event-store-kurrent'];
export const ENGINE_CHOOSERS = '^apps/(api/src/engines|cli/src/engines)\\.ts$';

const escape = (text) => text.replace(/[/.@-]/g, '\\$&');
const anyOf = (names) => `(${names.map(escape).join('|')})`;
/** Specs and test support may look down from wherever they stand. */
const TESTS = '\\.(spec|contract)\\.ts$|/testing/';

const floorRule = (name, room) => {
  const allowed = Object.entries(ROOMS)
    .filter(([other, its]) => other === name || its.floor < room.floor)
    .map(([other]) => other);
  return {
    name: `floors: ${name}`,
    comment: 'An import goes down one floor or more; never sideways, never up.',
    severity: 'error',
    from: { path: `^${escape(name)}/`, pathNot: TESTS },
    to: { path: '^(libs|apps)/', pathNot: `^${anyOf(allowed)}/` },
  };
};
const packageRule = (name, room) => ({
  name: `packages: ${name}`,
  comment: 'A room imports the packages its row names, and no other.',
  severity: 'error',
  from: { path: `^${escape(name)}/`, pathNot: TESTS },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
    pathNot: `(^|node_modules/)(${[...room.packages, '@types'].map((one) => escape(one)).join('|')})(/|$)`,
  },
});
const coreRule = (name, room) => ({
  name: `core: ${name}`,
  comment: 'A room imports the node: modules its row names, and no other.',
  severity: 'error',
  from: { path: `^${escape(name)}/`, pathNot: TESTS },
  to: { dependencyTypes: ['core'], ...(room.core.length > 0 ? { pathNot: `^(node:)?${anyOf(room.core)}(/|$)` } : {}) },
});

/** A rule each, generated from the table. */
export const rules = () => [
  ...Object.entries(ROOMS).flatMap(([name, room]) => [
    ...(Object.values(ROOMS).some((other) => other !== room && other.floor >= room.floor) ? [floorRule(name, room)] : []),
    ...(room.packages.includes('*') ? [] : [packageRule(name, room)]),
    ...(room.core.includes('*') ? [] : [coreRule(name, room)]),
  ]),
  {
    name: 'rooms: through the front door',
    comment: 'Another room is imported through its index.',
    severity: 'error',
    from: { path: '^(libs|apps)/([^/]+)/', pathNot: TESTS },
    to: { path: '^libs/', pathNot: ['^$1/$2/', '^libs/[^/]+/src/index\\.ts$'] },
  },
  {
    name: 'rooms: engines are named in one place',
    comment: 'Only apps choose an engine, each in its engines.ts.',
    severity: 'error',
    from: { path: '^(libs|apps)/', pathNot: [ENGINE_CHOOSERS, ...ENGINES.map((one) => `^${escape(one)}/`), TESTS] },
    to: { path: `^${anyOf(ENGINES)}/` },
  },
  {
    name: 'rooms: no rings',
    comment: 'Nothing imports itself, by whatever way round.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

export const configuration = () => ({
  forbidden: rules(),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      extensionAlias: { '.js': ['.ts', '.js'] },
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
});
