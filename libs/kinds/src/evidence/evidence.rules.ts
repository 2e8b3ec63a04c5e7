import { labels, refuse, type EntryId, type ItemId, type Party, type Refusal } from '@saksgang/kernel';
import type { ElementKey, EvidenceCorrected, EvidenceSourced } from './evidence.events.js';
import type { Dispute, Evidence, RecordedEvidence } from './evidence.state.js';

export const openDisputes = ({ disputes }: RecordedEvidence): readonly Dispute[] =>
  disputes.filter(({ settlement }) => settlement === null);

export const evidenceIsStatedOnce = (evidence: Evidence): Refusal | null =>
  evidence.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_STATED',
        labels('Påstanden er allerede ført.', 'Påstanden er alt ført.', 'The claim is already on record.'),
        labels('Er noe feilført, rett oppføringen.', 'Er noko feilført, rett oppføringa.', 'If something is wrong, correct the entry.'),
        { allowed: ['sourceEvidence', 'disputeEvidence', 'correctEvidence', 'correctEntry'] },
      );

export const evidenceMustBeStatedFirst = (evidence: Evidence): Refusal | null =>
  evidence.status === 'unknown'
    ? refuse(
        'NOT_STATED',
        labels('Kunnskapsgrunnlaget er ikke ført.', 'Kunnskapsgrunnlaget er ikkje ført.', 'The evidence is not on record.'),
        labels('Før opp påstanden først.', 'Før opp påstanden først.', 'State the claim first.'),
        { allowed: ['stateEvidence'] },
      )
    : null;

/** Its sources may still be learnt, and a dispute settled. */
export const supersededEvidenceIsLeftAsItIs = (evidence: Evidence): Refusal | null =>
  evidence.status === 'superseded'
    ? refuse(
        'EVIDENCE_SUPERSEDED',
        labels(
          `Påstanden er avløst av «${evidence.byTitle}».`,
          `Påstanden er avløyst av «${evidence.byTitle}».`,
          `The claim has been superseded by “${evidence.byTitle}”.`,
        ),
        labels(
          'Gjelder det en tid før avløsningen, oppgi datoen. Er avløsningen feilført, rett eller trekk tilbake den oppføringen.',
          'Gjeld det ei tid før avløysinga, oppgje datoen. Er avløysinga feilført, rett eller trekk tilbake den oppføringa.',
          'If it concerns a time before that, give the date. If it was superseded by mistake, correct or retract that entry.',
        ),
        { allowed: ['sourceEvidence', 'settleEvidenceDispute', 'correctEntry', 'retractEntry'], candidates: [evidence.by] },
      )
    : null;

export const evidenceDoesNotSupersedeItself = (by: ItemId, item: ItemId): Refusal | null =>
  by === item
    ? refuse(
        'SUPERSEDED_BY_ITSELF',
        labels('En påstand kan ikke avløse seg selv.', 'Ein påstand kan ikkje avløyse seg sjølv.', 'A claim cannot supersede itself.'),
        labels('Oppgi påstanden som avløser den.', 'Oppgje påstanden som avløyser han.', 'Name the claim that supersedes it.'),
      )
    : null;

export const aDisputeHasSomeoneWhoRaisesIt = (assertedBy: Party | null): Refusal | null =>
  assertedBy === null
    ? refuse(
        'ASSERTER_REQUIRED',
        labels(
          'Det står ikke hvem som bestrider påstanden.',
          'Det står ikkje kven som bestrid påstanden.',
          'It is not said who disputes the claim.',
        ),
        labels('Oppgi hvem som gjør det (assertedBy).', 'Oppgje kven som gjer det (assertedBy).', 'Say who does (assertedBy).'),
      )
    : null;

export const onlyAValueItHasIsNamed = (evidence: Evidence, key: ElementKey | null): Refusal | null => {
  if (key === null || evidence.status === 'unknown' || evidence.values.some((value) => value.key === key)) return null;
  const known = evidence.values.map((value) => `${value.key} (${value.asWritten ?? value.value})`).join(', ');
  return refuse(
    'UNKNOWN_VALUE',
    labels(`Påstanden har ikke verdi ${key}.`, `Påstanden har ikkje verdi ${key}.`, `The claim has no value ${key}.`),
    known === ''
      ? labels('Påstanden har ingen verdier.', 'Påstanden har ingen verdiar.', 'The claim has no values.')
      : labels(`Velg blant disse: ${known}.`, `Vel mellom desse: ${known}.`, `Choose among these: ${known}.`),
  );
};

