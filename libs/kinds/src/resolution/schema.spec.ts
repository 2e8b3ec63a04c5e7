import { LIST_MAX, POINTS_MAX, POINT_DEPTH_MAX, TEXT_BYTES_MAX } from '@saksgang/kernel';
import { KS, OTHER, PERSON } from '../../testing/board-resolution.js';
import { resolution, type ResolutionCommand } from './index.js';

type Type = ResolutionCommand['type'];
const parse = (type: Type, input: unknown) => resolution.commands[type].parse(input);
const issuesOf = (type: Type, input: unknown): readonly string[] => {
  const parsed = parse(type, input);
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
};
const text = (type: Type, input: unknown): string => JSON.stringify(parse(type, input));

const point = { pointKind: 'MEASURE', text: 'Tilsette kulturfaglig kapasitet.' };
const record = { resolutionType: 'VEDTAK', title: 'Kultur for framtida', body: KS, points: [point] };
const PROJECT = 'project-4c5d6e7f-8091-5a2b-8c3d-4e5f60718293';

/** The least that each command needs, as it comes from the edge. */
const LEAST: Readonly<Record<Type, object>> = {
  RecordResolution: record,
  AdoptResolution: {},
  AmendResolution: { changes: [{ change: 'STRUCK', point: '1' }] },
  SupersedeResolution: { by: OTHER },
  RepealResolution: {},
  CloseResolution: {},
  RecordVote: {},
  AddTextVariant: { medium: 'WEB_PAGE', text: 'KS vil løfte fram kulturen.' },
  AssignPoint: { point: '2.3.1', owner: KS },
  StartPoint: { point: '3' },
  ReportPoint: { point: '3', text: 'Stillingen er lyst ut.' },
  ClosePoint: { point: '3', closedAs: 'CARRIED_OUT' },
  ReopenPoint: { point: '3' },
  JudgePoint: { point: '3', outcome: 'PARTLY' },
};
const COMMANDS = Object.entries(LEAST) as [Type, object][];

describe('the input of a command', () => {
  it.each(COMMANDS)('%s may leave out what is optional, and bears its type', (type, least) => {
    expect(parse(type, least)).toMatchObject({ ok: true, value: { type } });
    expect(parse(type, { type, ...least })).toEqual(parse(type, least));
  });
  it.each(COMMANDS)('%s refuses a field it does not know, and what it cannot do without', (type, least) => {
    expect(issuesOf(type, { ...least, surplus: 1 })).toEqual(['surplus UNKNOWN_FIELD']);
    for (const field of Object.keys(least)) {
      const { [field]: _, ...rest } = least as Record<string, unknown>;
      expect(issuesOf(type, rest)).toEqual([`${field} REQUIRED`]);
      expect(issuesOf(type, { ...least, [field]: null })).toEqual([`${field} REQUIRED`]);
    }
    for (const nothing of [null, undefined, [], 'x', 7]) expect(parse(type, nothing).ok).toBe(false);
  });
  it('gives what is left out its default, at every depth', () => {
    expect(parse('RecordResolution', { ...record, points: [{ ...point, points: [point] }] })).toEqual({
      ok: true,
      value: {
        ...{
          type: 'RecordResolution',
          resolutionType: 'VEDTAK',
          title: 'Kultur for framtida',
          body: KS,
          caseReference: null,
          meeting: null,
        },
        ...{ caseOfficer: null, recordedAs: 'ADOPTED', projects: [] },
        points: [
          expect.objectContaining({
            ...point,
            label: null,
            role: null,
            addressees: [],
            openEnded: false,
            note: null,
            points: [expect.objectContaining({ points: [] })],
          }),
        ],
      },
    });
  });
  it('takes everything API clients may give', () => {
    const whole = {
      ...point,
      label: 'a)',
      role: 'Som utviklingspartner',
      addressees: [KS, PERSON],
      openEnded: true,
      note: 'Vår lesning.\n\tTo linjer.',
      points: [point],
    };
    const given = {
      ...record,
      caseReference: '18/01456-7',
      meeting: 'Møte 7',
      caseOfficer: PERSON.name,
      recordedAs: 'PROPOSED',
      projects: [PROJECT],
      points: [whole],
    };
    expect(parse('RecordResolution', given)).toMatchObject({
      ok: true,
      value: { recordedAs: 'PROPOSED', points: [{ label: 'a)', addressees: [KS, PERSON] }] },
    });
    expect(
      issuesOf('AmendResolution', {
        by: OTHER,
        changes: [
          { change: 'ADDED', parent: '2', added: whole },
          { change: 'REWORDED', point: '3', text: 'x' },
        ],
      }),
    ).toEqual([]);
    expect(issuesOf('AssignPoint', { point: '3', owner: PERSON, deadline: { text: '2019', asWritten: null } })).toEqual([]);
    expect(parse('ClosePoint', { point: '3', closedAs: 'REPLACED', replacedBy: { item: OTHER }, verdict: 'FULFILLED' })).toMatchObject({
      ok: true,
      value: { replacedBy: { item: OTHER, point: null } },
    });
    expect(
      issuesOf('RecordVote', {
        point: '3',
        unanimous: false,
        inFavour: 12,
        against: 0,
        abstained: null,
        dissents: [{ party: KS, text: null }],
      }),
    ).toEqual([]);
  });
});

