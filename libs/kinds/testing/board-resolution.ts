import { isRefusal, type Decision, type DomainEvent, type Party, type Target } from '@saksgang/kernel';
import {
  resolution,
  type PointData,
  type PointKind,
  type Resolution,
  type ResolutionCommand,
  type ResolutionEvent,
} from '../src/resolution/index.js';
import { decided, recorded, stateAs, type Circumstances, type Told } from './telling.js';

/** The board's resolution of the letter, shortened, as specs of the kind tell it. */
export const ITEM = 'resolution-11111111-1111-5111-8111-111111111111';
export const OTHER = 'resolution-22222222-2222-5222-8222-222222222222';
export const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
export const COUNCIL: Party = { body: null, name: 'Norsk kulturskoleråd' };
export const PERSON: Party = { body: null, name: { sealed: 'A'.repeat(43), person: 'person-44444444-4444-4444-8444-444444444444' } };
export const other = (state = 'ADOPTED'): Target => ({
  item: OTHER,
  kind: 'resolution',
  title: 'Kultur i ny tid',
  state,
  hasPart: () => true,
});

export const point = (pointKind: PointKind, text: string, more: Partial<PointData> = {}): PointData => ({
  label: null,
  pointKind,
  text,
  role: null,
  addressees: [],
  openEnded: false,
  note: null,
  points: [],
  ...more,
});

export const LETTER: readonly PointData[] = [
  point('PREMISE', 'KS legger til grunn at det er en dualisme mellom kunstens og kulturens egenverdi.', { label: '1' }),
  point('LEAD_IN', 'Som interessepolitisk aktør på kulturfeltet vil KS:', {
    label: '2',
    points: [
      point('COMMITMENT', 'Løfte fram lokal og regional kulturpolitikk.'),
      point('COMMITMENT', 'Bidra til å se kulturfeltet som en del av en helhetlig tjenesteproduksjon.'),
      point('LEAD_IN', 'Som utviklingspartner for kommuner og fylkeskommuner på kulturfeltet vil KS:', {
        role: 'Som utviklingspartner',
        points: [
          point('COMMITMENT', 'Fremme kunnskapsbygging og kompetansedeling.'),
          point('COMMITMENT', 'Styrke forutsetningene for god involvering.'),
        ],
      }),
    ],
  }),
  point('MEASURE', 'KS styrker organisasjonen på kulturfeltet ved å tilsette kulturfaglig kapasitet.', {
    label: '3',
    points: [point('COMMITMENT', 'Legge til rette for kompetanseutvikling og nettverk.')],
  }),
];
export const ASKED = ['2.1', '2.2', '2.3.1', '2.3.2', '3', '3.1'];

export const recordedAs = (as: 'ADOPTED' | 'PROPOSED', points = LETTER): ResolutionEvent => ({
  type: 'ResolutionRecorded',
  data: {
    resolutionType: 'VEDTAK',
    title: 'Kultur for framtida',
    body: { body: null, name: 'Hovedstyret' },
    caseReference: '18/01456',
    meeting: null,
    caseOfficer: null,
    recordedAs: as,
    projects: [],
    points,
  },
});

export const told = (event: ResolutionEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
export const adopted = told(recordedAs('ADOPTED'), '2018-10-03', { occurred: '../2018-10-03' });
export const proposed = told(recordedAs('PROPOSED'), '2018-09-01');

export const assigned = (path: string, owner = KS, deadline: string | null = null): ResolutionEvent => ({
  type: 'PointAssigned',
  data: { point: path, owner, deadline: deadline === null ? null : { text: deadline, asWritten: null } },
});
export const started = (path: string): ResolutionEvent => ({ type: 'PointStarted', data: { point: path, text: null } });
export const reported = (path: string, text = 'Stillingen er lyst ut.'): ResolutionEvent => ({
  type: 'PointReported',
  data: { point: path, text },
});
export const closedAs = (path: string, how: 'CARRIED_OUT' | 'LAPSED' = 'CARRIED_OUT'): ResolutionEvent => ({
  type: 'PointClosed',
  data: { point: path, closedAs: how, replacedBy: null, verdict: null },
});
export const everyPointClosed = (on: string): readonly Told[] => ASKED.map((path) => told(closedAs(path), on));
export const superseded: ResolutionEvent = { type: 'ResolutionSuperseded', data: { by: OTHER, byTitle: 'Kultur i ny tid' } };
export const repealed: ResolutionEvent = { type: 'ResolutionRepealed', data: { by: null, byTitle: null } };
export const resolutionClosed: ResolutionEvent = { type: 'ResolutionClosed', data: {} };

/** Decides on 1 June 2019, unless the circumstances say otherwise. */
export const say = (
  story: readonly Told[],
  command: ResolutionCommand,
  circumstances: Partial<Circumstances> = {},
): Decision<DomainEvent> => decided(resolution, ITEM, recorded(ITEM, story), command, { today: '2019-06-01', ...circumstances });
export const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
export const allowedOf = (decision: unknown): readonly string[] => (isRefusal(decision) ? decision.allowed : []);

/** The state after a story, known to be one. */
export const after = (...story: readonly Told[]): Exclude<Resolution, { status: 'unknown' }> => {
  const state = stateAs<Resolution>(resolution, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('the story has no founding event');
  return state;
};
export const pointAfter = (path: string, ...story: readonly Told[]) => {
  const found = after(...story).points.get(path);
  if (found === undefined) throw new Error(`the story has no point ${path}`);
  return found;
};
export const summaryOf = (...story: readonly Told[]) => resolution.summarise(after(...story));
