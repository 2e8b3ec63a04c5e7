import { recordLetter } from '../support/letter.js';
import { serve, type Json, type Served } from '../support/serve.js';

const PAGE = `query Page($first: Int, $after: String, $last: Int, $before: String, $filter: TimelineFilter, $orderBy: TimelineOrder) {
  timeline(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    totalCount position pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id title occurred { text } } } }`;

const codes = (answer: Readonly<{ errors: readonly Json[] }>): readonly string[] => answer.errors.map((error) => error.extensions.code);

describe('A client builder draws the timeline page by page,', () => {
  let served: Served;
  let resolution: string;
  let reported = 0;

  /** A writer who never rests: some reports land at the end of the timeline, some in the middle of it. */
  const writeOn = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn += 1) {
      reported += 1;
      await served.recorded('reportPoint', {
        commandId: `rapport-${reported}`,
        point: { item: { id: resolution }, point: '3' },
        text: `Rapport ${reported}`,
        occurred: { text: reported % 2 === 0 ? '2026-03-01' : '../2026-03-02' },
      });
    }
  };
  const page = async (variables: Json): Promise<Json> => (await served.read(PAGE, variables)).timeline;

  beforeAll(async () => {
    served = await serve();
    ({ resolution } = await recordLetter(served));
    await writeOn(20);
  });
  afterAll(() => served.close());

  it.each([
    ['forward, oldest first', 'OLDEST_FIRST', false],
    ['backward, oldest first', 'OLDEST_FIRST', true],
    ['forward, newest first', 'NEWEST_FIRST', false],
    ['backward, newest first', 'NEWEST_FIRST', true],
  ] as const)('%s, while a writer goes on: each row of the first page’s moment exactly once', async (_title, orderBy, backward) => {
    const whole = await page({ first: 100, orderBy });
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let turn = 0; turn < 100; turn += 1) {
      const asked: Json = backward ? { last: 4, before: cursor, orderBy } : { first: 4, after: cursor, orderBy };
      const [answer] = await Promise.all([page(asked), writeOn(1)]);
      const ids = answer.nodes.map((row: Json) => row.id);
      seen.splice(backward ? 0 : seen.length, 0, ...ids);
      expect([answer.totalCount, answer.position]).toEqual([whole.totalCount, whole.position]);
      cursor = backward ? answer.pageInfo.startCursor : answer.pageInfo.endCursor;
      if (!(backward ? answer.pageInfo.hasPreviousPage : answer.pageInfo.hasNextPage)) break;
    }
    expect(seen).toEqual(whole.nodes.map((row: Json) => row.id));
    expect(new Set(seen).size).toBe(whole.totalCount);
    expect((await page({ first: 1, orderBy })).totalCount).toBeGreaterThan(whole.totalCount);
  });

  it('orders rows by day, then by when they were recorded, and is told the same total on every page', async () => {
    const { nodes } = await page({ first: 100, filter: { items: [{ id: resolution }], text: 'Rapport' } });
    const days = nodes.map((row: Json) => row.occurred.text.replace('../', ''));
    expect(days).toEqual([...days].sort());
    const numbers = nodes.filter((row: Json) => row.occurred.text === '2026-03-01').map((row: Json) => Number(row.id.split('@')[1]));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('reads children of a later page at the moment of the first', async () => {
    const document = `query($after: String) { timeline(first: 3, after: $after) { position pageInfo { endCursor } nodes { item { revision } } } }`;
    const first = (await served.read(document)).timeline;
    const revisions = (answer: Json): readonly number[] => answer.nodes.map((row: Json) => row.item.revision);
    await writeOn(2);
    const second = (await served.read(document, { after: first.pageInfo.endCursor })).timeline;
    expect(second.position).toBe(first.position);
    expect(Math.max(...revisions(second))).toBeLessThan(
      (await served.read(`query($id: ID!) { node(id: $id) { ... on Item { revision } } }`, { id: resolution })).node.revision,
    );
  });

  it('has a cursor of another question, another filter or another order refused, and a torn one too', async () => {
    const { pageInfo } = await page({ first: 2, orderBy: 'OLDEST_FIRST' });
    const cursor = pageInfo.endCursor as string;
    const others: readonly Json[] = [
      { after: cursor, orderBy: 'NEWEST_FIRST' },
      { after: cursor, orderBy: 'OLDEST_FIRST', filter: { text: 'Rapport' } },
      { after: cursor.slice(0, -5), orderBy: 'OLDEST_FIRST' },
      { after: 'ikke en peker', orderBy: 'OLDEST_FIRST' },
    ];
    for (const variables of others) expect([variables, codes(await served.ask(PAGE, variables))]).toEqual([variables, ['BAD_CURSOR']]);
    const elsewhere = await served.ask(`query($after: String) { items(after: $after) { nodes { id } } }`, { after: cursor });
    expect(codes(elsewhere)).toEqual(['BAD_CURSOR']);
    expect((await page({ first: 2, after: cursor, orderBy: 'OLDEST_FIRST' })).nodes).toHaveLength(2);
  });

  it('reads its own write with the header x-at-least-position, and is told of a position nobody knows', async () => {
    const outcome = await served.mutate('reportPoint', {
      commandId: 'egen',
      point: { item: { id: resolution }, point: '3' },
      text: 'Egen skriving',
    });
    const headers = { 'x-at-least-position': outcome.position as string };
    const { timeline } = await served.read(PAGE, { first: 100, filter: { text: 'Egen skriving' } }, { headers });
    expect(timeline.nodes).toHaveLength(1);
    const [log, number] = (outcome.position as string).split(/-(?=\d{20}$)/);
    const beyond = `${log}-${String(BigInt(number ?? '0') + 1_000n).padStart(20, '0')}`;
    for (const position of [beyond, `${'0'.repeat(log?.length ?? 0)}-${number}`, 'tull']) {
      const answer = await served.ask(PAGE, { first: 1 }, { headers: { 'x-at-least-position': position } });
      expect([position, codes(answer)]).toEqual([position, ['POSITION_UNKNOWN']]);
    }
  });
});