describe('bad input', () => {
  it.each<[string, Type, object, readonly string[]]>([
    ['an unknown type', 'RecordResolution', { ...record, resolutionType: 'LOV' }, ['resolutionType BAD_VALUE']],
    ['a blank title', 'RecordResolution', { ...record, title: ' \u00a0\u200b ' }, ['title BLANK']],
    ['a title of two lines', 'RecordResolution', { ...record, title: 'a\nb' }, ['title CONTROL_CHARACTER']],
    [
      'a control character deep in the tree',
      'RecordResolution',
      { ...record, points: [{ ...point, points: [{ ...point, text: 'a\u0007' }] }] },
      ['points.0.points.0.text CONTROL_CHARACTER'],
    ],
    ['half a character pair', 'ReportPoint', { point: '3', text: 'a\ud83c' }, ['text LONE_SURROGATE']],
    ['a body that is no body', 'RecordResolution', { ...record, body: { body: PROJECT, name: 'x' } }, ['body.body BAD_ID']],
    [
      'a party with half a name',
      'RecordResolution',
      { ...record, body: { body: null, name: { sealed: 'x', person: 'Kari' } } },
      ['body.name.sealed BAD_SEAL', 'body.name.person BAD_ID'],
    ],
    ['a party whose name is a number', 'RecordResolution', { ...record, body: { body: null, name: 7 } }, ['body.name BAD_VALUE']],
    ['a party without a name', 'RecordResolution', { ...record, body: { body: null } }, ['body.name REQUIRED']],
    ['a resolution that is a project', 'SupersedeResolution', { by: PROJECT }, ['by BAD_ID']],
    [
      'an impossible deadline',
      'AssignPoint',
      { point: '3', owner: KS, deadline: { text: '2019-02-30', asWritten: null } },
      ['deadline.text BAD_DATE'],
    ],
    [
      'a deadline without an end',
      'AssignPoint',
      { point: '3', owner: KS, deadline: { text: '2019-02-01/..', asWritten: null } },
      ['deadline DATE_WITHOUT_END'],
    ],
    ['a path that is none', 'StartPoint', { point: '3.' }, ['point BAD_POINT_PATH']],
    ['a path from zero', 'StartPoint', { point: '0.1' }, ['point BAD_POINT_PATH']],
    [
      'a path deeper than any tree',
      'StartPoint',
      { point: Array.from({ length: POINT_DEPTH_MAX + 1 }, () => 1).join('.') },
      ['point BAD_POINT_PATH'],
    ],
    ['half a vote', 'RecordVote', { unanimous: false, inFavour: 0.5 }, ['inFavour BAD_VALUE']],
    ['a negative vote', 'RecordVote', { unanimous: false, against: -1 }, ['against BAD_VALUE']],
    ['a change that is none', 'AmendResolution', { changes: [{ change: 'MOVED', point: '1' }] }, ['changes.0.change BAD_VALUE']],
    ['a change without its kind', 'AmendResolution', { changes: [{ point: '1' }] }, ['changes.0.change REQUIRED']],
    [
      'an addition with a bad point',
      'AmendResolution',
      { changes: [{ change: 'ADDED', parent: null, added: { ...point, text: '' } }] },
      ['changes.0.added.text BLANK'],
    ],
    ['points that are no list', 'RecordResolution', { ...record, points: 'x' }, ['points BAD_VALUE']],
    ['a point that is none', 'RecordResolution', { ...record, points: [7] }, ['points.0 BAD_VALUE']],
    [
      'points below that are no list',
      'RecordResolution',
      { ...record, points: [{ ...point, points: 'x' }] },
      ['points.0.points BAD_VALUE'],
    ],
  ])('%s is refused in its place', (_what, type, input, expected) => {
    expect(issuesOf(type, input)).toEqual(expected);
  });
  it('never repeats what it was given, which may be a name', () => {
    expect(
      text('RecordResolution', { ...record, body: { body: 'Kari Nordmann', name: { sealed: 'Kari Nordmann', person: 'Kari Nordmann' } } }),
    ).not.toContain('Kari');
    expect(text('RecordVote', { unanimous: 'Kari Nordmann', point: 'Kari Nordmann' })).not.toContain('Kari');
  });
});

