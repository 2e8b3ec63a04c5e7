import { commandNames, rolesFor } from '@saksgang/commanding';
import { ROLES } from '@saksgang/access';
import type { Role } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { buildShape } from '../schema.js';
import { rowsOf, sectionOf } from '../../../../test/support/readme.js';
import { openHouse, type House } from '../../testing/house.js';
import { rulesOf, UnruledSchema } from './apply-rules.js';
import { READERS, RULES } from './reading-rules.js';

describe('Every field and every command has a rule:', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildShape();
  });
  const mutations = (): readonly string[] => Object.keys(schema.getMutationType()?.getFields() ?? {}).sort();

  it('each field of each type says once who sees it', () => {
    expect(rulesOf(schema).size).toBeGreaterThan(900);
  });

  it('each mutation is a command that names its roles, and each command is a mutation', () => {
    expect(mutations()).toEqual(commandNames(registry));
    for (const name of mutations()) expect([name, rolesFor(registry, name).roles.length]).toEqual([name, expect.any(Number)]);
    expect(mutations().filter((name) => rolesFor(registry, name).roles.length === 0)).toEqual([]);
    expect(mutations().filter((name) => rolesFor(registry, name).roles.includes('public'))).toEqual([]);
    expect(rolesFor(registry, 'burnEverything').roles).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a field nobody has said anything of', { everybody: 'title' }, 'Thing.secret'],
    ['a field that is not there', { everybody: 'title secret ghost' }, 'Thing.ghost'],
    ['a field that two rules are for', { everybody: 'title secret', keepers: 'secret' }, 'Thing.secret'],
  ])('%s does not come into the schema', (_what, said, named) => {
    const fields = { title: { type: GraphQLString }, secret: { type: GraphQLString } };
    const planted = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Thing', fields }) });
    expect(() => rulesOf(planted, { Thing: said })).toThrow(UnruledSchema);
    expect(() => rulesOf(planted, { Thing: said })).toThrow(named);
    expect(rulesOf(planted, { Thing: { everybody: 'title', keepers: 'secret' } }).get('Thing.secret')).toBe('keepers');
  });

  it('whatever is sealed is for insiders, and the rules grow narrower', () => {
    const sealed = [...rulesOf(schema)].filter(([name]) => {
      const [type = '', field = ''] = name.split('.');
      const held = schema.getType(type) as GraphQLObjectType;
      return String(held.getFields()[field]?.type).startsWith('SealedText');
    });
    expect(sealed.length).toBeGreaterThan(5);
    for (const [name, rule] of sealed) expect([name, rule]).toEqual([name, 'insiders']);
    const within = { everybody: null, insiders: 'everybody', overseers: 'insiders', auditors: 'overseers', keepers: 'overseers' } as const;
    for (const rule of RULES) {
      const wider: readonly Role[] = READERS[within[rule] ?? rule];
      expect([rule, READERS[rule].filter((role) => !wider.includes(role))]).toEqual([rule, []]);
      expect([rule, wider.length > READERS[rule].length]).toEqual([rule, within[rule] !== null]);
    }
  });

  it('the README says the same', () => {
    const told = rowsOf(sectionOf('Who may what')).map(([what = '', ...yes]) => ({
      what,
      names: [...what.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      roles: ROLES.filter((_role, at) => yes[at] === 'yes'),
    }));
    const byName = new Map(told.flatMap(({ names, roles }) => names.map((name) => [name, roles] as const)));
    const others = told.find(({ what }) => what === 'say every other command')?.roles ?? [];
    const named = (roles: readonly Role[]): readonly Role[] => ROLES.filter((role) => roles.includes(role));
    // What is only reached through another field that has the same rule is not told once more.
    const within = new Set(['Note', 'Disclosure', 'Erasure', 'KnownPerson', 'Access']);
    const fields = [...rulesOf(schema)].flatMap(([name, rule]): readonly (readonly [string, readonly Role[]])[] => {
      const [type = '', field = ''] = name.split('.');
      if (rule === 'everybody' || within.has(type)) return [];
      return [[type === 'Query' ? field : field === 'notes' ? '*.notes' : name, named(READERS[rule])]];
    });
    const commands = commandNames(registry).map((name) => [name, named(rolesFor(registry, name).roles)] as const);
    for (const [name, roles] of [...fields, ...commands.filter(([command]) => byName.has(command))])
      expect([name, byName.get(name)]).toEqual([name, roles]);
    for (const [name, roles] of commands.filter(([command]) => !byName.has(command))) expect([name, roles]).toEqual([name, others]);
    const known = new Set([...fields, ...commands].map(([name]) => name));
    expect([...byName.keys()].filter((name) => !known.has(name))).toEqual([]);
    expect(told.find(({ what }) => what === 'read every other field')?.roles).toEqual(ROLES);
  });
});

