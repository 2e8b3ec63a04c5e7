import { type Fields, type Served } from './serve.js';

type Told = readonly [command: string, input: (ids: Readonly<Record<string, string>>) => Fields];

/** A ministry or a committee is no person: these fields refuse one. */
export const TAKE_NO_PERSON = ['AnnounceWhitePaperInput.ministry', 'WhitePaperPresentedInput.ministry', 'WhitePaperReachedInput.committee'];

/** Commands that name one person in every field of every input that takes one. What a command makes is known by its commandId. */
export const everywhere = (name: string): readonly Told[] => {
  const person = { name };
  const party = { person };
  const organ = { name: 'Kulturdepartementet' };
  const at = (id: string | undefined) => ({ id });
  return [
    ['establishBody', () => ({ commandId: 'organ', name: 'Kulturskolerådet', assertedBy: party })],
    [
      'registerDocument',
      () => ({
        commandId: 'brev',
        title: 'Vedtak om opptrapping',
        caseOfficer: person,
        sender: party,
        recipients: [party],
        signatories: [{ person, role: 'Daglig leder', body: party, mark: '(s)' }],
      }),
    ],
    [
      'recordResolution',
      () => ({
        commandId: 'vedtak',
        resolutionType: 'VEDTAK',
        title: 'Opptrapping av kulturskolen',
        body: party,
        caseOfficer: person,
        points: [{ pointKind: 'REQUEST', text: 'Be staten øke bevilgningen.', addressees: [party] }],
      }),
    ],
    ['assignPoint', ({ vedtak }) => ({ commandId: 'fordel', point: { item: at(vedtak), point: '1' }, owner: party })],
    [
      'recordVote',
      ({ vedtak }) => ({ commandId: 'votering', resolution: at(vedtak), inFavour: 5, against: 1, dissents: [{ party, text: 'Mot.' }] }),
    ],
    [
      'signAgreement',
      () => ({
        commandId: 'avtale',
        agreementType: 'AGREEMENT',
        title: 'Avtale om samarbeid',
        parties: [party],
        signatures: [{ party, person, role: 'Styreleder' }],
      }),
    ],
    ['accedeToAgreement', ({ avtale }) => ({ commandId: 'slutt-til', agreement: at(avtale), party })],
    ['adoptPlan', () => ({ commandId: 'plan', title: 'Strategi', owner: party })],
    ['announceWhitePaper', () => ({ commandId: 'melding', whitePaperType: 'KULTURMELDING', name: 'Ny kulturmelding', ministry: organ })],
    [
      'recordOrder',
      ({ melding }) => ({ commandId: 'bestilling', whitePaper: at(melding), text: 'Legg fram en melding.', orderedBy: party }),
    ],
    [
      'advanceWhitePaper',
      ({ melding }) => ({
        commandId: 'lagt-fram',
        whitePaper: at(melding),
        source: { title: 'Regjeringen.no' },
        step: { presented: { title: 'Kulturens kraft', ministry: organ } },
      }),
    ],
    [
      'advanceWhitePaper',
      ({ melding }) => ({
        commandId: 'i-komite',
        whitePaper: at(melding),
        source: { title: 'Regjeringen.no' },
        step: { inCommittee: { committee: organ, rapporteurs: [{ person, party: 'Sp' }] } },
      }),
    ],
    ['openConsultation', () => ({ commandId: 'hoering', title: 'Innspill til meldingen', invited: [party] })],
    [
      'recordConsultationInput',
      ({ hoering }) => ({ commandId: 'innspill', consultation: at(hoering), text: 'Styrk kulturskolen.', from: party }),
    ],
    ['giveFeedback', ({ hoering }) => ({ commandId: 'svar', consultation: at(hoering), text: 'Takk for innspillet.', to: [party] })],
    ['startProject', () => ({ commandId: 'prosjekt', title: 'Oppspill', initiators: [party], steeringGroup: party })],
    ['planMilestone', () => ({ commandId: 'milepel', title: 'Ferdig rapport', owner: party })],
    ['stateEvidence', () => ({ commandId: 'funn', claim: 'Ventelistene vokser.', chain: [{ by: party, title: 'Intervju' }] })],
    [
      'correctEntry',
      ({ vedtak }) => ({
        commandId: 'rett',
        entry: `${vedtak}@1`,
        reason: 'Feil ansvarlig.',
        assertedBy: party,
        set: [{ path: 'owner', value: { person } }],
      }),
    ],
  ];
};

/** Records them all, and answers the items by command id. */
export const recordEverywhere = async (served: Served, name: string): Promise<Readonly<Record<string, string>>> => {
  const ids: Record<string, string> = {};
  for (const [command, input] of everywhere(name)) {
    const given = input(ids);
    ids[String(given['commandId'])] = await served.recorded(command, given);
  }
  return ids;
};
