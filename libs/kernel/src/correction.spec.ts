import { corrected, date, dated, done, linked, noted, opened, OTHER, retracted, stream, unlinked, type Told } from '../testing/stream.js';
import { decided, refused, viewOf } from '../testing/shared.view.js';
import { history, NOW } from './history.js';
import type { Json } from './json.js';
import { withProposed } from './proposed.js';
import type { CorrectEntry } from './shared.decider.js';
import type { SharedEvent } from './shared.js';

const sealed = { sealed: 'c29tZQ', person: 'person-1' };
const start: Told = ['2018-10-05', '../2018-10-03', opened('A', { owner: { body: null, name: sealed } })];
const correct = (entry: string, more: Partial<CorrectEntry> = {}): CorrectEntry => ({
  type: 'CorrectEntry',
  entry,
  occurred: null,
  assertedBy: null,
  source: null,
  set: [],
  ...more,
});
const set = (path: string, value: Json): Partial<CorrectEntry> => ({ set: [{ path, value }] });
const after = (told: readonly Told[], command: CorrectEntry) => {
  const events = decided(told, command) as readonly SharedEvent[];
  return history(withProposed(stream(...told), events, viewOf(told).context), NOW);
};

describe('Correcting an entry', () => {
  it('records what is corrected, and nothing else', () => {
    expect(decided([start], correct('e0', { ...set('title', 'B'), occurred: date('2018-09-12') }))).toEqual([
      corrected('e0', { occurred: date('2018-09-12'), set: [{ path: 'title', value: 'B' }] }),
    ]);
  });

  it('may set the date outside what was known: that is what a correction is for', () => {
    expect(after([start], correct('e0', { occurred: date('2018-10-04') })).facts[0]?.day).toBe('2018-10-04');
  });

  it('keeps values as the parser of the entry keeps them', () => {
    expect(decided([start], correct('e0', set('title', '  B ')))).toEqual([corrected('e0', { set: [{ path: 'title', value: 'B' }] })]);
    expect(decided([start], correct('e0', set('steps', [{ text: 'ro' }])))).toEqual([
      corrected('e0', { set: [{ path: 'steps', value: [{ text: 'ro', note: null }] }] }),
    ]);
  });

  it('stays quiet when it changes nothing', () => {
    expect(decided([start], correct('e0'))).toEqual([]);
    expect(decided([start], correct('e0', set('title', 'A')))).toEqual([]);
    expect(decided([start, ['2018-12-01', '2018', corrected('e0', set('title', 'B'))]], correct('e0', set('title', 'B')))).toEqual([]);
  });

  it('that says what was first written takes an earlier correction back', () => {
    const told: Told[] = [start, ['2018-12-01', '2018', corrected('e0', set('title', 'B'))]];
    expect(decided(told, correct('e0'))).toHaveLength(1);
    expect(after(told, correct('e0')).facts[0]?.event.data).toMatchObject({ title: 'A' });
  });

  it('reads paths in what was first written, since it replaces an earlier correction wholly', () => {
    const told: Told[] = [start, ['2018-12-01', '2018', corrected('e0', { set: [{ path: 'steps', value: [] }] })]];
    expect(after(told, correct('e0', set('steps.1.text', 'betal'))).facts[0]?.event.data).toMatchObject({
      steps: [{ text: 'gå' }, { text: 'betal' }],
    });
  });

  it('needs a reason, an entry that is there, and one that stands', () => {
    const told: Told[] = [start, ['2018-12-01', '2018', done()], ['2018-12-01', '2018', retracted('e1')]];
    expect(decided(told, correct('e0', set('title', 'B')), { reason: null })).toBe('REASON_REQUIRED');
    expect(decided(told, correct('e9', set('title', 'B')))).toBe('UNKNOWN_ENTRY');
    expect(decided(told, correct('e1', set('replacedBy', OTHER)))).toBe('ENTRY_RETRACTED');
  });

  it.each<[string, Json, string]>([
    ['heading', 'B', 'heading: There is no such field in this entry.'],
    ['steps.2.text', 'B', 'steps.2.text: There is no such field'],
    ['steps.-1.text', 'B', 'steps.-1.text: There is no such field'],
    ['title.0', 'B', 'title.0: There is no such field'],
    ['__proto__', {}, '__proto__: There is no such field'],
    ['', 'B', 'There is no such field'],
    ['title', ' ', 'title: A title is a text.'],
    ['steps.1.text', 7, 'steps.1.text: A step is a text.'],
    ['owner.name', 'Ann', 'owner.name: Here stands the name of a person, sealed'],
    ['owner', { body: null, name: 'Ann' }, 'owner: Here stands the name of a person, sealed'],
    ['owner.name.person', 'person-2', 'owner.name.person: Here stands the name of a person, sealed'],
    ['title', sealed, 'title: The name of a person cannot be given here'],
    ['steps', [{ text: 'x', note: { unsealed: 'Ann', person: null } }], 'steps: The name of a person cannot be given here'],
  ])('refuses «%s» := %j', (path, value, said) => {
    const refusal = refused([start], correct('e0', set(path, value)));
    expect(refusal.code).toBe('INVALID_CORRECTION');
    for (const text of Object.values(refusal.message)) expect(text).toContain(said);
    expect(JSON.stringify(refusal)).not.toContain('Ann');
  });

  it('lets a sealed name be taken away', () => {
    expect(decided([start], correct('e0', set('owner', null)))).toEqual([corrected('e0', { set: [{ path: 'owner', value: null }] })]);
  });

  it('says every issue at once', () => {
    const { message } = refused(
      [start],
      correct('e0', {
        set: [
          { path: 'a', value: 1 },
          { path: 'b', value: 2 },
        ],
        occurred: date('2018-10-06'),
      }),
    );
    expect(message.nb).toMatch(/^Rettelsen kan ikke stå: a: .*; b: .*; occurred: It cannot have happened after/);
  });
});

