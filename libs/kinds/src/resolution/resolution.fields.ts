import { POINT_DEPTH_MAX, labels, type Labels } from '@saksgang/kernel';

const POINT_FIELDS: Readonly<Record<string, Labels>> = {
  label: labels('trykt nummer', 'trykt nummer', 'printed label'),
  pointKind: labels('slags punkt', 'slag punkt', 'kind of point'),
  text: labels('tekst', 'tekst', 'text'),
  role: labels('rolle', 'rolle', 'role'),
  addressees: labels('adressater', 'adressatar', 'addressees'),
  'addressees.*.body': labels('adressat', 'adressat', 'addressee'),
  'addressees.*.name': labels('navn på adressaten', 'namn på adressaten', 'name of the addressee'),
  openEnded: labels('åpen krets av adressater', 'open krins av adressatar', 'open list of addressees'),
  note: labels('merknad', 'merknad', 'note'),
};

/** The fields of a point at every depth a tree may have, below `root`. */
const pointFields = (root: string): Readonly<Record<string, Labels>> =>
  Object.fromEntries(
    Array.from({ length: POINT_DEPTH_MAX }, (_, depth) => root + '.points.*'.repeat(depth)).flatMap((path) =>
      Object.entries(POINT_FIELDS).map(([field, label]) => [`${path}.${field}`, label]),
    ),
  );

const DEADLINE = labels('frist', 'frist', 'deadline');
const REPLACED_BY = labels('erstattet av', 'erstatta av', 'replaced by');

export const RESOLUTION_FIELDS: Readonly<Record<string, Labels>> = {
  resolutionType: labels('type', 'type', 'type'),
  title: labels('tittel', 'tittel', 'title'),
  body: labels('organ', 'organ', 'body'),
  'body.body': labels('organ', 'organ', 'body'),
  'body.name': labels('navn på organet', 'namn på organet', 'name of the body'),
  caseReference: labels('saksnummer', 'saksnummer', 'case reference'),
  meeting: labels('møte', 'møte', 'meeting'),
  caseOfficer: labels('saksbehandler', 'saksbehandlar', 'case officer'),
  recordedAs: labels('registrert som', 'registrert som', 'recorded as'),
  projects: labels('prosjekter', 'prosjekt', 'projects'),
  'projects.*': labels('prosjekt', 'prosjekt', 'project'),
  points: labels('punkter', 'punkt', 'points'),
  ...pointFields('points.*'),
  by: labels('ved vedtak', 'ved vedtak', 'by resolution'),
  byTitle: labels('tittelen på vedtaket', 'tittelen på vedtaket', 'title of that resolution'),
  changes: labels('endringer', 'endringar', 'changes'),
  'changes.*.change': labels('slags endring', 'slag endring', 'kind of change'),
  'changes.*.point': labels('punkt', 'punkt', 'point'),
  'changes.*.text': labels('ny ordlyd', 'ny ordlyd', 'new wording'),
  'changes.*.path': labels('nytt punkt', 'nytt punkt', 'new point'),
  ...pointFields('changes.*.added'),
  point: labels('punkt', 'punkt', 'point'),
  unanimous: labels('enstemmig', 'samrøystes', 'unanimous'),
  inFavour: labels('stemmer for', 'røyster for', 'votes in favour'),
  against: labels('stemmer mot', 'røyster mot', 'votes against'),
  abstained: labels('avsto', 'røysta ikkje', 'abstained'),
  dissents: labels('dissens', 'dissens', 'dissent'),
  'dissents.*.party.body': labels('dissens fra', 'dissens frå', 'dissent by'),
  'dissents.*.party.name': labels('navn på den som tok dissens', 'namn på den som tok dissens', 'name of the dissenter'),
  'dissents.*.text': labels('begrunnelse for dissensen', 'grunngiving for dissensen', 'text of the dissent'),
  medium: labels('kilde', 'kjelde', 'medium'),
  text: labels('tekst', 'tekst', 'text'),
  owner: labels('ansvarlig', 'ansvarleg', 'owner'),
  'owner.body': labels('ansvarlig', 'ansvarleg', 'owner'),
  'owner.name': labels('navn på ansvarlig', 'namn på ansvarleg', 'name of the owner'),
  deadline: DEADLINE,
  'deadline.text': DEADLINE,
  'deadline.asWritten': labels('frist slik kilden skriver den', 'frist slik kjelda skriv han', 'deadline as written in the source'),
  closedAs: labels('avsluttet som', 'avslutta som', 'closed as'),
  replacedBy: REPLACED_BY,
  'replacedBy.item': REPLACED_BY,
  'replacedBy.point': labels('erstattet av punkt', 'erstatta av punkt', 'replaced by point'),
  'replacedBy.title': labels('tittelen på det som erstatter', 'tittelen på det som erstattar', 'title of what replaces it'),
  verdict: labels('vurdering', 'vurdering', 'verdict'),
  outcome: labels('vurdering', 'vurdering', 'verdict'),
};
