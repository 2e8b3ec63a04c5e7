import { entryIdFor, itemIdFor, uuidV4, uuidV5 } from './ids.js';
import { isUuid } from './uuid.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const RFC_NAME = 'www.example.com';

describe('UUID version 5', () => {
  it('gives the vector of RFC 9562 appendix A.4', () => {
    expect(uuidV5(DNS, RFC_NAME)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });
  it('agrees with Python on its own sample and another namespace', () => {
    expect(uuidV5(DNS, 'python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d');
    expect(uuidV5(URL_NAMESPACE, 'http://www.ietf.org/rfc/rfc4122.txt')).toBe('d0690b3c-b29d-52e7-81b0-d573b503f2d4');
  });
  it('refuses a namespace that is no canonical UUID', () => {
    expect(() => uuidV5('6BA7B810-9DAD-11D1-80B4-00C04FD430C8', 'x')).toThrow(TypeError);
    expect(() => uuidV5('', 'x')).toThrow(TypeError);
  });
});

describe('UUID version 4', () => {
  it('takes all but six bits from the random source', () => {
    expect(uuidV4({ bytes: (count) => new Uint8Array(count).fill(0xff) })).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
    expect(uuidV4({ bytes: (count) => new Uint8Array(count) })).toBe('00000000-0000-4000-8000-000000000000');
  });
});

describe('derived ids', () => {
  it('name the same item for the same kind and command, and another for any other', () => {
    expect(itemIdFor('resolution', 'c-1')).toBe(itemIdFor('resolution', 'c-1'));
    const ids = ['c-1', 'c-2', 'C-1', 'c-1 '].flatMap((commandId) => [itemIdFor('resolution', commandId), itemIdFor('body', commandId)]);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('are the kind, a hyphen and a UUID', () => {
    const id = itemIdFor('resultGoal', 'c-1');
    expect(id.startsWith('resultGoal-')).toBe(true);
    expect(isUuid(id.slice('resultGoal-'.length))).toBe(true);
  });
  it('keep streams, ordinals and command ids apart', () => {
    const parts: [string, string, number][] = [
      ['body-a', '1', 1],
      ['body-a', '11', 0],
      ['body-a', '1', 11],
      ['body-b', '1', 1],
      ['body-a', '1\n1', 1],
      ['body-a', '0\n1', 1],
    ];
    const ids = parts.map(([stream, commandId, ordinal]) => entryIdFor(stream, commandId, ordinal));
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('refuse what would make two things share a name', () => {
    expect(() => itemIdFor('bo\ndy', 'c-1')).toThrow(TypeError);
    expect(() => entryIdFor('body-a\n1', 'c-1', 0)).toThrow(TypeError);
    for (const ordinal of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => entryIdFor('body-a', 'c-1', ordinal)).toThrow(RangeError);
  });
});
