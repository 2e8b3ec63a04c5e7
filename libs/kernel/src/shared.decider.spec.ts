import { date, dated, done, ITEM, noted, opened, OTHER, reopened, retracted, corrected, stream, type Told } from '../testing/stream.js';
import { decided, refused, viewOf } from '../testing/shared.view.js';
import { history, NOW } from './history.js';
import { LOCALES } from './labels.js';
import { withProposed } from './proposed.js';
import { decideShared, isSharedCommandType, SHARED_COMMAND_TYPES, type Link, type SharedCommand } from './shared.decider.js';

const start: Told = ['2018-10-05', '../2018-10-03', opened()];
const gone: Told[] = [start, ['2018-10-06', '2018', retracted('e0')]];
const link = (more: Partial<Link> = {}): Link => ({
  type: 'Link',
  relation: 'DEPENDS_ON',
  target: OTHER,
  targetPart: null,
  part: null,
  period: null,
  ...more,
});
const correct = (entry: string, path: string, value: string): SharedCommand => ({
  type: 'CorrectEntry',
  entry,
  occurred: null,
  assertedBy: null,
  source: null,
  entryReason: null,
  cleared: [],
  set: [{ path, value }],
});
const retract = (entry: string): SharedCommand => ({ type: 'RetractEntry', entry });
const establish = (text: string, entry: string | null = null): SharedCommand => ({ type: 'EstablishDate', entry, date: date(text) });

describe('Retracting', () => {
  const told: Told[] = [start, ['2018-10-06', '2018', done()]];

  it('retracts an entry, a correction, a retraction', () => {
    expect(decided(told, retract('e1'))).toEqual([retracted('e1')]);
    expect(decided([...told, ['2018-10-07', '2018', corrected('e1')]], retract('e2'))).toEqual([retracted('e2')]);
    expect(decided([...told, ['2018-10-07', '2018', retracted('e1')]], retract('e2'))).toEqual([retracted('e2')]);
  });

  it('stays quiet when it is retracted already', () => {
    expect(decided([...told, ['2018-10-07', '2018', retracted('e1')]], retract('e1'))).toEqual([]);
  });

  it('refuses an unknown entry, and one without a reason', () => {
    expect(decided(told, retract('e9'))).toBe('UNKNOWN_ENTRY');
    expect(decided(told, retract('e1'), { reason: null })).toBe('REASON_REQUIRED');
    expect(decided(told, retract('e1'), { reason: ' ' })).toBe('REASON_REQUIRED');
  });

  it('refuses the founding entry while another fact stands, and says how many', () => {
    const more: Told[] = [...told, ['2018-10-07', '2018', noted('a')]];
    expect(refused(more, retract('e0'))).toMatchObject({ code: 'FOUNDING_HAS_FOLLOWERS', allowed: ['retractEntry', 'correctEntry'] });
    expect(refused(more, retract('e0')).message.nb).toContain('2 gjelder fortsatt');
  });

  it('takes the founding entry when all others are retracted; its corrections and dates go with it', () => {
    const rest: Told[] = [
      ['2018-10-07', '2018', retracted('e1')],
      ['2018-10-07', '2018', corrected('e0')],
      ['2018-10-07', '2018', dated('e0', '2018-09')],
    ];
    expect(decided([...told, ...rest], retract('e0'))).toEqual([retracted('e0')]);
  });

  const all: Told[] = [...told, ['2018-10-07', '2018', retracted('e1')], ['2018-10-08', '2018', retracted('e0')]];
  it('of the founding entry is undone before that of the others', () => {
    expect(decided(all, retract('e2'))).toBe('ITEM_RETRACTED');
    expect(decided(all, retract('e3'))).toEqual([retracted('e3')]);
    expect(decided([...all, ['2018-10-09', '2018', retracted('e3')]], retract('e2'))).toEqual([retracted('e2')]);
  });

  it('of the retraction that brought the founding entry back is refused while another fact stands', () => {
    const back: Told[] = [...all, ['2018-10-09', '2018', retracted('e3')], ['2018-10-09', '2018', retracted('e2')]];
    expect(decided(back, retract('e4'))).toBe('FOUNDING_HAS_FOLLOWERS');
  });
});

