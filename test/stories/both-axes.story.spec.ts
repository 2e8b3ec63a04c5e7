import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, getNamedType, isInterfaceType, isObjectType, type GraphQLObjectType } from 'graphql';
import { everyPath, type Asked } from '../support/every-path.js';
import { isLong, notRun } from '../support/not-run.js';
import { serve, type Fields, type Json, type Served } from '../support/serve.js';

const schema = buildSchema(readFileSync(fileURLToPath(new URL('../golden/schema.graphql', import.meta.url)), 'utf8'));

/** Fields that take no point of view of their own, each with the reason. */
const WITHOUT_AS_OF: Readonly<Record<string, string>> = {
  'Query.history': 'the raw record: bounded by its own filter, and never seen otherwise than it was recorded',
  'Query.draftPoints': 'reads the text it is given and nothing of the record',
  'Query.record': 'the log itself, its checkpoints and proofs',
  'Query.persons': 'who a name belongs to, judged at the moment of asking',
  'Query.accessLog': 'who has read what, which nothing changes afterwards',
  'Query.erasures': 'what was erased stays erased, as of whenever it is asked',
  'Subscription.entries': 'says what comes from a position on, entry by entry',
  'Subscription.timeline': 'says what comes from a position on, change by change',
};

const LISTS = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ name, args }) =>
  args.some((one) => String(one.type) === 'ItemFilter') ? [name] : [],
);
const EVERY = 5; // documents of which one is asked as of now
/** A proof leads to the newest checkpoint whenever it is asked for: it is of the log, not of what was known. */
const withoutProofs = (key: string, value: unknown): unknown => (key === 'proof' ? undefined : value);
/** The long run asks every document; the short one asks one of three, of every root. */
const OF_PATHS = isLong ? 1 : 3;
if (!isLong) notRun('two of three documents that ask a path as of then', 'npm run test:long');

