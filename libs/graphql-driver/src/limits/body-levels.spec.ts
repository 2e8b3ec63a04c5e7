import { bodyExceeds } from './body-levels.js';
import { LIMITS } from './limits.js';

const nested = (levels: number): Buffer => Buffer.from(`{"variables":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`);

describe('The levels of a body', () => {
  it('are looked at before it is read: at the limit it is let through, far beyond it is not', () => {
    expect(bodyExceeds(nested(LIMITS.nested))).toBeNull();
    expect(bodyExceeds(nested(LIMITS.nested + 2))?.extensions['code']).toBe('VARIABLES_TOO_DEEP');
    expect(bodyExceeds(nested(400_000))?.extensions).toMatchObject({ code: 'VARIABLES_TOO_DEEP', limit: LIMITS.nested });
  });

  it('come with its names: more of them than there may be values are not read either', () => {
    const named = (count: number): Buffer =>
      Buffer.from(JSON.stringify({ variables: { all: Array.from({ length: count }, () => ({ name: 'a:b' })) } }));
    expect(bodyExceeds(named(LIMITS.values))).toBeNull();
    expect(bodyExceeds(named(LIMITS.values + 20))?.extensions['code']).toBe('TOO_MANY_VALUES');
  });

  it('nor are more different ones than any input has fields, however they are written', () => {
    for (const name of [(at: number) => `v${at}`, (at: number) => `\\u00${(at % 90) + 10}${at}`, (at: number) => `"${at}"`, String]) {
      const named = (count: number): Buffer =>
        Buffer.from(JSON.stringify({ variables: Object.fromEntries(Array.from({ length: count }, (_, at) => [name(at), 'a:b'])) }));
      expect(bodyExceeds(named(LIMITS.names - 1))).toBeNull();
      expect(bodyExceeds(named(LIMITS.names))?.extensions).toMatchObject({ code: 'TOO_MANY_NAMES', limit: LIMITS.names });
    }
  });

  it('are not those of a text, however it is quoted', () => {
    const text = '["'.repeat(300) + '\\"]}{['.repeat(300);
    expect(bodyExceeds(Buffer.from(JSON.stringify({ query: text, variables: { text } })))).toBeNull();
    expect(bodyExceeds(Buffer.from(JSON.stringify({ a: '\\', b: Array.from({ length: 1_000 }, () => [[]]) })))).toBeNull();
  });

  it('do not matter where it is no JSON', () => {
    for (const body of ['', '"', '"\\', ']'.repeat(1_000), '{"a']) expect(bodyExceeds(Buffer.from(body))).toBeNull();
  });
});