describe('Establishing a date', () => {
  it('narrows that of the founding entry, or of another', () => {
    expect(decided([start], establish('2018-09-12'))).toEqual([dated('e0', '2018-09-12')]);
    expect(decided([start, ['2018-10-06', '2018', done()]], establish('2018-09', 'e1'))).toEqual([dated('e1', '2018-09')]);
    expect(decided([start], establish('2018-09-12'), { reason: null })).toHaveLength(1);
  });

  it('stays quiet on the date that is known', () => {
    expect(decided([start], establish('../2018-10-03'))).toEqual([]);
    expect(decided([start, ['2018-12-01', '2018', dated('e0', '2018-09')]], establish('2018-09'))).toEqual([]);
  });

  it('refuses one outside what is known, points at correctEntry and says what is known', () => {
    expect(refused([start], establish('2018-10-04'))).toMatchObject({ code: 'DATE_OUTSIDE_BOUNDS', allowed: ['correctEntry'] });
    expect(refused([start], establish('2018')).message).toEqual({
      nb: 'Datoen ligger ikke innenfor det som alt er kjent: senest 3. oktober 2018.',
      nn: 'Datoen ligg ikkje innanfor det som alt er kjent: seinast 3. oktober 2018.',
      en: 'The date does not lie within what is already known: no later than 3 October 2018.',
    });
    expect(decided([start, ['2018-12-01', '2018', dated('e0', '2018-09')]], establish('2018-08-31'))).toBe('DATE_OUTSIDE_BOUNDS');
    expect(decided([start, ['2018-12-01', '2018', corrected('e0', { occurred: date('2017') })]], establish('2018-09'))).toBe(
      'DATE_OUTSIDE_BOUNDS',
    );
  });

  it('refuses a day after the entry was recorded', () => {
    const told: Told[] = [['2018-10-05', 'unknown', opened()]];
    expect(decided(told, establish('2018-10-06'))).toBe('DATE_IN_FUTURE');
    expect(decided(told, establish('2018-10-05'))).toHaveLength(1);
    expect(decided(told, establish('2018'))).toHaveLength(1);
  });

  it('refuses an unknown or retracted entry, and one that has no date of its own', () => {
    expect(decided([start], establish('2018-09', 'e9'))).toBe('UNKNOWN_ENTRY');
    expect(decided([start, ['2018-10-06', '2018', done()], ['2018-10-06', '2018', retracted('e1')]], establish('2018-09', 'e1'))).toBe(
      'ENTRY_RETRACTED',
    );
    expect(decided([start, ['2018-10-06', '2018', dated('e0', '2018-09')]], establish('2018-09', 'e1'))).toBe('NOTHING_TO_DATE');
  });
});

describe('An established date', () => {
  const told: Told[] = [
    ['2018-10-05', '2016', opened()],
    ['2018-10-06', '2018', corrected('e0', { occurred: date('2014') })],
    ['2018-10-07', '2018', dated('e0', '2014-02')],
  ];
  const said = ({ code, message }: ReturnType<typeof refused>): readonly string[] => [code, message.en.match(/@\d+/g)?.join() ?? ''];

  it('does not outlive the bounds it narrowed: it is retracted before the correction that gave them', () => {
    expect(said(refused(told, retract('e1')))).toEqual(['CONTRADICTS_LATER', '@2']);
    expect(decided([...told, ['2018-10-08', '2018', retracted('e2')]], retract('e1'))).toEqual([retracted('e1')]);
  });

  it('is not left outside by a correction of that correction, and may be by one that gives the date itself', () => {
    const move = (entry: string, text: string): SharedCommand => ({
      type: 'CorrectEntry',
      entry,
      occurred: date(text),
      assertedBy: null,
      source: null,
      entryReason: null,
      cleared: [],
      set: [],
    });
    expect(said(refused(told, move('e1', '2013')))).toEqual(['CONTRADICTS_LATER', '@2']);
    expect(decided(told, move('e1', '2014/2015'))).toHaveLength(1);
    expect(decided(told, move('e0', '2013'))).toHaveLength(1);
  });

  it('is itself corrected within its bounds only', () => {
    expect(decided(told, correct('e2', 'date.text', '2014-03'))).toHaveLength(1);
    expect(decided(told, correct('e2', 'date.text', '2015'))).toBe('DATE_OUTSIDE_BOUNDS');
  });

  it('carries the dates established after it', () => {
    const more: Told[] = [...told, ['2018-10-08', '2018', dated('e0', '2014-02-03')]];
    expect(said(refused(more, correct('e2', 'date.text', '2014-03')))).toEqual(['CONTRADICTS_LATER', '@3']);
    expect(decided(more, retract('e2'))).toEqual([retracted('e2')]);
  });

  it('does not come back outside its bounds, and what stood outside already is nobody’s fault', () => {
    const back: Told[] = [...told, ['2018-10-08', '2018', retracted('e2')], ['2018-10-09', '2018', retracted('e1')]];
    expect(said(refused(back, retract('e3')))).toEqual(['CONTRADICTS_LATER', '@2']);
    const already: Told[] = [...told, ['2018-10-08', '2018', retracted('e1')], ['2018-10-09', '2018', noted('a')]];
    expect(decided(already, retract('e4'))).toEqual([retracted('e4')]);
  });
});

