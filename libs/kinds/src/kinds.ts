import type { AnyKind, Kinds, Registry } from '@saksgang/kernel';
import { agreement } from './agreement/index.js';
import { body } from './body/index.js';
import { consultation } from './consultation/index.js';
import { document } from './document/index.js';
import { evidence } from './evidence/index.js';
import { milestone } from './milestone/index.js';
import { persons } from './person/index.js';
import { plan } from './plan/index.js';
import { project } from './project/index.js';
import { resolution } from './resolution/index.js';
import { resultGoal } from './result-goal/index.js';
import { sharedSpecs } from './shared/index.js';
import { whitePaper } from './white-paper/index.js';

/** THE registration: a kind is one line here, and its edge is then asked for by the compiler (`Record<KindName, …>`). */
export const REGISTERED = {
  resolution,
  body,
  project,
  resultGoal,
  evidence,
  whitePaper,
  milestone,
  plan,
  consultation,
  agreement,
  document,
} as const satisfies Readonly<Record<string, AnyKind>>;
export type KindName = keyof typeof REGISTERED;

/** By name, in the order they are listed to readers. */
export const kinds: Kinds = new Map<string, AnyKind>(Object.entries(REGISTERED));

export const registry: Registry = { kinds, shared: sharedSpecs(kinds), persons };
