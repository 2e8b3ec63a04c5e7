import { readFileSync } from 'node:fs';
import type { JsonObject } from '@saksgang/kernel';
import { registry } from '../kinds.js';

const golden = JSON.parse(readFileSync(new URL('../../../../test/golden/events/person.v1.json', import.meta.url), 'utf8')) as Record<
  string,
  JsonObject
>;
const { events, commands } = registry.persons;
const { parse } = commands.ErasePerson;
const ground = { legalBasis: 'Personvernforordningen artikkel 17', decidedBy: { body: null, name: 'Personvernombudet' } };
const codesOf = (value: object): readonly string[] => {
  const parsed = parse(value);
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
};

describe('what is recorded of persons', () => {
  it('has a golden sample of every event, and of no other', () => {
    expect(Object.keys(golden)).toEqual(Object.keys(events));
  });
  it('reads what is stored back unchanged, and refuses an unknown field', () => {
    const { PersonErased } = golden;
    expect(events.PersonErased.parse(PersonErased)).toEqual({ ok: true, value: PersonErased });
    expect(events.PersonErased.parse({ ...PersonErased, name: 'Kari' })).toMatchObject({ ok: false });
    expect(events.PersonErased).toMatchObject({ version: 1, upcasters: [] });
  });
  it('takes a ground and who decided, and nothing besides', () => {
    expect(parse(ground)).toEqual({ ok: true, value: { type: 'ErasePerson', ...ground } });
    expect(codesOf({ ...ground, name: 'Kari' })).toEqual(['name: UNKNOWN_FIELD']);
    expect(codesOf({})).toEqual(['legalBasis: REQUIRED', 'decidedBy: REQUIRED']);
    expect(codesOf({ ...ground, legalBasis: ' \n' })).toEqual(['legalBasis: BLANK']);
    expect(codesOf({ ...ground, legalBasis: 'x'.repeat(2_001) })).toEqual(['legalBasis: TEXT_TOO_LONG']);
    expect(codesOf({ ...ground, legalBasis: 'x'.repeat(2_000) })).toEqual([]);
  });
  it('is said by administrators alone', () => {
    expect(commands.ErasePerson.roles).toEqual(['admin']);
  });
});
