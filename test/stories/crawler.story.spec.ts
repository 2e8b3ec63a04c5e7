import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { crawl, keptFrom, type Leak } from '../support/crawler.js';
import {
  boardFindings,
  cursorFindings,
  fileFindings,
  liveFindings,
  recordFindings,
  searchFindings,
  timelineFindings,
  type Findings,
} from '../support/crawled-paths.js';
import { crawledWorld, isKeptFrom, READERS, type CrawledWorld, type Reader } from '../support/crawled-world.js';
import { listen, TRANSPORTS } from '../support/listening.js';
import { isLong, rounds } from '../support/not-run.js';
import type { Json } from '../support/serve.js';

const SCHEMA = buildSchema(readFileSync(new URL('../golden/schema.graphql', import.meta.url), 'utf8'));
const NARROW: readonly Reader[] = ['nobody known', 'steering', 'public', 'steering'];
const SEED = 20_181_003;
const PLANTED_QUESTIONS_MAX = 300; // until a planted leak must have been found
const CRAWL_MS = isLong ? 3_600_000 : 60_000; // within which all questions must be answered
const ENTRIES_TOLD_MAX = 1_000; // of a subscription

const told = (leaks: readonly Leak[]): readonly string[] => leaks.map(({ reader, what, answer }) => `${reader}: ${what}: ${answer}`);

/** What reads past its face, and the root fields by which it must show. */
const PLANTED: readonly (readonly [method: string, roots: RegExp])[] = [
  ['timeline', /^timeline$/u],
  ['history', /^history$/u],
  ['items', /^(items|plans|documents|bodies)$/u],
  ['search', /^search$/u],
  ['followUps', /^followUps$/u],
  ['trace', /^trace$/u],
  ['differences', /^diff$/u],
];

/** Does something while the public reads all there is by one method. */
const readingPast = async (world: CrawledWorld, method: string, meanwhile: () => Promise<void>): Promise<void> => {
  const { INTERNAL, PUBLIC } = world.served.record.readings as Json;
  const own = PUBLIC[method];
  expect(own).toBeInstanceOf(Function);
  PUBLIC[method] = INTERNAL[method];
  try {
    await meanwhile();
  } finally {
    PUBLIC[method] = own;
  }
};

/** Whose cursor, and who tries it. */
const CURSORS_OF: readonly (readonly [Reader, Reader])[] = [
  ['secretariat', 'nobody known'],
  ['secretariat', 'steering'],
  ['steering', 'public'],
];

