import type { Actor, ActorId, Role } from '@saksgang/kernel';

// Total, so that a new role cannot be left out.
const EVERY_ROLE: Record<Role, true> = { public: true, steering: true, secretariat: true, auditor: true, admin: true };
export const ROLES = Object.keys(EVERY_ROLE) as readonly Role[];
export const isRole = (text: string): text is Role => Object.hasOwn(EVERY_ROLE, text);

/** Records the example. */
export const EXAMPLE_LOADER: ActorId = 'example-loader';

/** Whoever has the data directory before them, and so needs no key: the command line. */
export const COMMAND_LINE: ActorId = 'command-line';

/** Actors that are part of the program: known without a key, and no key can be theirs. */
const SYSTEM_ROLES: ReadonlyMap<ActorId, Role> = new Map<ActorId, Role>([
  [EXAMPLE_LOADER, 'secretariat'],
  [COMMAND_LINE, 'admin'],
]);

export const systemActor = (id: ActorId): Actor | null => {
  const role = SYSTEM_ROLES.get(id);
  return role === undefined ? null : { id, role, actorKind: 'SYSTEM' };
};