describe('Every answer on both axes: what was asked as of then', () => {
  let served: Served;
  let asOf: Json;
  let given: Readonly<Record<string, string>>;
  let then: ReadonlyMap<string, string>;
  const asked = (): readonly Asked[] => everyPath(schema, given);
  const answers = async (documents = asked().filter((_, index) => index % OF_PATHS === 0)): Promise<ReadonlyMap<string, string>> => {
    const told = new Map<string, string>();
    for (const { path, document } of documents)
      told.set(
        `${path} ${document}`,
        JSON.stringify(await served.read(document, { asOf }, { key: served.keys.secretariat }), withoutProofs),
      );
    return told;
  };

  beforeAll(async () => {
    // Documents made by a machine ask for everything at once; that they would be too costly is another story.
    served = await serve({ tuned: { driver: { limits: { cost: 1_000_000 } } } });
    await served.recordExample();
    const { items, projects, resolutions } = await served.read(`{ items { position } projects { nodes { id } }
      resolutions(filter: { text: "Kultur for framtida" }) { nodes { id } } }`);
    asOf = { position: items.position, validAt: '2026-03-02' };
    const [resolution, project] = [resolutions.nodes[0].id, projects.nodes[0].id];
    given = {
      node: `id: "${resolution}"`,
      nodes: `ids: ["${resolution}", "${project}", "${resolution}/3", "${resolution}@0"]`,
      byReference: 'reference: "2018/1456"',
      search: 'text: "kultur"',
      trace: `from: { item: { id: "${resolution}" } }`,
      status: `project: { id: "${project}" }`,
      followUps: 'first: 10',
      timeline: 'first: 10, filter: { show: [HAPPENED, PLANNED] }',
      ...Object.fromEntries(LISTS.map((list) => [list, 'first: 4'])),
    };
    then = await answers();
  }, 120_000);
  afterAll(() => served.close());

  /** Whatever the record allows is done to everything in it: what is refused leaves no trace. */
  const writeOverAll = async (): Promise<Readonly<Record<string, number>>> => {
    const done: Record<string, number> = {};
    const attempt = async (command: string, input: Fields): Promise<void> => {
      const outcome = await served.mutate(command, {
        commandId: `senere-${command}-${JSON.stringify(input).length}-${done['tried'] ?? 0}`,
        ...input,
      });
      done['tried'] = (done['tried'] ?? 0) + 1;
      if (outcome.__typename === 'Recorded') done[command] = (done[command] ?? 0) + 1;
    };
    const { items } = await served.read(`{ items(first: 100) { nodes { id revision ... on Resolution { points { nodes { path } } } } } }`);
    const [first] = items.nodes;
    for (const { id, revision, points } of items.nodes as readonly Json[]) {
      await attempt('addNote', { item: { id }, text: 'Ført senere.' });
      await attempt('correctEntry', {
        entry: `${id}@0`,
        reason: 'Feil lest.',
        occurred: { text: '2015-05-05' },
        source: { title: 'Rettet' },
      });
      await attempt('correctEntry', { entry: `${id}@0`, reason: 'Feil tittel.', set: [{ path: 'title', value: 'Ny tittel' }] });
      await attempt('link', { from: { item: { id } }, relation: 'SERVES', to: { item: { id: first.id } } });
      // Last it was published, which is not retracted.
      await attempt('retractEntry', { entry: `${id}@${Math.max(revision - 1, 0)}`, reason: 'Skulle ikke vært ført.' });
      for (const { path } of points?.nodes ?? [])
        await attempt('assignPoint', {
          point: { item: { id }, point: path },
          owner: { name: 'Administrasjonen' },
          deadline: { text: '2026-01-01' },
        });
    }
    await attempt('establishBody', { name: 'Kulturtanken' });
    return done;
  };

  it('is answered the same through every path once all of it has been corrected, retracted, linked and noted, months later', async () => {
    served.at('2026-09-30T10:00:00.000Z');
    const done = await writeOverAll();
    expect(Object.keys(done).sort()).toEqual(['addNote', 'assignPoint', 'correctEntry', 'establishBody', 'link', 'retractEntry', 'tried']);
    const now = await answers();
    expect([...now.keys()]).toEqual([...then.keys()]);
    expect([...now].filter(([path, answer]) => answer !== then.get(path)).map(([path, answer]) => [path, then.get(path), answer])).toEqual(
      [],
    );
    // And the questions could see it: asked as of now, hardly one is answered the same.
    asOf = null;
    const some = asked().filter((_, index) => index % EVERY === 0);
    const differ = [...(await answers(some))].filter(([path, answer]) => answer !== then.get(path));
    expect(differ.length).toBeGreaterThan(some.length * 0.75);
  }, 120_000);

  it('can be asked of every root field that reads, and everything below it inherits the point of view', () => {
    const roots = [schema.getQueryType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}).map((field) => ({ name: `${type?.name}.${field.name}`, args: field.args })),
    );
    const without = roots.filter(({ args }) => !args.some(({ type }) => String(getNamedType(type)) === 'AsOf'));
    expect(without.map(({ name }) => name).filter((name) => !(name in WITHOUT_AS_OF))).toEqual([]);
    const below = Object.values(schema.getTypeMap())
      .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !['Query', 'Subscription'].includes(type.name))
      .flatMap((type) =>
        Object.values((type as GraphQLObjectType).getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
      );
    const ownView = below.filter(({ field }) => field.args.some(({ type }) => String(getNamedType(type)) === 'AsOf'));
    expect(ownView.map(({ name }) => name)).toEqual([]);
    // The documents reach every root that takes one.
    const reached = new Set(asked().map(({ root }) => `Query.${root}`));
    const taking = roots.filter(({ args }) => args.some(({ name }) => name === 'asOf'));
    expect(taking.length).toBeGreaterThan(15);
    expect(taking.filter(({ name }) => !reached.has(name))).toEqual([]);
  });
});
