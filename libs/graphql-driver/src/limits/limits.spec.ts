import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, getIntrospectionQuery, type GraphQLError, parse } from 'graphql';
import { costOf, createJudgeCost } from './cost.js';
import { parseWithin, validateWithin } from './document-rules.js';
import { EXCEEDED, exceeded, LIMITS, type Limits } from './limits.js';
import { variablesExceed } from './variables.js';

const schema = buildSchema(readFileSync(fileURLToPath(new URL('../../../../test/golden/schema.graphql', import.meta.url)), 'utf8'));

const errorsOf = (text: string, limits: Partial<Limits> = {}): readonly GraphQLError[] => {
  try {
    return validateWithin(schema, parseWithin(text, { ...LIMITS, ...limits }), { ...LIMITS, ...limits }, []);
  } catch (error) {
    return [error as GraphQLError];
  }
};
const found = (text: string, limits: Partial<Limits> = {}): readonly unknown[] =>
  errorsOf(text, limits).map(({ extensions }) => [extensions['code'], extensions['limit'], extensions['found']]);
const cost = (text: string, variables: Readonly<Record<string, unknown>> | null = {}, costs = {}): number => {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('the first definition is no operation');
  return costOf(schema, costs, document, operation, variables);
};
const deep = (levels: number): string => `{ items { nodes ${'{ projects '.repeat(levels)}{ id }${' }'.repeat(levels)} } }`;

describe('The limits of a document', () => {
  it.each<readonly [string, string, Partial<Limits>, readonly unknown[]]>([
    ['characters', '{ __typename }', { characters: 13 }, ['DOCUMENT_TOO_LONG', 13, 14]],
    ['tokens', '{ __typename }', { tokens: 2 }, ['TOO_MANY_TOKENS', 2, undefined]],
    ['operations and fragments', '{ ...A } fragment A on Query { __typename }', { definitions: 1 }, ['TOO_MANY_DEFINITIONS', 1, 2]],
    ['levels', deep(3), { depth: 5 }, ['TOO_DEEP', 5, 6]],
    [
      'levels within fragments',
      '{ items { ...A } } fragment A on ItemConnection { nodes { ...B } } fragment B on Item { projects { id } }',
      { depth: 3 },
      ['TOO_DEEP', 3, 4],
    ],
    ['levels of introspection', '{ __schema { types { name } } }', { depth: 2 }, ['TOO_DEEP', 2, 3]],
    ['aliases', '{ a: __typename b: __typename }', { aliases: 1 }, ['TOO_MANY_ALIASES', 1, 2]],
    ['directives', '{ __typename @include(if: true) @skip(if: false) }', { directives: 1 }, ['TOO_MANY_DIRECTIVES', 1, 2]],
    ['the same field again', '{ __typename __typename }', { repeats: 1 }, ['TOO_MANY_REPEATS', 1, 2]],
    ['the same fragment again', '{ ...A ...A } fragment A on Query { __typename }', { repeats: 1 }, ['TOO_MANY_REPEATS', 1, 2]],
    ['a list in a question', '{ nodes(ids: ["a", "b"]) { id } }', { listed: 1 }, ['LIST_TOO_LONG', 1, 2]],
  ])('%s: what is exceeded is told with its code, its size and how much was found', (_what, text, limits, expected) => {
    expect(found(text, limits)).toEqual([expected]);
    const [, limit, times] = expected as readonly [string, number, number | undefined];
    expect(errorsOf(text, { ...limits, ...Object.fromEntries(Object.keys(limits).map((name) => [name, times ?? limit + 2])) })).toEqual([]);
  });

  it('count a list in a command by the limit of commands', () => {
    const command = `mutation { addNote(input: { commandId: "a", text: "x", item: { id: "y" }, source: { title: "${'x'}" } }) { __typename } }`;
    const unlink = 'mutation { recordResolution(input: { points: [{ text: "a" }, { text: "b" }] }) { __typename } }';
    expect(found(unlink, { listed: 1, written: 1 })).toEqual([['LIST_TOO_LONG', 1, 2]]);
    expect(found(unlink, { listed: 1 }).map((one) => (one as unknown[])[0])).not.toContain('LIST_TOO_LONG');
    expect(errorsOf(command)).toEqual([]);
  });

  it('come before the rules of the specification, which a document can be made to wear out', () => {
    const flood = `{ ${Array.from({ length: 1_000 }, (_, at) => `unknown${at}: unknown${at}`).join(' ')} }`;
    expect(found(flood)).toEqual([['TOO_MANY_ALIASES', LIMITS.aliases, 1_000]]);
    expect(errorsOf(`{ ${Array.from({ length: 1_000 }, (_, at) => `unknown${at}`).join(' ')} }`)).toHaveLength(11);
  });

  it('end the reading of brackets that end the stack', () => {
    const brackets = `{ nodes(ids: ${'['.repeat(40_000)}`;
    expect(errorsOf(brackets, { tokens: 90_000 }).map(({ extensions }) => extensions['code'])).toEqual(['TOO_DEEP']);
  });

  it('leave room for the introspection that tools send', () => {
    const query = getIntrospectionQuery({
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
    });
    expect(errorsOf(query)).toEqual([]);
    expect(cost(query)).toBeLessThan(LIMITS.cost / 2);
  });
});

