import {
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { buildASTSchema } from 'graphql';
import { buildSdl } from './schema.js';

let schema: GraphQLSchema;
let sdl: string;
beforeAll(async () => {
  sdl = await buildSdl();
  schema = buildASTSchema(parse(sdl));
});

/** Everything that can stand behind `node`: every item type, Point and Entry. */
const nodeTypes = (of: GraphQLSchema): readonly GraphQLObjectType[] =>
  [...of.getPossibleTypes(of.getType('Node') as never)].filter((type) => isObjectType(type));

const argumentsOf = (field: GraphQLField<unknown, unknown>): string => {
  const required = field.args.filter(isRequiredArgument).map((argument) => `${argument.name}: "1"`);
  return required.length === 0 ? '' : `(${required.join(', ')})`;
};
const asked = (field: GraphQLField<unknown, unknown>): string =>
  `${field.name}${argumentsOf(field)}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''}`;

/** One document that asks for every field of every type that can stand behind `node`, in one selection. */
const everyField = (of: GraphQLSchema): string => {
  const parts = nodeTypes(of).map((type) => `... on ${type.name} { ${Object.values(type.getFields()).map(asked).join(' ')} }`);
  return `{ node(id: "x") { __typename ${parts.join(' ')} } }`;
};

/** Field names that stand for two types among the types that can meet behind `node`. */
const twoShapes = (of: GraphQLSchema): readonly string[] => {
  const shapes = new Map<string, Set<string>>();
  for (const type of nodeTypes(of))
    for (const field of Object.values(type.getFields()))
      shapes.set(field.name, (shapes.get(field.name) ?? new Set()).add(String(field.type)));
  return [...shapes].filter(([, types]) => types.size > 1).map(([name, types]) => `${name}: ${[...types].sort().join(' and ')}`);
};

const planted = (line: string, instead: string): GraphQLSchema => {
  const changed = sdl.replace(line, instead);
  expect(changed).not.toBe(sdl);
  return buildASTSchema(parse(changed));
};

describe('One name, one shape', () => {
  it('lets one document ask for every field of every item, point and entry', () => {
    expect(nodeTypes(schema).map((type) => type.name)).toEqual(expect.arrayContaining(['Resolution', 'Body', 'Project', 'Point', 'Entry']));
    expect(validate(schema, parse(everyField(schema))).map((error) => error.message)).toEqual([]);
  });

  it('gives no field name two types, nullability included', () => {
    expect(twoShapes(schema)).toEqual([]);
  });

  it('is held by validation: a point with a state of its own cannot be asked for beside an item', () => {
    const clash = planted('  pointState: PointState!\n', '  pointState: PointState!\n  state: PointState\n');
    expect(validate(clash, parse(everyField(clash))).map((error) => error.message)).toEqual(
      expect.arrayContaining([expect.stringContaining('Fields "state" conflict')]),
    );
  });

  it('is held for composite types too, which validation alone lets pass', () => {
    const clash = planted('  parentBody: Body\n', '  parentBody: Body\n  meetings: [Meeting!]\n');
    expect(twoShapes(clash)).toEqual(['meetings: [Meeting!] and [Meeting!]!']);
    const other = planted('  parentBody: Body\n', '  parentBody: Body\n  owner: Body\n');
    expect(twoShapes(other)).toEqual(['owner: Body and Party']);
  });
});
