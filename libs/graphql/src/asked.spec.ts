import { buildSchema, graphql, type GraphQLResolveInfo } from 'graphql';
import { askedBelow } from './asked.js';

const schema = buildSchema('type Row { id: ID title(locale: String): String row: Row rows: [Row] } type Query { row: Row }');

describe('What a question asks for below a field', () => {
  const askedIn = async (source: string): Promise<readonly [readonly string[], boolean]> => {
    const told: GraphQLResolveInfo[] = [];
    const row = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
      told.push(info);
      return null;
    };
    expect((await graphql({ schema, source, rootValue: { row } })).errors).toBeUndefined();
    const [first, again] = told.flatMap((info) => [askedBelow(info), askedBelow(info)]);
    expect(again).toEqual(first);
    return [[...(first?.fields ?? [])].sort(), first?.inOtherLanguages ?? false];
  };

  it.each([
    ['the fields at any depth', '{ row { id row { rows { title } } } }', ['id', 'row', 'rows', 'title'], false],
    ['under their own names', '{ row { other: title } }', ['title'], false],
    [
      'in fragments, within fragments',
      '{ row { ...a } } fragment a on Row { ... on Row { ...b } } fragment b on Row { title }',
      ['title'],
      false,
    ],
    ['on every place where the field stands', '{ row { id } row { title } }', ['id', 'title'], false],
    ['whether or not a condition leaves them out', '{ row { id @skip(if: true) title @include(if: false) } }', ['id', 'title'], false],
    ['and a language of its own', '{ row { ...a } } fragment a on Row { title(locale: "EN") }', ['title'], true],
  ])('is %s', async (_what, source, fields, inOtherLanguages) => {
    expect(await askedIn(source)).toEqual([fields, inOtherLanguages]);
  });
});
