import type { ActorId } from './entry.js';
import type { Opened } from './sealed.js';
import type { Role } from './tracked-kind.js';

/** Who asks. Known by an API key (later: a token). Its name is not here: it may be personal data. */
export type Actor = Readonly<{ id: ActorId; role: Role; actorKind: 'PERSON' | 'MACHINE' | 'SYSTEM' }>;

/** Resolves the actors that entries name. Built in `commanding`, injected by apps. */
export interface ActorDirectory {
  byId(id: ActorId): Promise<(Actor & Readonly<{ name: Opened }>) | null>;
}
