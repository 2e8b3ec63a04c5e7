export { createContext, type Asking, type GraphqlDeps, type Headers, type RequestContext } from './context.js';
export { COSTS } from './costs.js';
export { createMask, fault, type FaultLog } from './faults.js';
export { contextFor, maskFor, SaksgangGraphqlModule } from './graphql.module.js';
export { type IdentityFault, identityFault, unidentified } from './identity-fault.js';
export { localeFrom } from './language.js';
export { RESOLVERS } from './resolvers.js';
export { buildSdl, buildShape, printSdl } from './schema.js';
