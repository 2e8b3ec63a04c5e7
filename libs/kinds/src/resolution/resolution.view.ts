import { POINT_DEPTH_MAX, labels, type Before, type DeclaredLink, type Json, type Labels, type Summary } from '@saksgang/kernel';
import type { PointPath, ResolutionEvent } from './resolution.events.js';
import type { ResolutionState } from './resolution.labels.js';
import { pointsAsked, pointsStillOpen, printedText } from './resolution.points.js';
import type { RecordedResolution, Resolution, TextVariant } from './resolution.state.js';
import { diffOfTexts, type TextDiff } from './text-diff.js';

/** A resolution is in follow-up from the first thing done about any of its points. */
export const stateOf = (resolution: RecordedResolution): ResolutionState => {
  switch (resolution.status) {
    case 'proposed':
      return 'PROPOSED';
    case 'closed':
      return 'CLOSED';
    case 'superseded':
      return 'SUPERSEDED';
    case 'repealed':
      return 'REPEALED';
    case 'adopted':
      if (pointsAsked(resolution).some(({ state }) => state !== 'OPEN')) return 'IN_FOLLOW_UP';
      return resolution.amended ? 'AMENDED' : 'ADOPTED';
  }
};

/** A proposal waits for its decision, an adopted resolution for its points. */
const isOpen = (resolution: RecordedResolution): boolean =>
  resolution.status === 'proposed' || (resolution.status === 'adopted' && pointsStillOpen(resolution).length > 0);

const NO_RESOLUTION: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

export const summariseResolution = (resolution: Resolution): Summary =>
  resolution.status === 'unknown'
    ? NO_RESOLUTION
    : {
        title: resolution.title,
        references: resolution.caseReference === null ? [] : [resolution.caseReference],
        state: stateOf(resolution),
        subtype: resolution.resolutionType,
        open: isOpen(resolution),
        projects: resolution.projects,
        body: resolution.body.body,
      };

const POINT_FIELDS: Readonly<Record<string, Labels>> = {
  label: labels('trykt nummer', 'trykt nummer', 'printed label'),
  pointKind: labels('slags punkt', 'slag punkt', 'kind of point'),
  text: labels('tekst', 'tekst', 'text'),
  role: labels('rolle', 'rolle', 'role'),
  addressees: labels('adressater', 'adressatar', 'addressees'),
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
  'changes.*.point': labels('punkt', 'punkt', 'point'),
  'changes.*.text': labels('ny ordlyd', 'ny ordlyd', 'new wording'),
  'changes.*.parent': labels('under punkt', 'under punkt', 'under point'),
  ...pointFields('changes.*.added'),
  point: labels('punkt', 'punkt', 'point'),
  unanimous: labels('enstemmig', 'samrøystes', 'unanimous'),
  inFavour: labels('stemmer for', 'røyster for', 'votes in favour'),
  against: labels('stemmer mot', 'røyster mot', 'votes against'),
  abstained: labels('avsto', 'røysta ikkje', 'abstained'),
  dissents: labels('dissens', 'dissens', 'dissent'),
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

export const pointOf = (event: ResolutionEvent): PointPath | null => ('point' in event.data ? event.data.point : null);

const whole = (relation: DeclaredLink['relation'], target: string | null): readonly DeclaredLink[] =>
  target === null ? [] : [{ relation, target, targetPart: null, part: null, inverse: true }];

/** Each runs from the other item to this one: it is the other that supersedes, repeals, amends or replaces. */
export const linksOfResolution = (event: ResolutionEvent): readonly DeclaredLink[] => {
  switch (event.type) {
    case 'ResolutionAmended':
      return whole('AMENDS', event.data.by);
    case 'ResolutionSuperseded':
      return whole('SUPERSEDES', event.data.by);
    case 'ResolutionRepealed':
      return whole('REPEALS', event.data.by);
    case 'PointClosed': {
      const { point, replacedBy } = event.data;
      return replacedBy === null
        ? []
        : [{ relation: 'REPLACES', target: replacedBy.item, targetPart: replacedBy.point, part: point, inverse: true }];
    }
    default:
      return [];
  }
};

/** A readonly value of the state as plain JSON: it is, by the form of its event. */
const json = (value: unknown): Json => value as Json;

export const beforeResolution = (resolution: Resolution, event: ResolutionEvent): Before => {
  if (resolution.status === 'unknown') return {};
  switch (event.type) {
    case 'ResolutionAdopted':
      return { meeting: resolution.meeting };
    case 'PointAssigned': {
      const point = resolution.points.get(event.data.point);
      return point === undefined ? {} : { owner: json(point.owner), deadline: json(point.deadline) };
    }
    case 'ResolutionAmended':
      return Object.fromEntries(
        event.data.changes.flatMap((change, index) =>
          change.change === 'REWORDED' ? [[`changes.${index}.text`, resolution.points.get(change.point)?.text ?? null]] : [],
        ),
      );
    default:
      return {};
  }
};

/** Text variants are other wordings of what stands there already. */
export const isOnTimeline = (event: ResolutionEvent): boolean => event.type !== 'TextVariantAdded';

/** From the resolution's own text, as recorded point by point, to another wording of it. */
export const diffOfVariant = (resolution: RecordedResolution, variant: TextVariant): TextDiff =>
  diffOfTexts(printedText(resolution.points), variant.text);