describe('Noting', () => {
  it('adds the note, to the whole or to a part', () => {
    expect(decided([start], { type: 'AddNote', text: 'fint', part: null })).toEqual([noted('fint')]);
    expect(decided([start], { type: 'AddNote', text: 'fint', part: '2' })).toEqual([noted('fint', '2')]);
  });
});

describe('A retracted item', () => {
  it.each<[SharedCommand]>([
    [link()],
    [{ type: 'Unlink', link: 'e0' }],
    [correct('e0', 'title', 'B')],
    [retract('e0')],
    [establish('2018-09')],
    [{ type: 'AddNote', text: 'fint', part: null }],
  ])('refuses %j', (command) => {
    expect(decided(gone, command)).toBe('ITEM_RETRACTED');
  });

  it('comes back when the retraction is retracted', () => {
    expect(decided(gone, retract('e1'))).toEqual([retracted('e1')]);
  });
});

describe('The shared decider', () => {
  it('knows its commands by name', () => {
    expect(SHARED_COMMAND_TYPES).toEqual([
      ...['Link', 'Unlink', 'CorrectEntry', 'RetractEntry', 'EstablishDate', 'AddNote'],
      ...['Publish', 'Unpublish', 'Shield', 'Release'],
    ]);
    expect(['Link', 'AddNote', 'AssignPoint', 'toString'].map(isSharedCommandType)).toEqual([true, true, false, false]);
  });

  it('says no in every language, with what to do', () => {
    const told: Told[] = [start, ['2018-10-06', '2018', done()], ['2018-10-06', '2018', reopened], ['2018-10-06', '2018', retracted('e2')]];
    const commands: SharedCommand[] = [
      link({ relation: 'SUPERSEDES' }),
      link({ target: ITEM }),
      link({ part: '9' }),
      { type: 'Unlink', link: 'e1' },
      retract('e0'),
      retract('e9'),
      correct('e2', 'title', 'B'),
      correct('e0', 'nothing', 'B'),
      establish('2019'),
      establish('2018-09', 'e3'),
      establish('2018-09', 'e2'),
    ];
    const refusals = commands.map((command) => decideShared(command, viewOf(told))).map((refusal) => refusal as ReturnType<typeof refused>);
    for (const locale of LOCALES) {
      expect(refusals.every(({ message, whatToDo }) => message[locale].endsWith('.') && whatToDo[locale].endsWith('.'))).toBe(true);
    }
    expect(new Set(refusals.map(({ code }) => code)).size).toBe(10);
  });

  it('judges the stream as it would be, with new entries after all others, recorded today', () => {
    const [, added] = withProposed(stream(start), [done()], viewOf([start]).context);
    expect(added).toMatchObject({ revision: 1, stream: ITEM, id: 'proposed-0', occurred: date('../2019-02-01') });
    expect(added && added.position > (stream(start)[0]?.position ?? '')).toBe(true);
    expect(
      history(withProposed(stream(start), [done(), reopened], viewOf([start]).context), NOW).facts.map((fact) => [fact.entry, fact.day]),
    ).toEqual([
      ['e0', '2018-10-03'],
      ['proposed-0', '2019-02-01'],
      ['proposed-1', '2019-02-01'],
    ]);
  });
});
