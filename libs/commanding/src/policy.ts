import type { Actor, CommandSpec, Refusal, Registry, Role } from '@saksgang/kernel';
import { forbidden, mutationName, outsideScope } from './refusals.js';

/** May this actor say this command of this kind? Null: yes. Judged before anything is read. */
export type Policy = (actor: Actor, kind: string, type: string) => Refusal | null;

/** The spec of a kind's own command, else of a shared one, else null. A kind cannot hide a shared command behind its own. */
export const specOf = (registry: Registry, kind: string, type: string): CommandSpec | null => {
  const tracked = registry.kinds.get(kind);
  if (tracked === undefined) return null;
  const own = (name: string, among: object): CommandSpec | null =>
    Object.hasOwn(among, name) ? (among as Record<string, CommandSpec>)[name]! : null;
  return own(type, registry.shared.commands) ?? own(type, tracked.commands);
};

/** Every command as clients know it, of all kinds, shared ones and erasing included; each once, sorted. */
export const commandNames = (registry: Registry): readonly string[] => {
  const types = [registry.shared, registry.persons, ...registry.kinds.values()].flatMap(({ commands }) => Object.keys(commands));
  return [...new Set(types.map(mutationName))].sort();
};

/** The type of a command by its mutation's name, and the roles that may say it of some kind; none for what is no command. */
export const rolesFor = (registry: Registry, mutation: string): Readonly<{ type: string; roles: readonly Role[] }> => {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const all = [registry.shared, registry.persons, ...registry.kinds.values()].map(
    ({ commands }) => commands as Readonly<Record<string, unknown>>,
  );
  const specs = all.flatMap((commands) => (Object.hasOwn(commands, type) ? [commands[type] as CommandSpec] : []));
  return { type, roles: [...new Set(specs.flatMap(({ roles }) => roles))] };
};

/** Default deny: what no spec lets a role say, nobody says. */
export const policyFrom =
  (registry: Registry): Policy =>
  (actor, kind, type) =>
    judge(actor, type, specOf(registry, kind, type)?.roles ?? []);

/** Both must let it: the role, and the credential, which may be for some commands only. */
export const judge = (actor: Actor, type: string, may: readonly Role[]): Refusal | null => {
  if (!may.includes(actor.role)) return forbidden(type, actor.role, may);
  return actor.scope === undefined || actor.scope.includes(mutationName(type)) ? null : outsideScope(type);
};