describe('the limits', () => {
  const nested = (levels: number): object => ({ ...point, points: levels === 1 ? [] : [nested(levels - 1)] });
  const many = (count: number): object[] => Array.from({ length: count }, () => point);

  it('hold just above and just below', () => {
    expect(issuesOf('RecordResolution', { ...record, points: [nested(POINT_DEPTH_MAX)] })).toEqual([]);
    expect(issuesOf('RecordResolution', { ...record, points: [nested(POINT_DEPTH_MAX + 1)] })).toEqual(['points TOO_DEEP']);
    expect(issuesOf('RecordResolution', { ...record, points: [{ ...point, points: many(POINTS_MAX - 1) }] })).toEqual([]);
    expect(issuesOf('RecordResolution', { ...record, points: [{ ...point, points: many(POINTS_MAX) }] })).toEqual([
      'points TOO_MANY_POINTS',
    ]);
    expect(
      issuesOf('RecordResolution', { ...record, points: [{ ...point, addressees: Array.from({ length: LIST_MAX + 1 }, () => KS) }] }),
    ).toEqual(['points.0.addressees TOO_MANY']);
    expect(issuesOf('ReportPoint', { point: '3', text: 'å'.repeat(TEXT_BYTES_MAX / 2) })).toEqual([]);
    expect(issuesOf('ReportPoint', { point: '3', text: `${'å'.repeat(TEXT_BYTES_MAX / 2)}.` })).toEqual(['text TEXT_TOO_LONG']);
  });
  it('hold against a tree deeper than any parser could follow', () => {
    let deep: object = point;
    for (let level = 0; level < 100_000; level += 1) deep = { ...point, points: [deep] };
    expect(issuesOf('RecordResolution', { ...record, points: [deep] })).toEqual(['points TOO_DEEP']);
    expect(issuesOf('AmendResolution', { changes: [{ change: 'ADDED', parent: null, added: deep }] })).toEqual([
      'changes.0.added TOO_DEEP',
    ]);
  });
  it('keep the answer small, however much is wrong', () => {
    expect(issuesOf('RecordResolution', { ...record, points: Array.from({ length: POINTS_MAX }, () => ({})) })).toHaveLength(100);
  });
});

describe('the items a command names', () => {
  const targetsOf = (type: Type, input: unknown) => {
    const spec = resolution.commands[type];
    const parsed = spec.parse(input);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    return spec.targets(parsed.value).map(({ item, part, kinds, path }) => [item, part, kinds?.join(), path.join('.')]);
  };
  it('must exist, be of the right kind and have the part', () => {
    expect(targetsOf('RecordResolution', { ...record, projects: [PROJECT] })).toEqual([[PROJECT, null, 'project', 'projects.0']]);
    expect(targetsOf('SupersedeResolution', { by: OTHER })).toEqual([[OTHER, null, 'resolution', 'by']]);
    expect(targetsOf('RepealResolution', {})).toEqual([]);
    expect(targetsOf('ClosePoint', { point: '3', closedAs: 'REPLACED', replacedBy: { item: OTHER, point: '2' } })).toEqual([
      [OTHER, '2', undefined, 'replacedBy'],
    ]);
    expect(targetsOf('AssignPoint', LEAST.AssignPoint)).toEqual([]);
  });
});