describe('Nobody is told what is kept from them, whatever they ask', () => {
  let world: CrawledWorld;
  beforeAll(async () => {
    world = await crawledWorld();
  }, CRAWL_MS);
  afterAll(() => world?.close());

  it(
    'answers questions made up from the schema with nothing of it, and as if what is hidden had never been',
    async () => {
      const count = rounds('questions made up from the schema', 1_000, 50_000);
      const found = await crawl(world, SCHEMA, { readers: NARROW, count, seed: SEED });
      expect(told(found.leaks)).toEqual([]);
      // A crawl that is refused everything, or that never names what is hidden, would find nothing either.
      expect(found.answered / found.asked).toBeGreaterThan(0.6);
      expect(found.compared).toBeGreaterThan(count / 20);
    },
    CRAWL_MS,
  );

  it('comes by such questions to what is hidden, where they are asked by those who may see it', async () => {
    const { seen } = await crawl(world, SCHEMA, { readers: ['secretariat', 'auditor', 'admin'], count: isLong ? 3_000 : 150, seed: SEED });
    const hidden = keptFrom(world, 'public').filter(({ word }) => seen.has(word));
    expect(new Set(hidden.map(({ where }) => where.split(' ')[0])).size).toBeGreaterThanOrEqual(11);
    expect(hidden.length).toBeGreaterThan(100);
  });

  it.each(PLANTED)('finds it when %s reads past what the public may see', async (method, roots) => {
    await readingPast(world, method, async () => {
      const found = await crawl(world, SCHEMA, { readers: ['public'], count: PLANTED_QUESTIONS_MAX, seed: SEED, roots, leaksMax: 1 });
      expect(found.leaks.length).toBeGreaterThan(0);
    });
  });

  it.each(READERS)('counts for %s what they may see', async (reader) => {
    const kinds = [...new Set(world.items.map(({ kind }) => kind))];
    const lists = kinds.map((kind) => `${kind}: items(filter: { kinds: [${kind}] }) { totalCount }`).join(' ');
    const answer: Json = await world.served.read(
      `query($linked: ID!) { ${lists} items { totalCount } status { kinds { kind total } } node(id: $linked) { ... on Item { links { totalCount } } } }`,
      { linked: world.linked },
      { key: world.keys[reader] },
    );
    const isTold = ({ fate }: CrawledWorld['items'][number]): boolean => !isKeptFrom(reader, fate.now);
    const isCounted = (item: CrawledWorld['items'][number]): boolean => isTold(item) || (reader === 'steering' ? true : item.fate.isThere);
    const own = (kind: string): number => (kind === 'PROJECT' ? 2 : 0);
    for (const kind of kinds) {
      const these = world.items.filter((item) => item.kind === kind);
      expect([kind, answer[kind].totalCount]).toEqual([kind, these.filter(isCounted).length + own(kind)]);
    }
    expect(answer.items.totalCount).toBe(world.items.filter(isCounted).length + 2);
    expect(answer.node.links.totalCount).toBe(world.items.filter(isTold).length);
    for (const { kind, total } of answer.status.kinds as readonly Json[]) {
      const these = world.items.filter((item) => item.kind === kind);
      const most = these.filter(isCounted).length + own(kind);
      expect([kind, total <= most]).toEqual([kind, true]);
    }
  });

  it.each(TRANSPORTS)('tells nothing of it to who listens from the first entry on, by %s', async (transport) => {
    for (const reader of ['nobody known', 'steering'] as const) {
      const key = world.keys[reader];
      const heard = listen(
        transport,
        world.served.url,
        `subscription($after: Position) { entries(after: $after) { id type title reason commandId source { title reference url locator }
          assertedBy { __typename ... on NamedParty { name } } changes { path before after summary } item { id title reference } actor { name { value } } proof { leaf } } }`,
        { after: world.positions[0] },
        key === null ? null : `Bearer ${key}`,
      );
      const all: string[] = [];
      for (let at = 0; at < ENTRIES_TOLD_MAX; at += 1) {
        const [{ entries }] = await heard.take(1);
        all.push(JSON.stringify(entries), Buffer.from(entries.proof?.leaf ?? '', 'base64').toString('utf8'));
        if (entries.item.id === world.last && entries.type === 'Published') break;
      }
      await heard.leave();
      const text = all.join('\n');
      expect(
        keptFrom(world, reader)
          .filter(({ word }) => text.includes(word))
          .map(({ where }) => where),
      ).toEqual([]);
      expect(all.length).toBeGreaterThan(40);
    }
  });

  const WAYS: readonly (readonly [what: string, find: (reader: Reader) => Promise<Findings>])[] = [
    ['counts on the timeline what it tells there', (reader) => timelineFindings(world, reader)],
    ['counts in a search what it finds', (reader) => searchFindings(world, reader)],
    ['counts on the board what stands behind', (reader) => boardFindings(world, reader)],
    ...TRANSPORTS.map(
      (transport) => [`tells the timeline live by ${transport}`, (reader: Reader) => liveFindings(world, reader, transport)] as const,
    ),
    ['makes files of what may be read', (reader) => fileFindings(world, reader)],
    ['gives auditors the hashes alone', (reader) => recordFindings(world, reader)],
  ];
  it.each(WAYS)('%s, for whoever asks', async (_what, find) => {
    for (const reader of ['nobody known', 'public', 'steering'] as const) expect([reader, await find(reader)]).toEqual([reader, []]);
  });
  it('leads nobody on by the cursor of another', async () => {
    for (const [from, reader] of CURSORS_OF) expect([from, reader, await cursorFindings(world, from, reader)]).toEqual([from, reader, []]);
  });
  it.each<readonly [method: string, find: (reader: Reader) => Promise<Findings>]>([
    ['timeline', (reader) => timelineFindings(world, reader)],
    ['timeline', (reader) => fileFindings(world, reader)],
    ['search', (reader) => searchFindings(world, reader)],
    ['items', (reader) => boardFindings(world, reader)],
    ['status', (reader) => boardFindings(world, reader)],
    ['timelineAfter', (reader) => liveFindings(world, reader, 'graphql-ws')],
  ])('finds it by these ways too when %s reads past what the public may see', async (method, find) => {
    await readingPast(world, method, async () => expect((await find('nobody known')).length).toBeGreaterThan(0));
  });

  it('gives nobody the answer of another for its tag', async () => {
    const url = `${world.served.url}?query=${encodeURIComponent('{ items(first: 100) { totalCount nodes { title } } }')}`;
    const get = (reader: Reader, tag?: string): Promise<Response> =>
      fetch(url, {
        headers: {
          accept: 'application/graphql-response+json',
          ...(world.keys[reader] === null ? {} : { authorization: `Bearer ${world.keys[reader]}` }),
          ...(tag === undefined ? {} : { 'if-none-match': tag }),
        },
      });
    // What holds something shielded is noted each time it is read, and so has no tag to be asked for again by.
    expect((await get('secretariat')).headers.get('etag')).toBeNull();
    const first = await get('steering');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).not.toBe('');
    expect((await get('steering', tag)).status).toBe(304);
    for (const reader of READERS.filter((one) => one !== 'steering')) {
      const other = await get(reader, tag);
      expect([reader, other.status]).toEqual([reader, 200]);
      const body = await other.text();
      expect(keptFrom(world, reader).filter(({ word }) => body.includes(word))).toEqual([]);
    }
  });
});
