import { ReadProblem } from '@saksgang/projections';
import { GraphQLError, locatedError, parse } from 'graphql';
import { createMask, fault, type FaultLog } from './faults.js';

const FIELD = parse('{ KariNordmann: title }').definitions.flatMap((one) => ('selectionSet' in one ? one.selectionSet.selections : []));

type Line = Parameters<FaultLog>[0];

const asked = (error: Error) => {
  const lines: Line[] = [];
  const mask = createMask({ log: (line) => lines.push(line), requestId: () => 'c0ffee' });
  return { answer: mask(locatedError(error, FIELD, ['node', 'KariNordmann'])).toJSON(), lines };
};

describe('The last word on an error', () => {
  it('gives a problem of reading its code and details', () => {
    const { answer, lines } = asked(new ReadProblem('BAD_PAGE', 'first is 1 to 100, not 0.', { first: 0 }));
    expect(answer).toMatchObject({
      message: 'first is 1 to 100, not 0.',
      path: ['node', 'KariNordmann'],
      extensions: { code: 'BAD_PAGE', first: 0 },
    });
    expect(lines).toEqual([]);
  });

  it('lets a fault keep its code', () => {
    expect(asked(fault('UNAUTHENTICATED', 'Writing takes a key.')).answer.extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('masks anything else and writes it down under the id of its request', () => {
    const broken = new Error('disk /var/secret is full');
    const { answer, lines } = asked(broken);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(answer.extensions).toEqual({ code: 'INTERNAL', requestId: 'c0ffee' });
    expect(lines).toEqual([{ level: 'error', message: 'a resolver failed', requestId: 'c0ffee', error: broken, field: 'title' }]);
  });

  it('gives a malformed request a code when it has none, and leaves one that has', () => {
    const mask = createMask({ log: () => undefined, requestId: () => '' });
    expect(mask(new GraphQLError('Syntax Error')).extensions).toEqual({ code: 'BAD_REQUEST' });
    const coded = new GraphQLError('no', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(mask(coded)).toBe(coded);
  });

  it('names the variable that did not fit', () => {
    const inner = fault('BAD_USER_INPUT', '«2018-02-30» is no day');
    const outer = new GraphQLError('Variable "$from" got invalid value "2018-02-30"; «2018-02-30» is no day', { originalError: inner });
    const mask = createMask({ log: () => undefined, requestId: () => '' });
    expect(mask(outer).toJSON()).toMatchObject({ message: outer.message, extensions: { code: 'BAD_USER_INPUT' } });
  });
});
