import { labels, type Labels } from '@saksgang/kernel';
import type { PointClosure, PointKind, RecordedAs, ResolutionType, TextMedium, VerdictOutcome } from './resolution.events.js';
import type { PointState } from './resolution.state.js';

/** What lists and boards call a resolution's state, derived from its status and its points. */
export const RESOLUTION_STATES = ['PROPOSED', 'ADOPTED', 'AMENDED', 'IN_FOLLOW_UP', 'CLOSED', 'SUPERSEDED', 'REPEALED'] as const;
export type ResolutionState = (typeof RESOLUTION_STATES)[number];
type StateTable<S extends string> = Readonly<Record<S, Readonly<{ label: Labels; final: boolean }>>>;

/** The state table. Final: no command leaves it, but corrections do. */
export const RESOLUTION_STATE_TABLE: StateTable<ResolutionState> = {
  PROPOSED: { label: labels('foreslått', 'foreslått', 'proposed'), final: false },
  ADOPTED: { label: labels('vedtatt', 'vedteke', 'adopted'), final: false },
  AMENDED: { label: labels('endret', 'endra', 'amended'), final: false },
  IN_FOLLOW_UP: { label: labels('under oppfølging', 'under oppfølging', 'in follow-up'), final: false },
  CLOSED: { label: labels('avsluttet', 'avslutta', 'closed'), final: false },
  SUPERSEDED: { label: labels('avløst', 'avløyst', 'superseded'), final: true },
  REPEALED: { label: labels('opphevet', 'oppheva', 'repealed'), final: true },
};

/** The state table of a point. */
export const POINT_STATE_TABLE: StateTable<PointState> = {
  OPEN: { label: labels('åpent', 'ope', 'open'), final: false },
  ASSIGNED: { label: labels('fordelt', 'fordelt', 'assigned'), final: false },
  IN_PROGRESS: { label: labels('under arbeid', 'under arbeid', 'in progress'), final: false },
  REPORTED: { label: labels('rapportert', 'rapportert', 'reported'), final: false },
  CLOSED: { label: labels('avsluttet', 'avslutta', 'closed'), final: false },
  NOTHING_TO_DO: { label: labels('ingen oppfølging', 'inga oppfølging', 'nothing to follow up'), final: true },
};

export const POINT_STATE_LABELS: Readonly<Record<PointState, Labels>> = {
  OPEN: POINT_STATE_TABLE.OPEN.label,
  ASSIGNED: POINT_STATE_TABLE.ASSIGNED.label,
  IN_PROGRESS: POINT_STATE_TABLE.IN_PROGRESS.label,
  REPORTED: POINT_STATE_TABLE.REPORTED.label,
  CLOSED: POINT_STATE_TABLE.CLOSED.label,
  NOTHING_TO_DO: POINT_STATE_TABLE.NOTHING_TO_DO.label,
};

export const POINT_CLOSURE_LABELS: Readonly<Record<PointClosure, Labels>> = {
  CARRIED_OUT: labels('utført', 'utført', 'carried out'),
  REPLACED: labels('erstattet', 'erstatta', 'replaced'),
  LAPSED: labels('bortfalt', 'bortfalle', 'lapsed'),
};

export const VERDICT_OUTCOME_LABELS: Readonly<Record<VerdictOutcome, Labels>> = {
  FULFILLED: labels('oppfylt', 'oppfylt', 'fulfilled'),
  PARTLY: labels('delvis oppfylt', 'delvis oppfylt', 'partly fulfilled'),
  NOT_FULFILLED: labels('ikke oppfylt', 'ikkje oppfylt', 'not fulfilled'),
  CANNOT_BE_VERIFIED: labels('kan ikke etterprøves', 'kan ikkje etterprøvast', 'cannot be verified'),
};

export const POINT_KIND_LABELS: Readonly<Record<PointKind, Labels>> = {
  PREMISE: labels('premiss', 'premiss', 'premise'),
  LEAD_IN: labels('innledning', 'innleiing', 'lead-in'),
  COMMITMENT: labels('forpliktelse', 'forplikting', 'commitment'),
  MEASURE: labels('tiltak', 'tiltak', 'measure'),
  REQUEST: labels('oppfordring', 'oppmoding', 'request'),
};

export const RESOLUTION_TYPE_LABELS: Readonly<Record<ResolutionType, Labels>> = {
  VEDTAK: labels('vedtak', 'vedtak', 'resolution'),
  UTTALELSE: labels('uttalelse', 'fråsegn', 'statement'),
  STANDPUNKT: labels('standpunkt', 'standpunkt', 'position'),
};

export const RECORDED_AS_LABELS: Readonly<Record<RecordedAs, Labels>> = {
  PROPOSED: labels('som forslag', 'som forslag', 'as a proposal'),
  ADOPTED: labels('som vedtatt', 'som vedteke', 'as adopted'),
};

export const TEXT_MEDIUM_LABELS: Readonly<Record<TextMedium, Labels>> = {
  LETTER: labels('brev', 'brev', 'letter'),
  WEB_PAGE: labels('nettside', 'nettside', 'web page'),
  MINUTES: labels('protokoll', 'protokoll', 'minutes'),
  PRESENTATION: labels('presentasjon', 'presentasjon', 'presentation'),
  OTHER: labels('annen kilde', 'anna kjelde', 'other source'),
};
