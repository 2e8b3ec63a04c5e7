import { labels, type Shown } from '@saksgang/kernel';
import { AGREEMENT_TYPE_LABELS } from './agreement.labels.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const AGREEMENT_SHOWN: Shown = {
  labels: {
    signed: labels('undertegnet', 'underteikna', 'signed'),
    broughtIntoForce: labels('satt i kraft', 'sett i kraft', 'brought into force'),
    'versions.*': labels('utgave', 'utgåve', 'version'),
    'accessions.*': labels('tiltredelse', 'tilslutning', 'accession'),
    ended: labels('avsluttet', 'avslutta', 'ended'),
  },
  words: { agreementType: AGREEMENT_TYPE_LABELS },
  derived: [],
  parts: null,
};
