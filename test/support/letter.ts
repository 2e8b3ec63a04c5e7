import { type Fields, type Served } from './serve.js';

/** The letter of 3 October 2018, in the words a secretary gives it. */
export const LETTER = {
  title: 'Rapport fra medlemsdialogen «Kultur for framtida»',
  reference: '18/01456-7',
  dated: { text: '2018-10-03', asWritten: '03.10.2018' },
  locator: 'vedtaket, punkt 1–3',
} as const;

export const POINTS = [
  {
    label: '1',
    pointKind: 'PREMISE',
    text: 'KS legger til grunn at det er en dualisme mellom kunstens og kulturens egenverdi og den sentrale rolle kultur spiller i lokal og regional samfunnsutvikling.',
  },
  {
    label: '2',
    pointKind: 'LEAD_IN',
    text: 'Som interessepolitisk aktør på kulturfeltet vil KS:',
    role: 'Som interessepolitisk aktør på kulturfeltet',
    points: [
      {
        pointKind: 'COMMITMENT',
        text: 'Løfte fram lokal og regional kulturpolitikk som en sentral del av den nasjonale kulturpolitikken.',
      },
    ],
  },
  {
    label: '3',
    pointKind: 'MEASURE',
    text: 'KS styrker organisasjonen på kulturfeltet ved å tilsette kulturfaglig kapasitet i organisasjonen.',
  },
] as const;

/** The input that records the letter's resolution; `recordLetter` first makes what it refers to. */
export const letterInput = (commandId = 'vedtak', more: Fields = {}): Fields => ({
  commandId,
  source: LETTER,
  resolutionType: 'VEDTAK',
  title: 'Kultur for framtida',
  body: { item: { createdBy: 'hovedstyret', kind: 'BODY' } },
  projects: [{ createdBy: 'oppspill', kind: 'PROJECT' }],
  points: POINTS,
  ...more,
});

export type RecordedLetter = Readonly<{ ks: string; board: string; project: string; resolution: string }>;

export const recordBodies = async (served: Served): Promise<Omit<RecordedLetter, 'resolution'>> => {
  const ks = await served.recorded('establishBody', { commandId: 'ks', name: 'KS', occurred: { text: '../2016-06-07' } });
  const board = await served.recorded('establishBody', {
    commandId: 'hovedstyret',
    name: 'Hovedstyret i KS',
    parent: { createdBy: 'ks' },
    occurred: { text: '../2018-10-03' },
  });
  const project = await served.recorded('startProject', {
    commandId: 'oppspill',
    title: 'Kulturprosjektet Oppspill',
    aliases: ['Oppspill'],
    duration: 'P2Y',
    occurred: { text: '../2018-10-03' },
    initiators: [{ item: { createdBy: 'ks', kind: 'BODY' } }],
  });
  return { ks, board, project };
};

export const recordLetter = async (served: Served, more: Fields = {}): Promise<RecordedLetter> => ({
  ...(await recordBodies(served)),
  resolution: await served.recorded('recordResolution', letterInput('vedtak', more)),
});
