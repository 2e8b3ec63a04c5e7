import type { Party, Target } from '@saksgang/kernel';
import { type MilestoneCommand, type MilestoneEvent } from '../src/index.js';
import { date, type Told } from './telling.js';

/** The milestone «Rapporten er ferdig» as the specs plan, forecast and reach it. */
export const MILESTONE = 'milestone-11111111-1111-5111-8111-111111111111';
export const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
export const OPPSPILL: Target = {
  item: 'project-22222222-2222-5222-8222-222222222222',
  kind: 'project',
  title: 'Kulturprosjektet Oppspill',
  state: 'STARTED',
  hasPart: () => false,
};

type Light = 'GREEN' | 'YELLOW' | 'RED';

export const data = {
  title: 'Rapporten er ferdig',
  project: { item: OPPSPILL.item, title: OPPSPILL.title },
  owner: KS,
  baseline: date('2018-06-01'),
};
export const told = (event: MilestoneEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
export const founding: MilestoneEvent = { type: 'MilestonePlanned', data };
export const planned = told(founding, '2018-01-10');
/** One that was never planned to a date. */
export const undated = told({ type: 'MilestonePlanned', data: { ...data, baseline: null } }, '2018-01-10');
export const rebaselined = (text: string): MilestoneEvent => ({ type: 'MilestoneRebaselined', data: { baseline: date(text) } });
export const forecasted = (text: string | null, light: Light | null = null): MilestoneEvent => ({
  type: 'MilestoneForecasted',
  data: { forecast: text === null ? null : date(text), light },
});
export const reached: MilestoneEvent = { type: 'MilestoneReached', data: {} };
export const missed: MilestoneEvent = { type: 'MilestoneMissed', data: {} };
export const cancelled: MilestoneEvent = { type: 'MilestoneCancelled', data: {} };

export const rebaseline = (text: string): MilestoneCommand => ({ type: 'RebaselineMilestone', baseline: date(text) });
export const forecasting = (text: string | null, light: Light | null = null): MilestoneCommand => ({
  type: 'ForecastMilestone',
  forecast: text === null ? null : date(text),
  light,
});
export const reach: MilestoneCommand = { type: 'ReachMilestone' };
export const miss: MilestoneCommand = { type: 'MissMilestone' };
export const cancel: MilestoneCommand = { type: 'CancelMilestone' };
