import { corrected, done, noted, opened, OTHER, retracted, stream, type Told } from '../testing/stream.js';
import { decided, refused, viewOf } from '../testing/shared.view.js';
import { carriedOver } from './correction.js';
import type { Entry } from './entry.js';
import { history, NOW } from './history.js';
import type { Json } from './json.js';
import { withProposed } from './proposed.js';
import type { CorrectEntry } from './shared.decider.js';
import type { SharedEvent } from './shared.js';
import type { Move } from './tracked-kind.js';

const sealed = { sealed: 'c29tZQ', person: 'person-1' };
const start: Told = ['2018-10-05', '../2018-10-03', opened('A', { owner: { body: null, name: sealed } })];
const correct = (entry: string, more: Partial<CorrectEntry> = {}): CorrectEntry => ({
  type: 'CorrectEntry',
  entry,
  occurred: null,
  assertedBy: null,
  source: null,
  entryReason: null,
  cleared: [],
  set: [],
  ...more,
});
const NO_SOURCE = { document: null, title: null, reference: null, dated: null, locator: null, url: null };
const set = (path: string, value: Json): Partial<CorrectEntry> => ({ set: [{ path, value }] });
const after = (told: readonly Told[], command: CorrectEntry) => {
  const events = decided(told, command) as readonly SharedEvent[];
  return history(withProposed(stream(...told), events, viewOf(told).context), NOW);
};

describe('Correcting the envelope of an entry', () => {
  const said: Told = [
    '2018-10-06',
    '2018',
    noted('gal'),
    { reason: 'Fordi', assertedBy: { body: null, name: 'KS' }, source: { ...NO_SOURCE, title: 'Brev' } },
  ];
  const read = (told: readonly Told[], more: Partial<CorrectEntry>) => after(told, correct('e1', more)).asRead.get('e1');

  it('replaces the reason it gave; why it is corrected is another reason', () => {
    expect(read([start, said], { entryReason: 'Etter vedtak' })).toMatchObject({ reason: 'Etter vedtak', source: { title: 'Brev' } });
  });

  it('clears who asserts it, its source and its reason', () => {
    expect(read([start, said], { cleared: ['assertedBy', 'source', 'reason'] })).toMatchObject({
      assertedBy: null,
      source: null,
      reason: null,
    });
    expect(read([start, said], { cleared: ['source'] })).toMatchObject({ assertedBy: { name: 'KS' }, source: null, reason: 'Fordi' });
  });

  it('stays cleared through a further correction, until it is given', () => {
    const cleared: Told[] = [start, said, ['2018-10-07', '2018', corrected('e1', { cleared: ['assertedBy', 'reason'] })]];
    expect(decided(cleared, correct('e1', { entryReason: 'Likevel' }))).toEqual([
      corrected('e1', { cleared: ['assertedBy'], entryReason: 'Likevel' }),
    ]);
    expect(read(cleared, set('text', 'rett'))).toMatchObject({ assertedBy: null, reason: null, event: { data: { text: 'rett' } } });
    const given: Told[] = [start, said, ['2018-10-07', '2018', corrected('e1', { entryReason: 'Likevel' })]];
    expect(decided(given, correct('e1', { cleared: ['reason'] }))).toEqual([corrected('e1', { cleared: ['reason'] })]);
  });

  it('refuses what is given and cleared at once, and a retraction without a reason', () => {
    expect(refused([start, said], correct('e1', { cleared: ['reason'], entryReason: 'x' })).message.en).toContain(
      'given and cleared at once',
    );
    const gone: Told[] = [start, said, ['2018-10-07', '2018', retracted('e1'), { reason: 'feil' }]];
    expect(refused(gone, correct('e2', { cleared: ['reason'] })).message.en).toContain('A retraction has a reason');
    expect(decided(gone, correct('e2', { entryReason: 'ført to ganger' }))).toHaveLength(1);
  });

  it('reaches what a correction says of the entry it corrects', () => {
    const told: Told[] = [start, said, ['2018-10-07', '2018', corrected('e1', { assertedBy: { body: null, name: 'Kommunen' } })]];
    expect(after(told, correct('e2', { cleared: ['assertedBy'] })).asRead.get('e1')?.assertedBy).toBeNull();
    const cleared: Told[] = [start, said, ['2018-10-07', '2018', corrected('e1', { cleared: ['assertedBy'] })]];
    expect(after(cleared, correct('e2', { assertedBy: { body: null, name: 'Fylket' } })).asRead.get('e1')?.assertedBy?.name).toBe('Fylket');
  });
});

describe('A correction made before its event got a new version', () => {
  /** Version 2: the title became a list of titles, and the owner went. */
  const moves: readonly Move[] = [
    ({ path, value }) => (path === 'title' ? { path: 'titles.0', value } : path === 'owner' ? null : { path, value }),
  ];
  const upcast = (told: readonly Told[]): readonly Entry[] =>
    stream(...told).map((entry) => {
      if (entry.event.type !== 'ErrandOpened') return entry;
      const { title, steps } = entry.event.data as Readonly<{ title: string; steps: Json }>;
      return { ...entry, moves, event: { type: 'ErrandOpened', data: { titles: [title], steps } } };
    });
  const made: Told = ['2018-12-01', '2018', corrected('e0', { version: 1, ...set('title', 'B') })];

  it('still holds, at the place where the field went', () => {
    expect(history(upcast([start, made]), NOW).facts[0]?.event.data).toMatchObject({ titles: ['B'] });
  });
  it('is one with those made since', () => {
    const since: Told = ['2018-12-01', '2018', corrected('e0', { version: 2, ...set('titles.0', 'C') })];
    expect(history(upcast([start, since]), NOW).facts[0]?.event.data).toMatchObject({ titles: ['C'] });
    expect(
      carriedOver(corrected('e0', set('title', 'B')).data, corrected('e0', { version: 2, ...set('steps.0.text', 'ro') }).data, moves),
    ).toEqual(
      corrected('e0', {
        version: 2,
        set: [
          { path: 'titles.0', value: 'B' },
          { path: 'steps.0.text', value: 'ro' },
        ],
      }).data,
    );
  });
  it('says which of its fields lead nowhere', () => {
    const gone: Told = ['2018-12-01', '2018', corrected('e0', { version: 1, ...set('owner', null) })];
    expect(history(upcast([start, gone]), NOW).asRead.get('e0')?.nowhere).toEqual([{ path: 'owner', value: null }]);
    expect(history(upcast([start, made]), NOW).asRead.get('e0')).not.toHaveProperty('nowhere');
  });
});

describe('Correcting what others point at', () => {
  it('is refused by path where the event points at something, and by the kind where something points at the event', () => {
    const told: Told[] = [start, ['2018-12-01', '2018', done(OTHER)]];
    expect(refused(told, correct('e1', set('replacedBy', null))).message.en).toContain('What an entry points at cannot be corrected');
    expect(decided(told, correct('e0', set('steps', [])))).toBe('STEPS_WOULD_GO');
    expect(decided(told, correct('e0', set('steps.0.text', 'ro')))).toHaveLength(1);
  });

  it('is refused through the correction of a correction as well', () => {
    const steps = [
      { text: 'gå', note: null },
      { text: 'kjøp', note: null },
      { text: 'hjem', note: null },
    ];
    const told: Told[] = [start, ['2018-12-01', '2018', corrected('e0', set('steps', steps))]];
    expect(decided(told, correct('e1', set('set.0.value', [])))).toBe('STEPS_WOULD_GO');
    expect(decided(told, correct('e1', set('set.0.value.2.text', 'heim')))).toHaveLength(1);
  });
});
