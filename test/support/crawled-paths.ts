import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendar } from '../../apps/cli/src/calendar.js';
import { followUps } from '../../apps/cli/src/follow-ups.js';
import type { CliCommand } from '../../apps/cli/src/terminal.js';
import { keptFrom } from './crawler.js';
import { isKeptFrom, READERS, type CrawledWorld, type Reader } from './crawled-world.js';
import { listen, type Transport } from './listening.js';
import { isLong, notRun } from './not-run.js';
import type { Json } from './serve.js';

/** What was told that may not be, or told otherwise in two places: in words, for a person to read. */
export type Findings = readonly string[];

const ROWS_MAX = 5_000; // of one list that is walked
const CHANGES_MAX = 2_000; // of a subscription
const SEARCHES_PER_DOCUMENT = 20;
const SEARCHED_OF = 15; // words of which one is searched for in `npm test`, by each reader another
if (!isLong) notRun(`searches for ${SEARCHED_OF - 1} of ${SEARCHED_OF} words that may not be read`, 'npm run test:long');

const hiddenIn = (world: CrawledWorld, reader: Reader, text: string, from: string): Findings =>
  keptFrom(world, reader)
    .filter(({ word }) => text.includes(word))
    .map(({ where }) => `${from}: ${where}`);

/** Whose ids a reader may come across: items that are told, and those of which it is told that they are there. */
const mayKnowOf = (world: CrawledWorld, reader: Reader): ReadonlySet<string> =>
  new Set([
    world.linked,
    world.last,
    ...world.items.filter(({ fate }) => !isKeptFrom(reader, fate.now) || fate.isThere || reader === 'steering').map(({ id }) => id),
  ]);
const isTold = (world: CrawledWorld, reader: Reader, id: string): boolean => {
  const item = world.items.find((one) => one.id === id);
  return item === undefined ? id === world.linked || id === world.last : !isKeptFrom(reader, item.fate.now);
};

/** All rows of the connection that a document calls `rows`, and how many it says that there are. */
const walk = async (world: CrawledWorld, reader: Reader, document: string): Promise<Readonly<{ rows: readonly Json[]; total: number }>> => {
  const rows: Json[] = [];
  for (let after: string | null = null; rows.length < ROWS_MAX;) {
    const { rows: page }: Json = await world.served.read(document, { after }, { key: world.keys[reader] });
    rows.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return { rows, total: page.totalCount };
    after = page.pageInfo.endCursor;
  }
  throw new Error(`there are more than ${ROWS_MAX} rows`);
};

const TIMELINE = `query($after: String) { rows: timeline(first: 100, after: $after, filter: { show: [HAPPENED, PLANNED] }) {
  totalCount nodes { id item { id } point { path } } pageInfo { hasNextPage endCursor } } }`;

/** The timeline counts the rows that it tells, and tells those of the house that are of what may be told. */
export const timelineFindings = async (world: CrawledWorld, reader: Reader): Promise<Findings> => {
  const [own, house] = [await walk(world, reader, TIMELINE), await walk(world, 'secretariat', TIMELINE)];
  const fateOf = new Map(world.items.map(({ id, fate }) => [id, fate]));
  const expected = house.rows
    .filter(
      ({ item, point }) =>
        isTold(world, reader, item.id) && !(point?.path === '2' && isKeptFrom(reader, fateOf.get(item.id)?.point ?? null)),
    )
    .map(({ id }) => id);
  const told = own.rows.map(({ id }) => id);
  return [
    ...(own.total === told.length ? [] : [`timeline: counts ${own.total} rows and tells ${told.length}`]),
    ...told.filter((id) => !expected.includes(id)).map((id) => `timeline: tells ${id}`),
    ...expected.filter((id) => !told.includes(id)).map((id) => `timeline: does not tell ${id}`),
  ];
};

