import { labels, type Labels } from '@saksgang/kernel';
import type { WhitePaperStage, WhitePaperType } from './white-paper.events.js';

export const WHITE_PAPER_LABEL = labels('stortingsmelding', 'stortingsmelding', 'white paper');

/** The state table. Final: no command leaves it, but corrections do. */
export const WHITE_PAPER_STATES: Readonly<Record<WhitePaperStage, Readonly<{ label: Labels; final: boolean }>>> = {
  EXPECTED: { label: labels('varslet', 'varsla', 'expected'), final: false },
  INPUT: { label: labels('innspill', 'innspel', 'input'), final: false },
  PRESENTED: { label: labels('lagt fram (godkjent i statsråd)', 'lagd fram (godkjend i statsråd)', 'presented'), final: false },
  REFERRED: { label: labels('oversendt komité', 'send til komité', 'referred to committee'), final: false },
  IN_COMMITTEE: { label: labels('til komitébehandling', 'til komitéhandsaming', 'in committee'), final: false },
  RECOMMENDED: { label: labels('innstilling avgitt', 'innstilling gitt', 'recommendation given'), final: false },
  DEBATED: { label: labels('debattert', 'debattert', 'debated'), final: false },
  RESOLVED: { label: labels('vedtatt', 'vedteken', 'resolved'), final: false },
  FOLLOWED_UP: { label: labels('fulgt opp', 'følgd opp', 'followed up'), final: false },
  MERGED: { label: labels('slått sammen med en annen melding', 'slått saman med ei anna melding', 'merged into another'), final: true },
  WITHDRAWN: { label: labels('trukket tilbake', 'trekt tilbake', 'withdrawn'), final: true },
  SUPERSEDED: { label: labels('avløst', 'avløyst', 'superseded'), final: true },
};

export const STAGE_LABELS: Readonly<Record<WhitePaperStage, Labels>> = Object.fromEntries(
  Object.entries(WHITE_PAPER_STATES).map(([stage, { label }]) => [stage, label]),
) as Record<WhitePaperStage, Labels>;

export const WHITE_PAPER_TYPE_LABELS: Readonly<Record<WhitePaperType, Labels>> = {
  FRIVILLIGHETSMELDING: labels('frivillighetsmelding', 'frivilligheitsmelding', 'white paper on volunteering'),
  KULTURMELDING: labels('kulturmelding', 'kulturmelding', 'white paper on culture'),
  KULTURSKOLEMELDING: labels('kulturskolemelding', 'kulturskulemelding', 'white paper on schools of music and the arts'),
  OTHER: labels('annen stortingsmelding', 'anna stortingsmelding', 'other white paper'),
};

const MINISTRY = labels('departement', 'departement', 'ministry');
const COMMITTEE = labels('komité', 'komité', 'committee');
const PLANNED = labels('planlagt lagt fram', 'planlagd lagd fram', 'planned presentation');
const RAPPORTEUR = labels('saksordfører', 'saksordførar', 'rapporteur');
const ORDERED_BY = labels('bestilt av', 'bestilt av', 'ordered by');
const ANSWERS = labels('bestillingen', 'bestillinga', 'the order');

export const WHITE_PAPER_FIELDS: Readonly<Record<string, Labels>> = {
  whitePaperType: labels('type melding', 'type melding', 'type of white paper'),
  name: labels('navn', 'namn', 'name'),
  ministry: MINISTRY,
  'ministry.body': MINISTRY,
  'ministry.name': labels('navn på departementet', 'namn på departementet', 'name of the ministry'),
  planned: PLANNED,
  'planned.text': PLANNED,
  'planned.asWritten': labels(
    'planlagt dato slik kilden skriver den',
    'planlagd dato slik kjelda skriv han',
    'planned date as written in the source',
  ),
  projects: labels('prosjekter', 'prosjekt', 'projects'),
  'projects.*': labels('prosjekt', 'prosjekt', 'project'),
  order: labels('bestilling nr.', 'bestilling nr.', 'order no.'),
  text: labels('tekst', 'tekst', 'text'),
  orderedBy: ORDERED_BY,
  'orderedBy.body': ORDERED_BY,
  'orderedBy.name': labels('navn på den som bestilte', 'namn på den som bestilte', 'name of who ordered it'),
  reference: labels('referanse', 'referanse', 'reference'),
  answers: ANSWERS,
  'answers.item': ANSWERS,
  'answers.point': labels('punkt i bestillingen', 'punkt i bestillinga', 'point of the order'),
  'answers.title': labels('tittelen på bestillingen', 'tittelen på bestillinga', 'title of the order'),
  stage: labels('trinn', 'steg', 'stage'),
  number: labels('nummer', 'nummer', 'number'),
  session: labels('stortingssesjon', 'stortingssesjon', 'session'),
  title: labels('tittel på meldingen', 'tittel på meldinga', 'title of the paper'),
  committee: COMMITTEE,
  'committee.body': COMMITTEE,
  'committee.name': labels('navn på komiteen', 'namn på komiteen', 'name of the committee'),
  rapporteurs: labels('saksordførere', 'saksordførarar', 'rapporteurs'),
  'rapporteurs.*': RAPPORTEUR,
  'rapporteurs.*.person': RAPPORTEUR,
  'rapporteurs.*.party': labels('partiet til saksordføreren', 'partiet til saksordføraren', 'party of the rapporteur'),
  into: labels('slått sammen med', 'slått saman med', 'merged into'),
  intoTitle: labels('tittelen på den andre meldingen', 'tittelen på den andre meldinga', 'title of the other paper'),
  by: labels('avløst av', 'avløyst av', 'superseded by'),
  byTitle: labels('tittelen på den nye meldingen', 'tittelen på den nye meldinga', 'title of the new paper'),
  outcome: labels('vurdering', 'vurdering', 'verdict'),
};