export const onlyASourceItHasIsNamed = (evidence: Evidence, { before }: EvidenceSourced['data']): Refusal | null =>
  before === null || evidence.status === 'unknown' || evidence.chain.some(({ key }) => key === before)
    ? null
    : refuse(
        'UNKNOWN_SOURCE',
        labels(`Kildekjeden har ikke ledd ${before}.`, `Kjeldekjeda har ikkje ledd ${before}.`, `The source chain has no link ${before}.`),
        labels(
          'Oppgi nøkkelen til et ledd i chain, eller la before stå tom.',
          'Oppgje nøkkelen til eit ledd i chain, eller lat before stå tom.',
          'Give the key of a link in chain, or leave before empty.',
        ),
      );

/** Reached by a correction that adds a source under a key which another one has. */
export const aKeyIsGivenOnce = (evidence: Evidence, { sources }: EvidenceSourced['data']): Refusal | null =>
  evidence.status !== 'unknown' && sources.some(({ key }) => evidence.chain.some((known) => known.key === key)) ? keysWouldShift() : null;

export const aCorrectionSaysSomething = ({ claim, values }: EvidenceCorrected['data']): Refusal | null =>
  claim === null && values === null
    ? refuse(
        'EMPTY_CORRECTION',
        labels('Det står ikke hva som er rettet.', 'Det står ikkje kva som er retta.', 'It is not said what has been corrected.'),
        labels(
          'Oppgi påstanden slik den nå lyder, eller verdiene.',
          'Oppgje påstanden slik han no lyder, eller verdiane.',
          'Give the claim as it now reads, or the values.',
        ),
      )
    : null;

export const onlyAStandingDisputeIsSettled = (evidence: Evidence, entry: EntryId): Refusal | null => {
  const dispute = evidence.status === 'unknown' ? undefined : evidence.disputes.find((one) => one.entry === entry);
  if (dispute === undefined)
    return refuse(
      'UNKNOWN_DISPUTE',
      labels(
        'Oppføringen er ikke en innsigelse mot denne påstanden på den dagen.',
        'Oppføringa er ikkje ei innvending mot denne påstanden den dagen.',
        'The entry is no dispute of this claim on that day.',
      ),
      labels('Ta id-en fra disputes.', 'Ta id-en frå disputes.', 'Take the id from disputes.'),
    );
  return dispute.settlement === null
    ? null
    : refuse(
        'DISPUTE_SETTLED',
        labels('Innsigelsen er allerede avgjort.', 'Innvendinga er alt avgjord.', 'The dispute has already been settled.'),
        labels(
          'Er avgjørelsen feilført, rett eller trekk tilbake den oppføringen. Er det en ny innsigelse, før den.',
          'Er avgjerda feilført, rett eller trekk tilbake den oppføringa. Er det ei ny innvending, før ho.',
          'If the settlement was recorded by mistake, correct or retract that entry. If the dispute is a new one, record it.',
        ),
        { allowed: ['disputeEvidence', 'correctEntry', 'retractEntry'] },
      );
};

export const keysWouldShift = (): Refusal =>
  refuse(
    'KEYS_WOULD_SHIFT',
    labels(
      'Rettelsen ville gi en verdi eller en kilde nøkkelen til en annen.',
      'Rettinga ville gje ein verdi eller ei kjelde nøkkelen til ein annan.',
      'The correction would give a value or a source the key of another.',
    ),
    labels(
      'La hver verdi og kilde beholde sin key, i samme rekkefølge. Nye får en key som ikke er brukt.',
      'Lat kvar verdi og kjelde behalde sin key, i same rekkjefølgje. Nye får ein key som ikkje er brukt.',
      'Let every value and source keep its key, in the same order. New ones take a key that has not been used.',
    ),
    { allowed: ['correctEntry', 'sourceEvidence', 'correctEvidence'] },
  );
