import { registry } from '@saksgang/kinds';
import type { Pin } from '@saksgang/projections';
import { isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { openHouse, recorded, type House } from '../testing/house.js';
import { KIND_EDGES } from './kind-edges.js';

const ROOTS: readonly string[] = ['Query', 'Mutation', 'Subscription'];
const PLAIN: readonly string[] = ['String', 'Int', 'Boolean', 'ID'];

describe('The schema as it is served', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const fieldsOf = (type: string) => (house.schema.getType(type) as GraphQLObjectType).getFields();

  it('has a mutation for every command of every kind and of persons, and none besides', () => {
    const commands = [...registry.kinds.values()]
      .flatMap((kind) => Object.keys(kind.commands))
      .concat(Object.keys(registry.shared.commands), Object.keys(registry.persons.commands));
    const names = commands.map((type) => type.charAt(0).toLowerCase() + type.slice(1)).sort();
    expect(Object.keys(fieldsOf('Mutation')).sort()).toEqual(names);
  });

  it('answers one Outcome to every mutation, and takes one input', () => {
    for (const field of Object.values(fieldsOf('Mutation'))) {
      expect([field.name, String(field.type)]).toEqual([field.name, 'Outcome!']);
      expect(field.args.map((argument) => `${argument.name}: ${String(argument.type)}`)).toEqual([
        `input: ${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}Input!`,
      ]);
    }
  });

  it('has a type and a list for every kind', () => {
    for (const kind of registry.kinds.keys()) {
      const { typename } = KIND_EDGES[kind as keyof typeof KIND_EDGES];
      expect(house.schema.getPossibleTypes(house.schema.getType('Item') as never).map((type) => type.name)).toContain(typename);
      expect(Object.values(fieldsOf('Query')).map((field) => String(field.type))).toContain(`${typename}Connection!`);
    }
  });

  it('describes every type', () => {
    const bare = Object.values(house.schema.getTypeMap())
      .filter(({ name }) => !name.startsWith('__') && !ROOTS.includes(name) && !PLAIN.includes(name))
      .filter(({ description }) => !description);
    expect(bare.map((type) => type.name)).toEqual([]);
  });

  it('binds every field method straight into the schema: parameter decorators would cost on each call', () => {
    const straight = (field: GraphQLField<unknown, unknown>): boolean =>
      field.resolve?.name === 'rootFieldResolver' || /^bound bound \w/.test(field.resolve?.name ?? '');
    // It stands before the few fields that are not for everybody.
    const guarded = (field: GraphQLField<unknown, unknown>): boolean => field.resolve?.name === 'guarded';
    // Roots go through Nest's own wrapping, which this way of telling must be able to see.
    expect(Object.values(fieldsOf('Query')).some(straight)).toBe(false);
    const wrapped = Object.values(house.schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .filter(({ name }) => !name.startsWith('__') && !ROOTS.includes(name))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, straight(field) || guarded(field)] as const),
      );
    expect(wrapped.filter(([, bound]) => !bound).map(([name]) => name)).toEqual([]);
  });

  it('asks the read models for a page and its items in a bounded number of statements', async () => {
    for (let number = 0; number < 30; number += 1)
      await recorded(house, 'establishBody', { commandId: `organ-${number}`, name: `Organ ${number}` });
    const batches: number[] = [];
    const { reading } = house.reads;
    const asked = { ...reading };
    Object.assign(reading, {
      itemsById: (ids: readonly string[], pin: Pin) => {
        batches.push(ids.length);
        return asked.itemsById(ids, pin);
      },
    });
    const { data, errors } = await house.ask(`{ timeline(first: 30) { nodes { item { id title } } } }`);
    expect(errors).toEqual([]);
    expect(data.timeline.nodes).toHaveLength(30);
    // Once for the page; the item that was read last, after its recording, may still be at hand.
    expect(batches).toHaveLength(1);
    expect([29, 30]).toContain(batches[0]);
    Object.assign(reading, asked);
  });
});
