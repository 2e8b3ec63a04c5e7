import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteFile, type SqliteFile } from '@saksgang/database';
import type { Day, ItemId } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { Handed } from '../running/handed.js';
import { feed, laneOf, type Lane } from '../running/lanes.js';
import { createTable } from '../running/shadow.js';
import type { Step } from '../streams/step.js';
import { FIRST_DAY, type Request } from './exchange.js';
import { build, finishBuilding } from './feeding.js';
import type { KeyedRows, VersionedRows } from './rows.js';
import { exchangeWith, sqliteEngine, type SqliteEngine } from './sqlite-engine.js';
import { columnsOf, type TableSpec } from './table.js';

type Said = { item: string; recorded_from: number; recorded_to: number | null; valid_from: string; valid_to: string | null; text: string };
const NO_INDEXES = { clustered: true, writingIndexes: {}, indexes: {} };
const SAID: TableSpec = {
  ...NO_INDEXES,
  name: 'said',
  columns: columnsOf<Said>({ item: 'TEXT', recorded_from: 'INTEGER', recorded_to: 'INTEGER?', valid_from: 'TEXT', valid_to: 'TEXT?', text: 'TEXT' }), // prettier-ignore
  primaryKey: ['item', 'recorded_from', 'valid_from'],
};
const WORDS: TableSpec = {
  ...NO_INDEXES,
  name: 'words',
  columns: columnsOf<{ word: string; by: string }>({ word: 'TEXT', by: 'TEXT' }),
  primaryKey: ['word'],
};

type Tables = Readonly<{ said: VersionedRows; words: KeyedRows; kept: KeyedRows }>;
/** What an entry does to the tables, and from which day on it must have read its item's rows. */
type Act = Readonly<{ item: ItemId; first?: boolean; since?: Day | null; work: (tables: Tables, ordinal: number) => void }>;

const says = (item: ItemId, day: Day, text: string, more: Partial<Act> = {}): Act => ({
  item,
  work: ({ said }, ordinal) => said.open(item, ordinal, [day, null, text]),
  ...more,
});
const becomes = (item: ItemId, since: Day | null, rows: readonly (readonly [Day, string])[]): Act => ({
  item,
  since: since ?? FIRST_DAY,
  work: ({ said }, ordinal) =>
    said.become(
      item,
      ordinal,
      rows.map(([day, text]) => [day, null, text]),
      since,
    ),
});
const breaks = (item: ItemId): Act => ({
  item,
  work: (tables, ordinal) => {
    tables.said.open(item, ordinal, ['2018-01-01', null, 'never']);
    throw new Error('poison');
  },
});

const projectionOf = (acts: readonly Act[]): Projection => ({
  name: 'talk',
  version: 1,
  effort: 1,
  tables: [SAID, WORDS, { ...WORDS, name: 'kept' }],
  writer: (rows) => {
    const actOf = ({ ordinal }: Step): Act => acts[ordinal - 1] as Act;
    const tables: Tables = {
      said: rows.versioned({
        table: SAID,
        key: ['valid_from'],
        closedBy: ['item', 'recorded_from', 'valid_from'],
        wants: (step) => actOf(step).since ?? null,
      }),
      words: rows.keyed({ table: WORDS, whenThere: 'FAIL' }),
      kept: rows.keyed({ table: { ...WORDS, name: 'kept' }, whenThere: 'REPLACE' }),
    };
    return (step) => actOf(step).work(tables, step.ordinal);
  },
});

/** Steps as far as these tables look at them. */
const handedOf = (acts: readonly Act[], from = 1): readonly Handed[] =>
  acts.map(({ item, first }, index) => {
    const step = { item, ordinal: from + index, previous: first === true ? null : from + index - 1, whole: null } as unknown as Step;
    return { ordinal: from + index, step, failure: null };
  });

