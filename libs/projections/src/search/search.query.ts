import { type RawBuilder, sql, type SqlBool, words } from '@saksgang/database';
import { pageOf, windowOf, type Window } from '../asking/paging.js';
import { mustTell, positionAt, type Sources } from '../asking/sources.js';
import { bounded, inEffect, known } from '../asking/versions.js';
import { openedIn } from '../faces/face.js';
import { containing, foldReference } from '../folding.js';
import { itemsById } from '../items/item-rows.js';
import { ReadProblem, type Page, type Pin, type SearchHit, type SearchPageInput } from '../reading.js';
import { snippetOf } from './snippet.js';
import { soughtBy, wordsOf, type Sought } from './words.js';

export const SEARCH_CHARS_MAX = 200; // characters of a text that is asked for
export const SEARCH_WORDS_MAX = 16; // different words of it
const INFIX_WORDS_MAX = 300; // words that hold a word asked for, the shortest first
const SCORES = { exact: 4, prefix: 3, infix: 1, reference: 100, source: 10 } as const;

/** One word asked for, with the longer words that hold it. */
type Token = Sought & Readonly<{ holders: readonly string[] }>;
type Query = RawBuilder<unknown>;
/** `opened`: the column that says when a text was written down. A face may know of it only since later, and says that in `recorded_from`. */
type SaidAt = Pin & Readonly<{ opened: string }>;

/**
 * Items that say every word asked for, wherever they say it, the best first; and those of the reference it is, in any spelling.
 * @throws ReadProblem BAD_FILTER for a text that is empty, too long, or holds control characters
 */
export const searchItems = async (
  sources: Sources,
  text: string,
  kinds: readonly string[] | null,
  page: SearchPageInput,
  asked: Pin,
): Promise<Page<SearchHit>> => {
  const words = wordsAsked(text);
  if (kinds) bounded('kinds', kinds);
  const window = windowOf(sources.store.logId, [sources.face, 'search', words, text, kinds], 2, page, asked, (ordinal) =>
    positionAt(sources, ordinal),
  );
  const { pin } = window;
  mustTell(sources, 'search', pin);
  mustTell(sources, 'items', pin);
  const tokens = await Promise.all(words.map((word) => tokenOf(sources, word, pin)));
  const at: SaidAt = { ...pin, opened: openedIn(sources) };
  const found = foundBy(tokens, foldReference(text)[0] ?? null, kinds, at);
  const ranked = await rankedRows(sources, found, window);
  const hits = await hitsOf(sources, ranked, tokens, at);
  return pageOf(window, ranked, {
    keyOf: (row) => [row.rank, row.item],
    nodeOf: (row) => hits(row.item),
    count: async () => (await sql<{ n: number }>`select count(*) as n from (${found}) as found`.execute(sources.read)).rows[0]?.n ?? 0,
  });
};

const CONTROL = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

const wordsAsked = (text: string): readonly string[] => {
  const bad = (message: string, more: Readonly<Record<string, number>> = {}): ReadProblem =>
    new ReadProblem('BAD_FILTER', message, { field: 'text', ...more });
  if (text.length > SEARCH_CHARS_MAX) {
    throw bad(`A search takes at most ${SEARCH_CHARS_MAX} characters; ${text.length} were given.`, { max: SEARCH_CHARS_MAX });
  }
  if (CONTROL.test(text)) throw bad('The text to search for holds control characters.');
  const words = [...new Set(wordsOf(text))];
  if (words.length === 0) throw bad('There is nothing to search for: give at least one letter or digit.');
  if (words.length > SEARCH_WORDS_MAX) {
    throw bad(`A search takes at most ${SEARCH_WORDS_MAX} different words; ${words.length} were given.`, { max: SEARCH_WORDS_MAX });
  }
  return words;
};

/** Only words that had been said by then: of more than are looked for, later and shorter ones would take the place of some. */
const tokenOf = async ({ read }: Sources, word: string, pin: Pin): Promise<Token> => {
  const sought = soughtBy(word);
  if (sought.infix === null) return { ...sought, holders: [] };
  const rows = await read
    .selectFrom('search_vocabulary')
    .select('word')
    .where(words.like('word', containing(sought.infix)))
    .where(sql<SqlBool>`not (word >= ${sought.prefix} and word < ${behind(sought.prefix ?? '')})`)
    .where(sql<SqlBool>`exists (select 1 from search_words w where w.word = search_vocabulary.word and w.recorded_from <= ${pin.known})`)
    .orderBy(sql`length(word)`)
    .orderBy('word')
    .limit(INFIX_WORDS_MAX)
    .execute();
  return { ...sought, holders: rows.map((row) => row.word) };
};

/** The first text behind all that begin so, in the order of bytes. */
const behind = (prefix: string): string => `${prefix}\u{10ffff}`;

