import { boundsOf, labelOfDate, labels, LOCALES, same, type Described, type Fact, type Labels, type PartialDate } from '@saksgang/kernel';
import { VERDICT_OUTCOME_LABELS } from '../resolution/resolution.labels.js';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark, sentence } from '../shared/wording.js';
import { paperReferenceOf, planInForce } from './white-paper.evolve.js';
import type {
  Rapporteur,
  ReachedStage,
  WhitePaperAdvanced,
  WhitePaperAnnounced,
  WhitePaperEvent,
  WhitePaperOrdered,
} from './white-paper.events.js';
import { WHITE_PAPER_TYPE_LABELS } from './white-paper.labels.js';
import type { WhitePaper } from './white-paper.state.js';

const REASON = labels('Begrunnelse', 'Grunngiving', 'Reason');
const MINISTRY = labels('Departement', 'Departement', 'Ministry');
const PLANNED = labels('Planlagt lagt fram', 'Planlagd lagd fram', 'Planned presentation');

/** A text that begins a sentence: our own words take a capital, and what is quoted stays as it is. */
const capital = (text: Labels): Labels => {
  const [nb, nn, en] = LOCALES.map((locale) => text[locale].charAt(0).toUpperCase() + text[locale].slice(1));
  return labels(nb ?? '', nn ?? '', en ?? '');
};

/** «Ny kulturmelding: lagt fram …» where the state is at hand, «Lagt fram …» where it is not. */
const ofThePaper = (state: WhitePaper | undefined, what: Labels): Labels =>
  state === undefined || state.status === 'unknown' ? capital(what) : headed(same(excerpt(state.name)), what);

const followed = (what: Labels, by: string | null): Labels => (by === null ? what : joined([what, same(by)]));
const detailed = (what: Labels, detail: string | null): Labels => (detail === null ? what : joined([what, same(detail)], ', '));

const REACHED: Readonly<Record<ReachedStage, (data: WhitePaperAdvanced['data']) => Labels>> = {
  INPUT: () => labels('innspill til meldingen', 'innspel til meldinga', 'input to the paper'),
  PRESENTED: (data) => {
    const reference = paperReferenceOf(data);
    return reference === null
      ? labels('lagt fram (godkjent i statsråd)', 'lagd fram (godkjend i statsråd)', 'presented')
      : followed(labels('lagt fram som', 'lagd fram som', 'presented as'), reference);
  },
  REFERRED: ({ committee }) =>
    committee === null
      ? labels('oversendt komité', 'send til komité', 'referred to committee')
      : followed(labels('oversendt', 'send til', 'referred to'), committee.name),
  IN_COMMITTEE: ({ committee }) =>
    committee === null
      ? labels('til komitébehandling', 'til komitéhandsaming', 'in committee')
      : followed(labels('til behandling i', 'til handsaming i', 'before'), committee.name),
  RECOMMENDED: ({ reference }) => detailed(labels('innstilling avgitt', 'innstilling gitt', 'recommendation given'), reference),
  DEBATED: () => labels('debattert i Stortinget', 'debattert i Stortinget', 'debated in the Storting'),
  RESOLVED: ({ reference }) => detailed(labels('vedtak i Stortinget', 'vedtak i Stortinget', 'resolved by the Storting'), reference),
  FOLLOWED_UP: ({ reference }) => detailed(labels('fulgt opp', 'følgd opp', 'followed up'), reference),
};

const ordered = ({ orderedBy, reference }: WhitePaperOrdered['data']): Labels =>
  detailed(joined([labels('bestilt av', 'bestilt av', 'ordered by'), partyLabel(orderedBy)]), reference);

const plannedFor = (date: PartialDate): Labels =>
  boundsOf(date).precision === 'UNKNOWN'
    ? labels('utsatt, uten ny dato', 'utsett, utan ny dato', 'postponed, with no new date')
    : joined([labels('planlagt lagt fram', 'planlagd lagd fram', 'planned presentation'), labelOfDate(date)]);

const verdictOn = (order: string | null, { assertedBy }: Fact<WhitePaperEvent>): Labels =>
  joined([
    order === null
      ? labels('vurdering', 'vurdering', 'verdict')
      : labels(`vurdering av bestilling ${order}`, `vurdering av bestilling ${order}`, `verdict on order ${order}`),
    assertedBy === null ? NOTHING_SAID : joined([labels('fra', 'frå', 'by'), partyLabel(assertedBy)]),
  ]);

