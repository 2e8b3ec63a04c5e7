/** Every engine there is or is meant to be. `testing/engines.ts` says of each whether the contract suite runs on it here. */
export const ENGINE_NAMES = ['memory', 'sqlite', 'kurrent'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
