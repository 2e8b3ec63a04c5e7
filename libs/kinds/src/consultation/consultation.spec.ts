import { contradictions, isRefusal, type Party } from '@saksgang/kernel';
import { date, readAs, recorded, type Told } from '../../testing/telling.js';
import { cameAfterClosing, consultation, coverageOf, type ConsultationCommand, type ConsultationEvent } from './index.js';
import {
  ITEM,
  PROJECT,
  REPORT,
  BOARD,
  COUNCIL,
  SOMEONE,
  told,
  founding,
  opened,
  input,
  closed,
  reported,
  thanked,
  open,
  say,
  close,
  report,
  thank,
  decide,
  codeOf,
  after,
} from '../../testing/dialogue.js';

describe('a consultation is opened', () => {
  it('produces the founding event: questions with their keys, each project once with its title', () => {
    expect(decide([], open)).toEqual([founding]);
  });
  it('keeps keys that are given, and gives the others the next free ones', () => {
    const [event] = decide([], {
      ...open,
      questions: [
        { key: null, text: 'A' },
        { key: '5', text: 'B' },
        { key: null, text: 'C' },
      ],
    }) as readonly ConsultationEvent[];
    expect(event?.type === 'ConsultationOpened' && event.data.questions.map(({ key }) => key)).toEqual(['6', '5', '7']);
  });
  it('refuses to open what is already on record', () => {
    expect(codeOf(decide([opened], open))).toBe('ALREADY_OPENED');
  });
  it.each<ConsultationCommand>([say(null), close, report(null, 'Rapport'), thank, { type: 'SetConsultationDeadline', deadline: null }])(
    'is asked for before $type',
    (command) => {
      expect(codeOf(decide([], command))).toBe('NOT_OPENED');
    },
  );
});

describe('input is recorded', () => {
  it('produces the input, and the consultation is receiving', () => {
    expect(decide([opened], say(BOARD, { question: '1' }))).toEqual([input(BOARD, undefined, '1')]);
    expect(consultation.summarise(after(opened, told(input(BOARD), '2018-04-01')))).toMatchObject({ state: 'RECEIVING_INPUT', open: true });
    expect(consultation.summarise(after(opened))).toMatchObject({ state: 'OPEN', projects: [PROJECT] });
  });
  it('refuses an answer to a question nobody asked', () => {
    const decision = decide([opened], say(BOARD, { question: '3' }));
    expect(codeOf(decision)).toBe('UNKNOWN_QUESTION');
    expect(isRefusal(decision) && decision.whatToDo.nb).toContain('1, 2');
  });
  it.each([
    ['2018-06-14', false],
    ['2018-06-15', false],
    ['2018-06-16', true],
    ['2018-07/2018-08', true],
    ['../2018-06-10', false],
    ['../2018-10-03', null],
    ['2018', null],
    ['unknown', null],
  ])('is taken also after the closing, and %s is told from it as far as is known: %s', (occurred, late) => {
    const story = [opened, told(closed, '2018-09-01', { occurred: '2018-06-15' })];
    expect(decide(story, say(BOARD), { occurred })).toEqual([input(BOARD)]);
    const state = after(...story, told(input(BOARD), '2018-11-01', { occurred }));
    expect(state.inputs.map((one) => cameAfterClosing(state, one))).toEqual([late]);
    expect(consultation.summarise(state).state).toBe('CLOSED');
  });
  it('is told from a closing learnt later or of an uncertain day, and from none where none is on record', () => {
    const lateOf = (...story: readonly Told[]) => {
      const state = after(opened, ...story);
      return state.inputs.map((one) => cameAfterClosing(state, one));
    };
    const story = [told(input(BOARD), '2018-07-01', { occurred: '2018-07-01' })];
    const closing = (occurred: string) => told(closed, '2018-11-01', { occurred });
    expect(lateOf(...story)).toEqual([false]);
    expect(lateOf(...story, closing('2018-06-15'))).toEqual([true]);
    expect([lateOf(...story, closing('2018')), lateOf(...story, closing('unknown'))]).toEqual([[null], [null]]);
    expect(lateOf(...story, told(reported, '2018-06-20', { occurred: '2018-06-20' }))).toEqual([false]);
  });
  it('takes late input of an open consultation, on its own day', () => {
    const story = [opened, told(input(BOARD), '2018-05-01', { occurred: '2018-05-01' })];
    expect(decide(story, say(COUNCIL), { occurred: '2018-04-01' })).toHaveLength(1);
    const state = after(...story, told(input(COUNCIL), '2018-11-01', { occurred: '2018-04-01' }));
    expect(state.inputs.map(({ from }) => from)).toEqual([COUNCIL, BOARD]);
  });
  it('stays quiet when that party has said the same of that date, and takes it as news on another', () => {
    const story = [opened, told(input(SOMEONE), '2018-04-01', { occurred: '2018-04-01' })];
    expect(decide(story, say(SOMEONE), { occurred: '2018-04-01' })).toEqual([]);
    expect(decide(story, say(SOMEONE), { occurred: '2018-05-01' })).toHaveLength(1);
    expect(decide(story, say(null), { occurred: '2018-04-01' })).toHaveLength(1);
  });
  it('tells which of the invited gave it', () => {
    const stranger: Party = { body: null, name: 'Storbynettverk' };
    const state = after(
      opened,
      ...[BOARD, BOARD, null, stranger, SOMEONE].map((from, day) => told(input(from, `${day}`), `2018-04-0${day + 1}`)),
    );
    expect(coverageOf(state)).toEqual({
      groups: [
        { party: BOARD, inputs: 2 },
        { party: COUNCIL, inputs: 0 },
      ],
      answered: 1,
      others: 2,
      unknown: 1,
    });
  });
});

