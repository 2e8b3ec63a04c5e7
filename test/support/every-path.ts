import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;
export type Asked = Readonly<{ root: string; path: string; document: string }>;

/** Arguments without which a field below the roots cannot be asked. A new one breaks the spec until it is named here. */
const REQUIRED: Readonly<Record<string, string>> = { 'Resolution.point': 'path: "1"' };

const composite = (field: Field): boolean => isCompositeType(getNamedType(field.type));

const objectsBehind = (schema: GraphQLSchema, field: Field): readonly GraphQLObjectType[] => {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
};

const argumentsOf = (parent: GraphQLObjectType, field: Field): string => {
  if (!field.args.some(isRequiredArgument)) return '';
  const given = REQUIRED[`${parent.name}.${field.name}`];
  if (given === undefined) throw new Error(`${parent.name}.${field.name} has required arguments that every-path does not know`);
  return `(${given})`;
};

/** All that can be read in one step below a type; `deeper` steps further into what is no plain value. */
const fieldsOf = (schema: GraphQLSchema, type: GraphQLObjectType, deeper: number): string =>
  Object.values(type.getFields())
    .flatMap((field) => {
      const below = composite(field) ? selectionOf(schema, field, isPageOf(type) ? deeper : deeper - 1) : '';
      return composite(field) && below === '' ? [] : [`${field.name}${argumentsOf(type, field)}${below}`];
    })
    .join(' ');

/** Steps from a page to its rows do not count: what is asked for is the rows. */
const isPageOf = (type: GraphQLObjectType): boolean => /(Connection|Edge)$/u.test(type.name);

const selectionOf = (schema: GraphQLSchema, field: Field, deeper: number): string => {
  if (deeper < 0) return '';
  const types = objectsBehind(schema, field);
  const [only] = types;
  if (types.length === 1 && only !== undefined) return ` { ${fieldsOf(schema, only, deeper)} }`;
  return ` { __typename ${types.map((type) => `... on ${type.name} { ${fieldsOf(schema, type, deeper)} }`).join(' ')} }`;
};

/** The rows a root field answers: of a page its nodes, otherwise itself. */
const rowsOf = (schema: GraphQLSchema, field: Field): Readonly<{ before: string; after: string; types: readonly GraphQLObjectType[] }> => {
  const [type] = objectsBehind(schema, field);
  const nodes = type !== undefined && /Connection$/u.test(type.name) ? type.getFields()['nodes'] : undefined;
  if (nodes === undefined) return { before: '', after: '', types: objectsBehind(schema, field) };
  return { before: 'position totalCount edges { cursor } nodes { ', after: ' }', types: objectsBehind(schema, nodes) };
};

/**
 * For each root field that takes `asOf`, documents that together ask for every field of its rows and for everything one step below
 * them, two where the rows are of one type. `given`: arguments of the roots beside `asOf`.
 */
export const everyPath = (schema: GraphQLSchema, given: Readonly<Record<string, string>>): readonly Asked[] =>
  Object.values(schema.getQueryType()?.getFields() ?? {})
    .filter(({ args }) => args.some(({ name }) => name === 'asOf'))
    .flatMap((root) => {
      const { before, after, types } = rowsOf(schema, root);
      const own = given[root.name];
      const ask = (path: string, selection: string): Asked => ({
        root: root.name,
        path: `${root.name}.${path}`,
        document: `query($asOf: AsOf) { ${root.name}(asOf: $asOf${own === undefined ? '' : `, ${own}`}) { ${before}${selection}${after} } }`,
      });
      const [only, ...more] = types;
      if (only === undefined || more.length > 0)
        return types.map((type) => ask(type.name, `__typename ... on ${type.name} { ${fieldsOf(schema, type, 1)} }`));
      const fields = Object.values(only.getFields());
      return [
        ask(only.name, fieldsOf(schema, only, 0)),
        ...fields
          .filter(composite)
          .map((field) => ask(`${only.name}.${field.name}`, `${field.name}${argumentsOf(only, field)}${selectionOf(schema, field, 1)}`)),
      ].filter(({ document }) => !document.includes('{  }'));
    });
