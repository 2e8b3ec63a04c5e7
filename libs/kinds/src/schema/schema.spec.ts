import { TITLE_BYTES_MAX } from '@saksgang/kernel';
import fc from 'fast-check';
import { z } from 'zod';
import { day, instant, itemId, line, listOf, optional, parserOf, partialDate, source, text, title } from './index.js';

const read = <T>(schema: z.ZodType<T>, value: unknown): T | string => {
  const parsed = parserOf(schema)(value);
  return parsed.ok ? parsed.value : parsed.issues.map(({ path, code }) => [...path, code].join(' ')).join(', ');
};
const nothing = { document: null, title: null, reference: null, dated: null, locator: null, url: null };

describe('a text', () => {
  it('is kept verbatim, but for NFC and the line ends of another system', () => {
    expect(read(text(), ' «KS»  vil:\r\n\t– løfte \u00a0fram\n')).toBe(' «KS»  vil:\n\t– løfte \u00a0fram\n');
    expect(read(text(), 'a\u030a')).toBe('å');
  });
  it('comes out of its parser as it went in, whatever came out once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (given) => {
        for (const schema of [text(), line()]) {
          const once = parserOf(schema)(given);
          if (once.ok) expect(parserOf(schema)(once.value)).toEqual(once);
        }
      }),
      { seed: 20181003, numRuns: 500 },
    );
  });
  it('is measured in bytes, just above and just below', () => {
    expect(read(title, 'ø'.repeat(TITLE_BYTES_MAX / 2))).toHaveLength(TITLE_BYTES_MAX / 2);
    expect(read(title, `${'ø'.repeat(TITLE_BYTES_MAX / 2)}.`)).toBe('TEXT_TOO_LONG');
  });
  it('holds no control character, and a line no line break', () => {
    for (const control of ['\0', '\u0007', '\u001b', '\u007f', '\u0085', 'a\rb'])
      expect([control, read(text(), `x${control}`)]).toEqual([control, 'CONTROL_CHARACTER']);
    for (const control of ['\n', '\t', '\r\n']) expect([control, read(line(), `x${control}y`)]).toEqual([control, 'CONTROL_CHARACTER']);
  });
  it('holds whole characters, and something to read', () => {
    for (const half of ['\ud83c', 'x\udf89', '\udf89\ud83c']) expect(read(text(), half)).toBe('LONE_SURROGATE');
    expect(read(text(), '🎉')).toBe('🎉');
    for (const blank of ['', ' ', '\n', '\u00a0', '\u200b', '\ufeff']) expect([blank, read(text(), blank)]).toEqual([blank, 'BLANK']);
    expect(read(title, '  KS ')).toBe('KS');
  });
});

describe('dates and ids', () => {
  it('are refused in the place where they are wrong', () => {
    expect(read(partialDate, { text: '2018-10-03', asWritten: '03.10.2018' })).toEqual({ text: '2018-10-03', asWritten: '03.10.2018' });
    expect(read(partialDate, { text: '2018-02-30', asWritten: null })).toBe('text BAD_DATE');
    expect(read(partialDate, { text: '2018-10-03' })).toBe('asWritten REQUIRED');
    expect(read(partialDate, '2018-10-03')).toBe('BAD_VALUE');
    expect([read(day, '2018-10-03'), read(day, '2018-2-3'), read(day, '2018-02-30')]).toEqual(['2018-10-03', 'BAD_DATE', 'BAD_DATE']);
    expect(read(instant, '2018-10-03T10:00:00Z')).toBe('BAD_DATE');
  });
  it('name the kinds that fit', () => {
    const id = 'body-2b4f6a0e-5d1c-5b7e-9c3a-0f1e2d3c4b5a';
    expect([read(itemId(), id), read(itemId('body', 'project'), id), read(itemId('project'), id)]).toEqual([id, id, 'BAD_ID']);
    for (const bad of [id.toUpperCase(), ` ${id}`, `${id}\n`, 'body-1', `body2-${id.slice(5)}`])
      expect([bad, read(itemId(), bad)]).toEqual([bad, 'BAD_ID']);
  });
});

describe('a source', () => {
  it('says at least one thing', () => {
    expect(read(source, nothing)).toBe('EMPTY_SOURCE');
    expect(read(source, { ...nothing, locator: 'punkt 3' })).toEqual({ ...nothing, locator: 'punkt 3' });
  });
});

describe('a parser', () => {
  const schema = z.strictObject({ names: listOf(title, 2), note: optional(text()), kind: z.enum(['A', 'B']) });
  it('says every issue with its place, and what would be right', () => {
    const parsed = parserOf(schema)({ names: ['x', ''], kind: 'C', extra: 1, more: 2 });
    expect(parsed).toEqual({
      ok: false,
      issues: [
        { path: ['names', '1'], code: 'BLANK', message: expect.stringContaining('optional') as string },
        { path: ['kind'], code: 'BAD_VALUE', message: 'must be one of A, B' },
        { path: ['extra'], code: 'UNKNOWN_FIELD', message: 'is not a field here: leave it out' },
        { path: ['more'], code: 'UNKNOWN_FIELD', message: 'is not a field here: leave it out' },
      ],
    });
  });
  it('makes null of what was left out where it may be', () => {
    expect(read(schema, { names: [], kind: 'A' })).toEqual({ names: [], note: null, kind: 'A' });
  });
  it('counts a list before it looks at what is in it', () => {
    expect(read(schema, { names: [1, 2, 3], kind: 'A' })).toBe('names TOO_MANY');
  });
  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        expect(typeof parserOf(schema)(given).ok).toBe('boolean');
        expect(typeof parserOf(source)(given).ok).toBe('boolean');
      }),
      { seed: 20181003, numRuns: 500 },
    );
  });
});
