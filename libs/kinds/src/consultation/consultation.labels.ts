import { labels, type Labels } from '@saksgang/kernel';
import { joined } from '../shared/wording.js';

export const CONSULTATION_LABEL = labels('medlemsdialog eller høring', 'medlemsdialog eller høyring', 'consultation');

/** The state table. Final: no command leaves it, but corrections do. */
export const CONSULTATION_STATES = {
  OPEN: { label: labels('åpen', 'open', 'open'), final: false },
  RECEIVING_INPUT: { label: labels('får innspill', 'får innspel', 'receiving input'), final: false },
  CLOSED: { label: labels('avsluttet', 'avslutta', 'closed'), final: false },
  REPORTED: { label: labels('rapportert', 'rapportert', 'reported'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type ConsultationStateName = keyof typeof CONSULTATION_STATES;

const BODY = labels('organ', 'organ', 'body');
const DEADLINE = labels('frist for innspill', 'frist for innspel', 'deadline for input');
const INVITED = labels('invitert', 'invitert', 'invited');
const FROM = labels('innspill fra', 'innspel frå', 'input from');
const TO = labels('tilbakemelding til', 'tilbakemelding til', 'feedback to');
const PROJECT = labels('prosjekt', 'prosjekt', 'project');
const QUESTION = labels('spørsmål', 'spørsmål', 'question');
const of = (whole: Labels, part: Labels): Labels => joined([whole, part], ', ');

/** A field that holds a party, and what is in it. */
const partyFields = (path: string, label: Labels): Readonly<Record<string, Labels>> => ({
  [path]: label,
  [`${path}.name`]: label,
  [`${path}.body`]: of(label, BODY),
});

export const CONSULTATION_FIELDS: Readonly<Record<string, Labels>> = {
  title: labels('tittel', 'tittel', 'title'),
  purpose: labels('formål', 'føremål', 'purpose'),
  questions: labels('spørsmål', 'spørsmål', 'questions'),
  'questions.*': QUESTION,
  'questions.*.key': of(QUESTION, labels('nøkkel', 'nøkkel', 'key')),
  'questions.*.text': QUESTION,
  invited: labels('inviterte', 'inviterte', 'invited'),
  ...partyFields('invited.*', INVITED),
  openEnded: labels('og andre', 'og andre', 'and others'),
  deadline: DEADLINE,
  'deadline.text': DEADLINE,
  'deadline.asWritten': of(DEADLINE, labels('slik kilden skriver den', 'slik kjelda skriv han', 'as written in the source')),
  projects: labels('prosjekter', 'prosjekt', 'projects'),
  'projects.*': PROJECT,
  'projects.*.item': PROJECT,
  'projects.*.title': of(PROJECT, labels('tittel', 'tittel', 'title')),
  ...partyFields('from', FROM),
  theme: labels('tema', 'tema', 'theme'),
  text: labels('tekst', 'tekst', 'text'),
  question: QUESTION,
  document: labels('dokument', 'dokument', 'document'),
  to: labels('tilbakemelding til', 'tilbakemelding til', 'feedback to'),
  ...partyFields('to.*', TO),
};
