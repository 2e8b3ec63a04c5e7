import { isRefusal, type DomainEvent, type Party, type Source } from '@saksgang/kernel';
import {
  whitePaper,
  type AnnouncedWhitePaper,
  type ReachedStage,
  type WhitePaper,
  type WhitePaperAdvanced,
  type WhitePaperCommand,
  type WhitePaperEvent,
} from '../src/white-paper/index.js';
import { date, decided, recorded, stateAs, type Circumstances, type Told } from './telling.js';

/** A white paper on culture, as specs tell of it: announced, and then whatever the spec says. */
export const ITEM = 'whitePaper-11111111-1111-5111-8111-111111111111';
export const OTHER = 'whitePaper-22222222-2222-5222-8222-222222222222';
export const STORTINGET: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'Stortinget' };
export const MINISTRY = { body: 'body-44444444-4444-5444-8444-444444444444', name: 'Kulturdepartementet' };
export const RESOLUTION = 'resolution-55555555-5555-5555-8555-555555555555';
export const SOURCE: Source = { document: null, title: 'Referat', reference: null, dated: null, locator: null, url: null };
export const target = (item: string, kind: string, title: string) => ({ item, kind, title, state: 'EXPECTED', hasPart: () => true });
export const targets = [target(OTHER, 'whitePaper', 'Melding om barnekultur'), target(RESOLUTION, 'resolution', 'Vedtak 897')];

export const data = { whitePaperType: 'KULTURMELDING', name: 'Ny kulturmelding', ministry: null, planned: null, projects: [] } as const;
export const announced: WhitePaperEvent = { type: 'WhitePaperAnnounced', data };
export const nothing = {
  number: null,
  session: null,
  title: null,
  ministry: null,
  reference: null,
  committee: null,
  rapporteurs: [],
  text: null,
};
export const to = (stage: ReachedStage, more: Partial<WhitePaperAdvanced['data']> = {}): WhitePaperEvent => ({
  type: 'WhitePaperAdvanced',
  data: { ...nothing, stage, ...more },
});
export const advance = (stage: ReachedStage, more: Partial<WhitePaperAdvanced['data']> = {}): WhitePaperCommand => ({
  type: 'AdvanceWhitePaper',
  ...nothing,
  stage,
  ...more,
});
export const merged: WhitePaperEvent = { type: 'WhitePaperMerged', data: { into: OTHER, intoTitle: 'Melding om barnekultur' } };
export const withdrawn: WhitePaperEvent = { type: 'WhitePaperWithdrawn', data: {} };
export const ordering = { text: 'legge fram en egen stortingsmelding', orderedBy: STORTINGET, reference: 'vedtak 897', answers: null };
export const ordered: WhitePaperEvent = { type: 'WhitePaperOrdered', data: { order: '1', ...ordering } };
export const planned = (text: string): WhitePaperEvent => ({ type: 'WhitePaperPlanned', data: { planned: date(text) } });

export const told = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
export const start = told(announced, '2017-03-01');
export const sourced = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told =>
  told(event, on, { source: SOURCE, occurred: on, ...more });
export const presented = sourced(to('PRESENTED', { number: 8, session: '2018–2019' }), '2018-11-23');

export const say = (story: readonly Told[], command: WhitePaperCommand, circumstances: Partial<Circumstances> = {}) =>
  decided(whitePaper, ITEM, recorded(ITEM, story), command, { today: '2019-06-01', source: SOURCE, targets, ...circumstances });
export const unsourced = (story: readonly Told[], command: WhitePaperCommand) =>
  decided(whitePaper, ITEM, recorded(ITEM, story), command, { today: '2019-06-01' });
export const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
export const after = (...story: readonly Told[]): AnnouncedWhitePaper => {
  const state = stateAs<WhitePaper>(whitePaper, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('nothing was announced');
  return state;
};
export const summary = (...story: readonly Told[]) => whitePaper.summarise(after(...story));
