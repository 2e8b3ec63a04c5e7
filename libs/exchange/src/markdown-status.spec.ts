import { followUpsMarkdown } from './markdown-follow-ups.js';
import { statusMarkdown, type StatusSheet } from './markdown-status.js';

const NOTHING: StatusSheet = {
  title: 'Oppspill',
  day: '9. mars 2026',
  position: 'p-1',
  kinds: [],
  late: [],
  next: [],
  attention: [],
  since: null,
};
const SHEET: StatusSheet = {
  ...NOTHING,
  kinds: [
    {
      kind: 'vedtak',
      total: 2,
      states: [{ label: 'vedtatt', count: 2 }],
      lights: [],
      computedLights: [{ label: 'rødt', count: 1 }, { label: 'ikke vurdert', count: 1 }],
    },
  ],
  late: [{ item: 'Kultur for framtida', what: 'Frist for punkt 3', due: '1. mars 2026', daysLate: 8, owner: null }],
  next: [{ item: 'Stillingen utlyst', what: 'Milepæl', date: 'mai 2026' }],
  attention: [{ item: 'Kultur for framtida', kind: 'vedtak', state: 'vedtatt', why: ['forfalt', 'hull'] }],
  since: {
    meeting: 'Styringsgruppemøte 1/2026',
    held: '2. februar 2026',
    entries: [{ recorded: '3. mars 2026', item: 'Kultur for framtida', what: 'Punkt 3 fordelt', by: 'KS', correction: true }],
    more: true,
  },
}; // prettier-ignore

describe('The meeting sheet', () => {
  it('says where things stand, what is late, what comes, what to look at and what is new', () => {
    expect(statusMarkdown(SHEET)).toBe(`# Status: Oppspill

Per 9. mars 2026.

## Oversikt

| Sakstype | Antall | Tilstand | Trafikklys, meldt | Trafikklys, beregnet |
| --- | --- | --- | --- | --- |
| vedtak | 2 | vedtatt: 2 |  | rødt: 1, ikke vurdert: 1 |

## Forfalt

| Sak | Hva | Frist | Dager over | Ansvarlig |
| --- | --- | --- | --- | --- |
| Kultur for framtida | Frist for punkt 3 | 1. mars 2026 | 8 | ingen |

## Dette kommer

| Når | Sak | Hva |
| --- | --- | --- |
| mai 2026 | Stillingen utlyst | Milepæl |

## Bør ses på

- Kultur for framtida (vedtak, vedtatt): forfalt, hull

## Nytt siden Styringsgruppemøte 1/2026 (2. februar 2026)

- 3. mars 2026: Kultur for framtida – Punkt 3 fordelt (KS) – rettelse

Det er ført mer enn det som står her.

Posisjon i registeret: p-1
`);
  });

  it('says in words that there is nothing to say', () => {
    const told = statusMarkdown({ ...NOTHING, since: { meeting: 'Møte 1', held: '1. mars', entries: [], more: false } });
    for (const words of [
      'Ingenting er ført ennå.',
      'Ingenting er forfalt.',
      'Ingen frister eller planer framover.',
      'Ingenting er ført siden møtet.',
    ])
      expect(told).toContain(words);
    expect(statusMarkdown(NOTHING)).not.toContain('Nytt siden');
    expect(followUpsMarkdown([])).toBe('Ingen punkter å følge opp.\n');
  });

  it('lets no recorded text become a mark, a link or another cell', () => {
    const told = statusMarkdown({ ...SHEET, next: [{ item: '[x](http://y) | <b>*z*</b>', what: 'a\n# b', date: '`d`' }] });
    expect(told).toContain('| \\`d\\` | \\[x\\](http://y) \\| \\<b\\>\\*z\\*\\</b\\> | a \\# b |');
  });
});
