import {
  RELATION_LABELS,
  kindOf,
  labelOfDate,
  onDay,
  labels,
  same,
  saidByCorrection,
  type Described,
  type EntryCorrected,
  type Envelope,
  type Fact,
  type Kinds,
  type Labels,
  type Linked,
  type NoteAdded,
  type Shielded,
  type SharedEvent,
} from '@saksgang/kernel';
import { NOTHING_SAID, excerpt, headed, joined, listed, remark } from './wording.js';

const DATE = labels('dato', 'dato', 'date');
const SOURCE = labels('kilde', 'kjelde', 'source');
const ASSERTED_BY = labels('hvem som sier det', 'kven som seier det', 'who says so');
const PERIOD = labels('periode', 'periode', 'period');
const AS_WRITTEN = labels('dato slik kilden skriver den', 'dato slik kjelda skriv han', 'date as written in the source');
const REASON = labels('begrunnelse', 'grunngiving', 'reason');
const NEW_VALUE = labels('ny verdi', 'ny verdi', 'new value');

export const SHARED_FIELDS: Readonly<Record<string, Labels>> = {
  relation: labels('relasjon', 'relasjon', 'relation'),
  target: labels('lenket til', 'lenkja til', 'linked to'),
  targetPart: labels('punkt det er lenket til', 'punkt det er lenkja til', 'point linked to'),
  part: labels('punkt', 'punkt', 'point'),
  period: PERIOD,
  'period.text': PERIOD,
  'period.asWritten': AS_WRITTEN,
  link: labels('lenke', 'lenkje', 'link'),
  entry: labels('oppføring', 'oppføring', 'entry'),
  occurred: DATE,
  'occurred.text': DATE,
  'occurred.asWritten': AS_WRITTEN,
  date: DATE,
  'date.text': DATE,
  'date.asWritten': AS_WRITTEN,
  assertedBy: ASSERTED_BY,
  'assertedBy.name': ASSERTED_BY,
  'assertedBy.body': joined([ASSERTED_BY, labels('organ', 'organ', 'body')], ', '),
  source: SOURCE,
  'source.document': joined([SOURCE, labels('dokument', 'dokument', 'document')], ', '),
  'source.title': joined([SOURCE, labels('tittel', 'tittel', 'title')], ', '),
  'source.reference': joined([SOURCE, labels('referanse', 'referanse', 'reference')], ', '),
  'source.dated': joined([SOURCE, DATE], ', '),
  'source.dated.text': joined([SOURCE, DATE], ', '),
  'source.dated.asWritten': joined([SOURCE, AS_WRITTEN], ', '),
  'source.locator': joined([SOURCE, labels('sted i kilden', 'stad i kjelda', 'place in the source')], ', '),
  'source.url': joined([SOURCE, labels('adresse', 'adresse', 'address')], ', '),
  version: labels('utgave av den rettede oppføringen', 'utgåve av den retta oppføringa', 'version of the corrected entry'),
  entryReason: REASON,
  cleared: labels('felt som ikke skal stå', 'felt som ikkje skal stå', 'fields that should say nothing'),
  'cleared.*': labels('felt som ikke skal stå', 'felt som ikkje skal stå', 'fields that should say nothing'),
  set: labels('rettede felt', 'retta felt', 'corrected fields'),
  'set.*.path': labels('felt', 'felt', 'field'),
  'set.*.value': NEW_VALUE,
  text: labels('merknad', 'merknad', 'note'),
  reason: REASON,
  withHistory: labels('med historikk', 'med historikk', 'with history'),
  legalBasis: labels('hjemmel', 'heimel', 'legal basis'),
  until: labels('skjermet til', 'skjerma til', 'shielded until'),
};

/** «punkt 2.3» before what it is a part of. */
const pointOf = (part: string | null): Labels => (part === null ? NOTHING_SAID : labels(`punkt ${part}`, `punkt ${part}`, `point ${part}`));

const linkText = ({ data }: Linked, kinds: Kinds): Labels =>
  joined([
    pointOf(data.part),
    RELATION_LABELS[data.relation],
    kinds.get(kindOf(data.target))?.label ?? NOTHING_SAID,
    data.targetPart === null ? NOTHING_SAID : joined([same(','), pointOf(data.targetPart)]),
  ]);