const whatHappened = (fact: Fact<Exclude<WhitePaperEvent, WhitePaperAnnounced>>): Labels => {
  const { event } = fact;
  switch (event.type) {
    case 'WhitePaperOrdered':
      return ordered(event.data);
    case 'WhitePaperPlanned':
      return plannedFor(event.data.planned);
    case 'WhitePaperAdvanced':
      return REACHED[event.data.stage](event.data);
    case 'WhitePaperMerged':
      return joined([labels('slått sammen med', 'slått saman med', 'merged into'), quoted(excerpt(event.data.intoTitle))]);
    case 'WhitePaperSuperseded':
      return joined([labels('avløst av', 'avløyst av', 'superseded by'), quoted(excerpt(event.data.byTitle))]);
    case 'WhitePaperWithdrawn':
      return labels('trukket tilbake', 'trekt tilbake', 'withdrawn');
    case 'WhitePaperJudged':
      return joined([verdictOn(event.data.order, fact), VERDICT_OUTCOME_LABELS[event.data.outcome]], ': ');
  }
};

const titleOf = (fact: Fact<WhitePaperEvent>, state: WhitePaper | undefined): Labels => {
  const { event } = fact;
  return event.type === 'WhitePaperAnnounced'
    ? headed(labels('Stortingsmelding varslet', 'Stortingsmelding varsla', 'White paper announced'), same(excerpt(event.data.name)))
    : ofThePaper(state, whatHappened({ ...fact, event }));
};

const announcement = ({ whitePaperType, ministry, planned }: WhitePaperAnnounced['data']): Labels =>
  joined([
    sentence(capital(WHITE_PAPER_TYPE_LABELS[whitePaperType])),
    remark(MINISTRY, ministry === null ? null : partyLabel(ministry)),
    remark(PLANNED, planned === null ? null : labelOfDate(planned)),
  ]);

/** Persons are not named; their parties are. */
const rapporteursOf = (rapporteurs: readonly Rapporteur[]): Labels =>
  remark(
    rapporteurs.length > 1
      ? labels('Saksordførere', 'Saksordførarar', 'Rapporteurs')
      : labels('Saksordfører', 'Saksordførar', 'Rapporteur'),
    rapporteurs.length === 0
      ? null
      : listed(
          rapporteurs.map(({ person, party }) => {
            const name = partyLabel({ body: null, name: person });
            return party === null ? name : joined([name, same(`(${excerpt(party)})`)]);
          }),
        ),
  );

const ofTheStage = ({ stage, title, ministry, committee, rapporteurs, text }: WhitePaperAdvanced['data']): Labels =>
  joined([
    title === null ? NOTHING_SAID : sentence(quoted(excerpt(title))),
    remark(MINISTRY, ministry === null ? null : partyLabel(ministry)),
    remark(
      labels('Komité', 'Komité', 'Committee'),
      committee === null || stage === 'REFERRED' || stage === 'IN_COMMITTEE' ? null : partyLabel(committee),
    ),
    rapporteursOf(rapporteurs),
    text === null ? NOTHING_SAID : sentence(same(excerpt(text))),
  ]);

const detailOf = ({ event }: Fact<WhitePaperEvent>, state: WhitePaper | undefined): Labels => {
  switch (event.type) {
    case 'WhitePaperAnnounced':
      return announcement(event.data);
    case 'WhitePaperOrdered':
      return joined([
        sentence(quoted(excerpt(event.data.text))),
        remark(
          labels('Bestillingen', 'Bestillinga', 'The order'),
          event.data.answers === null ? null : quoted(excerpt(event.data.answers.title)),
        ),
      ]);
    case 'WhitePaperPlanned': {
      const earlier = state === undefined || state.status === 'unknown' ? null : planInForce(state);
      return remark(labels('Før dette', 'Før dette', 'Before this'), earlier === null ? null : plannedFor(earlier.date));
    }
    case 'WhitePaperAdvanced':
      return ofTheStage(event.data);
    case 'WhitePaperMerged':
    case 'WhitePaperSuperseded':
    case 'WhitePaperWithdrawn':
    case 'WhitePaperJudged':
      return NOTHING_SAID;
  }
};

/** `state`: the one in effect just before the fact; with it a title names the paper, and a plan the one before it. */
export const describeWhitePaper = (fact: Fact<WhitePaperEvent>, state?: WhitePaper): Described => ({
  title: titleOf(fact, state),
  description: joined([detailOf(fact, state), remark(REASON, fact.reason === null ? null : same(excerpt(fact.reason)))]),
});
