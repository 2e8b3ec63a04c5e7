import { createHash } from 'node:crypto';
import { CRAWLED_KINDS, type CrawledKind, type Told } from './crawled-kinds.js';
import { isLong } from './not-run.js';
import { serve, type Fields, type Json, type Served } from './serve.js';

/** Whom something is kept from: everybody but the house, or the public alone. */
export type KeptFrom = 'PUBLIC' | 'STEERING AND PUBLIC';
export type Reader = 'nobody known' | 'public' | 'steering' | 'auditor' | 'secretariat' | 'admin';
export const READERS: readonly Reader[] = ['nobody known', 'public', 'steering', 'auditor', 'secretariat', 'admin'];
export const isKeptFrom = (reader: Reader, keptFrom: KeptFrom | null): boolean =>
  keptFrom !== null && (reader === 'nobody known' || reader === 'public' || (reader === 'steering' && keptFrom === 'STEERING AND PUBLIC'));

/** What has been done with an item: its draft, what it was published as, what came of it since. */
export type Fate = Readonly<{
  name: string;
  /** What is told of it now, as texts, and what was told before; persons' names are never the public's. */
  now: KeptFrom | null;
  earlier: KeptFrom | null;
  point: KeptFrom | null;
  /** Whether the public knows that it is there; and whether it is told more than that. */
  isThere: boolean;
  acts: readonly (readonly [command: string, input: Fields])[];
}>;

const PUBLISHED = ['publish', { withHistory: true }] as const;
const SHIELDED = ['shield', { legalBasis: 'offl. § 13' }] as const;
const SHIELDED_FOR_A_DAY = ['shield', { legalBasis: 'offl. § 14', until: '2026-03-02' }] as const;
const ALL = { now: null, earlier: null, point: null, isThere: true } as const;
const NOT_PUBLIC = { now: 'PUBLIC', earlier: 'PUBLIC', point: 'PUBLIC', isThere: false } as const;
const HOUSE_ONLY = { now: 'STEERING AND PUBLIC', earlier: 'STEERING AND PUBLIC', point: 'STEERING AND PUBLIC' } as const;
const TAKEN_BACK = ['unpublish', {}] as const;

export const FATES: readonly Fate[] = [
  { name: 'utkast', ...NOT_PUBLIC, acts: [] },
  { name: 'publisert', ...ALL, acts: [PUBLISHED] },
  { name: 'uten historikk', ...ALL, earlier: 'PUBLIC', acts: [['publish', {}]] },
  { name: 'tilbakekalt', ...NOT_PUBLIC, acts: [PUBLISHED, TAKEN_BACK] },
  { name: 'skjermet', ...HOUSE_ONLY, isThere: true, acts: [PUBLISHED, SHIELDED] },
  { name: 'skjermet utkast', ...HOUSE_ONLY, isThere: false, acts: [SHIELDED] },
  { name: 'skjerming utløpt', ...ALL, acts: [PUBLISHED, SHIELDED_FOR_A_DAY] },
  { name: 'ut igjen', ...ALL, earlier: 'PUBLIC', acts: [PUBLISHED, TAKEN_BACK, ['publish', {}]] },
];
/** Of the only kind whose parts can be shielded. The point stands in what founded it, which is then told to nobody but the house. */
const POINT_SHIELDED: Fate = {
  name: 'punkt skjermet',
  ...ALL,
  point: 'STEERING AND PUBLIC',
  acts: [PUBLISHED, ['shield', { legalBasis: 'offl. § 13', point: '2' }]],
};
const ALWAYS = 5; // of FATES: what every kind meets in `npm test`, beside one of the others by turns
const fatesOf = ({ kind }: CrawledKind, at: number): readonly Fate[] => {
  const more = FATES.slice(ALWAYS);
  const met = isLong ? FATES : [...FATES.slice(0, ALWAYS), ...more.filter((_, index) => index === at % more.length)];
  return kind === 'RESOLUTION' ? [...met, POINT_SHIELDED] : met;
};

export type Canary = Readonly<{ word: string; keptFrom: KeptFrom | null; where: string }>;
export type CrawledItem = Readonly<{ id: string; kind: string; fate: Fate }>;
export type CrawledWorld = Readonly<{
  served: Served;
  canaries: readonly Canary[];
  items: readonly CrawledItem[];
  commandIds: readonly string[];
  keys: Readonly<Record<Reader, string | null>>;
  /** Of entries, from the first to the last. */
  positions: readonly string[];
  actors: readonly string[];
  /** Of points, links, rows of the timeline, meetings: of whatever has an id beside items and entries. */
  ids: readonly string[];
  /** A published project that links to every item; and the one that was recorded and published last. */
  linked: string;
  last: string;
  close: () => Promise<void>;
}>;

/** One word that stands nowhere else; letters only, that searches take it as one. */
export const wordFor = (key: string): string =>
  `Zq${[...createHash('sha256').update(key).digest('hex').slice(0, 12)].map((digit) => 'abdefghiklmnoprs'[parseInt(digit, 16)]).join('')}`;

const toldOf = (owner: string, fate: Fate, canaries: Canary[]): Told => {
  const canary = (keptFrom: KeptFrom | null, where: string): string => {
    const word = wordFor(where);
    canaries.push({ word, keptFrom, where });
    return word;
  };
  return {
    text: (field) => canary(fate.now, `${owner} ${field}`),
    earlier: (field) => canary(fate.earlier, `${owner} earlier ${field}`),
    name: (field) => canary(fate.now ?? 'PUBLIC', `${owner} person ${field}`),
    point: (field) => canary(fate.point, `${owner} point ${field}`),
    commandId: (command) => `${wordFor(`${owner} ${command}`)}`,
  };
};

