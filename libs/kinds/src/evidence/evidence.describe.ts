import { labelOfDate, labels, same, type Described, type Fact, type Labels } from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { quantityLabel } from '../shared/quantity.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark, sentence } from '../shared/wording.js';
import type { EvidenceEvent, EvidenceSource, EvidenceValue } from './evidence.events.js';
import { DISPUTE_OUTCOME_LABELS } from './evidence.labels.js';
import type { Evidence } from './evidence.state.js';

const PARTS_TOLD_MAX = 5; // values or sources told in one description

/** «WEF», or what else is known of it. */
const sourceLabel = ({ by, title, reference, url, locator, dated }: EvidenceSource): Labels => {
  if (by !== null) return partyLabel(by);
  const named = title ?? reference ?? url ?? locator;
  if (named !== null) return same(excerpt(named));
  return dated === null ? labels('et dokument', 'eit dokument', 'a document') : labelOfDate(dated);
};

/** «WEF via E24»: from the origin to where it was read. */
const chainLabel = (chain: readonly EvidenceSource[]): Labels => joined(chain.slice(0, PARTS_TOLD_MAX).map(sourceLabel), ' via ');

/** «65 prosent av barna, et estimat (2016)». */
const valueLabel = ({ value, asWritten, unit, population, qualifier, jurisdiction, year }: EvidenceValue): Labels => {
  const number = quantityLabel(value, asWritten, unit);
  const of = population === null ? NOTHING_SAID : labels(`av ${population}`, `av ${population}`, `of ${population}`);
  const told = joined([joined([number, of]), qualifier === null ? NOTHING_SAID : same(qualifier)], ', ');
  const where = joined([jurisdiction === null ? NOTHING_SAID : same(jurisdiction), year === null ? NOTHING_SAID : labelOfDate(year)], ', ');
  return where.nb === '' ? told : labels(`${told.nb} (${where.nb})`, `${told.nn} (${where.nn})`, `${told.en} (${where.en})`);
};

const valuesLabel = (values: readonly EvidenceValue[]): Labels => joined(values.slice(0, PARTS_TOLD_MAX).map(valueLabel), '; ');

const titleOf = ({ event, assertedBy }: Fact<EvidenceEvent>): Labels => {
  switch (event.type) {
    case 'EvidenceStated':
      return headed(labels('Kunnskapsgrunnlag', 'Kunnskapsgrunnlag', 'Evidence'), quoted(excerpt(event.data.claim)));
    case 'EvidenceSourced':
      return headed(labels('Kilde funnet', 'Kjelde funnen', 'Source found'), chainLabel(event.data.sources));
    case 'EvidenceDisputed': {
      const disputed = labels('Påstanden er bestridt', 'Påstanden er bestridd', 'The claim is disputed');
      return assertedBy === null ? disputed : joined([disputed, labels('av', 'av', 'by'), partyLabel(assertedBy)]);
    }
    case 'EvidenceDisputeSettled':
      return headed(
        labels('Innsigelsen er avgjort', 'Innvendinga er avgjord', 'The dispute is settled'),
        DISPUTE_OUTCOME_LABELS[event.data.outcome],
      );
    case 'EvidenceCorrected': {
      const { claim } = event.data;
      return claim === null
        ? labels('Tallene er rettet', 'Tala er retta', 'The figures have been corrected')
        : headed(labels('Påstanden er rettet', 'Påstanden er retta', 'The claim has been corrected'), quoted(excerpt(claim)));
    }
    case 'EvidenceSuperseded':
      return joined([
        labels('Påstanden er avløst av', 'Påstanden er avløyst av', 'The claim is superseded by'),
        quoted(excerpt(event.data.byTitle)),
      ]);
  }
};

const said = (text: string | null): Labels => (text === null ? NOTHING_SAID : sentence(same(excerpt(text))));
const told = (values: readonly EvidenceValue[] | null): Labels =>
  remark(labels('Tall', 'Tal', 'Figures'), values === null || values.length === 0 ? null : valuesLabel(values));

/** The figure that is disputed, where the state tells it. */
const disputedValue = (key: string | null, state: Evidence | undefined): Labels => {
  const value = state === undefined || state.status === 'unknown' ? undefined : state.values.find((one) => one.key === key);
  return remark(labels('Gjelder', 'Gjeld', 'Concerns'), value === undefined ? null : valueLabel(value));
};

const detailOf = (event: EvidenceEvent, state: Evidence | undefined): Labels => {
  switch (event.type) {
    case 'EvidenceStated':
      return joined([
        said(event.data.caption),
        told(event.data.values),
        remark(labels('Kilde', 'Kjelde', 'Source'), event.data.chain.length === 0 ? null : chainLabel(event.data.chain)),
      ]);
    case 'EvidenceSourced': {
      const cited = event.data.sources.flatMap(({ title }) => (title === null ? [] : [quoted(excerpt(title))]));
      return cited.length === 0 ? NOTHING_SAID : sentence(listed(cited.slice(0, PARTS_TOLD_MAX)));
    }
    case 'EvidenceDisputed':
      return joined([said(event.data.text), disputedValue(event.data.value, state)]);
    case 'EvidenceDisputeSettled':
      return said(event.data.text);
    case 'EvidenceCorrected':
      return joined([told(event.data.values), said(event.data.text)]);
    case 'EvidenceSuperseded':
      return NOTHING_SAID;
  }
};

/** `state`: the one in effect just before the fact; with it a description tells the figure that is disputed. */
export const describeEvidence = (fact: Fact<EvidenceEvent>, state?: Evidence): Described => ({
  title: titleOf(fact),
  description: joined([
    detailOf(fact.event, state),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), fact.reason === null ? null : same(excerpt(fact.reason))),
  ]),
});

/** A figure as a reader sees it. */
export const evidenceValueLabel = valueLabel;
