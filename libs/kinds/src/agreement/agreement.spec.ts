import { contradictions, isRefusal, type DomainEvent, type Party } from '@saksgang/kernel';
import {
  date,
  decided,
  describedIn,
  entryIdAt,
  isTold,
  readAs,
  recorded,
  stateAs,
  titlesOf,
  type Circumstances,
  type Told,
} from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { agreement, periodOf, type Agreement, type AgreementCommand, type AgreementEvent, type RecordedAgreement } from './index.js';

const ITEM = 'agreement-11111111-1111-5111-8111-111111111111';
const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
const GOVERNMENT: Party = { body: null, name: 'Regjeringen' };
const VOLUNTEERS: Party = { body: null, name: 'Frivillighet Norge' };
const SIGNER = { sealed: 'A'.repeat(43), person: 'person-44444444-4444-4444-8444-444444444444' };

const data = {
  agreementType: 'DECLARATION',
  title: 'Fritidserklæringen',
  parties: [GOVERNMENT, KS],
  openEnded: true,
  signatures: [{ party: KS, person: SIGNER, role: 'Styreleder' }],
  goals: [{ key: '1', text: 'alle barn bør ha mulighet til å delta' }],
  purpose: null,
  inForce: date('2016/2020'),
  buildsOn: 'FNs barnekonvensjon',
} as const;
const told = (event: AgreementEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const founding: AgreementEvent = { type: 'AgreementSigned', data };
const signed = told(founding, '2016-06-10', { occurred: '2016-06-07' });
const inForce: AgreementEvent = { type: 'AgreementBroughtIntoForce', data: { period: null } };
const revised: AgreementEvent = {
  type: 'AgreementRevised',
  data: { version: 'Fritidserklæringen 2022', text: null, period: date('2022/2025') },
};
const acceded: AgreementEvent = { type: 'AgreementAcceded', data: { party: VOLUNTEERS } };
const ended: AgreementEvent = { type: 'AgreementEnded', data: {} };

const sign: AgreementCommand = { type: 'SignAgreement', ...data, goals: [{ key: null, text: 'alle barn bør ha mulighet til å delta' }] };
const bring = (period: string | null = null): AgreementCommand => ({
  type: 'BringAgreementIntoForce',
  period: period === null ? null : date(period),
});
const revise: AgreementCommand = { type: 'ReviseAgreement', version: 'Fritidserklæringen 2022', text: null, period: date('2022/2025') };
const accede = (party: Party): AgreementCommand => ({ type: 'AccedeToAgreement', party });
const end: AgreementCommand = { type: 'EndAgreement' };

const now: Circumstances = { today: '2022-11-01' };
const decide = (story: readonly Told[], command: AgreementCommand, more: Partial<Circumstances> = {}) =>
  decided(agreement, ITEM, recorded(ITEM, story), command, { ...now, ...more });
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const after = (...story: readonly Told[]): RecordedAgreement => {
  const state = stateAs<Agreement>(agreement, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('the story has no founding event');
  return state;
};
const stateOf = (...story: readonly Told[]): string => agreement.summarise(after(...story)).state;

describe('an agreement is signed', () => {
  it('produces the founding event, its goals with their keys', () => {
    expect(decide([], sign)).toEqual([founding]);
  });
  it('refuses to sign what is already on record', () => {
    expect(codeOf(decide([signed], sign))).toBe('ALREADY_SIGNED');
  });
  it('is known by its title, and by its first party that is a body', () => {
    expect(agreement.summarise(after(signed))).toMatchObject({
      title: 'Fritidserklæringen',
      references: ['Fritidserklæringen'],
      state: 'SIGNED',
      subtype: 'DECLARATION',
      open: false,
      body: KS.body,
    });
  });
  it.each([bring(), revise, accede(VOLUNTEERS), end])('is asked for before $type', (command) => {
    expect(codeOf(decide([], command))).toBe('NOT_SIGNED');
  });
});

describe('an agreement comes into force', () => {
  it('produces it; what is not said of the period stays as it was', () => {
    expect(decide([signed], bring())).toEqual([inForce]);
    const state = after(signed, told(inForce, '2016-07-01', { occurred: '2016-07-01' }));
    expect([stateOf(signed, told(inForce, '2016-07-01')), periodOf(state), state.broughtIntoForce]).toEqual([
      'IN_FORCE',
      date('2016/2020'),
      date('2016-07-01'),
    ]);
  });
  it('takes a period that is learnt with it', () => {
    const [event] = decide([signed], bring('2016-07-01/..')) as readonly AgreementEvent[];
    expect(periodOf(after(signed, told(event as AgreementEvent, '2016-07-01')))).toEqual(date('2016-07-01/..'));
  });
  it('stays quiet when it is so already, and refuses to begin again', () => {
    const story = [signed, told(inForce, '2016-07-01', { occurred: '2016-07-01' })];
    expect(decide(story, bring())).toEqual([]);
    expect(codeOf(decide(story, bring('2018/2019')))).toBe('ALREADY_IN_FORCE');
    expect(codeOf(decide([...story, told(revised, '2022-01-01')], bring('2018/2019')))).toBe('ALREADY_IN_FORCE');
  });
});

describe('an agreement is revised', () => {
  it('produces the version, beside those before it', () => {
    expect(decide([signed], revise)).toEqual([revised]);
    const state = after(signed, told(revised, '2022-02-01', { occurred: '2022-01-10' }));
    expect(agreement.summarise(state).state).toBe('REVISED');
    expect(state.versions).toMatchObject([
      { version: null, period: date('2016/2020'), occurred: date('2016-06-07'), entry: entryIdAt(0) },
      { version: 'Fritidserklæringen 2022', period: date('2022/2025'), occurred: date('2022-01-10'), entry: entryIdAt(1) },
    ]);
  });
  it('refuses a revision that says nothing, and stays quiet about one that is on record', () => {
    expect(codeOf(decide([signed], { type: 'ReviseAgreement', version: null, text: null, period: null }))).toBe('EMPTY_REVISION');
    expect(decide([signed, told(revised, '2022-02-01')], revise)).toEqual([]);
  });
  it('is compared with the version before it', () => {
    expect(agreement.before(after(signed), revised)).toMatchObject({ version: null, 'period.text': '2016/2020' });
    expect(agreement.before(after(signed), inForce)).toEqual({});
  });
});

describe('another party accedes', () => {
  it('produces the accession, and stays quiet about who is a party already', () => {
    expect(decide([signed], accede(VOLUNTEERS))).toEqual([acceded]);
    expect(decide([signed], accede({ ...KS, name: 'Kommunesektorens organisasjon' }))).toEqual([]);
    const state = after(signed, told(acceded, '2017-01-01'));
    expect(state.parties).toEqual([GOVERNMENT, KS, VOLUNTEERS]);
    expect([agreement.summarise(state).state, state.accessions]).toMatchObject(['SIGNED', [{ party: VOLUNTEERS, entry: entryIdAt(1) }]]);
  });
});

describe('an agreement ends', () => {
  const over = told(ended, '2021-01-10', { occurred: '2020-12-31' });
  it('produces the end, after which nothing is changed', () => {
    expect(decide([signed], end)).toEqual([ended]);
    expect(stateOf(signed, over)).toBe('EXPIRED');
    for (const command of [bring(), revise, accede(VOLUNTEERS)])
      expect(codeOf(decide([signed, over], command))).toBe('AGREEMENT_HAS_ENDED');
  });
  it('stays quiet when the record says as much, and refuses another day', () => {
    expect(decide([signed, over], end)).toEqual([]);
    expect(codeOf(decide([signed, over], end, { occurred: '2019-12-31' }))).toBe('AGREEMENT_HAS_ENDED');
  });
  it('takes late what happened before it, and finds what a late end would contradict', () => {
    expect(decide([signed, over], accede(VOLUNTEERS), { occurred: '2019' })).toEqual([acceded]);
    const story = [signed, told(acceded, '2021-06-01')];
    const ending = [...story, told(ended, '2022-11-01', { occurred: '2020-12-31' })];
    expect(contradictions(agreement, readAs(recorded(ITEM, story)), readAs(recorded(ITEM, ending))).map(({ entry }) => entry)).toEqual([
      entryIdAt(1),
    ]);
  });
});

describe('the agreement’s record is set right', () => {
  it('reads a corrected title, and is in force again when the end is retracted', () => {
    const correction: DomainEvent = {
      type: 'EntryCorrected',
      data: {
        entry: entryIdAt(0),
        version: 1,
        occurred: null,
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [{ path: 'title', value: 'Fritidserklæringa' }],
      },
    };
    const entries = recorded(ITEM, [
      signed,
      told(inForce, '2016-07-01'),
      told(ended, '2020-12-31'),
      { event: correction, on: '2021-01-01', reason: 'Skrivefeil' },
      { event: { type: 'EntryRetracted', data: { entry: entryIdAt(2) } }, on: '2021-01-02', reason: 'Forlenget' },
    ]);
    expect(stateAs<Agreement>(agreement, entries)).toMatchObject({ status: 'inForce', title: 'Fritidserklæringa' });
    expect(stateAs<Agreement>(agreement, entries.slice(0, 3))).toMatchObject({ status: 'ended', title: 'Fritidserklæringen' });
  });
  it('knows when it came into force also where that is learnt after a revision, or stands after it', () => {
    const revisedOn = told(revised, '2022-01-01');
    expect(decide([signed, revisedOn], bring())).toEqual([inForce]);
    expect(after(signed, revisedOn, told(inForce, '2022-06-01'))).toMatchObject({
      status: 'revised',
      broughtIntoForce: date('../2022-06-01'),
      versions: [{ version: null }, { version: 'Fritidserklæringen 2022', period: date('2022/2025') }],
    });
    expect(codeOf(decide([signed, revisedOn, told(inForce, '2022-06-01')], bring(), { occurred: '2022-07-01' }))).toBe('ALREADY_IN_FORCE');
  });
  it('keeps goals and their keys together', () => {
    const fixed = (goals: readonly { key: string; text: string }[], path: string) =>
      codeOf(agreement.fixed?.(founding, { type: 'AgreementSigned', data: { ...data, goals } }, [path], []));
    expect(fixed([{ key: '1', text: 'alle barn' }], 'goals.0.text')).toBeNull();
    expect(fixed([{ key: '2', text: 'alle barn' }], 'goals.0.key')).toBe('KEYS_WOULD_SHIFT');
    expect(agreement.hasPart(after(signed), '1')).toBe(true);
    expect(agreement.hasPart(after(signed), '2')).toBe(false);
  });
});

describe('an agreement is told', () => {
  it('in plain words, without the names of persons', () => {
    const entries = recorded(ITEM, [
      signed,
      told(inForce, '2016-07-01'),
      told(acceded, '2017-01-01'),
      told(revised, '2022-01-01'),
      told(ended, '2022-02-01'),
    ]);
    expect(titlesOf(agreement, entries)).toEqual([
      'Erklæring undertegnet: Fritidserklæringen',
      'Trådt i kraft',
      'Ny part: Frivillighet Norge',
      'Revidert: Fritidserklæringen 2022',
      'Gjelder ikke lenger',
    ]);
    const description = describedIn(agreement, entries)[0]!.description;
    expect(description.nb).toBe(
      'Parter: Regjeringen, KS og flere. Mål: «alle barn bør ha mulighet til å delta». Bygger på: FNs barnekonvensjon. Periode: 2016–2020.',
    );
    expect(isTold(description)).toBe(true);
  });
});

describe('the state table of an agreement', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands: AgreementCommand[] = [sign, bring(), revise, accede(VOLUNTEERS), end];
    expect(walk(agreement, ITEM, commands, KS, [])).toEqual(asWritten(agreement));
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(agreement.commands).sort());
  });
});

describe('an agreement’s commands as they come in', () => {
  const { SignAgreement } = agreement.commands;
  it('may leave out all that is not known', () => {
    expect(SignAgreement.parse({ agreementType: 'PLATFORM', title: 'Plattform', signatures: [{ party: KS }] })).toMatchObject({
      ok: true,
      value: { parties: [], openEnded: false, signatures: [{ party: KS, person: null, role: null }], goals: [], inForce: null },
    });
  });
  it.each([
    ['a name in clear', { signatures: [{ party: KS, person: 'Kari' }] }, 'BAD_VALUE'],
    ['another type', { agreementType: 'TREATY' }, 'BAD_VALUE'],
    [
      'two goals of one key',
      {
        goals: [
          { key: '1', text: 'a' },
          { key: '1', text: 'b' },
        ],
      },
      'DUPLICATE_KEY',
    ],
  ])('refuse %s', (_what, given, code) => {
    expect(SignAgreement.parse({ agreementType: 'PLATFORM', title: 'Plattform', ...given })).toMatchObject({
      ok: false,
      issues: [expect.objectContaining({ code })],
    });
  });
});