describe('Correcting a shared entry', () => {
  const told: Told[] = [
    start,
    ['2018-10-06', '2018', linked(OTHER, { period: date('2016') })],
    ['2018-10-06', '2018', noted('gal')],
    ['2018-10-06', '2018', dated('e0', '2018-09')],
    ['2018-10-06', '2018', unlinked('e1')],
    ['2018-10-07', '2018', corrected('e0', { set: [{ path: 'title', value: 'B' }] })],
  ];

  it('corrects a note, the period of a link, an established date', () => {
    expect(decided(told, correct('e2', set('text', 'rett')))).toHaveLength(1);
    expect(decided(told, correct('e1', set('period.text', '2017')))).toHaveLength(1);
    expect(after(told, correct('e3', set('date.text', '2018-08'))).facts[0]?.occurred.text).toBe('2018-08');
  });

  it.each<[string, string, Json]>([
    ['e1', 'target', 'errand-x'],
    ['e1', 'relation', 'SUPERSEDES'],
    ['e2', 'part', '1'],
    ['e3', 'entry', 'e1'],
    ['e4', 'link', 'e2'],
    ['e5', 'entry', 'e1'],
  ])('refuses to let %s point elsewhere (%s)', (entry, path, value) => {
    expect(refused(told, correct(entry, set(path, value))).message.en).toContain('What an entry points at cannot be corrected');
  });

  it('refuses an established date after its entry was recorded', () => {
    expect(refused(told, correct('e3', set('date.text', '2018-10-06'))).message.en).toContain('date: It cannot have happened after');
  });

  it('corrects a correction, judged on what that one then does', () => {
    expect(after(told, correct('e5', set('set.0.value', 'C'))).facts[0]?.event.data).toMatchObject({ title: 'C' });
    expect(after(told, correct('e5', { occurred: date('2017') })).facts[0]?.occurred.text).toBe('2017');
    expect(refused(told, correct('e5', set('set.0.value', 7))).message.en).toContain('title: A title is a text.');
    expect(refused(told, correct('e5', set('set.0.value', ' C '))).message.en).toContain('not in the form in which it is kept');
    expect(refused(told, correct('e5', set('set.0.path', 'owner.name'))).message.en).toContain(
      'owner.name: Here stands the name of a person',
    );
    expect(refused(told, correct('e5', { occurred: date('2018-10-06') })).message.en).toContain('occurred: It cannot have happened after');
  });
});
