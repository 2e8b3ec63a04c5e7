export {
  type IncomingRequest,
  type OperationStep,
  type RequestHeaders,
  type SaksgangDriverConfig,
  BODY_BYTES_MAX,
  JIT_AFTER,
} from './config.js';
export { SaksgangGraphqlDriver } from './driver.js';
export { KNOWN_EVERY_MS } from './known.js';
export { distinctHeaders } from './requests.js';
export { createOperations, isCompilable, type Operations } from './operations.js';
export { type FieldCosts } from './limits/cost.js';
export { bodyExceeds } from './limits/body-levels.js';
export { ANSWER_MS } from './limits/deadline.js';
export { SOCKETS, type SocketLimits } from './limits/sockets.js';
export { EXCEEDED, LIMITS, type Limits } from './limits/limits.js';
