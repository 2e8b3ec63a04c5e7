import { readFileSync } from 'node:fs';
import { NotCanonical } from './canonical.js';
import { inputDigest, sha256Of } from './digest.js';
import { SAKSGANG_NAMESPACE, entryIdFor, itemIdFor } from './ids.js';
import { LeafMalformed, isCanonicalLeaf, leafOf, nonceFrom, parseLeaf, type Leaf } from './leaf.js';

type Golden = Readonly<{
  namespace: string;
  ids: readonly Readonly<{ kind: string; commandId: string; item: string; entries: readonly string[] }>[];
  leaves: readonly Readonly<{ draft: Leaf; text: string; sha256: string }>[];
  inputDigests: readonly Readonly<{ input: unknown; digest: string }>[];
}>;
const golden = JSON.parse(readFileSync(new URL('../../../test/golden/leaf-v1.json', import.meta.url), 'utf8')) as Golden;
const [first, second] = golden.leaves as [Golden['leaves'][number], Golden['leaves'][number]];

describe('the stored form is pinned', () => {
  it('in the namespace and the derived ids', () => {
    expect(SAKSGANG_NAMESPACE).toBe(golden.namespace);
    for (const { kind, commandId, item, entries } of golden.ids) {
      expect(itemIdFor(kind, commandId)).toBe(item);
      expect([0, 1, 11].map((ordinal) => entryIdFor(item, commandId, ordinal))).toEqual(entries);
    }
  });
  it.each(golden.leaves.map(({ draft, text, sha256 }) => [draft.type, draft, text, sha256] as const))(
    'in the text of a %s leaf, to the byte',
    (_type, draft, text, sha256) => {
      expect(leafOf(draft)).toBe(text);
      expect(sha256Of(text)).toBe(sha256);
    },
  );
  it('in the digest of a command input', () => {
    for (const { input, digest } of golden.inputDigests) expect(inputDigest(input)).toBe(digest);
  });
});

describe('writing a leaf', () => {
  it('writes exactly its own fields, whatever else the draft carries', () => {
    const burdened = {
      ...first.draft,
      position: 'log-1',
      event: { type: 'x' },
      occurred: { ...first.draft.occurred, precision: 'NOT_AFTER' },
      source: { ...first.draft.source, cached: true },
    } as unknown as Leaf;
    expect(leafOf(burdened)).toBe(first.text);
  });
  it('refuses a personal value that was never sealed, wherever it stands', () => {
    const name = { unsealed: 'Kari Nordmann', person: null };
    expect(() => leafOf({ ...second.draft, data: { deep: [{ officer: name }] } })).toThrow(LeafMalformed);
    expect(() => leafOf({ ...second.draft, assertedBy: { body: null, name: name as never } })).toThrow(LeafMalformed);
    expect(() => leafOf({ ...second.draft, data: { officer: name } })).toThrow(/^(?!.*Kari)/s);
  });
  it('lets a text speak of such values', () => {
    expect(parseLeaf(leafOf({ ...second.draft, data: { text: '{"unsealed":"x"}' } })).data).toEqual({ text: '{"unsealed":"x"}' });
  });
  it('refuses data without a canonical form', () => {
    expect(() => leafOf({ ...second.draft, data: { share: 0.5 } })).toThrow(NotCanonical);
    expect(() => leafOf({ ...second.draft, data: { text: undefined } })).toThrow(NotCanonical);
  });
  it.each<[keyof Leaf, unknown]>([
    ['nonce', 'AAECAwQFBgcICQoLDA0ODw=='],
    ['nonce', 'AAECAwQFBgcICQoLDA0ODx'],
    ['id', 'E1'],
    ['stream', 'resolution'],
    ['stream', '-x'],
    ['revision', -1],
    ['revision', 0.5],
    ['type', ''],
    ['version', 0],
    ['recordedAt', '2024-02-29T23:59:59Z'],
    ['occurred', { text: '', asWritten: null }],
    ['actor', 'Kari Nordmann'],
    ['assertedBy', { body: null, name: { sealed: 'short', person: 'person-1' } }],
    ['source', {}],
    ['reason', 7],
    ['commandId', ''],
    ['inputDigest', 'abc'],
    ['data', []],
    ['data', null],
  ])('refuses %s that is not of its form (%j)', (field, value) => {
    expect(() => leafOf({ ...first.draft, [field]: value })).toThrow(LeafMalformed);
  });
  it.each<[keyof Leaf, unknown]>([
    ['occurred', { text: '7.juni 2016', asWritten: null }],
    ['occurred', { text: '2016-02-30', asWritten: null }],
    ['occurred', { text: '2016', asWritten: ' ' }],
    ['source', { ...first.draft.source, dated: { text: '2017/2016', asWritten: null } }],
    ['recordedAt', '2024-02-30T10:00:00.000Z'],
    ['recordedAt', '2024-02-28T25:00:00.000Z'],
  ])('refuses %s that no reader can read (%j), and still reads what is stored', (field, value) => {
    expect(() => leafOf({ ...first.draft, [field]: value })).toThrow(LeafMalformed);
    const stored = JSON.stringify({ ...first.draft, [field]: value });
    expect(parseLeaf(stored)).toEqual({ ...first.draft, [field]: value });
    expect(isCanonicalLeaf(stored)).toBe(false);
  });
});