describe('rows in memory', () => {
  let folder: string;
  let file: SqliteFile;
  let asked: Request[];
  let engine: SqliteEngine;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'saksgang-writing-'));
    file = openSqliteFile(join(folder, 'talk.db'), { synchronous: 'NORMAL' });
    for (const table of projectionOf([]).tables) file.exec(createTable(table));
    asked = [];
    const answering = sqliteEngine(file, { isUndone: true });
    engine = (request) => {
      asked.push(request);
      return answering(request);
    };
  });
  afterEach(() => {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const laneFor = (acts: readonly Act[], ordinal = 0): Lane => laneOf(projectionOf(acts), ordinal);
  const feedOn = (lane: Lane, acts: readonly Act[], upTo = acts.length): void =>
    feed(file, engine, [lane], handedOf(acts).slice(0, upTo), upTo, () => undefined);
  const rows = (): readonly string[] =>
    file
      .prepare<Said>('SELECT * FROM said ORDER BY item, recorded_from, valid_from')
      .all()
      .map((row) => `${row.item} ${row.valid_from} ${row.text} ${row.recorded_from}–${row.recorded_to ?? ''}`);
  const loads = (): readonly string[] =>
    asked.flatMap((request) =>
      request.ask === 'load'
        ? request.wanted.flatMap((one) => (one.rows === 'OPEN' ? one.of.map((of) => `${of.item} ${of.since}`) : []))
        : [],
    );
  const closesAsked = (): number =>
    asked.flatMap((request) => (request.ask === 'apply' ? request.changes.flatMap(({ closes }) => closes) : [])).length;

  it('that are opened and closed in one batch are written once, closed', () => {
    const acts = [says('a', '2018-01-01', 'one', { first: true }), becomes('a', null, [['2018-01-01', 'two']])];
    feedOn(laneFor(acts), acts);
    expect(rows()).toEqual(['a 2018-01-01 one 1–2', 'a 2018-01-01 two 2–']);
    expect(closesAsked()).toBe(0);
  });

  it('are read once for an item that is not at hand, and not at all for one that begins', () => {
    const acts = [
      says('a', '2018-01-01', 'one', { first: true }),
      becomes('a', null, [['2018-01-01', 'two']]),
      becomes('a', null, [['2018-01-01', 'three']]),
      becomes('a', null, [['2018-01-01', 'four']]),
    ];
    const lane = laneFor(acts);
    feedOn(lane, acts, 1);
    feedOn(lane, acts, 2);
    expect(loads()).toEqual([]);
    const restarted = laneFor(acts, 2);
    feedOn(restarted, acts, 3);
    feedOn(restarted, acts, 4);
    expect(loads()).toEqual(['a ']);
    expect(rows().at(-1)).toBe('a 2018-01-01 four 4–');
  });

  it('that differ are closed and opened, and those before the day are neither read nor touched', () => {
    const days = ['2018-01-01', '2018-02-01', '2018-03-01'] as const;
    const first: Act = { item: 'a', first: true, work: ({ said }, ordinal) => days.forEach((day) => said.open('a', ordinal, [day, null, 'as was'])) }; // prettier-ignore
    const later = [['2018-02-01', 'as was'], ['2018-03-01', 'anew']] as const; // prettier-ignore
    const acts = [first, becomes('a', '2018-02-01', later), becomes('a', '2018-01-01', [['2018-01-01', 'anew'], ...later])];
    feedOn(laneFor(acts), acts, 1);
    const lane = laneFor(acts, 1);
    feedOn(lane, acts, 2);
    expect(loads()).toEqual(['a 2018-02-01']);
    expect(closesAsked()).toBe(1);
    // From an earlier day on they are not at hand.
    feedOn(lane, acts, 3);
    expect(loads()).toEqual(['a 2018-02-01', 'a 2018-01-01']);
    expect(rows()).toEqual([
      'a 2018-01-01 as was 1–3',
      'a 2018-02-01 as was 1–',
      'a 2018-03-01 as was 1–2',
      'a 2018-03-01 anew 2–',
      'a 2018-01-01 anew 3–',
    ]);
  });

  it('of a step that throws are nowhere; those of the steps before it are written, and nothing after it', () => {
    const acts = [says('a', '2018-01-01', 'one', { first: true }), breaks('b'), says('c', '2018-01-01', 'three', { first: true })];
    const lane = laneFor(acts);
    feedOn(lane, acts);
    expect(lane).toMatchObject({ ordinal: 1, stopped: { ordinal: 2, reason: 'poison' } });
    expect(rows()).toEqual(['a 2018-01-01 one 1–']);
  });

  it('that do not fit stop the lane at the entry they are of, wherever in the batch', () => {
    const puts = (word: string): Act => ({ item: word, first: true, work: ({ words }) => words.put([word, 'me']) });
    const acts = [puts('one'), puts('two'), puts('one'), puts('four')];
    const lane = laneFor(acts);
    feedOn(lane, acts);
    expect(lane).toMatchObject({ ordinal: 2, stopped: { ordinal: 3 } });
    expect(file.prepare('SELECT word FROM words ORDER BY word').all()).toEqual([{ word: 'one' }, { word: 'two' }]);
  });

  it('that were to be closed and are not there are the fault of the projection', () => {
    const acts: readonly Act[] = [{ item: 'a', work: ({ said }, ordinal) => said.close('a', ordinal, 7, ['2018-01-01']) }];
    const lane = laneFor(acts);
    feedOn(lane, acts);
    expect(lane).toMatchObject({ ordinal: 0, stopped: { ordinal: 1, fault: 'NotOneOpenRow' } });
  });

  it('are fed again when the machine breaks, which is nobody’s fault', () => {
    const acts = [says('a', '2018-01-01', 'one', { first: true }), becomes('a', null, [['2018-01-01', 'two']])];
    const lane = laneFor(acts);
    feedOn(lane, acts, 1);
    const broken = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const failing = (): void =>
      feed(file, engine, [lane], handedOf(acts), 2, () => {
        throw broken;
      });
    expect(failing).toThrow(broken);
    expect(lane).toMatchObject({ ordinal: 1, stopped: null });
    feedOn(lane, acts);
    expect(rows()).toEqual(['a 2018-01-01 one 1–2', 'a 2018-01-01 two 2–']);
    expect(loads()).toEqual(['a ']);
  });

  it('are forgotten when there are too many, those used longest ago first', () => {
    const items = Array.from({ length: 12_000 }, (_, n) => `i${n}`);
    const founding = items.map((item) => says(item, '2018-01-01', 'one', { first: true }));
    const acts = [...founding, becomes('i0', null, [['2018-01-01', 'two']]), becomes('i11999', null, [['2018-01-01', 'two']])];
    const lane = laneFor(acts);
    feedOn(lane, acts, items.length);
    feedOn(lane, acts);
    expect(loads()).toEqual(['i0 ']);
    expect(rows()).toContain('i0 2018-01-01 one 1–12001');
  });

  it('that are put by their key replace each other, and go when they are removed', () => {
    const put = (by: string): Act => ({ item: by, work: ({ kept }) => kept.put(['word', by]) });
    const acts: readonly Act[] = [put('me'), put('you'), { item: 'x', work: ({ kept }) => kept.remove(['word']) }, put('them')];
    const lane = laneFor(acts);
    const by = () => file.prepare<{ by: string }>('SELECT by FROM kept').all().map((row) => row.by); // prettier-ignore
    feedOn(lane, acts, 2);
    expect(by()).toEqual(['you']);
    feedOn(lane, acts, 3);
    expect(by()).toEqual([]);
    feedOn(laneFor(acts), acts);
    expect(by()).toEqual(['them']);
  });

  describe('while a table is built', () => {
    it('wait to be written until they are closed or there are many, and are written before they are asked for', () => {
      const acts = [
        says('a', '2018-01-01', 'one', { first: true }),
        becomes('a', null, [['2018-01-01', 'two']]),
        says('b', '2018-01-01', 'unseen'),
        becomes('b', null, [['2018-01-01', 'seen']]),
      ];
      const { writing } = laneFor(acts);
      const take = (from: number, to: number) => exchangeWith(engine, build(writing, handedOf(acts).slice(from, to)));
      expect([take(0, 1), take(1, 2), take(2, 3)]).toEqual([null, null, null]);
      expect(rows()).toEqual([]);
      expect(take(3, 4)).toBeNull();
      expect(rows()).toEqual(['a 2018-01-01 one 1–2', 'a 2018-01-01 two 2–', 'b 2018-01-01 unseen 3–']);
      expect(exchangeWith(engine, finishBuilding(writing))).toBeNull();
      expect(rows()).toEqual(['a 2018-01-01 one 1–2', 'a 2018-01-01 two 2–', 'b 2018-01-01 unseen 3–4', 'b 2018-01-01 seen 4–']);
    });
  });
});
