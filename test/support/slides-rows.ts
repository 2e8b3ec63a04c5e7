import { held, including, named, OPPSPILL, row, texts, type Held, type SeedRow } from './seed-row.js';
import type { Fields } from './serve.js';

/** A figure of which the source says neither year nor origin. */
const figure = (claim: string, asWritten: string, value: string, unit: string, more: Fields = {}): Held =>
  held('EVIDENCE', claim, {
    claim,
    evidenceStatus: 'UNSOURCED',
    chain: [],
    values: [{ value, asWritten, unit, year: null, jurisdiction: null, ...more }],
  });
/** On the slide a caption stands before its figure. */
const captioned = (caption: string, asWritten: string, value: string): Held =>
  held('EVIDENCE', `${caption} ${asWritten}`, {
    claim: `${caption}\n${asWritten}`,
    caption,
    evidenceStatus: 'UNSOURCED',
    chain: [],
    values: [{ value, asWritten, year: null, jurisdiction: 'Norge' }],
  });
const goal = (code: string, text: string): Held =>
  held('RESULT_GOAL', `${code}: ${text}`, { code, text, level: 'RESULT', project: { title: OPPSPILL }, occurred: { text: 'unknown' } });
const expectedPaper = (title: string, whitePaperType: string): Held =>
  held('WHITE_PAPER', title, { whitePaperType, name: title, history: { nodes: including({ type: 'WhitePaperAnnounced' }) } });

const CLAIMS = including(
  { claim: 'Samme eier (kommunene)', assertedBy: { name: 'KS' } },
  { claim: 'Medlems- og interesseorganisasjoner', assertedBy: { name: 'KS' } },
  { claim: 'Jobber faglig og politisk', assertedBy: { name: 'KS' } },
);

