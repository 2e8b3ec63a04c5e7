import { labelOfDate, labels, same, type Described, type Fact, type Labels, type Party } from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark, sentence } from '../shared/wording.js';
import type {
  PointChange,
  PointClosed,
  PointData,
  ResolutionEvent,
  ResolutionRecorded,
  ResolutionType,
  VoteRecorded,
} from './resolution.events.js';
import { POINT_CLOSURE_LABELS, TEXT_MEDIUM_LABELS, VERDICT_OUTCOME_LABELS } from './resolution.labels.js';
import type { Resolution } from './resolution.state.js';

const PARTS_TOLD_MAX = 5; // changes or dissents told in one description

const REASON = labels('Begrunnelse', 'Grunngiving', 'Reason');
const map = (text: Labels, change: (text: string) => string): Labels => labels(change(text.nb), change(text.nn), change(text.en));
/** A name stands as it is written; only our own words for a person take a capital where they begin a sentence. */
const atStart = (party: Party): Labels =>
  typeof party.name === 'string' ? same(party.name) : map(partyLabel(party), (text) => text.charAt(0).toUpperCase() + text.slice(1));
const numbered = (path: string): Labels => labels(`punkt ${path}`, `punkt ${path}`, `point ${path}`);
const Numbered = (path: string): Labels => labels(`Punkt ${path}`, `Punkt ${path}`, `Point ${path}`);
const said = (text: string | null): Labels => (text === null ? NOTHING_SAID : sentence(same(excerpt(text))));

const decidedBy = (type: ResolutionType, body: Party, title: string): Labels => {
  const who = atStart(body);
  switch (type) {
    case 'VEDTAK':
      return joined([who, labels('vedtok', 'vedtok', 'resolved'), quoted(title)]);
    case 'UTTALELSE':
      return joined([who, labels('vedtok uttalelsen', 'vedtok fråsegna', 'adopted the statement'), quoted(title)]);
    case 'STANDPUNKT':
      return headed(joined([labels('Standpunkt fra', 'Standpunkt frå', 'Position of'), partyLabel(body)]), quoted(title));
  }
};

const THE: Readonly<Record<ResolutionType, Labels>> = {
  VEDTAK: labels('Vedtaket', 'Vedtaket', 'The resolution'),
  UTTALELSE: labels('Uttalelsen', 'Fråsegna', 'The statement'),
  STANDPUNKT: labels('Standpunktet', 'Standpunktet', 'The position'),
};

/** «Vedtaket «Kultur for framtida»», or «Vedtaket» where the state is not at hand. */
const theResolution = (state: Resolution | undefined): Labels =>
  state === undefined || state.status === 'unknown' ? THE.VEDTAK : joined([THE[state.resolutionType], quoted(state.title)]);

const by = (preposition: Labels, title: string | null): Labels =>
  title === null ? NOTHING_SAID : joined([preposition, quoted(excerpt(title))]);

const votes = ({ unanimous, inFavour, against, abstained }: VoteRecorded['data']): Labels => {
  const counts = [
    inFavour === null ? NOTHING_SAID : labels(`${inFavour} for`, `${inFavour} for`, `${inFavour} in favour`),
    against === null ? NOTHING_SAID : labels(`${against} mot`, `${against} mot`, `${against} against`),
    abstained === null ? NOTHING_SAID : labels(`${abstained} avsto`, `${abstained} røysta ikkje`, `${abstained} abstained`),
  ];
  const outcome = unanimous ? labels('enstemmig', 'samrøystes', 'unanimous') : NOTHING_SAID;
  const told = joined([outcome, ...counts], ', ');
  if (told.nb !== '') return told;
  return unanimous === null
    ? labels('utfallet er ikke oppgitt', 'utfallet er ikkje oppgitt', 'how it went is not stated')
    : labels('ikke enstemmig, stemmetall ukjent', 'ikkje samrøystes, røystetal ukjent', 'not unanimous, numbers unknown');
};

