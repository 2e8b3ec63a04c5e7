export {
  ATTENTIONS,
  attentionOf,
  computedLightOf,
  daysLate,
  deviationDays,
  duesInForce,
  isSlipped,
  isStale,
  LIGHTS,
  overdueDays,
  SLIP_DAYS,
  slipDays,
  STALE_AFTER_DAYS,
  YELLOW_WITHIN_DAYS,
} from './computed/computed.js';
export { checkItems, checksum, type Checksum, type Overlap } from './checking.js';
export { createReading } from './create-reading.js';
export { FACES, faceOf, type Face } from './faces/face.js';
export { createLookup, REACH_ITEMS_MAX } from './links/links.query.js';
export { foldReference } from './folding.js';
export { ProjectionsModule, READING, RUNNER } from './projections.module.js';
export { CannotJudge, type LeafJudge } from './leaves/leaf-judge.js';
export { openLeafJudge, type LeafJudgeParts } from './leaves/leaf-judge-in-sqlite.js';
export { openSharedLeafJudge } from './leaves/leaf-judge-in-postgres.js';
export type { Projection } from './projection.js';
export type { TableSpec } from './writing/table.js';
export {
  openReadSide,
  projectionsOf,
  READ_FUNCTIONS,
  READ_MODELS_FILE,
  type ReadSide,
  type ReadSideParts,
  type Readings,
} from './read-side.js';
export type { ReadTables } from './read-tables.js';
export * from './reading.js';
export { rowOf, SHIELDED_STATE, veiled } from './items/item-rows.js';
export { buildAsOrdered } from './running/builder-body.js';
export type { BuildOrder } from './running/builder-messages.js';
export { doneAlone, openSharedReadSide, type SharedReadSideParts } from './sharing/shared-read-side.js';
export { buildersFrom, type Builders } from './running/builder-threads.js';
export { createRunner } from './running/runner.js';
export type { Logger, Progress, Runner, RunnerParts } from './running/runner.types.js';
export { RebuildStopped } from './running/rebuild.js';
export { rebuildNamed } from './running/rebuild-named.js';
