import { bodyTooDeep } from './body-levels.js';
import { LIMITS } from './limits.js';

const nested = (levels: number): Buffer => Buffer.from(`{"variables":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`);

describe('The levels of a body', () => {
  it('are looked at before it is read: at the limit it is let through, far beyond it is not', () => {
    expect(bodyTooDeep(nested(LIMITS.nested))).toBeNull();
    expect(bodyTooDeep(nested(LIMITS.nested + 2))?.extensions['code']).toBe('VARIABLES_TOO_DEEP');
    expect(bodyTooDeep(nested(400_000))?.extensions).toMatchObject({ code: 'VARIABLES_TOO_DEEP', limit: LIMITS.nested });
  });

  it('are not those of a text, however it is quoted', () => {
    const text = '["'.repeat(300) + '\\"]}{['.repeat(300);
    expect(bodyTooDeep(Buffer.from(JSON.stringify({ query: text, variables: { text } })))).toBeNull();
    expect(bodyTooDeep(Buffer.from(JSON.stringify({ a: '\\', b: Array.from({ length: 1_000 }, () => [[]]) })))).toBeNull();
  });

  it('do not matter where it is no JSON', () => {
    for (const body of ['', '"', '"\\', ']'.repeat(1_000), '{"a']) expect(bodyTooDeep(Buffer.from(body))).toBeNull();
  });
});
