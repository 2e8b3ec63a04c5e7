import { labels, type Labels } from '@saksgang/kernel';
import { joined } from '../shared/wording.js';
import type { DisputeOutcome } from './evidence.events.js';
import type { EvidenceStatus } from './evidence.state.js';

export const EVIDENCE_LABEL = labels('kunnskapsgrunnlag', 'kunnskapsgrunnlag', 'evidence');

/** The state table. Final: no command leaves it, but corrections do. */
export const EVIDENCE_STATES = {
  STATED: { label: labels('framsatt', 'framsett', 'stated'), final: false },
  DISPUTED: { label: labels('omstridt', 'omstridd', 'disputed'), final: false },
  CORRECTED: { label: labels('rettet', 'retta', 'corrected'), final: false },
  SUPERSEDED: { label: labels('avløst', 'avløyst', 'superseded'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type EvidenceStateName = keyof typeof EVIDENCE_STATES;

export const EVIDENCE_STATUS_LABELS: Readonly<Record<EvidenceStatus, Labels>> = {
  UNSOURCED: labels('uten kilde', 'utan kjelde', 'unsourced'),
  SOURCED: labels('med kilde', 'med kjelde', 'sourced'),
  DISPUTED: labels('omstridt', 'omstridd', 'disputed'),
};

export const DISPUTE_OUTCOME_LABELS: Readonly<Record<DisputeOutcome, Labels>> = {
  CLAIM_STANDS: labels('påstanden står', 'påstanden står', 'the claim stands'),
  CLAIM_CORRECTED: labels('påstanden er rettet', 'påstanden er retta', 'the claim has been corrected'),
  DISPUTE_WITHDRAWN: labels('innsigelsen er trukket', 'innvendinga er trekt', 'the dispute has been withdrawn'),
};

const AS_WRITTEN = labels('slik kilden skriver det', 'slik kjelda skriv det', 'as written in the source');
const SOURCE = labels('kilde', 'kjelde', 'source');
const YEAR = labels('år', 'år', 'year');
const KEY = labels('nøkkel', 'nøkkel', 'key');
const DATE = labels('dato', 'dato', 'date');
const PROJECTS = labels('prosjekter', 'prosjekt', 'projects');
const BY = labels('avløst av', 'avløyst av', 'superseded by');
const of = (whole: Labels, part: Labels): Labels => joined([whole, part], ', ');

const below = (root: string, fields: Readonly<Record<string, Labels>>): Readonly<Record<string, Labels>> =>
  Object.fromEntries(Object.entries(fields).map(([field, label]) => [field === '' ? root : `${root}.${field}`, label]));

const VALUE_FIELDS: Readonly<Record<string, Labels>> = {
  '': labels('verdi', 'verdi', 'value'),
  key: of(labels('verdi', 'verdi', 'value'), KEY),
  value: labels('verdi', 'verdi', 'value'),
  asWritten: of(labels('verdi', 'verdi', 'value'), AS_WRITTEN),
  unit: labels('måleenhet', 'måleeining', 'unit'),
  population: labels('hvem eller hva det gjelder', 'kven eller kva det gjeld', 'population'),
  jurisdiction: labels('land eller område', 'land eller område', 'jurisdiction'),
  year: YEAR,
  'year.text': YEAR,
  'year.asWritten': of(YEAR, AS_WRITTEN),
  qualifier: labels('forbehold', 'atterhald', 'qualifier'),
};

const SOURCE_FIELDS: Readonly<Record<string, Labels>> = {
  '': SOURCE,
  key: of(SOURCE, KEY),
  by: of(SOURCE, labels('hvem som sier det', 'kven som seier det', 'who says so')),
  'by.name': of(SOURCE, labels('hvem som sier det', 'kven som seier det', 'who says so')),
  'by.body': of(SOURCE, labels('organ', 'organ', 'body')),
  document: of(SOURCE, labels('dokument', 'dokument', 'document')),
  title: of(SOURCE, labels('tittel', 'tittel', 'title')),
  reference: of(SOURCE, labels('referanse', 'referanse', 'reference')),
  dated: of(SOURCE, DATE),
  'dated.text': of(SOURCE, DATE),
  'dated.asWritten': of(SOURCE, labels('dato slik kilden skriver den', 'dato slik kjelda skriv han', 'date as written in the source')),
  locator: of(SOURCE, labels('sted i kilden', 'stad i kjelda', 'place in the source')),
  url: of(SOURCE, labels('adresse', 'adresse', 'address')),
};

export const EVIDENCE_FIELDS: Readonly<Record<string, Labels>> = {
  claim: labels('påstand', 'påstand', 'claim'),
  caption: labels('bildetekst', 'bilettekst', 'caption'),
  values: labels('verdier', 'verdiar', 'values'),
  ...below('values.*', VALUE_FIELDS),
  chain: labels('kildekjede', 'kjeldekjede', 'source chain'),
  ...below('chain.*', SOURCE_FIELDS),
  sources: labels('kilder', 'kjelder', 'sources'),
  ...below('sources.*', SOURCE_FIELDS),
  before: labels('nærmere opphavet enn', 'nærare opphavet enn', 'nearer to the origin than'),
  projects: PROJECTS,
  'projects.*': PROJECTS,
  value: labels('verdien det gjelder', 'verdien det gjeld', 'the value in question'),
  text: labels('tekst', 'tekst', 'text'),
  dispute: labels('innsigelsen det gjelder', 'innvendinga det gjeld', 'the dispute in question'),
  outcome: labels('avgjørelse', 'avgjerd', 'outcome'),
  by: BY,
  byTitle: of(BY, labels('tittel', 'tittel', 'title')),
};
