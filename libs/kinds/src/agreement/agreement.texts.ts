import type { PartText } from '@saksgang/kernel';
import { inPart, openName } from '../shared/part-texts.js';
import type { AgreementEvent } from './agreement.events.js';

/** What can be searched for, goals under their own parts. */
export const textsOfAgreement = (event: AgreementEvent): readonly PartText[] => {
  switch (event.type) {
    case 'AgreementSigned': {
      const { title, parties, signatures, goals, purpose, buildsOn } = event.data;
      return [
        ...inPart(null, [title, ...parties.map(openName), purpose, buildsOn]),
        ...inPart(
          null,
          signatures.flatMap(({ party, role }) => [openName(party), role]),
        ),
        ...goals.flatMap(({ key, text }) => inPart(key, [text])),
      ];
    }
    case 'AgreementRevised':
      return inPart(null, [event.data.version, event.data.text]);
    case 'AgreementAcceded':
      return inPart(null, [openName(event.data.party)]);
    case 'AgreementBroughtIntoForce':
    case 'AgreementEnded':
      return [];
  }
};
