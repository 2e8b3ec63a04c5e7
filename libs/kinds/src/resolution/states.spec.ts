import { isRefusal, type Refusal } from '@saksgang/kernel';
import {
  KS,
  OTHER,
  PERSON,
  adopted,
  everyPointClosed,
  other,
  pointAfter,
  proposed,
  recordedAs,
  say,
  summaryOf,
  told,
} from '../../testing/board-resolution.js';
import type { Told } from '../../testing/telling.js';
import {
  POINT_STATE_TABLE,
  POINT_STATES,
  RESOLUTION_STATES,
  resolution,
  type PointState,
  type ResolutionCommand,
  type ResolutionEvent,
  type ResolutionState,
} from './index.js';

type Step = Readonly<{ from: readonly Told[]; command: ResolutionCommand }>;

const record: ResolutionCommand = {
  type: 'RecordResolution',
  ...(recordedAs('ADOPTED') as Extract<ResolutionEvent, { type: 'ResolutionRecorded' }>).data,
};
const assign: ResolutionCommand = { type: 'AssignPoint', point: '3', owner: KS, deadline: null };
const start: ResolutionCommand = { type: 'StartPoint', point: '3', text: null };
const report: ResolutionCommand = { type: 'ReportPoint', point: '3', text: 'Utlyst.' };
const close: ResolutionCommand = { type: 'ClosePoint', point: '3', closedAs: 'CARRIED_OUT', replacedBy: null, verdict: null };
const reopen: ResolutionCommand = { type: 'ReopenPoint', point: '3' };
const amend: ResolutionCommand = { type: 'AmendResolution', by: null, changes: [{ change: 'REWORDED', point: '1', text: 'Ny ordlyd.' }] };
const strike: ResolutionCommand = { type: 'AmendResolution', by: null, changes: [{ change: 'STRUCK', point: '3' }] };
const closeAll: ResolutionCommand = { type: 'CloseResolution' };
const supersede: ResolutionCommand = { type: 'SupersedeResolution', by: OTHER };
const repeal: ResolutionCommand = { type: 'RepealResolution', by: null };

