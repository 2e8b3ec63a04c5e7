export { type IncomingRequest, type RequestHeaders, type SaksgangDriverConfig, BODY_BYTES_MAX, JIT_AFTER, TOKENS_MAX } from './config.js';
export { SaksgangGraphqlDriver } from './driver.js';
export { createOperations, isCompilable, type Operations } from './operations.js';