/** DOMAIN.md section 5, what the slides say. */
export const SLIDES_ROWS: readonly SeedRow[] = [
  row(
    'P1–P2',
    held('BODY', 'KS'),
    figure('19 fylkeskommuner', '19', '19', 'fylkeskommuner'),
    figure('426 kommuner', '426', '426', 'kommuner'),
    figure('500 bedrifter', '500', '500', 'bedrifter'),
    figure('440 000 ansatte', '440 000', '440000', 'ansatte'),
    figure('440 000 ansatte (184 mrd kroner)', '184 mrd kroner', '184000000000', 'kroner'),
    figure('11 500 folkevalgte', '11 500', '11500', 'folkevalgte'),
    figure('450 milliarder kroner (totalt)', '450 milliarder kroner', '450000000000', 'kroner', { qualifier: '(totalt)' }),
    figure('fem millioner innbyggere som får gode tjenester.', 'fem millioner', '5000000', 'innbyggere'),
  ),
  row(
    'P3–P4',
    held('PLAN', 'KS’ langtidsplan for perioden 2016-2019', {
      period: { text: '2016/2019', asWritten: '2016-2019' },
      planGoals: texts(
        'Inkluderende folkestyre',
        'Sunn kommuneøkonomi',
        'Attraktive arbeidsgivere',
        'Bærekraftige helse- og velferdstjenester',
        'Inkluderende oppvekst',
        'Livskraftige regioner, byer og distrikter',
      ),
    }),
  ),
  row(
    'P5',
    held('PROJECT', OPPSPILL, {
      notes: including(
        ...texts(
          'Fra utenforskap til inkluderende lokalsamfunn',
          'Utvikle mer inkluderende lokalsamfunn\nAlle må bli sett og hørt, få ansvar og bli vist tillit',
          'Mobilisere lokalsamfunnet',
        ),
      ),
    }),
  ),
  row(
    'P6',
    captioned(
      'barn i Norge har foreldre som har psykiske lidelser eller alkoholmisbruk som gjør at de sliter i hverdagen',
      '290 000',
      '290000',
    ),
    captioned('barn vokser opp i familier med vedvarende lavinntekt', '84 000', '84000'),
    captioned(
      'elever som begynner på videregående skole i Norge, har ikke fullført utdanningen etter fem år– dette tallet har vært stabilt over tid',
      '1 av 3',
      '1/3',
    ),
    captioned('personer i arbeidsfør alder mottar helserelaterte ytelser', '700 000', '700000'),
    captioned('personer med ulik grad av funksjonshemming står ufrivillig utenfor arbeidslivet', '85 000', '85000'),
    captioned('elever mottar spesialundervisning', '37 000', '37000'),
  ),
  row(
    'P7–P9',
    held('AGREEMENT', 'Fritidserklæringen', {
      agreementType: 'DECLARATION',
      signed: { text: '2016-06-07', asWritten: '7.juni 2016' },
      parties: named('Regjeringen', 'KS'),
      openEnded: true,
      buildsOn: 'FNs barnekonvensjon',
      agreementGoals: texts('alle barn bør ha mulighet til delta jevnlig i minst en organisert fritidsaktivitet sammen med andre'),
      notes: texts('VIKTIG ERKLÆRING FOR BARN OG UNGE'),
    }),
  ),
  row(
    'P10–P11',
    held('RESOLUTION', 'Oppfordrer til lokal frivillighetspolitikk!', {
      resolutionType: 'STANDPUNKT',
      body: { name: 'KS' },
      occurred: { text: 'unknown' },
      points: {
        nodes: texts(
          '«KS vil oppfordre kommunene til å utarbeide egen lokal frivillighetspolitikk slik det fremgår av plattformen mellom KS og Frivillighet Norge»',
        ),
      },
    }),
    held('AGREEMENT', 'PLATTFORM FOR SAMSPILL OG SAMARBEID', {
      agreementType: 'PLATFORM',
      parties: named('KS', 'Frivillighet Norge'),
      openEnded: false,
      purpose:
        'å styrke samarbeidet mellom frivilligheten og kommunene, og å slå fast noen viktige pilarer som et slikt samarbeid bør baseres på',
    }),
  ),
  row('P12', held('DOCUMENT', 'Årets frivillighetskommune', { documentType: null, dated: null, sender: null, citations: [] })),
  row(
    'P13–P14',
    held('RESOLUTION', 'Uttalelser fra KS’ Landsting 2016', {
      resolutionType: 'UTTALELSE',
      body: { name: 'KS Landsting' },
      decided: { text: '2016', asWritten: 'i 2016' },
      points: {
        nodes: [
          { path: '1', text: expect.stringContaining('anbefalte') as string, addressees: named('kommuner', 'fylkeskommuner') },
          { path: '2', text: expect.stringContaining('oppfordret') as string, addressees: named('kommunene') },
        ],
      },
    }),
  ),
  row(
    'P15',
    held('RESOLUTION', 'KS målsetning om en helhetlig og inkluderende oppvekstpolitikk', {
      resolutionType: 'STANDPUNKT',
      points: {
        nodes: texts(expect.stringMatching(/«som gir alle barn [\s\S]+\n\(…\)\n«Kulturopplevelser og -utøvelse/)),
      },
      timeline: { nodes: [{ source: { locator: expect.stringContaining('(Uttalelser fra KS’ Landsting 2016)') as string } }] },
    }),
  ),
  row(
    'P16–P17',
    held('PROJECT', OPPSPILL, {
      aliases: ['Oppspill'],
      initiators: named('KS', 'Norsk kulturskoleråd Nord-Trøndelag'),
      duration: 'P2Y',
      steeringGroup: { name: 'Styringsgruppen for Oppspill' },
      notes: including(...texts('Samhandling styrker kompetansen i KS, Kulturskolerådet og norske kommuner')),
    }),
    held('BODY', 'Styringsgruppen for Oppspill', { notes: texts('Hvem som sitter i styringsgruppen, er ikke kjent.') }),
    held('BODY', 'KS', { claims: CLAIMS }),
    held('BODY', 'Norsk kulturskoleråd', { claims: CLAIMS }),
  ),
  row(
    'P18–P21',
    goal(
      'A',
      'Identifisere kommunale og fylkeskommunale arbeidsområder på kulturfeltet der det er aktuelt for KS og Kulturskolerådet å utvikle interessepolitikk.',
    ),
    goal('B', 'Tydeliggjøre de ulike aktørers muligheter og roller i et helhetlig oppvekstmiljø.'),
    goal('C', 'Legge til rette for en kunnskapsbasert utvikling på kulturområdet.'),
    goal('D', 'Sette kulturskolene som lokale og nasjonale kompetansemiljø på dagsorden.'),
  ),
  row(
    'P22–P23',
    held(
      'EVIDENCE',
      'Et estimat fra Verdens økonomiske forum (WEF) tilsier at hele 65 prosent av barna som starter på barneskolen i dag vil ende opp med å jobbe i helt nye yrker som …',
      {
        evidenceStatus: 'SOURCED',
        values: [{ value: '65', asWritten: '65 prosent', qualifier: 'Et estimat', jurisdiction: null }],
        chain: [
          { by: { name: 'Verdens økonomiske forum (WEF)' }, dated: null },
          { by: { name: 'E24' }, dated: { text: '2016-09-25', asWritten: '25.09.2016' } },
        ],
      },
    ),
    held(
      'EVIDENCE',
      'I 1998 hadde 42% av 15 og 16-åringer drukket seg full i løpet av siste måned. I dag er andelen 5%. De som i liten grad brukte rusmidler, delte visse …',
      {
        claim: expect.stringMatching(/musikk, kunst, dans og idrett$/) as string,
        evidenceStatus: 'SOURCED',
        values: [
          { value: '42', asWritten: '42%', year: { text: '1998', asWritten: 'I 1998' }, jurisdiction: null },
          { value: '5', asWritten: '5%', year: { text: 'unknown', asWritten: 'I dag' }, jurisdiction: null },
        ],
        chain: [{ by: { name: 'The Independent' } }, { by: null, url: 'www.narkotikapolitikk.no' }],
      },
    ),
  ),
  row(
    'P24–P25',
    held('DOCUMENT', 'Kulturutredningen 2014', {
      documentNumber: 'NOU 2013:4',
      citations: [
        {
          text: expect.stringMatching(/^Vi vet at kommune-Norge er mangfoldig [^\n]+\n\(…\)\nDerfor/) as string,
          locator: 's. 304 og s. 318',
        },
        { text: 'Styrk den kulturelle grunnmuren – et løft for det lokale kulturlivet', locator: 'Kap. 15' },
        {
          text: 'Den kulturelle grunnmuren: folkebibliotek, kulturskoler, kino, den lokale kulturfrivilligheten og fritidsklubber.',
          locator: null,
        },
      ],
    }),
  ),
  row(
    'P26',
    expectedPaper('Ny frivillighetsmelding', 'FRIVILLIGHETSMELDING'),
    expectedPaper('Ny kulturmelding', 'KULTURMELDING'),
    expectedPaper('Ny kulturskolemelding', 'KULTURSKOLEMELDING'),
  ),
  row(
    'P27–P28',
    held('CONSULTATION', 'Spørsmål til tilhørerne om kultur og frivillighet for ungdom', {
      state: 'OPEN',
      questions: texts('Hva mener dere det er viktig for KS å fokusere på i det videre arbeidet med kultur og frivillighet for ungdom?'),
      inputCount: 0,
    }),
    held('PROJECT', OPPSPILL, { notes: including(...texts('Felles ansvar for gode lokalsamfunn!', 'Relasjon\nRelevans\nRessurs')) }),
  ),
  row(
    'P29',
    held('DOCUMENT', 'Presentasjon fra KS (uten tittel, forfatter og dato)', {
      occurred: { text: '2016-09-25/..', precision: 'NOT_BEFORE' },
      dated: null,
      signatories: [],
    }),
  ),
];