describe('the deadline is set', () => {
  const set = (text: string | null): ConsultationCommand => ({
    type: 'SetConsultationDeadline',
    deadline: text === null ? null : date(text),
  });
  it('produces the new deadline, or none', () => {
    expect(decide([opened], set('2018-08-31'))).toEqual([{ type: 'ConsultationDeadlineSet', data: { deadline: date('2018-08-31') } }]);
    expect(decide([opened], set(null))).toEqual([{ type: 'ConsultationDeadlineSet', data: { deadline: null } }]);
  });
  it('stays quiet when it is so already, and refuses once nobody waits for input', () => {
    expect(decide([opened], set('2018-06-15'))).toEqual([]);
    expect(codeOf(decide([opened, told(closed, '2018-06-15')], set('2018-08-31')))).toBe('CONSULTATION_CLOSED');
    expect(codeOf(decide([opened, told(reported, '2018-06-15')], set('2018-08-31')))).toBe('CONSULTATION_REPORTED');
  });
  it('is compared with the one before it', () => {
    expect(consultation.before(after(opened), { type: 'ConsultationDeadlineSet', data: { deadline: null } })).toMatchObject({
      'deadline.text': '2018-06-15',
    });
  });
});

describe('a consultation is closed', () => {
  it('produces the closing', () => {
    expect(decide([opened], close)).toEqual([closed]);
    expect(consultation.summarise(after(opened, told(closed, '2018-06-15')))).toMatchObject({ state: 'CLOSED', open: true });
  });
  it('stays quiet when the record already says as much, and refuses another day', () => {
    const story = [opened, told(closed, '2018-09-01', { occurred: '2018-06-15' })];
    expect(decide(story, close)).toEqual([]);
    expect(codeOf(decide(story, close, { occurred: '2018-06-10' }))).toBe('CONSULTATION_CLOSED');
  });
  it('contradicts no input when it is learnt late', () => {
    const story = [opened, told(input(BOARD), '2018-07-01', { occurred: '2018-07-01' })];
    const closing = [...story, told(closed, '2018-11-01', { occurred: '2018-06-15' })];
    expect(contradictions(consultation, readAs(recorded(ITEM, story)), readAs(recorded(ITEM, closing)))).toEqual([]);
  });
});

describe('a consultation is reported', () => {
  it('produces the report, known by its title only or by its document', () => {
    expect(decide([opened], report(null, 'Rapport fra medlemsdialogen'))).toEqual([reported]);
    expect(decide([opened], report(REPORT))).toEqual([
      { type: 'ConsultationReported', data: { document: REPORT, title: 'Rapport fra dialogen', text: null } },
    ]);
  });
  it('is over then, though nobody recorded that it was closed; a closing learnt later leaves it so', () => {
    const state = after(opened, told(reported, '2018-10-03'));
    expect(consultation.summarise(state)).toMatchObject({ state: 'REPORTED', open: false });
    const story = [opened, told(reported, '2018-10-03')];
    expect(decide(story, close, { occurred: '2018-06-15' })).toEqual([closed]);
    expect(after(...story, told(closed, '2018-11-01', { occurred: '2018-06-15' }))).toMatchObject({
      status: 'reported',
      closed: { text: '2018-06-15' },
    });
  });
  it('stays quiet about the same report, and takes another', () => {
    const story = [opened, told(reported, '2018-10-03')];
    expect(decide(story, report(null, 'Rapport fra medlemsdialogen'))).toEqual([]);
    expect(decide(story, report(null, 'Sluttrapport'))).toHaveLength(1);
  });
  it('links to the report where it is a document on record', () => {
    const event = { ...reported, data: { document: REPORT, title: 'Rapport', text: null } } as ConsultationEvent;
    expect(consultation.links(event)).toEqual([{ relation: 'REPORTED_IN', target: REPORT, targetPart: null, part: null, inverse: false }]);
    expect(consultation.links(reported)).toEqual([]);
  });
});

describe('feedback is given', () => {
  it('produces what the contributors were told, and stays quiet when it was said', () => {
    expect(decide([opened, told(reported, '2018-10-03')], thank)).toEqual([thanked]);
    expect(decide([opened, told(thanked, '2018-10-03')], thank)).toEqual([]);
    expect(decide([opened, told(thanked, '2018-10-03')], { ...thank, openEnded: false })).toHaveLength(1);
  });
});
