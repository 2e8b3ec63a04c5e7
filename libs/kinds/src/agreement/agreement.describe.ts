import { labelOfDate, labels, same, type Described, type Fact, type Labels } from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark, sentence } from '../shared/wording.js';
import type { AgreementEvent, AgreementRevised, AgreementSigned, AgreementType } from './agreement.events.js';

/** A declaration is signed, a platform and an agreement are entered into. */
const SIGNED: Readonly<Record<AgreementType, Labels>> = {
  DECLARATION: labels('Erklæring undertegnet', 'Erklæring underteikna', 'Declaration signed'),
  PLATFORM: labels('Plattform inngått', 'Plattform inngått', 'Platform agreed'),
  AGREEMENT: labels('Avtale inngått', 'Avtale inngått', 'Agreement signed'),
};

const titleOf = (event: AgreementEvent): Labels => {
  switch (event.type) {
    case 'AgreementSigned':
      return headed(SIGNED[event.data.agreementType], same(excerpt(event.data.title)));
    case 'AgreementBroughtIntoForce':
      return labels('Trådt i kraft', 'Teke til å gjelde', 'Brought into force');
    case 'AgreementRevised': {
      const { version } = event.data;
      const revised = labels('Revidert', 'Revidert', 'Revised');
      return version === null ? revised : headed(revised, same(excerpt(version)));
    }
    case 'AgreementAcceded':
      return headed(labels('Ny part', 'Ny part', 'New party'), partyLabel(event.data.party));
    case 'AgreementEnded':
      return labels('Gjelder ikke lenger', 'Gjeld ikkje lenger', 'No longer in force');
  }
};

const PERIOD = labels('Periode', 'Periode', 'Period');
const MORE = labels('flere', 'fleire', 'more');

const signingOf = ({ parties, openEnded, goals, purpose, inForce, buildsOn }: AgreementSigned['data']): Labels =>
  joined([
    remark(
      labels('Parter', 'Partar', 'Parties'),
      parties.length === 0 && !openEnded ? null : listed([...parties.map(partyLabel), ...(openEnded ? [MORE] : [])]),
    ),
    remark(labels('Formål', 'Føremål', 'Purpose'), purpose === null ? null : same(excerpt(purpose))),
    remark(labels('Mål', 'Mål', 'Goals'), goals.length === 0 ? null : listed(goals.map(({ text }) => quoted(excerpt(text))))),
    remark(labels('Bygger på', 'Byggjer på', 'Builds on'), buildsOn === null ? null : same(excerpt(buildsOn))),
    remark(PERIOD, inForce === null ? null : labelOfDate(inForce)),
  ]);

const revisionOf = ({ text, period }: AgreementRevised['data']): Labels =>
  joined([text === null ? NOTHING_SAID : sentence(same(excerpt(text))), remark(PERIOD, period === null ? null : labelOfDate(period))]);

const detailOf = (event: AgreementEvent): Labels => {
  switch (event.type) {
    case 'AgreementSigned':
      return signingOf(event.data);
    case 'AgreementBroughtIntoForce':
      return remark(PERIOD, event.data.period === null ? null : labelOfDate(event.data.period));
    case 'AgreementRevised':
      return revisionOf(event.data);
    case 'AgreementAcceded':
    case 'AgreementEnded':
      return NOTHING_SAID;
  }
};

export const describeAgreement = ({ event, reason }: Fact<AgreementEvent>): Described => ({
  title: titleOf(event),
  description: joined([
    detailOf(event),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), reason === null ? null : same(excerpt(reason))),
  ]),
});