describe('reading a leaf', () => {
  it('gives back what was written', () => {
    for (const { draft, text } of golden.leaves) expect(parseLeaf(text)).toEqual(draft);
  });
  it('refuses a text that is not JSON, without repeating it', () => {
    expect(() => parseLeaf('{"name":"Kari')).toThrow(/^(?!.*Kari)/s);
    expect(() => parseLeaf('')).toThrow(LeafMalformed);
    expect(() => parseLeaf('null')).toThrow(LeafMalformed);
    expect(() => parseLeaf('[]')).toThrow(LeafMalformed);
  });
  it('refuses a leaf with any one field missing or one too many', () => {
    const fields = JSON.parse(first.text) as Record<string, unknown>;
    for (const field of Object.keys(fields)) {
      const rest = Object.fromEntries(Object.entries(fields).filter(([key]) => key !== field));
      expect(() => parseLeaf(JSON.stringify(rest))).toThrow(LeafMalformed);
    }
    expect(Object.keys(fields)).toHaveLength(15);
    expect(() => parseLeaf(JSON.stringify({ ...fields, more: 1 }))).toThrow(LeafMalformed);
    expect(() => parseLeaf(JSON.stringify({ ...fields, occurred: { text: '2018', asWritten: null, more: 1 } }))).toThrow(LeafMalformed);
  });
});

describe('a canonical leaf', () => {
  it('is only the text as it was written', () => {
    for (const { text } of golden.leaves) expect(isCanonicalLeaf(text)).toBe(true);
  });
  it('is not the same leaf spelled otherwise', () => {
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(first.text) as object).reverse()));
    expect(parseLeaf(reordered)).toEqual(first.draft);
    const spellings = [
      reordered,
      ` ${first.text}`,
      `${first.text}\n`,
      first.text.replace('"revision":0', '"revision":-0'),
      first.text.replace('"revision":0', '"revision":0.0'),
      first.text.replace('"revision":0', '"revision":0,"revision":0'),
      first.text.replace('kulturskolen', '\\u006bulturskolen'),
      first.text.replace('"version":1', '"version":1e0'),
    ];
    expect(new Set([first.text, ...spellings]).size).toBe(spellings.length + 1);
    expect(spellings.filter(isCanonicalLeaf)).toEqual([]);
  });
});

describe('the digest of a command input', () => {
  it('does not change with a name, and does with anything else', () => {
    const withName = (unsealed: string, note: string) => ({ note, owner: { person: { unsealed, person: null } } });
    expect(inputDigest(withName('Kari', 'a'))).toBe(inputDigest(withName('Ola', 'a')));
    expect(inputDigest(withName('Kari', 'a'))).not.toBe(inputDigest(withName('Kari', 'b')));
  });
  it('counts that somebody is named, how many, and by which id', () => {
    const kari = { unsealed: 'Kari', person: null };
    const known = (id: number) => ({ ...kari, person: `person-00000000-0000-4000-8000-00000000000${id}` });
    const inputs = [
      {},
      { owner: kari },
      { owner: known(1) },
      { owner: known(2) },
      { signed: [] },
      { signed: [kari] },
      { signed: [kari, kari] },
    ];
    expect(new Set(inputs.map(inputDigest)).size).toBe(inputs.length);
    expect(inputDigest({ owner: { sealed: 'c29tZQ', person: known(1).person } })).toBe(inputDigest({ owner: known(1) }));
  });
  it('does not change with a field left out or given as null, nor with the form of a letter', () => {
    expect(inputDigest({ a: 1, b: null, c: { d: null } })).toBe(inputDigest({ a: 1, c: {} }));
    expect(inputDigest({ a: 'g\u00e5', 'g\u00e5': 1 })).toBe(inputDigest({ a: 'ga\u030a', 'ga\u030a': 1 }));
    expect(inputDigest({ a: [null] })).not.toBe(inputDigest({ a: [] }));
    expect(inputDigest({ a: [] })).not.toBe(inputDigest({}));
  });
  it('refuses what has no canonical form', () => {
    for (const input of [{ at: new Date(0) }, { a: undefined }, { a: 0.1 }]) expect(() => inputDigest(input)).toThrow(NotCanonical);
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(() => inputDigest(ring)).toThrow(NotCanonical);
  });
});

it('a nonce is 16 bytes of the random source, base64url without padding', () => {
  expect(nonceFrom({ bytes: (count) => Uint8Array.from({ length: count }, (_, index) => index) })).toBe('AAECAwQFBgcICQoLDA0ODw');
});
