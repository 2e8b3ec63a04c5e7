import type { Fields } from './serve.js';

/** What is told of an item, by whom it may be read as long as its item may: see `crawled-world.ts`. */
export type Told = Readonly<{
  /** In what stands now. */
  text: (field: string) => string;
  /** In what stands no more, or only in the entry that amended it. */
  earlier: (field: string) => string;
  /** The name of a person. */
  name: (field: string) => string;
  /** Of point 2. */
  point: (field: string) => string;
  commandId: (command: string) => string;
}>;
type Command = readonly [command: string, input: Fields];

/** One kind of item with a text of its own in every field that takes one. */
export type CrawledKind = Readonly<{
  kind: string;
  found: (told: Told) => Command;
  /** The field of its title, which a correction puts right. */
  title: string;
  more: (told: Told, item: Fields) => readonly Command[];
}>;

/** What any command can say beside its own. */
const envelope = ({ text }: Told, of: string): Fields => ({
  reason: text(`${of}.reason`),
  assertedBy: { name: text(`${of}.assertedBy`) },
  source: {
    title: text(`${of}.source.title`),
    reference: text(`${of}.source.reference`),
    locator: text(`${of}.source.locator`),
    url: `https://eksempel.no/${text(`${of}.source.url`)}`,
  },
});
/** Said of a part that is itself told with who said it. */
const said = ({ text }: Told, of: string): Fields => ({
  assertedBy: { name: text(`${of}.assertedBy`) },
  source: { title: text(`${of}.source.title`), locator: text(`${of}.source.locator`) },
});
const person = ({ name }: Told, field: string): Fields => ({ name: name(field) });
const someone = (told: Told, field: string): Fields => ({ person: person(told, field) });
const organ = ({ text }: Told, field: string): Fields => ({ name: text(field) });