describe('The limits of variables', () => {
  const judge = (value: unknown, operation: 'query' | 'mutation' = 'query'): unknown => {
    const error = variablesExceed({ value }, operation, { ...LIMITS, listed: 2, written: 3, nested: 4, values: 20 });
    return error && [error.extensions['code'], error.extensions['limit'], error.extensions['found']];
  };
  it.each([
    ['a list of a question', [1, 2, 3], 'query', ['LIST_TOO_LONG', 2, 3]],
    ['a list of a command', [1, 2, 3], 'mutation', null],
    ['a longer list of a command', [1, 2, 3, 4], 'mutation', ['LIST_TOO_LONG', 3, 4]],
    ['a list within an object', { a: [1, 2, 3] }, 'query', ['LIST_TOO_LONG', 2, 3]],
    ['levels within bounds', { a: { b: { c: 1 } } }, 'query', null],
    ['too many levels', { a: { b: { c: { d: { e: 1 } } } } }, 'query', ['VARIABLES_TOO_DEEP', 4, undefined]],
    ['too many values', Object.fromEntries(Array.from({ length: 20 }, (_, at) => [at, at])), 'query', ['TOO_MANY_VALUES', 20, undefined]],
  ] as const)('%s', (_what, value, operation, expected) => expect(judge(value, operation)).toEqual(expected));
});

describe('The cost of an operation', () => {
  it('is one a field, times the size of every page it stands in', () => {
    expect(cost('{ __typename }')).toBe(1);
    // items, its page, nodes, and two fields a row
    expect(cost('{ items(first: 10) { nodes { id title } } }')).toBe(1 + 10 + 1 + 10 * 2);
    expect(cost('{ items { nodes { id } totalCount } }')).toBe(1 + 10 + 1 + 25 + 1);
    expect(cost('{ items(first: 10) { edges { node { id } } } }')).toBe(1 + 10 + 1 + 10 * 2);
    expect(cost('{ items(last: 10) { nodes { timeline(first: 7) { nodes { id } } } } }')).toBe(1 + 10 + 1 + 10 * (1 + 10 + 1 + 7));
  });

  it('takes page sizes from variables, their defaults, and at their largest where they are not known', () => {
    const query = 'query($first: Int = 3) { items(first: $first) { nodes { id } } }';
    expect([cost(query, { first: 10 }), cost(query), cost(query, null)]).toEqual([22, 15, 112]);
    expect(cost('query($first: Int) { items(first: $first) { nodes { id } } }', {})).toBe(37);
    expect(cost('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b', 'c'] })).toBe(1 + 3);
  });

  it('counts what is asked of fragments where they are spread, and of many types the dearest', () => {
    expect(
      cost(
        '{ items(first: 2) { ...A } bodies(first: 3) { ...B } } fragment A on ItemConnection { nodes { ...C } } fragment B on BodyConnection { nodes { ...C } } fragment C on Item { id title }',
      ),
    ).toBe(11 + 1 + 2 * 2 + (11 + 1 + 3 * 2));
    expect(cost('{ items(first: 10) { nodes { id ... on Body { title state } ... on Milestone { title } } } }')).toBe(12 + 10 * 3);
  });

  it('adds what a field takes beside', () => {
    expect(cost('{ items(first: 2) { nodes { id } } }', {}, { 'Query.items': 100, '*.id': 5 })).toBe(1 + 10 + 100 + 1 + 2 * 6);
  });

  it('of a bomb of fragments is found without going off', () => {
    const levels = Array.from(
      { length: 200 },
      (_, at) => `fragment F${at} on Query { ...F${at + 1} a${at}: __typename ... { ...F${at + 1} } }`,
    );
    expect(cost(`{ ...F0 } ${levels.join(' ')} fragment F200 on Query { __typename }`)).toBeGreaterThan(2 ** 200);
  });

  it('refuses what is dear with its cost, for these variables and not for those', () => {
    const judge = createJudgeCost(schema, {}, 1_000);
    const document = parse('query($n: Int!) { items(first: $n) { nodes { timeline(first: $n) { nodes { id } } } } }');
    expect(judge(document, null, { n: 5 })).toBeNull();
    expect(judge(document, null, { n: 100 })?.extensions).toMatchObject({
      code: 'TOO_COSTLY',
      limit: 1_000,
      found: 1 + 10 + 1 + 100 * 112,
    });
    expect(judge(document, null, { n: 5 })).toBeNull();
  });

  it('of pages in pages in pages is beyond what is allowed', () => {
    expect(
      cost('{ items(first: 100) { nodes { timeline(first: 100) { nodes { item { history(first: 100) { nodes { id } } } } } } } }'),
    ).toBeGreaterThan(LIMITS.cost);
  });
});

describe('Every limit', () => {
  it('says what to do, in one sentence or two', () => {
    for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
      const error = exceeded(name, 1, 2);
      expect(error.extensions).toEqual({ code: EXCEEDED[name].code, limit: 1, found: 2, whatToDo: EXCEEDED[name].whatToDo });
      expect(error.message).toBe(`Too much: 2 ${EXCEEDED[name].what}, 1 at most. ${EXCEEDED[name].whatToDo}`);
    }
  });
});
