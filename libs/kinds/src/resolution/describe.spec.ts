import { readFileSync } from 'node:fs';
import {
  COUNCIL,
  KS,
  PERSON,
  adopted,
  after,
  closedAs,
  point,
  proposed,
  recordedAs,
  repealed,
  told,
} from '../../testing/board-resolution.js';
import { isTold, readAs, recorded, type Told } from '../../testing/telling.js';
import { resolution, type Resolution, type ResolutionEvent } from './index.js';

const ITEM = 'resolution-11111111-1111-5111-8111-111111111111';
/** The event told as a reader sees it, with the state just before it unless `alone`. */
const describeLast = (story: readonly Told[], alone = false) => {
  const fact = readAs(recorded(ITEM, story)).facts.at(-1);
  if (fact === undefined) throw new Error('no facts');
  const before: Resolution = story.length === 1 ? { status: 'unknown' } : after(...story.slice(0, -1));
  return alone ? resolution.describe(fact as never) : resolution.describe(fact as never, before);
};
const titles = (...story: readonly Told[]): readonly string[] => Object.values(describeLast(story).title);
const typed = (resolutionType: 'UTTALELSE' | 'STANDPUNKT', body = KS): Told => {
  const founding = recordedAs('ADOPTED') as Extract<ResolutionEvent, { type: 'ResolutionRecorded' }>;
  return told({ ...founding, data: { ...founding.data, resolutionType, body, title: 'Kultur i kommunene' } }, '2016-06-01');
};
const on = '2019-01-10';
const assign = (owner = KS): Told =>
  told({ type: 'PointAssigned', data: { point: '3', owner, deadline: { text: '2019-03-01', asWritten: null } } }, on);