export const CRAWLED_KINDS: readonly CrawledKind[] = [
  {
    kind: 'BODY',
    found: (told) => ['establishBody', { ...envelope(told, 'body'), name: told.earlier('name'), aliases: [told.text('alias')] }],
    title: 'name',
    more: (told, body) => [['recordBodyClaim', { body, claim: told.text('claim'), ...said(told, 'claim') }]],
  },
  {
    kind: 'PROJECT',
    found: (told) => [
      'startProject',
      {
        ...envelope(told, 'project'),
        title: told.earlier('title'),
        aliases: [told.text('alias')],
        duration: 'P2Y',
        initiators: [organ(told, 'initiator'), someone(told, 'initiator')],
        steeringGroup: someone(told, 'steeringGroup'),
      },
    ],
    title: 'title',
    more: (told, project) => [
      ['holdMeeting', { project, title: told.text('meeting'), held: '2026-02-02' }],
      [
        'reportProjectStatus',
        {
          project,
          summary: told.text('summary'),
          risk: { light: 'RED', action: told.text('action'), reason: told.text('because') },
          ...said(told, 'status'),
        },
      ],
    ],
  },
  {
    kind: 'RESOLUTION',
    found: (told) => [
      'recordResolution',
      {
        ...envelope(told, 'resolution'),
        resolutionType: 'VEDTAK',
        title: told.earlier('title'),
        caseReference: told.text('caseReference'),
        meeting: told.text('meeting'),
        body: organ(told, 'body'),
        caseOfficer: person(told, 'caseOfficer'),
        points: [
          { pointKind: 'REQUEST', text: told.text('point'), note: told.text('point.note'), addressees: [organ(told, 'addressee')] },
          {
            pointKind: 'MEASURE',
            text: told.point('text'),
            note: told.point('note'),
            role: told.point('role'),
            addressees: [{ name: told.point('addressee') }],
          },
        ],
      },
    ],
    title: 'title',
    more: (told, item) => [
      ['assignPoint', { point: { item, point: '1' }, owner: someone(told, 'owner'), deadline: { text: '2026-01-15' } }],
      ['reportPoint', { point: { item, point: '1' }, text: told.text('report'), ...said(told, 'report') }],
      ['assignPoint', { point: { item, point: '2' }, owner: { name: told.point('owner') }, deadline: { text: '2026-01-16' } }],
      [
        'reportPoint',
        {
          point: { item, point: '2' },
          text: told.point('report'),
          reason: told.point('reason'),
          source: { title: told.point('source'), locator: told.point('locator') },
          assertedBy: { name: told.point('assertedBy') },
        },
      ],
      [
        'judgePoint',
        { point: { item, point: '2' }, outcome: 'PARTLY', reason: told.point('verdict'), source: { title: told.point('verdict.source') } },
      ],
      [
        'recordVote',
        {
          resolution: item,
          point: '2',
          inFavour: 3,
          against: 1,
          dissents: [{ party: organ(told, 'dissenter'), text: told.point('dissent') }],
        },
      ],
      ['addTextVariant', { resolution: item, medium: 'LETTER', title: told.point('variant.title'), text: told.point('variant') }],
    ],
  },
  {
    kind: 'RESULT_GOAL',
    found: (told) => ['setResultGoal', { ...envelope(told, 'goal'), code: told.text('code'), level: 'RESULT', text: told.earlier('text') }],
    title: 'text',
    more: (told, resultGoal) => [
      [
        'setIndicator',
        {
          resultGoal,
          name: told.text('indicator'),
          unit: told.text('unit'),
          baseline: { value: '3', asWritten: told.text('baseline') },
          target: { value: '9', asWritten: told.text('target') },
        },
      ],
      ['assessResultGoal', { resultGoal, light: 'RED', text: told.text('assessment'), ...said(told, 'assessment') }],
    ],
  },
  {
    kind: 'EVIDENCE',
    found: (told) => [
      'stateEvidence',
      {
        ...envelope(told, 'evidence'),
        claim: told.earlier('claim'),
        caption: told.text('caption'),
        values: [
          {
            value: '12',
            unit: told.text('unit'),
            asWritten: told.text('asWritten'),
            qualifier: told.text('qualifier'),
            population: told.text('population'),
            jurisdiction: told.text('jurisdiction'),
          },
        ],
        chain: [
          {
            by: someone(told, 'chain'),
            title: told.text('chain.title'),
            reference: told.text('chain.reference'),
            locator: told.text('chain.locator'),
            url: `https://eksempel.no/${told.text('chain.url')}`,
          },
        ],
      },
    ],
    title: 'claim',
    more: (told, evidence) => [['disputeEvidence', { evidence, text: told.text('dispute'), ...said(told, 'dispute') }]],
  },
  {
    kind: 'WHITE_PAPER',
    found: (told) => [
      'announceWhitePaper',
      { ...envelope(told, 'whitePaper'), whitePaperType: 'KULTURMELDING', name: told.earlier('name') },
    ],
    title: 'name',
    more: (told, whitePaper) => [
      [
        'recordOrder',
        {
          whitePaper,
          text: told.text('order'),
          reference: told.text('order.reference'),
          orderedBy: someone(told, 'orderedBy'),
          ...said(told, 'order'),
        },
      ],
    ],
  },
  {
    kind: 'MILESTONE',
    found: (told) => [
      'planMilestone',
      { ...envelope(told, 'milestone'), title: told.earlier('title'), owner: someone(told, 'owner'), baseline: { text: '2026-04' } },
    ],
    title: 'title',
    more: (told, milestone) => [
      ['forecastMilestone', { milestone, forecast: { text: '2026-06' }, light: 'YELLOW', reason: told.text('forecast.reason') }],
    ],
  },
  {
    kind: 'PLAN',
    found: (told) => [
      'adoptPlan',
      {
        ...envelope(told, 'plan'),
        title: told.earlier('title'),
        owner: someone(told, 'owner'),
        goals: [{ text: told.text('goal'), label: told.text('goal.label') }],
      },
    ],
    title: 'title',
    more: () => [],
  },
  {
    kind: 'CONSULTATION',
    found: (told) => [
      'openConsultation',
      {
        ...envelope(told, 'consultation'),
        title: told.earlier('title'),
        purpose: told.text('purpose'),
        invited: [organ(told, 'invited'), someone(told, 'invited')],
        questions: [{ text: told.text('question') }],
        deadline: { text: '2026-05-01' },
      },
    ],
    title: 'title',
    more: (told, consultation) => [
      [
        'recordConsultationInput',
        { consultation, text: told.text('input'), theme: told.text('theme'), from: someone(told, 'from'), ...said(told, 'input') },
      ],
      ['giveFeedback', { consultation, text: told.text('feedback'), to: [organ(told, 'to')], ...said(told, 'feedback') }],
      ['reportConsultation', { consultation, title: told.text('report'), text: told.text('report.text'), ...said(told, 'report') }],
    ],
  },
  {
    kind: 'AGREEMENT',
    found: (told) => [
      'signAgreement',
      {
        ...envelope(told, 'agreement'),
        agreementType: 'AGREEMENT',
        title: told.earlier('title'),
        buildsOn: told.text('buildsOn'),
        purpose: told.text('purpose'),
        goals: [{ text: told.text('goal') }],
        parties: [organ(told, 'party'), someone(told, 'party')],
        signatures: [{ party: organ(told, 'signing'), person: person(told, 'signature'), role: told.text('role') }],
      },
    ],
    title: 'title',
    more: (told, agreement) => [
      ['reviseAgreement', { agreement, version: told.text('version'), text: told.text('version.text'), ...said(told, 'version') }],
      ['accedeToAgreement', { agreement, party: organ(told, 'acceding'), ...said(told, 'accession') }],
    ],
  },
  {
    kind: 'DOCUMENT',
    found: (told) => [
      'registerDocument',
      {
        ...envelope(told, 'document'),
        title: told.earlier('title'),
        archiveCode: told.text('archiveCode'),
        caseReference: told.text('caseReference'),
        documentNumber: told.text('documentNumber'),
        theirReference: told.text('theirReference'),
        recipientsAsWritten: told.text('recipientsAsWritten'),
        caseOfficer: person(told, 'caseOfficer'),
        sender: someone(told, 'sender'),
        recipients: [organ(told, 'recipient')],
        signatories: [
          { person: person(told, 'signatory'), role: told.text('role'), body: organ(told, 'signing'), mark: told.text('mark') },
        ],
        citations: [{ text: told.text('citation'), locator: told.text('citation.locator') }],
        attachments: [{ title: told.text('attachment') }],
      },
    ],
    title: 'title',
    more: () => [],
  },
];
