import type { Actor, CommandSpec, Refusal, Registry } from '@saksgang/kernel';
import { forbidden } from './refusals.js';

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

/** Default deny: what no spec lets a role say, nobody says. */
export const policyFrom =
  (registry: Registry): Policy =>
  (actor, kind, type) => {
    const may = specOf(registry, kind, type)?.roles ?? [];
    return may.includes(actor.role) ? null : forbidden(type, actor.role, may);
  };
