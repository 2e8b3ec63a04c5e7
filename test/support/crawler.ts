import type { GraphQLSchema } from 'graphql';
import { isKeptFrom, wordFor, type Canary, type CrawledWorld, type Reader } from './crawled-world.js';
import { chooser, questionFrom, type Asked, type Pools } from './crawling.js';
import type { Json } from './serve.js';

export type Leak = Readonly<{ reader: Reader; what: string; asked: Asked; answer: string }>;
/** `judgedAs`: as if another had asked; `roots`: of these root fields alone. */
export type Crawling = Readonly<{
  readers: readonly Reader[];
  count: number;
  seed: number;
  judgedAs?: Reader;
  roots?: RegExp;
  leaksMax?: number;
}>;
export type Crawl = Readonly<{ asked: number; answered: number; compared: number; leaks: readonly Leak[]; seen: ReadonlySet<string> }>;

const NAMES = ['Kari Sekretær', 'Ola Styringsmann', 'Rigmor Revisor', 'Anna Admin', 'Pelle Publikum'];
const LEAKS_TOLD_MAX = 20;
const CURSORS_MAX = 500;

/** Words for what this reader may not see: texts, ids of items it may not know of, and names of those who write. */
export const keptFrom = (world: CrawledWorld, reader: Reader): readonly Canary[] => [
  ...world.canaries.filter((canary) => isKeptFrom(reader, canary.keptFrom)),
  ...world.items
    .filter(({ fate }) => !fate.isThere && isKeptFrom(reader, 'PUBLIC') && fate.now !== null && reader !== 'steering')
    .map(({ id, kind, fate }) => ({ word: id, keptFrom: fate.now, where: `id of ${kind} ${fate.name}` })),
  ...(isKeptFrom(reader, 'PUBLIC') && reader !== 'steering'
    ? NAMES.map((word) => ({ word, keptFrom: 'PUBLIC' as const, where: 'actor' }))
    : []),
];

/** Leaves and disclosures are told in base64. */
const decoded = (text: string): string =>
  [...text.matchAll(/"(eyJ[A-Za-z0-9+/=]{40,})"/gu)].map(([, leaf = '']) => Buffer.from(leaf, 'base64').toString('utf8')).join(' ');

const WORD = /Zq[a-z]{12}|[a-zA-Z]+-[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/gu;

/** A word like it that stands nowhere. */
const unheardOf = (word: string): string => (word.startsWith('Zq') ? wordFor(`never ${word}`) : `${word.slice(0, -12)}0123456789ab`);

export const poolsOf = (world: CrawledWorld): Pools => ({
  ids: [...world.items.flatMap(({ id }) => [id, id]), ...world.ids],
  entries: world.items.flatMap(({ id }) => [0, 1, 2, 3, 4, 5].map((revision) => `${id}@${revision}`)),
  positions: world.positions,
  words: world.canaries.map(({ word }) => word),
  commandIds: world.commandIds,
  cursors: ['none'],
  types: ['NoteAdded', 'Linked', 'EntryCorrected', 'Published', 'Shielded', 'ResolutionRecorded', 'PointReported'],
  actors: [...world.actors],
});

/** Asks `count` questions made up from the schema, as each of these readers by turns, and gathers what was told that may not be. */
export const crawl = async (
  world: CrawledWorld,
  schema: GraphQLSchema,
  { readers, count, seed, judgedAs, roots = /./u, leaksMax = LEAKS_TOLD_MAX }: Crawling,
): Promise<Crawl> => {
  const choose = chooser(seed);
  const cursors: string[] = ['none'];
  const pools = { ...poolsOf(world), cursors };
  const kept = new Map(readers.map((reader) => [reader, new Map(keptFrom(world, judgedAs ?? reader).map((one) => [one.word, one]))]));
  const leaks: Leak[] = [];
  const seen = new Set<string>();
  let asked = 0;
  let answered = 0;
  let compared = 0;
  const answerTo = async ({ document, variables }: Asked, reader: Reader): Promise<string> => {
    const { data, errors } = await world.served.ask(document, variables, { key: world.keys[reader] });
    if (data) answered += 1;
    return JSON.stringify([
      data ?? null,
      errors.map(({ message, path, extensions }: Json) => [message, path, { ...extensions, requestId: 0 }]),
    ]);
  };
  let question = questionFrom(schema, pools, choose, roots);
  for (let at = 0; at < count && leaks.length < leaksMax; at += 1) {
    const reader = readers[at % readers.length]!;
    // Of several readers two are asked the same: what one may see says nothing of the other.
    if (at > 0 && (readers.length === 1 || at % 2 === 0)) question = questionFrom(schema, pools, choose, roots);
    asked += 1;
    const hidden = kept.get(reader)!;
    const answer = await answerTo(question, reader);
    const given = JSON.stringify(question.variables);
    const told = `${answer} ${decoded(answer)}`;
    for (const [word] of told.matchAll(WORD)) {
      seen.add(word);
      const canary = hidden.get(word);
      if (canary !== undefined && !given.includes(word))
        leaks.push({ reader, what: canary.where, asked: question, answer: around(told, word) });
    }
    for (const name of NAMES)
      if (hidden.has(name) && told.includes(name))
        leaks.push({ reader, what: `name ${name}`, asked: question, answer: around(told, name) });
    if (cursors.length < CURSORS_MAX) for (const [, cursor = ''] of answer.matchAll(/"endCursor":"([^"]+)"/gu)) cursors.push(cursor);
    // What is asked of what may not be known is answered as if it had never been.
    const named = [...new Set([...given.matchAll(WORD)].map(([word]) => word))].filter((word) => hidden.has(word));
    if (named.length === 0 || judgedAs !== undefined) continue;
    compared += 1;
    const instead = named.reduce((text, word) => text.replaceAll(word, unheardOf(word)), given);
    const other = await answerTo({ document: question.document, variables: JSON.parse(instead) }, reader);
    const back = named.reduce((text, word) => text.replaceAll(unheardOf(word), word), other);
    if (withoutDigests(back) !== withoutDigests(answer))
      leaks.push({
        reader,
        what: `answers otherwise of ${named.map((word) => hidden.get(word)!.where).join(', ')}`,
        asked: question,
        answer: differing(withoutDigests(answer), withoutDigests(back)),
      });
  }
  return { asked, answered, compared, leaks, seen };
};

const CURSOR = /"(WyJ[\w-]+)"/gu;
/** A cursor holds a digest of the question it answers, and so of the id that was asked for. Its place must be the same. */
const withoutDigests = (text: string): string =>
  text.replaceAll(CURSOR, (_, cursor: string) => {
    const [log, , ...place] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as readonly unknown[];
    return JSON.stringify([log, ...place]);
  });

const around = (text: string, word: string): string => text.slice(Math.max(0, text.indexOf(word) - 160), text.indexOf(word) + 60);
const differing = (one: string, other: string): string => {
  const at = [...one].findIndex((char, index) => char !== other[index]);
  return `${one.slice(Math.max(0, at - 80), at + 120)}  ≠  ${other.slice(Math.max(0, at - 80), at + 120)}`;
};
