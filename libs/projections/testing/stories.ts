import fc from 'fast-check';
import { RELATIONS, type DomainEvent, type Entry, type EntryId, type Instant, type ItemId, type Json, type Party } from '@saksgang/kernel';
import { date, idOf, type OpenSide, type Recorded, type World } from './world.js';

/** The kinds that histories are told of: everything that is asked, waited for, judged, disputed, merged or belonged through. */
export const CAST = ['project', 'resolution', 'resultGoal', 'milestone', 'evidence', 'whitePaper', 'consultation', 'document'] as const;
export type CastKind = (typeof CAST)[number];
export const ITEMS_OF_A_STORY = 3;

/** One entry of a story: `item` of three, what it says, when it happened, which earlier entry it names, and whose clock it is told by. */
export type Told = Readonly<{ item: number; what: number; day: string | null; which: number; word: string; clock: number }>;
export type Story = Readonly<{ cast: readonly CastKind[]; told: readonly Told[] }>;

export const WORDS = ['alfa', 'bravo', 'delta'] as const;
const OCCURRED = ['2018-09-02', '2018-09-04', '2018-09', '2018-09-03/..', 'unknown'] as const;
export const REFERENCES = ['A', 'B', '18/7-2', '18/7-3'] as const;

const told: fc.Arbitrary<Told> = fc.record({
  item: fc.nat({ max: ITEMS_OF_A_STORY - 1 }),
  what: fc.nat({ max: 19 }),
  day: fc.option(fc.constantFrom(...OCCURRED), { nil: null }),
  which: fc.nat({ max: 23 }),
  word: fc.constantFrom(...WORDS),
  clock: fc.nat({ max: 3 }),
});
/** The first entry of each item founds it, whenever it comes. */
export const story = (entriesMax: number): fc.Arbitrary<Story> =>
  fc.record({
    cast: fc.shuffledSubarray([...CAST, 'resolution', 'whitePaper', 'project'] as CastKind[], {
      minLength: ITEMS_OF_A_STORY,
      maxLength: ITEMS_OF_A_STORY,
    }),
    told: fc.array(told, { minLength: ITEMS_OF_A_STORY, maxLength: entriesMax, size: 'max' }),
  });

const ROUND_HOURS = 9; // hours between an entry of a story and its next
/** Of one writer; of another an hour ahead (23:30 in Oslo is half past midnight there); of one whose clock stepped back a day, or ten minutes. */
const CLOCKS_MINUTES: readonly number[] = [0, 60, -26 * 60, -10];
const BEGINS = Date.parse('2018-10-04T20:30:00.000Z');
const instantOf = (round: number, { clock }: Told): Instant =>
  new Date(BEGINS + (round * ROUND_HOURS * 60 + (CLOCKS_MINUTES[clock] ?? 0)) * 60_000).toISOString();

const DEADLINES = [date('2018-09-02'), date('2018-09'), date('2018-10-05')] as const;
/** What is only planned may have no last day, and be put off to nobody knows when. */
const PLANS = [...DEADLINES, date('2018-10-06/..'), date('unknown')] as const;
const pick = <T>(from: readonly T[], which: number): T => from[which % from.length] as T;
const party = (word: string): Party => ({ body: null, name: word });

export const idsOf = ({ cast }: Story, nth: number): readonly ItemId[] =>
  cast.map((kind, index) => idOf(kind, `story ${nth} item ${index}`));

const documentAmong = (others: readonly ItemId[]): ItemId | null => others.find((one) => one.startsWith('document-')) ?? null;