const closedHow = ({ closedAs, replacedBy }: PointClosed['data']): Labels => {
  if (replacedBy === null) return POINT_CLOSURE_LABELS[closedAs];
  const what = joined([quoted(excerpt(replacedBy.title)), replacedBy.point === null ? NOTHING_SAID : numbered(replacedBy.point)], ', ');
  return joined([labels('erstattet av', 'erstatta av', 'replaced by'), what]);
};

const verdictOn = (point: string, assertedBy: Party | null): Labels =>
  joined([
    labels('Vurdering av', 'Vurdering av', 'Verdict on'),
    numbered(point),
    assertedBy === null ? NOTHING_SAID : joined([labels('fra', 'frå', 'by'), partyLabel(assertedBy)]),
  ]);

const titleOf = ({ event, assertedBy }: Fact<ResolutionEvent>, state: Resolution | undefined): Labels => {
  switch (event.type) {
    case 'ResolutionRecorded': {
      const { recordedAs, resolutionType, body, title } = event.data;
      if (recordedAs === 'ADOPTED') return decidedBy(resolutionType, body, title);
      return headed(joined([labels('Forslag lagt fram for', 'Forslag lagt fram for', 'Proposal put to'), partyLabel(body)]), quoted(title));
    }
    case 'ResolutionAdopted':
      return state === undefined || state.status === 'unknown'
        ? labels('Forslaget ble vedtatt', 'Framlegget vart vedteke', 'The proposal was adopted')
        : decidedBy(state.resolutionType, state.body, state.title);
    case 'ResolutionAmended':
      return joined([
        theResolution(state),
        labels('ble endret', 'vart endra', 'was amended'),
        by(labels('ved', 'ved', 'by'), event.data.byTitle),
      ]);
    case 'ResolutionSuperseded':
      return joined([
        theResolution(state),
        labels('ble avløst', 'vart avløyst', 'was superseded'),
        by(labels('av', 'av', 'by'), event.data.byTitle),
      ]);
    case 'ResolutionRepealed':
      return joined([
        theResolution(state),
        labels('ble opphevet', 'vart oppheva', 'was repealed'),
        by(labels('ved', 'ved', 'by'), event.data.byTitle),
      ]);
    case 'ResolutionClosed':
      return joined([theResolution(state), labels('ble avsluttet', 'vart avslutta', 'was closed')]);
    case 'VoteRecorded': {
      const { point } = event.data;
      const vote = labels('Votering', 'Røysting', 'Vote');
      return headed(point === null ? vote : joined([vote, labels('over', 'over', 'on'), numbered(point)]), votes(event.data));
    }
    case 'TextVariantAdded':
      return headed(labels('Tekstvariant', 'Tekstvariant', 'Text variant'), TEXT_MEDIUM_LABELS[event.data.medium]);
    case 'PointAssigned': {
      const { point, owner, deadline } = event.data;
      const assigned = joined([Numbered(point), labels('fordelt til', 'fordelt til', 'assigned to'), partyLabel(owner)]);
      return deadline === null ? assigned : joined([assigned, joined([labels('frist', 'frist', 'due'), labelOfDate(deadline)])], ', ');
    }
    case 'PointStarted':
      return joined([
        labels('Arbeidet med', 'Arbeidet med', 'Work on'),
        numbered(event.data.point),
        labels('er i gang', 'er i gang', 'has begun'),
      ]);
    case 'PointReported':
      return joined([labels('Rapport om', 'Rapport om', 'Report on'), numbered(event.data.point)]);
    case 'PointClosed':
      return headed(joined([Numbered(event.data.point), labels('avsluttet', 'avslutta', 'closed')]), closedHow(event.data));
    case 'PointReopened':
      return joined([Numbered(event.data.point), labels('gjenåpnet', 'opna på nytt', 'reopened')]);
    case 'PointJudged':
      return headed(verdictOn(event.data.point, assertedBy), VERDICT_OUTCOME_LABELS[event.data.outcome]);
  }
};

const counted = (points: readonly PointData[]): number => points.reduce((sum, point) => sum + 1 + counted(point.points), 0);

