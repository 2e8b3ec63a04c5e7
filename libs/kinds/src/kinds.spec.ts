import { readFileSync } from 'node:fs';
import {
  isSharedType,
  type AnyKind,
  type DomainEvent,
  type EventSpec,
  type Json,
  type JsonObject,
  type Labels,
  type Role,
  type SharedEvent,
} from '@saksgang/kernel';
import { isTold, readAs, recorded } from '../testing/telling.js';
import { REGISTERED, kinds, registry } from './index.js';

const goldenOf = (name: string): Readonly<Record<string, JsonObject>> =>
  JSON.parse(readFileSync(new URL(`../../../test/golden/events/${name}.v1.json`, import.meta.url), 'utf8')) as Record<string, JsonObject>;

const CAMEL_CASE = /^[a-z][A-Za-z]*$/;
/** What is wrong with a kind's place in the registration. */
const misregistered = (key: string, kind: Pick<AnyKind, 'name'>): string | null => {
  if (kind.name !== key) return `${key} is registered for the kind ${kind.name}`;
  return CAMEL_CASE.test(key) ? null : `${key} is not camelCase without a hyphen`;
};

/** «points.0.text» as tables of labels write it, «points.*.text», for every leaf of an event's data. */
const leafPaths = (value: Json, path: readonly string[] = []): readonly string[] => {
  if (value === null || typeof value !== 'object') return [path.join('.')];
  if ('sealed' in value) return [path.join('.')];
  return Array.isArray(value)
    ? value.flatMap((inner: Json) => leafPaths(inner, [...path, '*']))
    : Object.entries(value).flatMap(([key, inner]) => leafPaths(inner, [...path, key]));
};

const everyLabel = (label: Labels): boolean => isTold(label) && label.nb.normalize('NFC') === label.nb;
const WRITERS: readonly Role[] = ['steering', 'secretariat', 'admin'];
/** The founding commands’ own event comes first, so that each sample stands where its item exists. */
const sampleFacts = (samples: Readonly<Record<string, JsonObject>>) =>
  readAs(
    recorded(
      'spec-00000000-0000-5000-8000-000000000000',
      Object.entries(samples).map(([type, data]) => ({ event: { type, data }, on: '2018-10-03', reason: 'Som protokollert' })),
    ),
  ).facts;

describe('the registration', () => {
  it('holds every kind under its own name, without a hyphen', () => {
    expect(Object.entries(REGISTERED).map(([key, kind]) => misregistered(key, kind))).toEqual(Object.keys(REGISTERED).map(() => null));
    expect([...kinds.keys()]).toEqual(Object.keys(REGISTERED));
    expect(registry.kinds).toBe(kinds);
  });
  it('notices a kind under another name, and a hyphen', () => {
    expect(misregistered('resultGoal', { name: 'goal' })).toContain('resultGoal');
    expect(misregistered('result-goal', { name: 'result-goal' })).toContain('hyphen');
  });
});

describe.each([...kinds.values()].map((kind): [string, AnyKind] => [kind.name, kind]))('the kind %s', (name, kind) => {
  const samples = goldenOf(name);
  const events = Object.entries<EventSpec>(kind.events);

  it('has a golden sample of every event, and of no other', () => {
    expect(Object.keys(samples).sort()).toEqual(events.map(([type]) => type).sort());
  });
  it.each(events)('reads its stored %s back unchanged', (type, { parse }) => {
    expect(parse(samples[type])).toEqual({ ok: true, value: samples[type] });
  });
  it.each(events)('refuses a %s with an unknown field', (type, { parse }) => {
    expect(parse({ ...samples[type], surplus: 1 })).toMatchObject({
      ok: false,
      issues: [expect.objectContaining({ code: 'UNKNOWN_FIELD' })],
    });
  });
  it.each(events)('has a step up from every earlier version of %s', (_type, { version, upcasters }) => {
    expect(upcasters).toHaveLength(version - 1);
  });
  it('says who may say each command, founds by exactly one, and takes no name of a shared one', () => {
    const commands = Object.entries(kind.commands);
    for (const [, { roles }] of commands) expect(roles.length > 0 && roles.every((role) => WRITERS.includes(role))).toBe(true);
    expect(commands.filter(([, { founding }]) => founding)).toHaveLength(1);
    expect(commands.filter(([type]) => type in registry.shared.commands)).toEqual([]);
    expect(events.filter(([type]) => isSharedType(type))).toEqual([]);
  });
  it('names itself and every state in three languages', () => {
    expect(everyLabel(kind.label)).toBe(true);
    expect(Object.entries(kind.states).filter(([, { label }]) => !everyLabel(label))).toEqual([]);
    expect(Object.keys(kind.states).filter((state) => !/^[A-Z][A-Z_]*$/.test(state))).toEqual([]);
  });
  it('tells every event in three languages', () => {
    for (const fact of sampleFacts(samples)) {
      const { title, description } = kind.describe(fact);
      expect([fact.event.type, isTold(title)]).toEqual([fact.event.type, true]);
      expect([fact.event.type, isTold(description)]).toEqual([fact.event.type, true]);
    }
  });
  it('labels every field that an event holds', () => {
    const paths = Object.values(samples).flatMap((data) => leafPaths(data));
    expect(paths.filter((path) => path !== '' && kind.fields[path] === undefined)).toEqual([]);
    expect(Object.entries(kind.fields).filter(([, label]) => !everyLabel(label))).toEqual([]);
  });
  it('summarises what it does not know without failing', () => {
    expect(kind.summarise(kind.decider.initial)).toMatchObject({ references: [], projects: [] });
  });
  it('answers every question about every event', () => {
    for (const { event } of sampleFacts(samples)) {
      expect(typeof kind.onTimeline(event)).toBe('boolean');
      expect(Array.isArray(kind.links(event))).toBe(true);
      expect(kind.before(kind.decider.initial, event)).toBeDefined();
    }
  });
});