/** What founds an item. `others`: the items of its story. */
const founding = (kind: CastKind, { word, which }: Told, others: readonly ItemId[]): DomainEvent => {
  const project = others.find((one) => one.startsWith('project-')) ?? null;
  const named = project === null || which % 3 === 0 ? null : { item: project, title: 'prosjekt' };
  const projects = named === null ? [] : [named.item];
  switch (kind) {
    case 'project':
      return { type: 'ProjectStarted', data: { title: `prosjekt ${word}`, aliases: which % 2 === 0 ? ['A'] : [], initiators: [], period: null, duration: null, steeringGroup: null } }; // prettier-ignore
    case 'resolution': {
      const point = (text: string, points: readonly object[] = []) => ({ label: null, pointKind: 'MEASURE', text, role: null, addressees: [], openEnded: false, note: null, points }); // prettier-ignore
      return { type: 'ResolutionRecorded', data: { resolutionType: which % 4 === 0 ? 'UTTALELSE' : 'VEDTAK', title: `vedtak ${word}`, body: party('styret'), caseReference: which % 2 === 0 ? pick(REFERENCES, which) : null, meeting: null, caseOfficer: null, recordedAs: which % 5 === 0 ? 'PROPOSED' : 'ADOPTED', projects, points: [point('tiltak'), point(`punkt ${word}`, [point('under')])] } }; // prettier-ignore
    }
    case 'resultGoal':
      return { type: 'ResultGoalSet', data: { code: pick(REFERENCES, which), text: `mål ${word}`, level: 'RESULT', project: named } };
    case 'milestone':
      return { type: 'MilestonePlanned', data: { title: `milepæl ${word}`, project: named, owner: null, baseline: which % 4 === 0 ? null : pick(DEADLINES, which) } }; // prettier-ignore
    case 'evidence':
      return { type: 'EvidenceStated', data: { claim: `påstand ${word}`, caption: null, values: [], chain: [], projects } };
    case 'whitePaper':
      return { type: 'WhitePaperAnnounced', data: { whitePaperType: which % 2 === 0 ? 'KULTURMELDING' : 'OTHER', name: `melding ${word}`, ministry: null, planned: which % 3 === 0 ? null : pick(PLANS, which), projects } }; // prettier-ignore
    case 'consultation':
      return { type: 'ConsultationOpened', data: { title: `høring ${word}`, purpose: null, questions: [{ key: '1', text: word }], invited: [], openEnded: false, deadline: which % 2 === 0 ? null : pick(DEADLINES, which), projects: named === null ? [] : [named] } }; // prettier-ignore
    case 'document':
      return { type: 'DocumentRegistered', data: { title: `brev ${word}`, documentType: 'LETTER', dated: null, caseReference: pick(REFERENCES, which), number: null, archiveCode: null, sender: null, recipients: [], openEnded: false, recipientsAsWritten: null, caseOfficer: null, theirReference: null, blankFields: [], signatories: [], attachments: which % 3 === 0 ? [{ key: '1', title: word, item: documentAmong(others) }] : [], citations: [], fileHash: null } }; // prettier-ignore
  }
};

const OUTCOMES = ['FULFILLED', 'NOT_FULFILLED', 'PARTLY'] as const;

