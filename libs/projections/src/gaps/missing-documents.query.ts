import { sql, words } from '@saksgang/database';
import { labels, type ItemId } from '@saksgang/kernel';
import { at, within, type Scope } from '../asking/scope.js';
import type { Sources } from '../asking/sources.js';
import { standingRows } from '../asking/standing-rows.js';
import type { Pin } from '../reading.js';
import { standingWithin } from '../items/standing.query.js';
import { GAPS_MAX, type GapQuery } from './gap-query.js';

export const CASE_DOCUMENTS_MAX = 9_999; // a case's documents that are counted
const RANGES_SHOWN_MAX = 10; // ranges of numbers that a text names

/** The document with the highest number of a case. */
type Highest = Readonly<{ item: ItemId; case_key: string; case_number: string; case_document: number }>;

/**
 * A case whose document 7 is known has documents 1–6 too. A document is seen when an item carries its number or was recorded
 * from it, anywhere in the record. Told of the item with the highest number, of the one recorded first where several carry it.
 */
export const missingDocuments: GapQuery = async (sources, scope, pin) => {
  const cases = await casesWithin(sources, scope, pin);
  if (cases.length === 0) return [];
  const seen = await documentsSeen(sources, scope, pin);
  return cases.flatMap(({ item, case_key, case_number, case_document }) => {
    const numbers = Array.from({ length: case_document - 1 }, (_, index) => index + 1);
    const missing = rangesOf(numbers.filter((number) => !seen.has(`${case_key}-${number}`)));
    if (missing.length === 0) return [];
    const shown = missing.slice(0, RANGES_SHOWN_MAX).join(', ') + (missing.length > RANGES_SHOWN_MAX ? ' …' : '');
    const ofCase = case_number.replace(/[-\u2010-\u2015]\s*\d+\s*$/u, '');
    const what = labels(
      `Dokument ${shown} i sak ${ofCase} er ikke sett`,
      `Dokument ${shown} i sak ${ofCase} er ikkje sett`,
      `Nobody has seen document ${shown} of case ${ofCase}`,
    );
    return [{ rule: 'DOCUMENT_NUMBERS_MISSING', item, part: null, what, closedBy: [] }];
  });
};

const casesWithin = async (sources: Sources, scope: Scope, pin: Pin): Promise<readonly Highest[]> => {
  const { rows } = await sql<Highest>`select item, case_key, case_number, case_document from (
      select s.item, s.case_key, s.case_number, s.case_document,
        row_number() over (partition by s.case_key order by s.case_document desc, i.founded, s.item) as place
      from ${await standingWithin(sources, scope, pin)} i ${words.thenJoin()} signals s on s.item = i.item
      where ${at('s', pin)} and s.case_document between 1 and ${CASE_DOCUMENTS_MAX}) t
    where place = 1 order by case_key limit ${GAPS_MAX}`.execute(sources.read);
  return rows;
};

const documentsSeen = async (sources: Sources, scope: Scope, pin: Pin): Promise<ReadonlySet<string>> => {
  // '.' is the sign behind '-': what begins with the case and a hyphen lies between the two.
  const { rows } = await sql<{ value: string }>`select distinct f.value from item_facets f
      join (select distinct s.case_key from ${await standingRows(sources, 'signals', scope, pin)} s where ${at('s', pin)} and ${within('s.item', scope)} and s.case_key is not null) c
      on f.value > c.case_key || '-' and f.value < c.case_key || '.'
    where f.facet in ('REFERENCE', 'SOURCE') and ${at('f', pin)} limit ${GAPS_MAX * CASE_DOCUMENTS_MAX}`.execute(sources.read);
  return new Set(rows.map(({ value }) => value));
};

/** «1–6», «8». */
const rangesOf = (numbers: readonly number[]): readonly string[] => {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
};