/** `item, rank` of all that is found; the lower the rank, the better. */
const foundBy = (tokens: readonly Token[], reference: string | null, kinds: readonly string[] | null, pin: SaidAt): Query => {
  const each = tokens.map((token) => sql`select item, max(score) as score from (${occurrences(token, kinds, pin)}) as said group by item`);
  const said = sql`select item, sum(score) as score from (${sql.join(each, sql` union all `)}) as each_word group by item having count(*) = ${tokens.length}`;
  if (reference === null) return sql`select item, -score as rank from (${said}) as said_all`;
  const named = sql`select item, max(case when facet = 'REFERENCE' then ${sql.lit(SCORES.reference)} else ${sql.lit(SCORES.source)} end) as score from item_facets
    where facet in ('REFERENCE', 'SOURCE') and value = ${reference} and ${known(pin)} and ${inEffect(pin)} ${ofKinds(sql`item`, kinds)} group by item`;
  return sql`select item, -sum(score) as rank from (select * from (${said}) as said_all union all select * from (${named}) as named) as either_way group by item`;
};

/** Every text that holds the word, with what that counts. */
const occurrences = (token: Token, kinds: readonly string[] | null, pin: SaidAt): Query => {
  const ways = [among(sql`w.word = ${token.exact}`, SCORES.exact, kinds, pin)];
  if (token.prefix !== null) {
    ways.push(among(sql`w.word >= ${token.prefix} and w.word < ${behind(token.prefix)}`, SCORES.prefix, kinds, pin));
  }
  if (token.holders.length > 0) ways.push(among(sql`w.word in (${sql.join([...token.holders])})`, SCORES.infix, kinds, pin));
  return sql.join(ways, sql` union all `);
};

const among = (which: Query, score: number, kinds: readonly string[] | null, pin: SaidAt): Query =>
  sql`select t.item as item, t.part as part, t.made as made, t.nth as nth, t.text as text, t.weight * ${sql.lit(score)} as score
    from search_words w join search_texts t on ${sql.ref(`t.${pin.opened}`)} = w.recorded_from and t.made = w.made and t.nth = w.nth
    where ${which} and t.recorded_from <= ${pin.known} and (t.recorded_to is null or t.recorded_to > ${pin.known})
      and t.valid_from <= ${pin.validAt} ${ofKinds(sql`t.item`, kinds)}`;

/** An item's id begins with its kind. */
const ofKinds = (item: Query, kinds: readonly string[] | null): Query => {
  if (kinds === null) return sql``;
  if (kinds.length === 0) return sql`and 1 = 0`;
  return sql`and (${sql.join(
    kinds.map((kind) => words.like(item, `${kind}-%`)),
    sql` or `,
  )})`;
};

type Ranked = Readonly<{ item: string; rank: number }>;

const rankedRows = async ({ read }: Sources, found: Query, { after, before, backward, limit }: Window): Promise<readonly Ranked[]> => {
  const bound = (key: readonly (string | number)[] | null, sign: '>' | '<') =>
    key === null ? sql`` : sql`and (rank, item) ${sql.raw(sign)} (${sql.join([...key])})`;
  const direction = sql.raw(backward ? 'desc' : 'asc');
  const { rows } = await sql<Ranked>`select item, rank from (${found}) as found where 1 = 1 ${bound(after, '>')} ${bound(before, '<')}
    order by rank ${direction}, item ${direction} limit ${limit + 1}`.execute(read);
  return rows;
};

type Best = Readonly<{ item: string; part: string | null; text: string }>;

/** Of each item the text where most was found; what only its reference found shows its title. */
const hitsOf = async (
  sources: Sources,
  ranked: readonly Ranked[],
  tokens: readonly Token[],
  pin: SaidAt,
): Promise<(item: string) => SearchHit> => {
  const items = ranked.map(({ item }) => item);
  const rows = new Map((await itemsById(sources, items, pin)).flatMap((row) => (row === null ? [] : [[row.id, row] as const])));
  const best = new Map((await bestTexts(sources, items, tokens, pin)).map((one) => [one.item, one]));
  return (item) => {
    const row = rows.get(item);
    if (row === undefined) throw new Error(`${item} was found but has no row at ${pin.position}, ${pin.validAt}`);
    const text = best.get(item);
    return { item: row, part: text?.part ?? null, snippet: snippetOf(text?.text ?? row.title, tokens) };
  };
};

const bestTexts = async ({ read }: Sources, items: readonly string[], tokens: readonly Token[], pin: SaidAt): Promise<readonly Best[]> => {
  if (items.length === 0) return [];
  const each = tokens.map(
    (token) => sql`select item, part, made, nth, text, max(score) as score from (${occurrences(token, null, pin)}) as said
      where item in (${sql.join([...items])}) group by item, part, made, nth, text`,
  );
  const { rows } = await sql<Best>`select item, part, text from (
      select item, part, text, row_number() over (partition by item order by count(*) desc, sum(score) desc, made, nth) as place
      from (${sql.join(each, sql` union all `)}) as each_word group by item, part, made, nth, text
    ) as placed where place = 1`.execute(read);
  return rows;
};
