import { serve, type Json, type Served } from '../support/serve.js';

const THREE = ['FRIVILLIGHETSMELDING', 'KULTURMELDING', 'KULTURSKOLEMELDING'];
const TIMELINE = `query($filter: TimelineFilter, $first: Int, $after: String) { timeline(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id title(locale: NB) occurred { label(locale: NB) } reachedThrough { title } source { locator url } } } }`;

describe('Somebody who follows the three white papers', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
  });
  afterAll(() => served.close());

  const told = (row: Json): string =>
    `${row.occurred.label}: ${row.title}${row.reachedThrough ? ` (via ${row.reachedThrough.title})` : ''}`;

  it('sees one timeline of them, also of what the third became part of', async () => {
    const { timeline } = await served.read(TIMELINE, { filter: { whitePaperTypes: THREE, from: '2017-06-13' }, first: 100 });
    const name = 'Melding om kunst og kultur for, med og av barn og unge';
    expect(timeline.nodes.map(told)).toEqual(
      expect.arrayContaining([
        '13. juni 2017: Ny kulturskolemelding: bestilt av Stortinget, vedtak 897',
        '23. november 2018: Ny kulturmelding: lagt fram som Meld. St. 8 (2018–2019)',
        `23. november 2018: Stortingsmelding varslet: ${name} (via Ny kulturskolemelding)`,
        '5. desember 2018: Ny frivillighetsmelding: lagt fram som Meld. St. 10 (2018–2019)',
        'senest 14. mai 2019: Ny kulturmelding: innstilling avgitt, Innst. 258 S (2018–2019)',
        '14. mai 2019: Ny kulturmelding: debattert i Stortinget',
        '16. mai 2019: Ny frivillighetsmelding: debattert i Stortinget',
        `19. mars 2021: ${name}: lagt fram som Meld. St. 18 (2020–2021) (via Ny kulturskolemelding)`,
        `senest 19. mars 2021: Ny kulturskolemelding: slått sammen med «${name}»`,
        `8. juni 2021: ${name}: vedtak i Stortinget (via Ny kulturskolemelding)`,
      ]),
    );
    expect(timeline.nodes.filter((row: Json) => row.source?.url === null && !row.source.locator.startsWith('lysbilde'))).toEqual([]);
  });

  it('reads it page by page, each row once', async () => {
    const filter = { whitePaperTypes: THREE };
    const { timeline: whole } = await served.read(TIMELINE, { filter, first: 100 });
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more && ids.length <= whole.totalCount;) {
      const { timeline } = await served.read(TIMELINE, { filter, first: 3, after });
      ids.push(...timeline.nodes.map((row: Json) => row.id));
      ({ hasNextPage: more, endCursor: after } = timeline.pageInfo);
    }
    expect(ids).toEqual(whole.nodes.map((row: Json) => row.id));
    expect(new Set(ids).size).toBe(whole.totalCount);
  });

  it('finds that the order of a paper of its own still stands to be judged', async () => {
    const { whitePapers } = await served.read(
      `{ whitePapers(filter: { open: true, states: ["MERGED"] }) { nodes { name stage mergedInto { reference number session } orders { text reference verdicts { outcome } occurred { text } } } } }`,
    );
    expect(whitePapers.nodes).toEqual([
      {
        name: 'Ny kulturskolemelding',
        stage: 'MERGED',
        mergedInto: { reference: 'Meld. St. 18 (2020–2021)', number: 18, session: '2020–2021' },
        orders: [
          {
            text: 'Stortinget ber regjeringen legge fram en egen stortingsmelding om en styrket kulturskole for framtiden.',
            reference: 'vedtak 897',
            verdicts: [],
            occurred: { text: '2017-06-13' },
          },
        ],
      },
    ]);
  });
});
