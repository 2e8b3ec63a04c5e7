import { labels, refuse, sameParty, type Party, type Refusal } from '@saksgang/kernel';
import type { AgreementRevised } from './agreement.events.js';
import type { Agreement, RecordedAgreement } from './agreement.state.js';

export const anAgreementIsSignedOnce = (agreement: Agreement): Refusal | null =>
  agreement.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_SIGNED',
        labels(`«${agreement.title}» er allerede ført.`, `«${agreement.title}» er alt ført.`, `“${agreement.title}” is already on record.`),
        labels(
          'Er avtalen endret, før det som en revisjon. Er noe feilført, rett oppføringen.',
          'Er avtalen endra, før det som ein revisjon. Er noko feilført, rett oppføringa.',
          'If the agreement has changed, record the revision. If something is wrong, correct the entry.',
        ),
        { allowed: ['bringAgreementIntoForce', 'reviseAgreement', 'accedeToAgreement', 'endAgreement', 'correctEntry'] },
      );

const notSigned = (): Refusal =>
  refuse(
    'NOT_SIGNED',
    labels('Avtalen er ikke ført.', 'Avtalen er ikkje ført.', 'The agreement is not on record.'),
    labels('Før opp avtalen først.', 'Før opp avtalen først.', 'Sign the agreement first.'),
    { allowed: ['signAgreement'] },
  );

/** What follows holds for an agreement that is on record. */
export const ofASigned = (agreement: Agreement, judge: (recorded: RecordedAgreement) => Refusal | null): Refusal | null =>
  agreement.status === 'unknown' ? notSigned() : judge(agreement);

export const anEndedAgreementIsLeftAsItIs = ({ title, status }: RecordedAgreement): Refusal | null =>
  status === 'ended'
    ? refuse(
        'AGREEMENT_HAS_ENDED',
        labels(`«${title}» gjelder ikke lenger.`, `«${title}» gjeld ikkje lenger.`, `“${title}” is no longer in force.`),
        labels(
          'Skjedde dette mens avtalen gjaldt, oppgi datoen. Er slutten feilført, rett eller trekk tilbake den oppføringen. Vet du mer om datoen, fastsett den.',
          'Hende dette medan avtalen galdt, oppgje datoen. Er slutten feilført, rett eller trekk tilbake den oppføringa. Veit du meir om datoen, fastset han.',
          'If this happened while it was in force, give the date. If the end was recorded by mistake, correct or retract that entry. If you know more about its date, establish it.',
        ),
        { allowed: ['addNote', 'establishDate', 'correctEntry', 'retractEntry'] },
      )
    : null;

/** A revision says nothing of when the agreement came into force: that may be learnt after it. */
export const anAgreementComesIntoForceOnce = ({ title, broughtIntoForce }: RecordedAgreement): Refusal | null =>
  broughtIntoForce === null
    ? null
    : refuse(
        'ALREADY_IN_FORCE',
        labels(`«${title}» har alt trådt i kraft.`, `«${title}» har alt teke til å gjelde.`, `“${title}” is in force already.`),
        labels(
          'Gjelder den for en ny tid, før det som en revisjon. Vet du mer om datoen, fastsett den.',
          'Gjeld han for ei ny tid, før det som ein revisjon. Veit du meir om datoen, fastset han.',
          'If it holds for a new period, record the revision. If you know more about the date, establish it.',
        ),
        { allowed: ['reviseAgreement', 'establishDate', 'correctEntry'] },
      );

export const aRevisionSaysWhatIsNew = ({ version, text, period }: AgreementRevised['data']): Refusal | null =>
  version === null && text === null && period === null
    ? refuse(
        'EMPTY_REVISION',
        labels(
          'Revisjonen sier ikke hva som er nytt.',
          'Revisjonen seier ikkje kva som er nytt.',
          'The revision does not say what is new.',
        ),
        labels(
          'Oppgi minst én av versjon, tekst og periode.',
          'Oppgje minst éin av versjon, tekst og periode.',
          'Give at least one of version, text and period.',
        ),
      )
    : null;

export const isPartyTo = ({ parties }: RecordedAgreement, party: Party): boolean => parties.some((other) => sameParty(other, party));
