import { corrected, date, dated, done, linked, noted, opened, OTHER, retracted, stream, unlinked, type Told } from '../testing/stream.js';
import { decided, refused, viewOf } from '../testing/shared.view.js';
import { history, NOW } from './history.js';
import type { Json } from './json.js';
import { LIST_MAX } from './limits.js';
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
  entryReason: null,
  cleared: [],
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

  const once: Told[] = [start, ['2018-12-01', '2018', corrected('e0', { ...set('title', 'B'), occurred: date('2018-09') })]];

  it('carries over what an earlier correction says, so that the later one holds by itself', () => {
    expect(decided(once, correct('e0', set('steps.1.text', 'betal')))).toEqual([
      corrected('e0', {
        occurred: date('2018-09'),
        set: [
          { path: 'title', value: 'B' },
          { path: 'steps.1.text', value: 'betal' },
        ],
      }),
    ]);
    expect(after(once, correct('e0', set('steps.1.text', 'betal'))).facts[0]?.event.data).toMatchObject({
      title: 'B',
      steps: [{ text: 'gå' }, { text: 'betal' }],
    });
  });

  it('never brings back a name that an earlier one took away', () => {
    const told: Told[] = [start, ['2018-12-01', '2018', corrected('e0', set('owner', null))]];
    expect(after(told, correct('e0', set('title', 'B'))).facts[0]?.event.data).toMatchObject({ owner: null, title: 'B' });
  });

  it('leaves out what it says anew, with all that lies in it, and keeps what it changes a part of', () => {
    expect(decided(once, correct('e0', set('title', 'C')))).toEqual([
      corrected('e0', { occurred: date('2018-09'), set: [{ path: 'title', value: 'C' }] }),
    ]);
    const word: Told[] = [start, ['2018-12-01', '2018', corrected('e0', set('steps.1.text', 'betal'))]];
    const steps = [{ text: 'ro', note: null }];
    expect(decided(word, correct('e0', set('steps', steps)))).toEqual([corrected('e0', { set: [{ path: 'steps', value: steps }] })]);
    const list: Told[] = [start, ['2018-12-01', '2018', corrected('e0', set('steps', steps))]];
    expect(after(list, correct('e0', set('steps.0.text', 'seil'))).facts[0]?.event.data).toMatchObject({ steps: [{ text: 'seil' }] });
    expect(refused(list, correct('e0', set('steps.1.text', 'seil'))).message.en).toContain('steps.1.text: There is no such field');
  });

  it('of a correction leaves the others alone: the one it is made of is in force again once it is retracted', () => {
    const told: Told[] = [
      ...once,
      ['2018-12-02', '2018', corrected('e0', { occurred: date('2018-09'), ...set('title', 'C') })],
      ['2018-12-03', '2018', retracted('e2')],
    ];
    expect(history(stream(...told), NOW).facts[0]?.event.data).toMatchObject({ title: 'B' });
    expect(decided(told, correct('e0', set('title', 'D')))).toEqual([
      corrected('e0', { occurred: date('2018-09'), set: [{ path: 'title', value: 'D' }] }),
    ]);
  });

  it('does not undo a date that was established after the correction it builds on', () => {
    const told: Told[] = [...once, ['2018-12-02', '2018', dated('e0', '2018-09-12')]];
    expect(after(told, correct('e0', set('title', 'C'))).facts[0]?.occurred.text).toBe('2018-09-12');
    const undated: Told[] = [
      start,
      ['2018-12-01', '2018', corrected('e0', set('title', 'B'))],
      ['2018-12-02', '2018', dated('e0', '2018-09')],
    ];
    expect(decided(undated, correct('e0', set('title', 'C')))).toEqual([corrected('e0', { set: [{ path: 'title', value: 'C' }] })]);
    expect(after(undated, correct('e0', set('title', 'C'))).facts[0]?.occurred.text).toBe('2018-09');
  });

  it('stays within the bounds of a list, with what is carried over', () => {
    const steps = Array.from({ length: LIST_MAX }, () => ({ text: 'gå', note: null }));
    const long: Told = ['2018-10-05', '../2018-10-03', opened('A', { steps })];
    const many: Told[] = [
      long,
      ['2018-12-01', '2018', corrected('e0', { set: steps.map((_, at) => ({ path: `steps.${at}.text`, value: 'ro' })) })],
    ];
    expect(refused(many, correct('e0', set('title', 'B'))).message.en).toContain(`more than ${LIST_MAX} fields are set`);
    expect(decided(many, correct('e0', set('steps.0.text', 'seil')))).toHaveLength(1);
  });

  it('needs a reason, an entry that is there, and one that stands', () => {
    const told: Told[] = [start, ['2018-12-01', '2018', done()], ['2018-12-01', '2018', retracted('e1')]];
    expect(decided(told, correct('e0', set('title', 'B')), { reason: null })).toBe('REASON_REQUIRED');
    expect(decided(told, correct('e9', set('title', 'B')))).toBe('UNKNOWN_ENTRY');
    expect(decided(told, correct('e1', { entryReason: 'Fordi' }))).toBe('ENTRY_RETRACTED');
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
    ['owner', [{ body: null, name: 'Ann' }], 'owner: Here stands the name of a person, sealed'],
    ['owner', { body: null, name: sealed, more: 'Ann' }, 'owner: Here stands the name of a person, sealed'],
    ['title', sealed, 'title: A title is a text.'],
  ])('refuses «%s» := %j', (path, value, said) => {
    const refusal = refused([start], correct('e0', set(path, value)));
    expect(refusal.code).toBe('INVALID_CORRECTION');
    for (const text of Object.values(refusal.message)) expect(text).toContain(said);
    expect(JSON.stringify(refusal)).not.toContain('Ann');
  });

  it('lets a sealed name be exchanged for another, or for a body', () => {
    const other = { sealed: 'b3RoZXI', person: 'person-2' };
    for (const [path, value] of [
      ['owner', { body: null, name: other }],
      ['owner', { body: OTHER, name: 'Kulturrådet' }],
      ['owner.name', other],
    ] as const)
      expect(decided([start], correct('e0', set(path, value)))).toEqual([corrected('e0', { set: [{ path, value }] })]);
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
    ['e5', 'version', 2],
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