const whatWasRecorded = ({ meeting, caseReference, points }: ResolutionRecorded['data']): Labels => {
  const count = counted(points);
  const first = points[0];
  return joined([
    remark(labels('Møte', 'Møte', 'Meeting'), meeting === null ? null : same(meeting)),
    remark(labels('Sak', 'Sak', 'Case'), caseReference === null ? null : same(caseReference)),
    first === undefined
      ? NOTHING_SAID
      : sentence(
          count === 1 ? labels('Ett punkt', 'Eitt punkt', 'One point') : labels(`${count} punkter`, `${count} punkt`, `${count} points`),
        ),
    first === undefined ? NOTHING_SAID : quoted(excerpt(first.text)),
  ]);
};

const changeLabel = (change: PointChange): Labels => {
  switch (change.change) {
    case 'REWORDED':
      return headed(joined([Numbered(change.point), labels('har ny ordlyd', 'har ny ordlyd', 'reworded')]), quoted(excerpt(change.text)));
    case 'STRUCK':
      return joined([Numbered(change.point), labels('er strøket', 'er stroke', 'struck')]);
    case 'ADDED':
      return headed(joined([labels('Nytt punkt', 'Nytt punkt', 'New point'), same(change.path)]), quoted(excerpt(change.added.text)));
  }
};

const andMore = (count: number): Labels =>
  count <= 0 ? NOTHING_SAID : labels(`Og ${count} til.`, `Og ${count} til.`, `And ${count} more.`);

/** The text of the point that an event is about, as it stood before it. */
const pointText = (event: ResolutionEvent, state: Resolution | undefined): Labels => {
  const path = 'point' in event.data ? event.data.point : null;
  const point = path === null || state === undefined || state.status === 'unknown' ? undefined : state.points.get(path);
  return point === undefined ? NOTHING_SAID : sentence(quoted(excerpt(point.text)));
};

const detailOf = ({ event }: Fact<ResolutionEvent>): Labels => {
  switch (event.type) {
    case 'ResolutionRecorded':
      return whatWasRecorded(event.data);
    case 'ResolutionAdopted':
      return remark(labels('Møte', 'Møte', 'Meeting'), event.data.meeting === null ? null : same(event.data.meeting));
    case 'ResolutionAmended':
      return joined([
        ...event.data.changes.slice(0, PARTS_TOLD_MAX).map((change) => sentence(changeLabel(change))),
        andMore(event.data.changes.length - PARTS_TOLD_MAX),
      ]);
    case 'VoteRecorded':
      return remark(
        labels('Dissens', 'Dissens', 'Dissent'),
        event.data.dissents.length === 0
          ? null
          : listed(event.data.dissents.slice(0, PARTS_TOLD_MAX).map(({ party }) => partyLabel(party))),
      );
    case 'TextVariantAdded':
      // Not in the title: titles are told where a point is shielded, and a variant may be the wording of that point.
      return joined([event.data.title === null ? NOTHING_SAID : quoted(event.data.title), said(event.data.text)]);
    case 'PointStarted':
    case 'PointReported':
      return said(event.data.text);
    case 'PointClosed':
      return remark(
        labels('Vurdering', 'Vurdering', 'Verdict'),
        event.data.verdict === null ? null : VERDICT_OUTCOME_LABELS[event.data.verdict],
      );
    case 'ResolutionSuperseded':
    case 'ResolutionRepealed':
    case 'ResolutionClosed':
    case 'PointAssigned':
    case 'PointReopened':
    case 'PointJudged':
      return NOTHING_SAID;
  }
};

/** `state`: the one in effect just before the fact; with it a title names the resolution and a description quotes the point. */
export const describeResolution = (fact: Fact<ResolutionEvent>, state?: Resolution): Described => ({
  title: titleOf(fact, state),
  description: joined([
    pointText(fact.event, state),
    detailOf(fact),
    remark(REASON, fact.reason === null ? null : same(excerpt(fact.reason))),
  ]),
});