/** What the kind itself can say, in the words of its events. */
const ofKind = (kind: CastKind, { what, word, which }: Told, others: readonly ItemId[], ids: readonly EntryId[]): DomainEvent => {
  const point = pick(['1', '2', '2.1'], which);
  const [deadline, planned] = [pick(DEADLINES, which), pick(PLANS, which)];
  const document = documentAmong(others);
  const light = pick(['RED', 'YELLOW', 'GREEN'], which);
  const sameKind = others.find((one, index) => one.startsWith(`${kind}-`) && index !== which % 3) ?? pick(others, which);
  const of = (...events: readonly DomainEvent[]): DomainEvent => pick(events, what + which);
  switch (kind) {
    case 'project':
      return of(
        { type: 'MeetingHeld', data: { title: `møte ${word}`, held: '2018-10-04', shownAt: null } },
        { type: 'ProjectStatusReported', data: { ...Object.fromEntries(['progress', 'economy', 'quality', 'risk'].map((of) => [of, { light, reason: null, action: null }])), summary: word } }, // prettier-ignore
        { type: 'ProjectClosed', data: {} },
      );
    case 'resolution':
      return of(
        { type: 'PointAssigned', data: { point, owner: party(word), deadline: which % 3 === 0 ? null : deadline } },
        { type: 'PointReported', data: { point, text: `rapport ${word}` } },
        { type: 'PointClosed', data: { point, closedAs: 'CARRIED_OUT', replacedBy: null, verdict: which % 2 === 0 ? 'FULFILLED' : null } },
        { type: 'PointJudged', data: { point, outcome: pick(OUTCOMES, which) } },
        { type: 'PointReopened', data: { point } },
        { type: 'ResolutionAmended', data: { by: null, byTitle: null, changes: [{ change: 'STRUCK', point: '2.1' }, { change: 'REWORDED', point: '1', text: word }] } }, // prettier-ignore
        { type: 'ResolutionSuperseded', data: { by: sameKind, byTitle: 'et annet' } },
        { type: 'PointAssigned', data: { point, owner: party(word), deadline } },
      );
    case 'resultGoal':
      return of(
        { type: 'ResultGoalAssessed', data: { light, progress: which, text: `vurdert ${word}` } },
        { type: 'IndicatorSet', data: { indicator: '1', name: word, unit: null, baseline: null, target: { value: '80', asWritten: null, aim: 'AT_LEAST', by: deadline } } }, // prettier-ignore
        { type: 'ResultGoalConcluded', data: { outcome: pick(['ACHIEVED', 'DROPPED', 'NOT_ACHIEVED'], which) } },
      );
    case 'milestone':
      return of(
        { type: 'MilestoneForecasted', data: { forecast: planned, light: which % 2 === 0 ? light : null } },
        { type: 'MilestoneRebaselined', data: { baseline: pick(DEADLINES, what) } },
        { type: 'MilestoneReached', data: {} },
        { type: 'MilestoneMissed', data: {} },
        { type: 'MilestoneCancelled', data: {} },
      );
    case 'evidence':
      return of(
        { type: 'EvidenceDisputed', data: { value: null, text: `uenig ${word}` } },
        { type: 'EvidenceDisputeSettled', data: { dispute: pick(ids, which), outcome: 'CLAIM_STANDS', text: null } },
        { type: 'EvidenceSourced', data: { before: null, sources: [{ key: '1', by: null, document, title: word, reference: null, dated: null, locator: null, url: null }] } }, // prettier-ignore
        { type: 'EvidenceCorrected', data: { claim: `bedre ${word}`, values: null, text: null } },
      );
    case 'whitePaper':
      return of(
        { type: 'WhitePaperPlanned', data: { planned } },
        { type: 'WhitePaperMerged', data: { into: sameKind, intoTitle: 'en annen' } },
        { type: 'WhitePaperOrdered', data: { order: '1', text: `bestilt ${word}`, orderedBy: party('Stortinget'), reference: null, answers: null } }, // prettier-ignore
        { type: 'WhitePaperJudged', data: { order: null, outcome: pick(OUTCOMES, which) } },
        { type: 'WhitePaperAdvanced', data: { stage: pick(['INPUT', 'PRESENTED', 'DEBATED'], which), number: null, session: null, title: null, ministry: null, reference: null, committee: null, rapporteurs: [], text: word } }, // prettier-ignore
        { type: 'WhitePaperWithdrawn', data: {} },
      );
    case 'consultation':
      return of(
        { type: 'ConsultationDeadlineSet', data: { deadline } },
        { type: 'ConsultationInputRecorded', data: { from: null, theme: null, text: `innspill ${word}`, question: '1' } },
        { type: 'ConsultationReported', data: { document: which % 2 === 0 ? document : null, title: `rapport ${word}`, text: null } }, // prettier-ignore
        { type: 'ConsultationClosed', data: {} },
      );
    case 'document':
      return of(
        { type: 'AttachmentRegistered', data: { key: '2', title: `vedlegg ${word}`, item: document } },
        { type: 'CitationAdded', data: { key: '1', text: `sitat ${word}`, locator: null } },
      );
  }
};

