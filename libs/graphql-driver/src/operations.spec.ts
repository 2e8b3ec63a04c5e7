import { execute, type ExecutionResult, parse } from 'graphql';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { startTryout, type Tryout } from '../testing/server.js';
import { LIMITS } from './limits/limits.js';
import { createOperations, isCompilable } from './operations.js';

let tryout: Tryout;
beforeAll(async () => {
  tryout = await startTryout();
});
afterAll(() => tryout.app.close());

/** As it is sent. */
const plain = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

const cases: readonly (readonly [name: string, query: string, variables?: Record<string, unknown>, operationName?: string])[] = [
  ['scalars', '{ greeting }'],
  ['an argument', '{ greeting(name: "x") }'],
  ['a variable', 'query($n: String) { greeting(name: $n) }', { n: 'y' }],
  ['an unset variable with a default', 'query($n: String = "z") { greeting(name: $n) }', {}],
  ['a variable explicitly absent', 'query($n: String! = "z") { greeting(name: $n) }', {}],
  ['an object variable', 'query($i: BoxInput) { box(input: $i) { width height given } }', { i: { width: 3 } }],
  ['an unset object variable', 'query($i: BoxInput) { box(input: $i) { width height given } }', {}],
  ['an unset variable inside an object literal', 'query($w: Int) { box(input: { width: $w, height: 2 }) { width height given } }', {}],
  ['an unset variable inside a list literal', 'query($w: Int) { boxes(inputs: [{ width: $w }]) { width height given } }', {}],
  ['a list variable', 'query($i: [BoxInput!]!) { boxes(inputs: $i) { width height } }', { i: [{ width: 1 }, { height: 9 }] }],
  ['a filter with an optional default, unset', 'query($f: Filter) { filtered(filter: $f) }', { f: { from: 'a' } }],
  ['a filter with an optional default, null', 'query($f: Filter) { filtered(filter: $f) }', { f: { follow: null, kinds: ['B', 'A'] } }],
  ['a filter that is null', 'query($f: Filter) { filtered(filter: $f) }', { f: null }],
  ['a filter that is not there', 'query($f: Filter) { filtered(filter: $f) }', {}],
  ['a bad enum value', 'query($f: Filter) { filtered(filter: $f) }', { f: { kinds: ['C'] } }],
  ['a number beyond an Int', 'query($i: [BoxInput!]!) { boxes(inputs: $i) { width } }', { i: [{ width: 1e10 }] }],
  ['a required variable left out', 'query($s: Boolean!) { greeting @skip(if: $s) }', {}],
  ['an argument default', '{ filtered }'],
  ['nested objects and aliases', '{ a: box { inner { h: height } } b: box { inner { inner { height } } } }'],
  ['skip', 'query($s: Boolean!) { greeting @skip(if: $s) later }', { s: true }],
  ['include', 'query($s: Boolean!) { greeting @include(if: $s) later }', { s: false }],
  ['fragments', '{ box { ...f } } fragment f on Box { width inner { height } }'],
  ['inline fragments', '{ box { ... on Box { width } ... @include(if: false) { height } } }'],
  ['an error beside data', '{ refusal greeting later }'],
  ['an operation by name', 'query a { greeting(name: "a") } query b { greeting(name: "b") }', {}, 'b'],
  ['typename', '{ __typename box { __typename } }'],
];

describe('prepared operations', () => {
  it.each(cases.map(([name, ...rest]) => [name, rest] as const))(
    'answers like graphql-js, compiled and not: %s',
    async (_name, [query, variables = {}, operationName]) => {
      const schema = tryout.app.get(GraphQLSchemaHost).schema;
      const operations = createOperations(schema, { jitAfter: 1, limits: LIMITS, validationRules: [] });
      const { document, errors } = operations.prepare(query);
      expect(errors).toEqual([]);
      const args = { schema, document, variableValues: variables, operationName: operationName ?? null, contextValue: {} };
      const expected = plain(await execute(args));
      for (let time = 0; time < 4; time += 1) expect(plain(await operations.run(args))).toEqual(expected);
    },
  );

  it('compiles queries, but no mutation, no variable inside a literal and no defaulted required value', () => {
    const { schema } = tryout.app.get(GraphQLSchemaHost);
    expect(isCompilable(schema, parse('query($f: Filter) { filtered(filter: $f) }'))).toBe(true);
    expect(isCompilable(schema, parse('query($i: BoxInput) { box(input: $i) { width } }'))).toBe(false);
    expect(isCompilable(schema, parse('query($n: String! = "x") { greeting(name: $n) }'))).toBe(false);
    expect(isCompilable(schema, parse('{ greeting }'))).toBe(true);
    expect(isCompilable(schema, parse('query($n: String) { greeting(name: $n) }'))).toBe(true);
    expect(isCompilable(schema, parse('query q { greeting } mutation m { write }'))).toBe(false);
    expect(isCompilable(schema, parse('query($w: Int) { box(input: { width: $w }) { width } }'))).toBe(false);
    expect(isCompilable(schema, parse('query($w: BoxInput!) { boxes(inputs: [$w]) { width } }'))).toBe(false);
  });

  it('keeps a document, and forgets the least used beyond its bound', () => {
    const operations = createOperations(tryout.app.get(GraphQLSchemaHost).schema, { jitAfter: 0, limits: LIMITS, validationRules: [] });
    const first = operations.prepare('{ greeting }');
    expect(operations.prepare('{ greeting }')).toBe(first);
    for (let number = 0; number < 500; number += 1) operations.prepare(`{ a${number}: greeting }`);
    expect(operations.prepare('{ greeting }')).not.toBe(first);
  });
});
