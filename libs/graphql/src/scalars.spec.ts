import { parseValue, type GraphQLScalarType } from 'graphql';
import { GraphQLDay, GraphQLInstant, GraphQLJson, GraphQLPosition } from './scalars.js';

const refusal = (scalar: GraphQLScalarType, value: unknown): unknown => {
  try {
    return `accepted as ${JSON.stringify(scalar.parseValue(value))}`;
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
};

describe('The scalars', () => {
  it.each(['2018-02-30', '2018-13-01', '2018-2-3', '18-10-03', '2018-10-03T00:00:00Z', '', 20181003, null])(
    'refuse %j as a Date',
    (value) => expect(refusal(GraphQLDay, value)).toBe('BAD_USER_INPUT'),
  );
  it.each(['2018-02-30T10:00:00Z', '2018-10-03', '2018-10-03T25:00:00Z', '2018-10-03T10:00:00', 'now', 1538560800000, {}])(
    'refuse %j as a DateTime',
    (value) => expect(refusal(GraphQLInstant, value)).toBe('BAD_USER_INPUT'),
  );
  it('say of a wrong day what would be right', () => {
    expect(() => GraphQLDay.parseValue('2018-02-30')).toThrow('«2018-02-30» is no day of the calendar: write YYYY-MM-DD');
  });
  it('take an instant in any offset and keep it in UTC with milliseconds', () => {
    expect(GraphQLInstant.parseValue('2018-10-03T12:00:00+02:00')).toBe('2018-10-03T10:00:00.000Z');
    expect(GraphQLInstant.parseLiteral(parseValue('"2020-02-29T23:59:59.5Z"'))).toBe('2020-02-29T23:59:59.500Z');
  });
  it('keep a leap day', () => expect(GraphQLDay.parseLiteral(parseValue('"2020-02-29"'))).toBe('2020-02-29'));
  it('refuse a Date or Position that is written as a number in a document', () => {
    expect(() => GraphQLDay.parseLiteral(parseValue('2018'))).toThrow('written as a string');
    expect(() => GraphQLPosition.parseLiteral(parseValue('42'))).toThrow('written as a string');
  });
  it('read JSON of a document with its variables, and bound its depth', () => {
    expect(GraphQLJson.parseLiteral(parseValue('{ a: [1, null, $x], b: { c: true } }'), { x: 'æ' })).toEqual({
      a: [1, null, 'æ'],
      b: { c: true },
    });
    const deep = '['.repeat(40) + ']'.repeat(40);
    expect(() => GraphQLJson.parseLiteral(parseValue(deep))).toThrow('at most 32 levels');
  });
});
