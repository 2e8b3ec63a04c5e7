import type { Role } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { actorOf } from '../testing/house.js';
import { policyFrom, specOf } from './policy.js';

const ROLES: Record<Role, true> = { public: true, steering: true, secretariat: true, auditor: true, admin: true };
const allowed = (kind: string, type: string): readonly string[] =>
  Object.keys(ROLES).filter((role) => policyFrom(registry)(actorOf(role as Role), kind, type) === null);

const everyCommand = [...registry.kinds.values()].flatMap((kind) =>
  [...Object.keys(kind.commands), ...Object.keys(registry.shared.commands)].map((type) => [kind.name, type] as const),
);

describe('who may say what', () => {
  it.each(everyCommand)('%s %s has a rule: someone may say it, and the public and the auditor may not', (kind, type) => {
    const roles = allowed(kind, type);
    expect(roles).toContain('secretariat');
    expect(roles).not.toContain('public');
    expect(roles).not.toContain('auditor');
    expect(roles).toEqual(expect.arrayContaining([...specOf(registry, kind, type)!.roles]));
  });

  it('the steering group may say what its specs let it, and no more', () => {
    const said = everyCommand.filter(([kind, type]) => allowed(kind, type).includes('steering')).map(([, type]) => type);
    expect(new Set(said)).toEqual(new Set(['AddNote']));
  });

  it('what nothing allows is denied: unknown kinds, unknown commands, names of the language’s own', () => {
    for (const type of ['Erase', 'constructor', 'hasOwnProperty', '__proto__', '']) expect(allowed('body', type)).toEqual([]);
    expect(allowed('nonsense', 'AddNote')).toEqual([]);
  });

  it('a denied command gets nothing written and says whom to ask', () => {
    const refusal = policyFrom(registry)(actorOf('auditor'), 'body', 'RenameBody');
    expect(refusal).toMatchObject({ code: 'FORBIDDEN' });
    expect(refusal!.message.nb).toContain('renameBody');
    expect(refusal!.message.nn).toContain('revisor');
  });
});