/** A search counts what it finds, and for a word that may not be read nothing. */
export const searchFindings = async (world: CrawledWorld, reader: Reader): Promise<Findings> => {
  const [kept, known] = [new Set(keptFrom(world, reader).map(({ word }) => word)), mayKnowOf(world, reader)];
  const canaries = world.canaries.filter((_, at) => isLong || at % SEARCHED_OF === READERS.indexOf(reader));
  const words = canaries.map(({ word }) => word);
  const found: string[] = [];
  let hits = 0;
  for (let from = 0; from < words.length; from += SEARCHES_PER_DOCUMENT) {
    const some = words.slice(from, from + SEARCHES_PER_DOCUMENT);
    const document = `{ ${some.map((word, at) => `a${at}: search(text: "${word}", first: 5) { totalCount edges { node { id } } }`).join(' ')} }`;
    const answer = await world.served.read(document, {}, { key: world.keys[reader] });
    for (const [at, word] of some.entries()) {
      const { totalCount, edges } = answer[`a${at}`];
      hits += edges.length;
      if (kept.has(word) && totalCount > 0) found.push(`search: finds ${totalCount} of ${canaries[from + at]?.where}`);
      if (totalCount !== edges.length) found.push(`search: counts ${totalCount} and finds ${edges.length} for ${word}`);
      found.push(...edges.filter(({ node }: Json) => !known.has(node.id)).map(({ node }: Json) => `search: tells ${node.id}`));
    }
  }
  return hits > 5 ? found : [...found, `search: found next to nothing (${hits})`];
};

const BOARD = `{ status { kinds { kind total states { state count items(first: 100) { totalCount nodes { id } } } } } }`;

/** The board counts the items that stand behind its numbers, and no others. */
export const boardFindings = async (world: CrawledWorld, reader: Reader): Promise<Findings> => {
  const { status } = await world.served.read(BOARD, {}, { key: world.keys[reader] });
  const known = mayKnowOf(world, reader);
  return status.kinds.flatMap(({ kind, total, states }: Json) => {
    const counted = states.reduce((sum: number, { count }: Json) => sum + count, 0);
    return [
      ...(counted === total ? [] : [`board: ${kind} is ${total} in all, ${counted} by state`]),
      ...states.flatMap(({ state, count, items }: Json) => [
        ...(count === items.totalCount && count === items.nodes.length
          ? []
          : [`board: ${kind} ${state} counts ${count} and shows ${items.nodes.length} of ${items.totalCount}`]),
        ...items.nodes.filter(({ id }: Json) => !known.has(id)).map(({ id }: Json) => `board: ${kind} ${state} shows ${id}`),
      ]),
    ];
  });
};

const PUT = `subscription($after: Position) { timeline(after: $after, filter: { show: [HAPPENED, PLANNED] }) { position removed put { id type title description
  occurred { text asWritten } source { title reference url locator } assertedBy { __typename ... on NamedParty { name } }
  corrections { id reason } point { path text } item { id title reference } } } }`;

/** Whoever listens to the timeline from the first entry on, until the last item is told. */
export const liveFindings = async (world: CrawledWorld, reader: Reader, transport: Transport): Promise<Findings> => {
  const key = world.keys[reader];
  const heard = listen(transport, world.served.url, PUT, { after: world.positions[0] }, key === null ? null : `Bearer ${key}`);
  const all: string[] = [];
  try {
    for (let at = 0; at < CHANGES_MAX; at += 1) {
      const [{ timeline }] = await heard.take(1);
      all.push(JSON.stringify(timeline));
      if (timeline.put.some(({ item }: Json) => item.id === world.last)) break;
    }
  } finally {
    await heard.leave();
  }
  const found = hiddenIn(world, reader, all.join('\n'), 'timeline, live');
  return all.length > 20 ? found : [...found, `timeline, live: told next to nothing (${all.length})`];
};

const FILES: readonly (readonly [name: string, command: CliCommand, args: readonly string[], atLeast: number])[] = [
  ['calendar.ics', calendar, ['--ics'], 200],
  ['follow-ups.csv', followUps, ['--csv'], 200],
  ['follow-ups.md', followUps, [], 200],
];

