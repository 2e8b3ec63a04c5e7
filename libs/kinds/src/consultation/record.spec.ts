import { date, describedIn, entryIdAt, isTold, recorded, stateAs, titlesOf, type Told } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { consultation, type Consultation, type ConsultationCommand } from './index.js';
import {
  ITEM,
  PROJECT,
  REPORT,
  BOARD,
  SOMEONE,
  TARGETS,
  data,
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
  codeOf,
  after,
  correcting,
} from '../../testing/dialogue.js';

describe('the consultation’s record is set right', () => {
  it('reads a corrected purpose, and is closed again when the report is retracted', () => {
    const entries = recorded(ITEM, [
      opened,
      told(closed, '2018-06-15'),
      told(reported, '2018-10-03'),
      { event: correcting(entryIdAt(0), [{ path: 'purpose', value: 'få flere innspill' }]), on: '2018-10-04', reason: 'Lest feil' },
      { event: { type: 'EntryRetracted', data: { entry: entryIdAt(2) } }, on: '2018-10-05', reason: 'Gjaldt en annen dialog' },
    ]);
    expect(stateAs<Consultation>(consultation, entries)).toMatchObject({ status: 'closed', purpose: 'få flere innspill', reports: [] });
    expect(stateAs<Consultation>(consultation, entries.slice(0, 3))).toMatchObject({ status: 'reported', purpose: 'få innspill' });
  });
  it('keeps questions and their keys together', () => {
    const fixed = (questions: (typeof data)['questions'], ...paths: readonly string[]) =>
      codeOf(consultation.fixed?.(founding, { type: 'ConsultationOpened', data: { ...data, questions } }, paths, []));
    const [first, second] = data.questions as [(typeof data)['questions'][0], (typeof data)['questions'][0]];
    expect(fixed([{ ...first, text: 'Hvilke felt?' }, second], 'questions.0.text')).toBeNull();
    expect(fixed([first, second, { key: '3', text: 'Hva mer?' }], 'questions')).toBeNull();
    expect(fixed([{ ...first, key: '7' }, second], 'questions.0.key')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed([second, first], 'questions')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed([second], 'questions')).toBeNull();
  });
  it('keeps projects and their titles together', () => {
    const fixed = (...paths: readonly string[]) => codeOf(consultation.fixed?.(founding, founding, paths, []));
    expect(fixed('projects.0.item')).toBe('TITLE_REQUIRED');
    expect(fixed('projects.0.item', 'projects.0.title')).toBeNull();
    expect(fixed('projects')).toBeNull();
  });
});

describe('what follows from a consultation', () => {
  it('is a deadline while it is open, and a missing report when it no longer is', () => {
    const facets = (...story: readonly Told[]) => consultation.facets(after(...story));
    expect(facets(opened)).toMatchObject({ dues: [{ nature: 'DEADLINE', date: date('2018-06-15'), met: false }], gaps: [] });
    expect(facets(opened, told(closed, '2018-06-15'))).toMatchObject({
      dues: [{ met: true }],
      gaps: [{ rule: 'CONSULTATION_WITHOUT_REPORT', closedBy: ['reportConsultation'] }],
    });
    expect(facets(opened, told(closed, '2018-06-15'), told(reported, '2018-10-03')).gaps).toEqual([]);
    const undated = told({ type: 'ConsultationOpened', data: { ...data, deadline: null } }, '2018-03-01');
    expect(facets(undated)).toMatchObject({ dues: [], gaps: [{ rule: 'CONSULTATION_WITHOUT_REPORT' }] });
  });
  it('passes on what it belongs to, and has its questions as parts', () => {
    expect(consultation.belonging).toBe('PASSES_ON');
    expect(consultation.hasPart(after(opened), '2')).toBe(true);
    expect(consultation.hasPart(after(opened), '3')).toBe(false);
    expect(consultation.partOf(input(null, 'x', '2'))).toBe('2');
  });
  it('is told in plain words, without the names of persons', () => {
    const entries = recorded(ITEM, [
      opened,
      told(input(SOMEONE), '2018-04-01'),
      told(closed, '2018-06-15'),
      told(reported, '2018-10-03'),
      told(thanked, '2018-10-03'),
    ]);
    expect(titlesOf(consultation, entries)).toEqual([
      'Kultur for framtida åpnet',
      'Innspill fra en navngitt person: Vi trenger kulturskolen.',
      'Avsluttet',
      'Rapport: Rapport fra medlemsdialogen',
      'Tilbakemelding gitt til Fylkesstyret og andre',
    ]);
    const description = describedIn(consultation, entries)[0]!.description;
    expect(description.nb).toBe(
      'Formål: få innspill. Spørsmål: «Hvilke områder?» og «Hvilke muligheter?» Invitert: Fylkesstyret, Rådmannsutvalg og andre. Frist for innspill: 15. juni 2018.',
    );
    expect(isTold(description)).toBe(true);
  });
});

describe('the state table of a consultation', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands: ConsultationCommand[] = [
      open,
      { type: 'SetConsultationDeadline', deadline: null },
      say(BOARD),
      close,
      report(null, 'Rapport'),
      thank,
    ];
    expect(walk(consultation, ITEM, commands, BOARD, TARGETS)).toEqual(asWritten(consultation));
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(consultation.commands).sort());
  });
});

describe('a consultation’s commands as they come in', () => {
  const { OpenConsultation, ReportConsultation } = consultation.commands;
  it('may leave out all that is not known', () => {
    expect(OpenConsultation.parse({ title: 'Kultur' })).toMatchObject({
      ok: true,
      value: { purpose: null, questions: [], invited: [], openEnded: false, deadline: null, projects: [] },
    });
  });
  it.each([
    [
      'two questions of one key',
      {
        title: 'K',
        questions: [
          { key: '1', text: 'a' },
          { key: '1', text: 'b' },
        ],
      },
      'DUPLICATE_KEY',
    ],
    ['a key that is none', { title: 'K', questions: [{ key: 'a', text: 'a' }] }, 'BAD_KEY'],
    ['a deadline that never comes', { title: 'K', deadline: { text: '2018/..', asWritten: null } }, 'DATE_WITHOUT_END'],
    ['a project that is none', { title: 'K', projects: [REPORT] }, 'BAD_ID'],
    ['too many questions', { title: 'K', questions: Array.from({ length: 201 }, (_, index) => ({ text: `${index}` })) }, 'TOO_MANY'],
  ])('refuse %s', (_what, given, code) => {
    expect(OpenConsultation.parse(given)).toMatchObject({ ok: false, issues: [expect.objectContaining({ code })] });
  });
  it('ask for a title where the report is no document', () => {
    expect(ReportConsultation.parse({})).toMatchObject({ ok: false, issues: [{ code: 'REQUIRED', path: ['title'] }] });
    expect(ReportConsultation.parse({ document: REPORT })).toMatchObject({ ok: true });
  });
  it('name the items they rest on', () => {
    const parsed = OpenConsultation.parse({ title: 'K', projects: [PROJECT] });
    expect(parsed.ok && OpenConsultation.targets(parsed.value)).toEqual([
      { item: PROJECT, part: null, kinds: ['project'], path: ['projects', '0'] },
    ]);
  });
});
