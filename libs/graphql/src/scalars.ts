import { isDay, type Instant, type Json } from '@saksgang/kernel';
import { GraphQLError, GraphQLScalarType, Kind as Ast, type ValueNode } from 'graphql';

const JSON_DEPTH_MAX = 32; // levels of a JSON literal in a document

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

const text = (value: unknown, what: string): string =>
  typeof value === 'string' ? value : refuse(`${what} is written as a string, not ${JSON.stringify(value) ?? typeof value}.`);

const dayFrom = (value: unknown): string => {
  const day = text(value, 'A Date');
  return isDay(day) ? day : refuse(`«${day}» is no day of the calendar: write YYYY-MM-DD, for instance 2018-10-03.`);
};

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339, any offset, in; UTC with milliseconds out. `Date` alone would read 30 February as 2 March, hence the calendar check. */
const instantFrom = (value: unknown): Instant => {
  const written = text(value, 'A DateTime');
  const day = INSTANT.exec(written)?.[1];
  if (day === undefined || !isDay(day)) return refuse(`«${written}» is no instant: write 2018-10-03T10:00:00.000Z.`);
  return new Date(written).toISOString();
};

const literal = (node: ValueNode, what: string): string =>
  node.kind === Ast.STRING ? node.value : refuse(`${what} is written as a string.`);

const jsonLiteral = (node: ValueNode, variables: Record<string, unknown>, depth = 0): Json => {
  if (depth > JSON_DEPTH_MAX) return refuse(`A JSON value is at most ${JSON_DEPTH_MAX} levels deep.`);
  switch (node.kind) {
    case Ast.STRING:
    case Ast.BOOLEAN:
      return node.value;
    case Ast.ENUM:
      return node.value;
    case Ast.INT:
    case Ast.FLOAT:
      return Number(node.value);
    case Ast.NULL:
      return null;
    case Ast.LIST:
      return node.values.map((value) => jsonLiteral(value, variables, depth + 1));
    case Ast.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, jsonLiteral(field.value, variables, depth + 1)]));
    case Ast.VARIABLE:
      return (variables[node.name.value] ?? null) as Json;
  }
};

export const GraphQLDay = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A day in Europe/Oslo, `2018-10-03` (dag).',
  serialize: (value) => text(value, 'A Date'),
  parseValue: dayFrom,
  parseLiteral: (node) => dayFrom(literal(node, 'A Date')),
});

export const GraphQLInstant = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'An instant in UTC with milliseconds, `2018-10-03T10:00:00.000Z` (tidspunkt). Any offset is accepted in input.',
  serialize: (value) => text(value, 'A DateTime'),
  parseValue: instantFrom,
  parseLiteral: (node) => instantFrom(literal(node, 'A DateTime')),
});

export const GraphQLPosition = new GraphQLScalarType<string, string>({
  name: 'Position',
  description: 'A place in the log: opaque, ordered bytewise within one log. Give back what you were given.',
  serialize: (value) => text(value, 'A Position'),
  parseValue: (value) => text(value, 'A Position'),
  parseLiteral: (node) => literal(node, 'A Position'),
});

export const GraphQLJson = new GraphQLScalarType<Json, Json>({
  name: 'JSON',
  description: 'Plain JSON, as it stands in an entry. Only in history, diffs and corrections.',
  serialize: (value) => value as Json,
  parseValue: (value) => value as Json,
  parseLiteral: (node, variables) => jsonLiteral(node, variables ?? {}),
});
