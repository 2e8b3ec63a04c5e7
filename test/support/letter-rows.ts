import { held, named, OPPSPILL, row, texts, type Held, type SeedRow } from './seed-row.js';
import type { Fields } from './serve.js';

const BY_THE_LETTER = { text: '../2018-10-03' };
const LETTER_TITLE = 'Rapport fra medlemsdialogen «Kultur for framtida»';
const milestone = (title: string, actual: Fields = BY_THE_LETTER): Held =>
  held('MILESTONE', title, { state: 'REACHED', project: { title: OPPSPILL }, baseline: null, forecast: null, actual });

/** DOMAIN.md section 5, what the letter says. */
export const LETTER_ROWS: readonly SeedRow[] = [
  row(
    'L1–L6',
    held('DOCUMENT', LETTER_TITLE, {
      recipients: named('Fylkesstyret', 'Rådmannsutvalg', 'Storbynettverk'),
      openEnded: true,
      caseReference: '18/01456-7',
      archiveCode: '0',
      caseOfficer: { value: 'Ann Evy Duun', sealedState: 'SHOWN' },
      theirReference: null,
      blankFields: ['THEIR_REFERENCE'],
      dated: { text: '2018-10-03', asWritten: '03.10.2018' },
    }),
  ),
  row(
    'L7–L8, L15',
    held('CONSULTATION', 'Kultur for framtida', {
      state: 'REPORTED',
      consultationReports: [{ title: LETTER_TITLE, document: null }],
      feedback: texts(
        'Takk til alle som har gitt innspill til medlemsdialogen «Kultur for framtida» - dere har gitt verdifulle bidrag til vårt videre arbeid på kulturfeltet!',
      ),
    }),
    held('DOCUMENT', LETTER_TITLE, { attachments: [{ title: LETTER_TITLE, document: null }] }),
  ),
  row(
    'L9–L13',
    held('RESOLUTION', 'Kultur for framtida', {
      resolutionType: 'VEDTAK',
      body: { name: 'Hovedstyret i KS' },
      decided: BY_THE_LETTER,
      caseReference: null,
      points: {
        nodes: [
          { path: '1', label: '1', pointKind: 'PREMISE' },
          { path: '2', label: '2', text: 'Som interessepolitisk aktør på kulturfeltet vil KS:' },
          { path: '2.1', label: null },
          { path: '2.2', label: null },
          { path: '2.3', label: null, pointKind: 'LEAD_IN', note: expect.stringContaining('vår lesning') as string },
          { path: '2.3.1', label: null },
          { path: '2.3.2', label: null },
          { path: '3', label: '3', pointKind: 'MEASURE' },
          { path: '3.1', label: null },
        ],
      },
    }),
  ),
  row(
    'L7–L9',
    milestone('Medlemsdialogen gjennomført'),
    milestone('Rapporten ferdig'),
    milestone('Saken behandlet i hovedstyret'),
    milestone('Rapport og vedtak sendt deltakerne', { text: '2018-10-03' }),
  ),
  row(
    'L14',
    held('RESOLUTION', 'Kultur spiller en sentral rolle i arbeidet med å legge til rette for gode og inkluderende lokalsamfunn', {
      resolutionType: 'STANDPUNKT',
      points: { nodes: [{ text: expect.stringMatching(/KS ønsker sterke, inkluderende, kulturelle lokalsamfunn\.$/) as string }] },
    }),
  ),
  row(
    'L16',
    held('DOCUMENT', LETTER_TITLE, {
      signatories: [
        { person: { value: 'Helge Eide' }, role: 'Områdedirektør for interessepolitikk', mark: '(s)' },
        { person: { value: 'Erling Lien Barlindhaug' }, role: 'Avdelingsdirektør for utdanning', mark: '(s)' },
      ],
    }),
  ),
];