describe('what every kind can do', () => {
  const { shared } = registry;
  const samples = { ...goldenOf('shared'), ...goldenOf('keeping') };
  const events = Object.entries<EventSpec>(shared.events);
  const told = (type: string, reason: string | null = null) => {
    const event: DomainEvent = { type, data: samples[type] ?? {} };
    const [entry] = recorded('body-00000000-0000-5000-8000-000000000000', [
      { event, on: '2018-10-03', ...(reason === null ? {} : { reason }) },
    ]);
    if (entry === undefined) throw new Error('nothing was recorded');
    return shared.describe({ ...entry, event: event as SharedEvent, entry: entry.id, day: '2018-10-03', changedBy: [] });
  };

  it('has a golden sample of every event, and of no other', () => {
    expect(Object.keys(samples).sort()).toEqual(events.map(([type]) => type).sort());
  });
  it.each(events)('reads its stored %s back unchanged', (type, { parse, version, upcasters }) => {
    expect(parse(samples[type])).toEqual({ ok: true, value: samples[type] });
    expect(upcasters).toHaveLength(version - 1);
  });
  it('lets the steering group note, and only the secretariat do the rest', () => {
    const who = Object.fromEntries(Object.entries(shared.commands).map(([type, { roles }]) => [type, roles]));
    const secretariat = ['secretariat', 'admin'];
    expect(who).toEqual({
      Link: secretariat,
      Unlink: secretariat,
      CorrectEntry: secretariat,
      RetractEntry: secretariat,
      EstablishDate: secretariat,
      AddNote: ['steering', ...secretariat],
      Publish: secretariat,
      Unpublish: secretariat,
      Shield: secretariat,
      Release: secretariat,
    });
  });
  it.each([
    ['Linked', null, 'Lenke: punkt 2.3 førte til prosjekt', 'Periode: tidligst i 2016.'],
    ['Unlinked', 'Ikke lenger slik', 'Lenke avsluttet', 'Begrunnelse: Ikke lenger slik.'],
    [
      'EntryCorrected',
      'Lest feil',
      'Rettet: dato, hvem som sier det, kilde, begrunnelse, tittel, periode og andre navn',
      'Begrunnelse: Lest feil.',
    ],
    ['EntryRetracted', 'Feil sak', 'Trukket tilbake: Feil sak', ''],
    ['DateEstablished', null, 'Dato fastsatt: 12. september 2018', ''],
    ['NoteAdded', null, 'Merknad til punkt 2.3: At punktet står under punkt 2, er vår lesning.', ''],
  ])('tells %s', (type, reason, title, description) => {
    const said = told(type, reason);
    expect([said.title.nb, said.description.nb]).toEqual([title, description]);
    expect(isTold(said.title)).toBe(true);
  });
  it('labels every field that an event holds', () => {
    const { EntryCorrected, ...others } = samples;
    const paths = [
      ...Object.values(others).flatMap((data) => leafPaths(data)),
      ...leafPaths({ ...EntryCorrected, set: [{ path: 'a', value: 'b' }] }),
    ];
    expect(paths.filter((path) => shared.fields[path] === undefined)).toEqual([]);
    expect(Object.entries(shared.fields).filter(([, label]) => !everyLabel(label))).toEqual([]);
  });
  it('names what a link leads to as a target that must exist', () => {
    const parsed = shared.commands.Link.parse({ relation: 'PART_OF', target: 'body-2b4f6a0e-5d1c-5b7e-9c3a-0f1e2d3c4b5a' });
    expect(parsed).toMatchObject({ ok: true, value: { type: 'Link', targetPart: null, part: null, period: null } });
    expect(parsed.ok && shared.commands.Link.targets(parsed.value)).toEqual([
      { item: 'body-2b4f6a0e-5d1c-5b7e-9c3a-0f1e2d3c4b5a', part: null, kinds: null, path: ['target'] },
    ]);
  });
  it.each([
    ['a number that is not whole', 0.5, 'BAD_NUMBER'],
    ['half a character pair', { text: ['\ud83c'] }, 'LONE_SURROGATE'],
    ['bottomless nesting', Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], 1), 'TOO_DEEP'],
    ['no value', undefined, 'BAD_VALUE'],
  ])('refuses a correction that sets %s', (_what, value, code) => {
    const entry = '7d0c8a1e-3f52-5b6d-8e9a-1c2b3d4e5f60';
    expect(shared.commands.CorrectEntry.parse({ entry, set: [{ path: 'title', value }] })).toMatchObject({
      ok: false,
      issues: [expect.objectContaining({ code })],
    });
  });
  it('refuses a path that is none', () => {
    const entry = '7d0c8a1e-3f52-5b6d-8e9a-1c2b3d4e5f60';
    for (const path of ['', '.', 'a..b', 'a b', 'a.'])
      expect(shared.commands.CorrectEntry.parse({ entry, set: [{ path, value: 1 }] })).toMatchObject({ ok: false });
  });
});
