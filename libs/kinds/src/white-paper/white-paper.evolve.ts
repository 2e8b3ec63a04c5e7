import type { Fact, Proposed } from '@saksgang/kernel';
import {
  WHITE_PAPER_STAGES,
  type WhitePaperAdvanced,
  type WhitePaperAnnounced,
  type WhitePaperEvent,
  type WhitePaperStage,
} from './white-paper.events.js';
import type { AnnouncedWhitePaper, LivingWhitePaper, WhitePaper, WhitePaperPlan, WhitePaperStep } from './white-paper.state.js';

export type Told = Fact<WhitePaperEvent> | Proposed<WhitePaperEvent>;

/** A fact not yet recorded has no entry: it is only seen while its own legality is judged. */
const said = (fact: Told) => ({
  entry: 'entry' in fact ? fact.entry : '',
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
});

export const rankOf = (stage: WhitePaperStage): number => WHITE_PAPER_STAGES.indexOf(stage);

const NOTHING_KNOWN: Omit<WhitePaperAdvanced['data'], 'stage'> = {
  number: null,
  session: null,
  title: null,
  ministry: null,
  reference: null,
  committee: null,
  rapporteurs: [],
  text: null,
};
const stepTo = (stage: WhitePaperStage, fact: Told): WhitePaperStep => ({ ...NOTHING_KNOWN, ...said(fact), stage });

const planOf = (date: WhitePaperPlan['date'], fact: Told): WhitePaperPlan => ({ ...said(fact), date, reason: fact.reason });

/** Stages filled in later take their place among the others. */
const withStep = <P extends AnnouncedWhitePaper>(paper: P, step: WhitePaperStep): P => {
  const after = paper.steps.findIndex(({ stage }) => rankOf(stage) > rankOf(step.stage));
  const at = after === -1 ? paper.steps.length : after;
  return { ...paper, ministry: step.ministry ?? paper.ministry, steps: paper.steps.toSpliced(at, 0, step) };
};

const announced = ({ whitePaperType, name, ministry, planned, projects }: WhitePaperAnnounced['data'], fact: Told): LivingWhitePaper => ({
  status: 'living',
  whitePaperType,
  name,
  ministry,
  projects,
  orders: [],
  plans: planned === null ? [] : [planOf(planned, fact)],
  steps: [stepTo('EXPECTED', fact)],
  verdicts: [],
});

/** What a paper that has ended does no more: plans and stages of the time before stand earlier in the order. */
const lived = (paper: LivingWhitePaper, fact: Told): AnnouncedWhitePaper => {
  const { event } = fact;
  const ended = fact.occurred;
  switch (event.type) {
    case 'WhitePaperPlanned':
      return { ...paper, plans: [...paper.plans, planOf(event.data.planned, fact)] };
    case 'WhitePaperAdvanced':
      return withStep(paper, { ...event.data, ...said(fact) });
    case 'WhitePaperMerged':
      return withStep({ ...paper, status: 'merged', ...event.data, ended }, stepTo('MERGED', fact));
    case 'WhitePaperSuperseded':
      return withStep({ ...paper, status: 'superseded', ...event.data, ended }, stepTo('SUPERSEDED', fact));
    case 'WhitePaperWithdrawn':
      return withStep({ ...paper, status: 'withdrawn', ended }, stepTo('WITHDRAWN', fact));
    default:
      return paper;
  }
};

export const evolve = (paper: WhitePaper, fact: Told): WhitePaper => {
  const { event } = fact;
  if (event.type === 'WhitePaperAnnounced') return paper.status === 'unknown' ? announced(event.data, fact) : paper;
  if (paper.status === 'unknown') return paper;
  switch (event.type) {
    case 'WhitePaperOrdered':
      return paper.orders.some(({ order }) => order === event.data.order)
        ? paper
        : { ...paper, orders: [...paper.orders, { ...event.data, ...said(fact) }] };
    case 'WhitePaperJudged':
      return { ...paper, verdicts: [...paper.verdicts, { ...event.data, ...said(fact), reason: fact.reason ?? '' }] };
    default:
      return paper.status === 'living' ? lived(paper, fact) : paper;
  }
};

/** As printed: «Meld. St. 8 (2018–2019)», or what the entry says instead; null until it is presented and numbered. */
export const paperReferenceOf = ({ number, session, reference }: Pick<WhitePaperStep, 'number' | 'session' | 'reference'>): string | null =>
  reference ?? (number === null || session === null ? null : `Meld. St. ${number} (${session})`);

export const stepsAt = ({ steps }: AnnouncedWhitePaper, stage: WhitePaperStage): readonly WhitePaperStep[] =>
  steps.filter((step) => step.stage === stage);
export const stepAt = (paper: AnnouncedWhitePaper, stage: WhitePaperStage): WhitePaperStep | null => stepsAt(paper, stage).at(-1) ?? null;
/** The furthest it has come, or how it ended. */
export const stageOf = ({ steps }: AnnouncedWhitePaper): WhitePaperStage => steps.at(-1)?.stage ?? 'EXPECTED';
export const hasReached = (paper: AnnouncedWhitePaper, stage: WhitePaperStage): boolean =>
  paper.steps.some((step) => rankOf(step.stage) >= rankOf(stage) && rankOf(step.stage) <= rankOf('FOLLOWED_UP'));
export const planInForce = ({ plans }: AnnouncedWhitePaper): WhitePaperPlan | null => plans.at(-1) ?? null;