/** What the command produced, as the next entry of the story. */
const then = ({ from, command }: Step): readonly Told[] => {
  const decision = say(from, command, { today: '2019-03-01', reason: 'Fordi', targets: [other()] });
  if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${decision.code}`);
  return [...from, ...decision.map((event) => told(event as ResolutionEvent, '2019-03-01', { reason: 'Fordi' }))];
};
const done = [adopted, ...everyPointClosed('2019-01-01')];
const closed = then({ from: done, command: closeAll });

/** One command into each state, and one out of each that is not final. */
const INTO: Readonly<Record<ResolutionState, Step>> = {
  PROPOSED: { from: [], command: { ...record, recordedAs: 'PROPOSED' } },
  ADOPTED: { from: [proposed], command: { type: 'AdoptResolution', meeting: null } },
  AMENDED: { from: [adopted], command: amend },
  IN_FOLLOW_UP: { from: [adopted], command: assign },
  CLOSED: { from: done, command: closeAll },
  SUPERSEDED: { from: [adopted], command: supersede },
  REPEALED: { from: closed, command: repeal },
};
const OUT_OF: Readonly<Record<ResolutionState, readonly ResolutionCommand[]>> = {
  PROPOSED: [{ type: 'AdoptResolution', meeting: null }],
  ADOPTED: [amend, assign, supersede, repeal],
  AMENDED: [assign, supersede, repeal],
  IN_FOLLOW_UP: [supersede, repeal],
  CLOSED: [reopen, supersede, repeal],
  SUPERSEDED: [],
  REPEALED: [],
};
const INTO_POINT: Readonly<Record<PointState, Step>> = {
  OPEN: { from: [], command: record },
  ASSIGNED: { from: [adopted], command: assign },
  IN_PROGRESS: { from: [adopted], command: start },
  REPORTED: { from: [adopted], command: report },
  CLOSED: { from: [adopted], command: close },
  NOTHING_TO_DO: { from: [adopted], command: strike },
};
const OUT_OF_POINT: Readonly<Record<PointState, readonly ResolutionCommand[]>> = {
  OPEN: [assign, start, report, close, strike],
  ASSIGNED: [start, report, close, strike],
  IN_PROGRESS: [report, close, strike],
  REPORTED: [close, strike],
  CLOSED: [reopen, strike],
  NOTHING_TO_DO: [],
};

const everyOther = (states: ResolutionState): readonly ResolutionCommand[] =>
  [
    record,
    { type: 'AdoptResolution', meeting: 'Møte 9' } as const,
    amend,
    assign,
    start,
    report,
    close,
    reopen,
    closeAll,
    supersede,
    repeal,
  ].filter(
    ({ type }) => !(states === 'SUPERSEDED' && type === 'SupersedeResolution') && !(states === 'REPEALED' && type === 'RepealResolution'),
  );

describe('the state table of a resolution', () => {
  it('is the table of the kind', () => {
    expect(Object.keys(resolution.states)).toEqual([...RESOLUTION_STATES]);
  });
  it.each(RESOLUTION_STATES)('%s is reached by a command', (state) => {
    expect(summaryOf(...then(INTO[state])).state).toBe(state);
  });
  it.each(RESOLUTION_STATES)('%s is left by a command, or is final', (state) => {
    const reached = then(INTO[state]);
    const left = OUT_OF[state].map((command) => summaryOf(...then({ from: reached, command })).state);
    expect(left.every((next) => next !== state)).toBe(true);
    expect(resolution.states[state]?.final).toBe(left.length === 0);
  });
  it.each(RESOLUTION_STATES.filter((state) => resolution.states[state]?.final))('no command leaves %s', (state) => {
    const reached = then(INTO[state]);
    for (const command of everyOther(state)) {
      const decision = say(reached, command, { today: '2019-03-01', reason: 'Fordi', targets: [other()] });
      expect([command.type, isRefusal(decision)]).toEqual([command.type, true]);
    }
  });
});

describe('the state table of a point', () => {
  it.each(POINT_STATES)('%s is reached by a command', (state) => {
    expect(pointAfter('3', ...then(INTO_POINT[state])).state).toBe(state);
  });
  it.each(POINT_STATES)('%s is left by a command, or is final', (state) => {
    const reached = then(INTO_POINT[state]);
    const left = OUT_OF_POINT[state].map((command) => pointAfter('3', ...then({ from: reached, command })).state);
    expect(left.every((next) => next !== state)).toBe(true);
    expect(POINT_STATE_TABLE[state].final).toBe(left.length === 0);
  });
  it('lets a resolution be in follow-up from the first thing done about any point', () => {
    for (const command of [assign, start, report, close])
      expect(summaryOf(...then({ from: [adopted], command })).state).toBe('IN_FOLLOW_UP');
    expect(summaryOf(...then({ from: [adopted], command: { type: 'JudgePoint', point: '3', outcome: 'FULFILLED' } })).state).toBe(
      'ADOPTED',
    );
  });
});

describe('every refusal', () => {
  it('says in three languages what is wrong and what to do, and never who', () => {
    const refusals: Refusal[] = [];
    const stories = [[], [proposed], [adopted], closed, then(INTO.SUPERSEDED), then(INTO.REPEALED)];
    const commands: readonly ResolutionCommand[] = [
      ...everyOther('ADOPTED'),
      { type: 'AssignPoint', point: '1', owner: PERSON, deadline: null },
      { type: 'ReportPoint', point: '7', text: 'x' },
      { type: 'ClosePoint', point: '3', closedAs: 'REPLACED', replacedBy: null, verdict: 'PARTLY' },
      { type: 'RecordVote', point: null, unanimous: true, inFavour: null, against: 2, abstained: null, dissents: [] },
    ];
    for (const story of stories)
      for (const command of commands) {
        const decision = say(story, command, { targets: [other('PROPOSED')] });
        if (isRefusal(decision)) refusals.push(decision);
      }
    expect(new Set(refusals.map(({ code }) => code)).size).toBeGreaterThanOrEqual(12);
    for (const { code, message, whatToDo } of refusals) {
      expect(code).toMatch(/^[A-Z][A-Z_]+$/);
      for (const text of [...Object.values(message), ...Object.values(whatToDo)]) expect(text).toMatch(/^[A-ZÅ].*[.]$/s);
    }
  });
});