describe('what the timeline says', () => {
  it.each<[string, readonly Told[], readonly string[]]>([
    [
      'a decision',
      [adopted],
      [
        'Hovedstyret vedtok «Kultur for framtida»',
        'Hovedstyret vedtok «Kultur for framtida»',
        'Hovedstyret resolved “Kultur for framtida”',
      ],
    ],
    [
      'a statement',
      [typed('UTTALELSE')],
      [
        'KS vedtok uttalelsen «Kultur i kommunene»',
        'KS vedtok fråsegna «Kultur i kommunene»',
        'KS adopted the statement “Kultur i kommunene”',
      ],
    ],
    [
      'a position',
      [typed('STANDPUNKT')],
      ['Standpunkt fra KS: «Kultur i kommunene»', 'Standpunkt frå KS: «Kultur i kommunene»', 'Position of KS: “Kultur i kommunene”'],
    ],
    [
      'a proposal',
      [proposed],
      [
        'Forslag lagt fram for Hovedstyret: «Kultur for framtida»',
        'Forslag lagt fram for Hovedstyret: «Kultur for framtida»',
        'Proposal put to Hovedstyret: “Kultur for framtida”',
      ],
    ],
    [
      'an adoption',
      [proposed, told({ type: 'ResolutionAdopted', data: { meeting: null } }, on)],
      [
        'Hovedstyret vedtok «Kultur for framtida»',
        'Hovedstyret vedtok «Kultur for framtida»',
        'Hovedstyret resolved “Kultur for framtida”',
      ],
    ],
    [
      'a repeal',
      [adopted, told(repealed, on)],
      [
        'Vedtaket «Kultur for framtida» ble opphevet',
        'Vedtaket «Kultur for framtida» vart oppheva',
        'The resolution “Kultur for framtida” was repealed',
      ],
    ],
    [
      'a repealed statement',
      [typed('UTTALELSE'), told(repealed, on)],
      [
        'Uttalelsen «Kultur i kommunene» ble opphevet',
        'Fråsegna «Kultur i kommunene» vart oppheva',
        'The statement “Kultur i kommunene” was repealed',
      ],
    ],
    [
      'an assignment',
      [adopted, assign()],
      [
        'Punkt 3 fordelt til KS, frist 1. mars 2019',
        'Punkt 3 fordelt til KS, frist 1. mars 2019',
        'Point 3 assigned to KS, due 1 March 2019',
      ],
    ],
    [
      'a closing',
      [adopted, told(closedAs('3'), on)],
      ['Punkt 3 avsluttet: utført', 'Punkt 3 avslutta: utført', 'Point 3 closed: carried out'],
    ],
    [
      'a verdict',
      [adopted, told({ type: 'PointJudged', data: { point: '3', outcome: 'PARTLY' } }, on, { assertedBy: COUNCIL, reason: 'Vikariat' })],
      [
        'Vurdering av punkt 3 fra Norsk kulturskoleråd: delvis oppfylt',
        'Vurdering av punkt 3 frå Norsk kulturskoleråd: delvis oppfylt',
        'Verdict on point 3 by Norsk kulturskoleråd: partly fulfilled',
      ],
    ],
    [
      'a vote',
      [
        adopted,
        told({ type: 'VoteRecorded', data: { point: '3', unanimous: false, inFavour: 12, against: 3, abstained: 1, dissents: [] } }, on),
      ],
      [
        'Votering over punkt 3: 12 for, 3 mot, 1 avsto',
        'Røysting over punkt 3: 12 for, 3 mot, 1 røysta ikkje',
        'Vote on point 3: 12 in favour, 3 against, 1 abstained',
      ],
    ],
    [
      'a vote whose numbers nobody knows',
      [
        adopted,
        told(
          { type: 'VoteRecorded', data: { point: null, unanimous: false, inFavour: null, against: null, abstained: null, dissents: [] } },
          on,
        ),
      ],
      [
        'Votering: ikke enstemmig, stemmetall ukjent',
        'Røysting: ikkje samrøystes, røystetal ukjent',
        'Vote: not unanimous, numbers unknown',
      ],
    ],
    [
      'a vote of which nothing is known but that it was held',
      [
        adopted,
        told(
          { type: 'VoteRecorded', data: { point: null, unanimous: null, inFavour: null, against: null, abstained: null, dissents: [] } },
          on,
        ),
      ],
      ['Votering: utfallet er ikke oppgitt', 'Røysting: utfallet er ikkje oppgitt', 'Vote: how it went is not stated'],
    ],
  ])('of %s', (_what, story, expected) => {
    expect(titles(...story)).toEqual(expected);
  });
  it('names a new point by its path', () => {
    const changes = [{ change: 'ADDED', path: '2.4', added: point('MEASURE', 'Lyse ut stillingen.') }] as const;
    expect(
      describeLast([adopted, told({ type: 'ResolutionAmended', data: { by: null, byTitle: null, changes } }, on)]).description,
    ).toEqual({
      nb: 'Nytt punkt 2.4: «Lyse ut stillingen.»',
      nn: 'Nytt punkt 2.4: «Lyse ut stillingen.»',
      en: 'New point 2.4: “Lyse ut stillingen.”',
    });
  });
  it('quotes the point that an entry is about, and says why', () => {
    expect(describeLast([adopted, told(closedAs('3.1', 'LAPSED'), on, { reason: 'Ingen midler' })]).description.nb).toBe(
      '«Legge til rette for kompetanseutvikling og nettverk.» Begrunnelse: Ingen midler.',
    );
  });
  it('cuts long texts at a word', () => {
    const long = told(recordedAs('ADOPTED', [point('MEASURE', `${'kulturskole '.repeat(40)}slutt`)]), '2018-10-03');
    const { description } = describeLast([long]);
    expect(description.nb).toMatch(/kulturskole …»$/);
    expect(description.nb.length).toBeLessThan(220);
  });
  it('never names a person, in any language', () => {
    const dissent: ResolutionEvent = {
      type: 'VoteRecorded',
      data: { point: null, unanimous: false, inFavour: null, against: 1, abstained: null, dissents: [{ party: PERSON, text: null }] },
    };
    const all = [
      describeLast([adopted, assign(PERSON)]),
      describeLast([adopted, told(dissent, on)]),
      describeLast([typed('STANDPUNKT', PERSON)]),
    ];
    expect(all.map(({ title, description }) => `${title.nb} ${description.nb}`)).toEqual([
      expect.stringContaining('Punkt 3 fordelt til en navngitt person, frist'),
      expect.stringContaining('Dissens: en navngitt person.'),
      expect.stringContaining('Standpunkt fra en navngitt person:'),
    ]);
    expect(JSON.stringify(all)).not.toMatch(/AAAA|person-/);
  });
  it('says something about every event also where the state is not at hand', () => {
    const samples = JSON.parse(
      readFileSync(new URL('../../../../test/golden/events/resolution.v1.json', import.meta.url), 'utf8'),
    ) as Record<string, object>;
    for (const [type, data] of Object.entries(samples)) {
      const story = [...(type === 'ResolutionRecorded' ? [] : [adopted]), told({ type, data } as ResolutionEvent, on)];
      expect([type, isTold(describeLast(story, true).title), isTold(describeLast(story).title)]).toEqual([type, true, true]);
    }
  });
});

describe('what was there before', () => {
  it('is the earlier owner and deadline, and the earlier words', () => {
    const state = after(adopted, assign());
    expect(resolution.before(state, { type: 'PointAssigned', data: { point: '3', owner: COUNCIL, deadline: null } })).toEqual({
      owner: KS,
      deadline: { text: '2019-03-01', asWritten: null },
    });
    const changes = [
      { change: 'STRUCK', point: '1' },
      { change: 'REWORDED', point: '3.1', text: 'Nytt.' },
    ] as const;
    expect(resolution.before(state, { type: 'ResolutionAmended', data: { by: null, byTitle: null, changes } })).toEqual({
      'changes.1.text': 'Legge til rette for kompetanseutvikling og nettverk.',
    });
  });
});
