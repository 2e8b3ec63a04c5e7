import { labels, type Labels } from '@saksgang/kernel';
import { joined } from '../shared/wording.js';
import type { AgreementType } from './agreement.events.js';

export const AGREEMENT_LABEL = labels('avtale, erklæring eller plattform', 'avtale, erklæring eller plattform', 'agreement');

/** The state table. Final: no command leaves it, but corrections do. */
export const AGREEMENT_STATES = {
  SIGNED: { label: labels('inngått', 'inngått', 'signed'), final: false },
  IN_FORCE: { label: labels('i kraft', 'i kraft', 'in force'), final: false },
  REVISED: { label: labels('revidert', 'revidert', 'revised'), final: false },
  EXPIRED: { label: labels('gjelder ikke lenger', 'gjeld ikkje lenger', 'expired'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type AgreementStateName = keyof typeof AGREEMENT_STATES;

export const AGREEMENT_TYPE_LABELS: Readonly<Record<AgreementType, Labels>> = {
  DECLARATION: labels('erklæring', 'erklæring', 'declaration'),
  PLATFORM: labels('plattform', 'plattform', 'platform'),
  AGREEMENT: labels('avtale', 'avtale', 'agreement'),
};

const BODY = labels('organ', 'organ', 'body');
const PARTY = labels('part', 'part', 'party');
const SIGNATURE = labels('underskrift', 'underskrift', 'signature');
const SIGNED_FOR = labels('underskrevet for', 'underskrive for', 'signed for');
const GOAL = labels('mål', 'mål', 'goal');
const IN_FORCE = labels('gjelder for', 'gjeld for', 'in force for');
const PERIOD = labels('periode', 'periode', 'period');
const AS_WRITTEN = labels('slik kilden skriver den', 'slik kjelda skriv han', 'as written in the source');
const of = (whole: Labels, part: Labels): Labels => joined([whole, part], ', ');

/** A field that holds a party, and what is in it. */
const partyFields = (path: string, label: Labels): Readonly<Record<string, Labels>> => ({
  [path]: label,
  [`${path}.name`]: label,
  [`${path}.body`]: of(label, BODY),
});
const dateFields = (path: string, label: Labels): Readonly<Record<string, Labels>> => ({
  [path]: label,
  [`${path}.text`]: label,
  [`${path}.asWritten`]: of(label, AS_WRITTEN),
});

export const AGREEMENT_FIELDS: Readonly<Record<string, Labels>> = {
  agreementType: labels('type', 'type', 'type'),
  title: labels('tittel', 'tittel', 'title'),
  parties: labels('parter', 'partar', 'parties'),
  ...partyFields('parties.*', PARTY),
  openEnded: labels('og flere parter', 'og fleire partar', 'and more parties'),
  signatures: labels('underskrifter', 'underskrifter', 'signatures'),
  'signatures.*': SIGNATURE,
  ...partyFields('signatures.*.party', SIGNED_FOR),
  'signatures.*.person': labels('underskrevet av', 'underskrive av', 'signed by'),
  'signatures.*.role': of(SIGNATURE, labels('tittel', 'tittel', 'title')),
  goals: labels('mål', 'mål', 'goals'),
  'goals.*': GOAL,
  'goals.*.key': of(GOAL, labels('nøkkel', 'nøkkel', 'key')),
  'goals.*.text': GOAL,
  purpose: labels('formål', 'føremål', 'purpose'),
  ...dateFields('inForce', IN_FORCE),
  buildsOn: labels('bygger på', 'byggjer på', 'builds on'),
  ...dateFields('period', PERIOD),
  version: labels('versjon', 'versjon', 'version'),
  text: labels('hva som er nytt', 'kva som er nytt', 'what is new'),
  ...partyFields('party', PARTY),
};
