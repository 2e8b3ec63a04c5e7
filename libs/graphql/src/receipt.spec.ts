import { registry } from '@saksgang/kinds';
import type { Entry } from '@saksgang/kernel';
import type { RecordedSource } from './outcome.js';
import { receiptText } from './receipt.js';

const item = 'body-00000000-0000-5000-8000-000000000001';
const established = (recordedAt: string): Entry => ({
  position: 'logg-00000000000000000042',
  id: '00000000-0000-5000-8000-0000000000aa',
  stream: item,
  revision: 0,
  version: 1,
  recordedAt,
  occurred: { text: 'unknown', asWritten: null },
  actor: 'example-loader',
  assertedBy: null,
  source: null,
  reason: null,
  commandId: 'c-1',
  inputDigest: '',
  event: { type: 'BodyEstablished', data: { name: 'Hovedstyret i KS', aliases: [], parent: null, period: null } },
});
const recorded = (entries: readonly Entry[]): RecordedSource => ({
  __typename: 'Recorded',
  item,
  revision: 0,
  position: 'logg-00000000000000000042',
  entries,
  replayed: false,
});
const HASH = '5feceb+sZv/jhtPJ2mQRZrKwH2tI1R8rTCnJzjE2uuw=';

describe('A receipt', () => {
  it('is one line with the day and the time in Oslo, what was recorded and its number', () => {
    const { nb, nn, en } = receiptText(registry, recorded([established('2026-11-21T19:15:00.000Z')]), HASH);
    expect(nb).toMatch(/^Ført 21\.11\.2026 kl\. 20\.15: .*Hovedstyret i KS.*, nr\. 42 \(body-[0-9a-f-]+@0\), kontrollsum 5feceb/);
    expect(nn).toMatch(/^Ført 21\.11\.2026 kl\. 20\.15: .*Hovedstyret i KS/);
    expect(en).toMatch(/^Recorded 21\.11\.2026 at 20\.15 \(Oslo\): .*Hovedstyret i KS.*, no\. 42 /);
    expect(nb).not.toContain('\n');
  });

  it('keeps summer time, and the day that midnight in Oslo begins', () => {
    expect(receiptText(registry, recorded([established('2026-06-30T22:05:00.000Z')]), HASH).nb).toMatch(/^Ført 01\.07\.2026 kl\. 00\.05: /);
  });

  it('goes on in the same sentence where what was recorded ends in a full stop', () => {
    const noted = {
      ...established('2026-06-30T22:05:00.000Z'),
      event: { type: 'NoteAdded', data: { text: 'Medlemmene er ikke kjent.', part: null } },
    };
    expect(receiptText(registry, recorded([noted]), HASH).nb).toMatch(/: Merknad: Medlemmene er ikke kjent, nr\. 42 /);
  });

  it('says so when nothing new was recorded', () => {
    expect(receiptText(registry, recorded([]), HASH).nb).toBe(
      `Ingenting nytt ble ført, for det sto der fra før: nr. 42 (${item}@0), kontrollsum ${HASH}`,
    );
  });
});