/** Indices are written `*` in the tables of labels. */
const asInTables = (path: string): string => path.replace(/(^|\.)\d+(?=\.|$)/g, '$1*');

/** The correction does not say which kind it corrects: the first kind that names the path lends its word. */
const fieldLabel = (path: string, kinds: Kinds): Labels => {
  const wanted = asInTables(path);
  for (const { fields } of kinds.values()) {
    const label = fields[wanted];
    if (label !== undefined) return label;
  }
  return SHARED_FIELDS[wanted] ?? same(path);
};

const SAID: readonly (readonly [keyof Envelope, Labels])[] = [
  ['occurred', DATE],
  ['assertedBy', ASSERTED_BY],
  ['source', SOURCE],
  ['reason', REASON],
];

/** All that the correction says, what it carries over from an earlier one included; what is new in it is told by its changes. */
const whatIsCorrected = ({ data }: EntryCorrected, kinds: Kinds): Labels => {
  const said = saidByCorrection(data);
  const fields = [
    ...SAID.flatMap(([field, label]) => (field in said ? [label] : [])),
    ...data.set.map(({ path }) => fieldLabel(path, kinds)),
  ];
  const distinct = [...new Map(fields.map((field) => [field.nb, field])).values()];
  return listed(distinct);
};

const noteTitle = ({ data }: NoteAdded): Labels =>
  headed(
    data.part === null
      ? labels('Merknad', 'Merknad', 'Note')
      : joined([labels('Merknad til', 'Merknad til', 'Note on'), pointOf(data.part)]),
    same(excerpt(data.text)),
  );

const shieldTitle = ({ data: { part, legalBasis, until } }: Shielded): Labels => {
  const date = until === null ? null : labelOfDate(onDay(until));
  const to = date === null ? NOTHING_SAID : labels(`til ${date.nb}`, `til ${date.nn}`, `until ${date.en}`);
  return headed(labels('Skjermet', 'Skjerma', 'Shielded'), joined([pointOf(part), same(`(${legalBasis})`), to]));
};

const titleOf = ({ event, reason }: Fact<SharedEvent>, kinds: Kinds): Labels => {
  switch (event.type) {
    case 'Linked':
      return headed(labels('Lenke', 'Lenkje', 'Link'), linkText(event, kinds));
    case 'Unlinked':
      return labels('Lenke avsluttet', 'Lenkje avslutta', 'Link ended');
    case 'EntryCorrected':
      return headed(labels('Rettet', 'Retta', 'Corrected'), whatIsCorrected(event, kinds));
    case 'EntryRetracted': {
      const retracted = labels('Trukket tilbake', 'Trekt tilbake', 'Retracted');
      return reason === null ? retracted : headed(retracted, same(excerpt(reason)));
    }
    case 'DateEstablished':
      return headed(labels('Dato fastsatt', 'Dato fastsett', 'Date established'), labelOfDate(event.data.date));
    case 'NoteAdded':
      return noteTitle(event);
    case 'Published':
      return event.data.withHistory
        ? labels('Offentliggjort med historikk', 'Offentleggjort med historikk', 'Published with its history')
        : labels('Offentliggjort', 'Offentleggjort', 'Published');
    case 'Unpublished':
      return labels('Ikke lenger offentlig', 'Ikkje lenger offentleg', 'No longer published');
    case 'Shielded':
      return shieldTitle(event);
    case 'Released': {
      const released = labels('Skjerming opphevet', 'Skjerming oppheva', 'Shielding ended');
      return event.data.part === null ? released : headed(released, pointOf(event.data.part));
    }
  }
};

const periodOf = (event: SharedEvent): Labels =>
  remark(
    labels('Periode', 'Periode', 'Period'),
    event.type === 'Linked' && event.data.period !== null ? labelOfDate(event.data.period) : null,
  );

/** The reason of a retraction is its title. */
const reasonOf = ({ event, reason }: Fact<SharedEvent>): Labels =>
  remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), reason === null || event.type === 'EntryRetracted' ? null : same(excerpt(reason)));

export const describeShared = (fact: Fact<SharedEvent>, kinds: Kinds): Described => ({
  title: titleOf(fact, kinds),
  description: joined([periodOf(fact.event), reasonOf(fact)]),
});