/** Fields that some event of the cast has; where an event has none of that name a correction of it leads nowhere. */
const SET: readonly (readonly [string, (told: Told, kind: CastKind) => Json])[] = [
  ['title', ({ word }) => `rettet ${word}`],
  ['text', ({ word }) => `rettet ${word}`],
  ['points.1.text', ({ word }) => `rettet ${word}`],
  ['deadline', ({ which }) => ({ ...pick(DEADLINES, which) })],
  // A date of a milestone, and a number of an indicator: a command that gave one for the other would be refused.
  [
    'baseline',
    ({ which }, kind) =>
      kind === 'resultGoal' ? { value: '12', asWritten: null, at: { ...pick(DEADLINES, which) } } : { ...pick(DEADLINES, which) },
  ],
  ['caseReference', ({ which }) => pick(REFERENCES, which)],
  ['code', ({ which }) => pick(REFERENCES, which)],
  ['projects', () => []],
];

/** Mostly what the kind says; then notes, links and their ends; then what speaks of earlier entries, those of its own sort included. */
const eventOf = (kind: CastKind, one: Told, others: readonly ItemId[], ids: readonly EntryId[]): DomainEvent => {
  const { what, which, word, day } = one;
  const named = pick(ids, which);
  const correction = { entry: named, version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [], set: [] };
  const [path, value] = pick(SET, which + what);
  switch (what) {
    case 0:
    case 1:
      return { type: 'EntryRetracted', data: { entry: named } };
    case 2:
    case 3:
      return { type: 'EntryCorrected', data: { ...correction, set: [{ path, value: value(one, kind) }] } };
    case 4:
      return { type: 'EntryCorrected', data: { ...correction, occurred: { text: day ?? 'unknown', asWritten: null } } };
    case 5:
      return { type: 'DateEstablished', data: { entry: named, date: { text: day ?? '2018-09', asWritten: null } } };
    case 6:
    case 7:
    case 8:
      return { type: 'Linked', data: { relation: pick(RELATIONS, which + word.length * what), target: pick(others, which), targetPart: null, part: null, period: null } }; // prettier-ignore
    case 9:
      return { type: 'Unlinked', data: { link: named } };
    case 10:
      return { type: 'NoteAdded', data: { text: `notat ${word}`, part: null } };
    default:
      return ofKind(kind, one, others, ids);
  }
};

/** How the record tells the stories: all at once, one entry of each a round. */
export const createTelling = (world: World, stories: readonly Story[]) => {
  const items = stories.map((one, nth) => idsOf(one, nth));
  const entries = new Map<ItemId, EntryId[]>();

  const tell = async (nth: number, round: number): Promise<Recorded | null> => {
    const { cast, told: all } = stories[nth] as Story;
    const [one, others] = [all[round], items[nth] ?? []];
    if (one === undefined) return null;
    const [kind, item] = [cast[one.item] as CastKind, others[one.item] as ItemId];
    const ids = entries.get(item) ?? [];
    const event = ids.length === 0 ? founding(kind, one, others) : eventOf(kind, one, others, ids);
    const source =
      one.which % 4 === 0 ? { document: null, title: null, reference: 'Rapport', dated: null, locator: null, url: null } : null;
    world.at(instantOf(round, one));
    const assertedBy = one.which % 2 === 0 ? party(one.word) : null;
    const recorded = await world.record(item, event, { ...(one.day ? { occurred: one.day } : {}), source, assertedBy });
    entries.set(item, [...ids, recorded.id]);
    return recorded;
  };

  return {
    items: items.flat(),
    rounds: Math.max(...stories.map((one) => one.told.length)),
    /** The next entry of each story. */
    round: async (round: number, side: OpenSide): Promise<void> => {
      for (const nth of stories.keys()) await tell(nth, round);
      await side.caughtUp();
    },
    /** All entries as the log has them, by item. */
    entries: async (): Promise<ReadonlyMap<ItemId, readonly Entry[]>> => {
      const streams = [...entries.keys()].map(async (item) => {
        const { events } = await world.store.readStream(item);
        return [item, events.map((stored) => world.codec.decode(stored))] as const;
      });
      return new Map(await Promise.all(streams));
    },
  };
};

/** Always the same ones. */
export const sampledStories = (count: number, seed: number, entriesMax = 9): readonly Story[] =>
  fc.sample(story(entriesMax), { numRuns: count, seed });