describe('The rules are held by the schema itself:', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());
  const keyFor = async (role: Role): Promise<Readonly<Record<string, string>>> => {
    const made = await house.access.create({ name: 'Prøve', role, actorKind: 'MACHINE' });
    if (!('secret' in made)) throw new Error(made.message.en);
    return { authorization: `Bearer ${made.secret}` };
  };

  it.each<[string, string, readonly Role[], string]>([
    ['erasures', '{ erasures { totalCount } }', READERS.overseers, 'sekretariatet'],
    ['accessLog', '{ accessLog { totalCount } }', READERS.auditors, 'revisor'],
    ['persons', '{ persons(name: "Kari") { personId } }', READERS.keepers, 'sekretariatet'],
  ])(
    '%s is answered to those it is for, and refused to all others with a code and in their language',
    async (field, question, readers, named) => {
      for (const role of ROLES) {
        const { data, errors } = await house.ask(question, {}, { as: null, headers: { ...(await keyFor(role)), 'accept-language': 'nn' } });
        if (readers.includes(role)) expect([role, errors, data[field] !== null]).toEqual([role, [], true]);
        else {
          expect([role, errors.map(({ extensions }) => extensions.code)]).toEqual([role, ['FORBIDDEN']]);
          expect(errors[0]?.message).toContain(named);
        }
      }
      expect((await house.ask(question, {}, { as: null })).errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    },
  );

  it('notes and names are withheld from the public, whether it sends a key or none', async () => {
    const establish = `mutation($input: EstablishBodyInput!) { establishBody(input: $input) { __typename } }`;
    const note = `mutation($input: AddNoteInput!) { addNote(input: $input) { __typename } }`;
    await house.ask(establish, { input: { commandId: 'ks', name: 'KS' } });
    await house.ask(note, { input: { commandId: 'm', item: { createdBy: 'ks' }, text: 'Internt.' } });
    await house.ask('mutation($input: PublishInput!) { publish(input: $input) { __typename } }', {
      input: { commandId: 'ut', item: { createdBy: 'ks' }, withHistory: true },
    });
    const question = '{ bodies { nodes { notes { text } } } history(last: 1) { nodes { actor { name { value sealedState } } } } }';
    const seen = async (headers: Readonly<Record<string, string>>) => {
      const { data, errors } = await house.ask(question, {}, { as: null, headers });
      expect(errors).toEqual([]);
      return [data.bodies.nodes[0].notes, data.history.nodes[0].actor.name];
    };
    const hidden = [[], { value: null, sealedState: 'WITHHELD' }];
    expect(await seen({})).toEqual(hidden);
    expect(await seen(await keyFor('public'))).toEqual(hidden);
    expect(await seen(await keyFor('steering'))).toEqual([[{ text: 'Internt.' }], { value: 'Kari Sekretær', sealedState: 'SHOWN' }]);
  });

  it('a key for some commands says those and no others, and one for reading none', async () => {
    const made = async (scopes: readonly string[]) => {
      const key = await house.access.create({ name: 'Arkivet', role: 'secretariat', actorKind: 'MACHINE', scopes });
      if (!('secret' in key)) throw new Error(key.code);
      return { as: null, headers: { authorization: `Bearer ${key.secret}`, 'accept-language': 'en' } };
    };
    const say = async (asked: Awaited<ReturnType<typeof made>>, name: string, input: Readonly<Record<string, unknown>>) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const text = `mutation($input: ${type}!) { ${name}(input: $input) { __typename ... on Problem { code message } } }`;
      return (await house.ask(text, { input }, asked)).data[name];
    };
    const notes = await made(['addNote']);
    expect(await say(notes, 'establishBody', { commandId: 'x1', name: 'X' })).toEqual({
      __typename: 'Refused',
      code: 'FORBIDDEN',
      message: 'The key is not for establishBody.',
    });
    await say({ ...notes, headers: { authorization: `Bearer ${house.keys['secretariat']}`, 'accept-language': 'en' } }, 'establishBody', {
      commandId: 'x2',
      name: 'X',
    });
    const input = { commandId: 'x3', item: { createdBy: 'x2' }, text: 'Fra arkivet.' };
    expect((await say(await made(['read']), 'addNote', input)).code).toBe('FORBIDDEN');
    expect((await say(notes, 'addNote', input)).__typename).toBe('Recorded');
    expect(await house.access.create({ name: 'A', role: 'steering', actorKind: 'MACHINE', scopes: ['burnEverything'] })).toMatchObject({
      code: 'BAD_KEY_SCOPE',
    });
  });
});