/** A record in which every kind of item has met every fate, with a word of its own in every field that takes a text. */
export const crawledWorld = async (): Promise<CrawledWorld> => {
  const served = await serve({ seed: 7 });
  try {
    return await plantedIn(served);
  } catch (fault) {
    await served.close();
    throw fault;
  }
};

const plantedIn = async (served: Served): Promise<CrawledWorld> => {
  const canaries: Canary[] = [];
  const items: CrawledItem[] = [];
  const commandIds: string[] = [];
  const record = async (command: string, input: Fields): Promise<string> => {
    commandIds.push(String(input['commandId']));
    // Nothing is read back: what the whole is told as is asked when it stands.
    const type = `${command.charAt(0).toUpperCase()}${command.slice(1)}Input`;
    const document = `mutation($input: ${type}!) { told: ${command}(input: $input) { ... on Recorded { receipt { entry } } ... on Problem { code message } ... on Invalid { issues { path message } } } }`;
    const { told } = await served.read(document, { input });
    if (!told.receipt) throw new Error(`${command}: ${JSON.stringify(told)}`);
    return String(told.receipt.entry).replace(/@\d+$/u, '');
  };
  const linked = await record('startProject', { commandId: 'samling', title: 'Samling' });
  await record('publish', { commandId: 'samling-ut', item: { id: linked }, withHistory: true });
  for (const [index, kind] of CRAWLED_KINDS.entries())
    for (const fate of fatesOf(kind, index)) {
      const owner = `${kind.kind} ${fate.name}`;
      const told = toldOf(owner, fate, canaries);
      const [command, founding] = kind.found(told);
      const id = await record(command, { commandId: told.commandId(command), ...founding });
      items.push({ id, kind: kind.kind, fate });
      for (const [at, [more, input]] of kind.more(told, { id }).entries())
        await record(more, { commandId: told.commandId(`${more} ${at}`), ...input });
      await record('correctEntry', {
        commandId: told.commandId('correctEntry'),
        entry: `${id}@0`,
        reason: told.earlier('correction'),
        set: [{ path: kind.title, value: told.text('title') }],
      });
      await amend(record, { id, linked, told, fate, canaries, owner });
      for (const [at, [act, input]] of fate.acts.entries()) {
        // What is known of a publication is why it stands; of what came before it nothing.
        const reason = at === fate.acts.length - 1 ? told.text(`${act} ${at}`) : told.earlier(`${act} ${at}`);
        await record(act, { commandId: told.commandId(`${act} ${at}`), item: { id }, reason, ...input });
      }
    }
  const last = await record('startProject', { commandId: 'slutt', title: 'Slutt' });
  await record('publish', { commandId: 'slutt-ut', item: { id: last }, withHistory: true });
  // A day later: what was shielded until today no longer is.
  served.at('2026-03-03T10:00:00.000Z');
  const keys = await keysOf(served);
  const actors = (await served.record.access.list()).map(({ actor }) => actor);
  const [positions, ids] = [await positionsOf(served), await idsOf(served)];
  return { served, canaries, items, linked, last, commandIds, keys, positions, ids, actors, close: () => served.close() };
};

type Amended = Readonly<{ id: string; linked: string; told: Told; fate: Fate; canaries: Canary[]; owner: string }>;

/** Notes are the house's; a link is told where both its ends are. */
const amend = async (
  record: (command: string, input: Fields) => Promise<string>,
  { id, linked, told, fate, canaries, owner }: Amended,
): Promise<void> => {
  const noted = toldOf(`${owner} note`, { ...fate, now: fate.now ?? 'PUBLIC', earlier: fate.now ?? 'PUBLIC' }, canaries);
  await record('addNote', {
    commandId: told.commandId('addNote'),
    item: { id },
    text: noted.text('text'),
    reason: noted.earlier('reason'),
    source: { title: noted.earlier('source') },
    assertedBy: { name: noted.earlier('assertedBy') },
  });
  await record('link', {
    commandId: told.commandId('link'),
    from: { item: { id: linked } },
    relation: 'LED_TO',
    to: { item: { id } },
    reason: told.text('link.reason'),
    source: { title: told.text('link.source') },
    assertedBy: { name: told.text('link.assertedBy') },
  });
};

const keysOf = async (served: Served): Promise<CrawledWorld['keys']> => ({
  'nobody known': null,
  public: (await served.another('Pelle Publikum', 'public')).secret,
  ...served.keys,
  admin: (await served.another('Anna Admin', 'admin')).secret,
});

const idsOf = async (served: Served): Promise<readonly string[]> => {
  const answer = await served.read(`{ links: items(filter: { text: "Samling" }) { nodes { links(first: 100) { nodes { id } } } }
    resolutions(first: 100) { nodes { points { nodes { id reports { id } verdicts { id } } } votes { id } variants { id } } }
    projects(first: 100) { nodes { lastMeeting { id } } } }`);
  return [...new Set([...JSON.stringify(answer).matchAll(/"id":"([^"]+)"/gu)].map(([, id = '']) => id))];
};

const positionsOf = async (served: Served): Promise<readonly string[]> => {
  const positions: string[] = [];
  for (let after: string | null = null; ;) {
    const { history }: Json = await served.read(
      'query($after: String) { history(first: 100, after: $after, orderBy: OLDEST_FIRST) { nodes { position } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    positions.push(...history.nodes.map(({ position }: Json) => position));
    if (!history.pageInfo.hasNextPage) return positions;
    after = history.pageInfo.endCursor;
  }
};
