import type { ActorId } from './entry.js';
import type { Opened } from './sealed.js';
import type { Role } from './tracked-kind.js';

/** Who asks. Known by an API key or an access token. Its name is not here: it may be personal data. */
export type Actor = Readonly<{
  id: ActorId;
  role: Role;
  actorKind: 'PERSON' | 'MACHINE' | 'SYSTEM';
  /** The commands (mutation names) it may say, of those its role may. Left out: all of them. */
  scope?: readonly string[];
}>;

/** Resolves the actors that entries name. Built in `access`, injected by apps. */
export interface ActorDirectory {
  byId(id: ActorId): Promise<(Actor & Readonly<{ name: Opened }>) | null>;
}