/** The files that the command line makes, as somebody makes them who has this reader's key, or none. */
export const fileFindings = async (world: CrawledWorld, reader: Reader): Promise<Findings> => {
  const directory = mkdtempSync(join(tmpdir(), 'saksgang-crawled-'));
  const key = world.keys[reader];
  if (key !== null) writeFileSync(join(directory, 'secretariat.key'), key, { mode: 0o600 });
  try {
    const found: string[] = [];
    for (const [name, command, args, atLeast] of FILES) {
      let text = '';
      const write = (more: string): void => void (text += more);
      await command.run([...args, '--url', world.served.url], { environment: { DATA_DIR: directory }, write, print: write });
      // Lines of a calendar are folded wherever they are full.
      found.push(...hiddenIn(world, reader, text.replace(/\r\n[ \t]/gu, ''), name));
      if (text.length < atLeast) found.push(`${name}: holds next to nothing (${text.length})`);
    }
    return found;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const PATHS = [
  'checkpoint',
  'key',
  'tile/0/000',
  'tile/0/000.p/1',
  'tile/1/000',
  'tile/entries/000',
  '1/checkpoint',
  '1/key',
  '1/tile/0/000',
  '2/checkpoint',
];

/** What auditors read of everybody's hashes is the same for all, and tells no word. */
export const recordFindings = async (world: CrawledWorld, reader: Reader): Promise<Findings> => {
  const found: string[] = [];
  const of = async (path: string, who: Reader): Promise<Buffer> => {
    const key = world.keys[who];
    const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const response = await fetch(new URL(`/record/${path}`, world.served.url), { headers });
    return Buffer.concat([Buffer.from(`${response.status} `), Buffer.from(await response.arrayBuffer())]);
  };
  for (const path of PATHS) {
    const [own, house] = [await of(path, reader), await of(path, 'secretariat')];
    found.push(...hiddenIn(world, reader, own.toString('latin1'), `/record/${path}`));
    if (!own.equals(house)) found.push(`/record/${path}: is another for ${reader}`);
  }
  return found;
};

const LISTS = [
  'items(first: 2, after: $after) { nodes { id title } pageInfo { endCursor } totalCount }',
  'resolutions(first: 2, after: $after) { nodes { id title } pageInfo { endCursor } totalCount }',
  'timeline(first: 2, after: $after) { nodes { id title } pageInfo { endCursor } totalCount }',
  'history(first: 2, after: $after) { nodes { id title } pageInfo { endCursor } totalCount }',
  'followUps(first: 2, after: $after) { nodes { point { id text } } pageInfo { endCursor } totalCount }',
  'search(text: "Zq", first: 2, after: $after) { nodes: edges { snippet node { id } } pageInfo { endCursor } totalCount }',
  'diff(from: { knownAt: "2026-03-01T00:00:00.000Z" }) { rows: changes(first: 2, after: $after) { nodes { item { id title } } pageInfo { endCursor } totalCount } }',
];

/** A cursor from another's page leads on to nothing: it is refused, with the words for one that is none of this list. */
export const cursorFindings = async (world: CrawledWorld, from: Reader, reader: Reader): Promise<Findings> => {
  const found: string[] = [];
  for (const list of LISTS) {
    const document = `query($after: String) { rows: ${list} }`;
    const { rows } = await world.served.read(document, { after: null }, { key: world.keys[from] });
    const after = (rows.rows ?? rows).pageInfo.endCursor;
    if (after === null) found.push(`${list}: has no cursor`);
    const { data, errors } = await world.served.ask(document, { after }, { key: world.keys[reader] });
    const codes = errors.map(({ extensions }) => extensions.code).join();
    if (codes !== 'BAD_CURSOR' || (data ?? null) !== null) found.push(`${list}: ${reader} goes on where ${from} was: ${codes}`);
    found.push(...hiddenIn(world, reader, JSON.stringify([data, errors]), list));
  }
  return found;
};
