import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Fields } from './serve.js';

/** What arguments are filled from. */
export type Pools = Readonly<{
  ids: readonly string[];
  entries: readonly string[];
  positions: readonly string[];
  words: readonly string[];
  commandIds: readonly string[];
  cursors: readonly string[];
  types: readonly string[];
  actors: readonly string[];
}>;
export type Asked = Readonly<{ document: string; variables: Fields }>;
type Held = GraphQLField<unknown, unknown>;
type Given = GraphQLArgument | GraphQLInputField;

const DEPTH_MAX = 5; // fields within fields
const FIELDS_MAX = 26; // of one question
const ROWS_MAX = 12; // of a page asked for
const INSTANTS = ['2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-03-03T10:00:00.000Z'];
const DAYS = ['2016-01-01', '2026-01-16', '2026-03-02', '2026-03-03', '2030-01-01'];

/** A seeded source of choices: mulberry32. */
export const chooser = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (of: number): boolean => next() < of,
    below: (count: number): number => Math.floor(next() * count),
    of: <T>(from: readonly T[]): T => {
      const found = from[Math.floor(next() * from.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
};
export type Chooser = ReturnType<typeof chooser>;

const typesBehind = (schema: GraphQLSchema, type: GraphQLOutputType): readonly GraphQLObjectType[] => {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
};

/** A question made up from the schema: one root field, whatever lies below it, and arguments from the pools. */
export const questionFrom = (schema: GraphQLSchema, pools: Pools, choose: Chooser, roots = /./u): Asked => {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  let left = FIELDS_MAX;

  const argumentsOf = (field: Held): string => {
    const told = field.args
      .filter((arg) => isRequiredArgument(arg) || choose.chance(/^(after|before|last)$/u.test(arg.name) ? 0.05 : 0.4))
      .map((arg) => {
        const name = `v${declared.length}`;
        declared.push(`$${name}: ${String(arg.type)}`);
        variables[name] = valueFor(arg, pools, choose);
        return `${arg.name}: $${name}`;
      });
    return told.length === 0 ? '' : `(${told.join(', ')})`;
  };

  const selectionOf = (type: GraphQLOutputType, depth: number): string => {
    if (!isCompositeType(getNamedType(type))) return '';
    const types = typesBehind(schema, type);
    const [only] = types;
    if (only === undefined || types.length > 1) {
      const parts = types
        .filter(() => choose.chance(types.length > 3 ? 0.3 : 0.8))
        .map((one) => `... on ${one.name} ${within(one, depth)}`);
      return ` { __typename ${parts.join(' ')} }`;
    }
    return ` ${within(only, depth)}`;
  };
  const within = (type: GraphQLObjectType, depth: number): string => {
    const isPage = /(Connection|Edge|Graph|Board)$/u.test(type.name);
    const fields = Object.values(type.getFields()).filter((field) => {
      if (!isCompositeType(getNamedType(field.type))) return choose.chance(0.5);
      return depth > 0 && choose.chance(isPage && /^(nodes|edges|node)$/u.test(field.name) ? 0.8 : 0.3);
    });
    // In any order, so that none is always the first to be left out.
    const told = fields
      .map((field) => [choose.below(1_000), field] as const)
      .sort(([a], [b]) => a - b)
      .map(([, field], at) => {
        if ((left -= 1) < 0) return '';
        // Two fields of one name must be asked alike: each has a name of its own, so that types may differ below.
        return `f${declared.length}_${depth}_${at}_${left < 0 ? 0 : left}: ${field.name}${argumentsOf(field)}${selectionOf(field.type, depth - (isPage ? 0 : 1))}`;
      })
      .filter((text) => text !== '');
    return `{ __typename ${told.join(' ')} }`;
  };

  const field = choose.of(Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) => roots.test(name)));
  const asked = `${field.name}${argumentsOf(field)}${selectionOf(field.type, DEPTH_MAX)}`;
  const head = declared.length === 0 ? '' : `(${declared.join(', ')})`;
  return { document: `query Crawl${head} { ${asked} }`, variables };
};

const valueFor = (given: Given, pools: Pools, choose: Chooser): unknown => valueOf(given.name, given.type, pools, choose);

const valueOf = (name: string, type: GraphQLInputType, pools: Pools, choose: Chooser): unknown => {
  const bare = getNullableType(type);
  if (isListType(bare)) return Array.from({ length: 1 + choose.below(2) }, () => valueOf(name, bare.ofType, pools, choose));
  if (isEnumType(bare)) return choose.of(bare.getValues()).name;
  if (isInputObjectType(bare)) return objectOf(bare.name, Object.values(bare.getFields()), pools, choose);
  return plainOf(name, String(bare), pools, choose);
};

const objectOf = (name: string, fields: readonly GraphQLInputField[], pools: Pools, choose: Chooser): unknown => {
  if (name === 'ItemRef')
    return choose.chance(0.6)
      ? { id: choose.of(pools.ids) }
      : choose.chance(0.5)
        ? { reference: choose.of(pools.words) }
        : { createdBy: choose.of(pools.commandIds) };
  // Only one point of view of what is known can be asked for at a time.
  const known = fields.filter((field) => /^(knownAt|knownOn|position|meeting)$/u.test(field.name));
  const one = known.length > 0 && choose.chance(0.7) ? choose.of(known) : null;
  const told = fields.filter((field) => (known.includes(field) ? field === one : isRequiredArgument(field) || choose.chance(0.25)));
  return Object.fromEntries(told.map((field) => [field.name, valueFor(field, pools, choose)]));
};

const plainOf = (name: string, type: string, pools: Pools, choose: Chooser): unknown => {
  if (type === 'Int') return /^(first|last)$/u.test(name) ? 1 + choose.below(ROWS_MAX) : choose.below(8);
  if (type === 'Boolean') return choose.chance(0.5);
  if (type === 'Position') return choose.of(pools.positions);
  if (type === 'DateTime') return choose.of(INSTANTS);
  if (type === 'Date') return choose.of(DAYS);
  if (name === 'actors') return choose.of(pools.actors);
  if (name === 'types') return choose.of(pools.types);
  if (name === 'after' || name === 'before') return choose.of(pools.cursors);
  if (name === 'path' || name === 'point') return choose.of(['1', '2', '3']);
  if (name === 'entry') return choose.of(pools.entries);
  if (type === 'ID') return choose.of(choose.chance(0.6) ? pools.ids : pools.entries);
  const word = choose.of(pools.words);
  return choose.chance(0.2) ? word.slice(0, 5) : choose.chance(0.1) ? `${word.slice(0, -1)}x` : word;
};
