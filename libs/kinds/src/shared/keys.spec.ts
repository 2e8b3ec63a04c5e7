import type { DomainEvent } from '@saksgang/kernel';
import { entryIdAt, recorded } from '../../testing/telling.js';
import { eventsEverRead, keysStay, nextKey, withKeys } from './keys.js';

const keyed = (...keys: readonly string[]) => keys.map((key) => ({ key }));

describe('keys', () => {
  it('are given after the highest that ever was, as numbers', () => {
    expect(nextKey([])).toBe('1');
    expect(nextKey(['2', '10', '9'])).toBe('11');
  });
  it('are given to those without, and never twice', () => {
    expect(withKeys([{ key: null }, { key: '4' }, { key: null }], ['2']).map(({ key }) => key)).toEqual(['5', '4', '6']);
  });
  it('are remembered of what a correction once made of an event', () => {
    const told: DomainEvent = { type: 'Told', data: { key: '1' } };
    const said = { occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [] };
    const correction = (entry: number, path: string, value: string): DomainEvent => ({
      type: 'EntryCorrected',
      data: { entry: entryIdAt(entry), version: 1, ...said, set: [{ path, value }] },
    });
    const entries = recorded('spec-00000000-0000-5000-8000-000000000000', [
      { event: told, on: '2018-01-01' },
      { event: correction(0, 'key', '2'), on: '2018-01-02' },
      { event: correction(1, 'set.0.value', '3'), on: '2018-01-03' },
    ]);
    expect(eventsEverRead(entries).map(({ data }) => (data as { key: string }).key)).toEqual(['1', '2', '3']);
  });

  it.each([
    ['another field of an element', ['list.0.name'], ['1', '2'], true],
    ['an element that keeps its key', ['list.1'], ['1', '2'], true],
    ['the list with one more', ['list'], ['1', '2', '3'], true],
    ['the list with one less', ['list'], ['2'], true],
    ['a key alone', ['list.0.key'], ['3', '2'], false],
    ['an element under another key', ['list.1'], ['1', '3'], false],
    ['two keys that change places', ['list'], ['2', '1'], false],
    ['the list with one under a key that was taken', ['list'], ['1', '2', '7'], false],
  ])('stay with their elements: a correction of %s', (_what, paths, after, stays) => {
    expect(keysStay(keyed('1', '2'), keyed(...after), 'list', paths, ['1', '2', '7'])).toBe(stays);
  });
});
