import { join } from 'node:path';
import Database from 'better-sqlite3';
import { READINGS_FILE } from '@saksgang/access';
import { whereFound } from '../support/canary.js';
import { serve, type Answer, type Json, type Served } from '../support/serve.js';

const NAME = 'Torgunn Underskriver-Ødegård';
const LETTER = `query Letter($id: ID!) { node(id: $id) { ... on Document { signatories { person { value sealedState } role } } } }`;
const ITEM = `query Item($id: ID!) { node(id: $id) { ... on Item { title } } }`;
const LOG = `query Log($filter: AccessFilter, $first: Int, $after: String) { accessLog(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id at what item role request operation actor { id name { value } } } } }`;

describe('The auditor asks who has read names and what is shielded:', () => {
  let served: Served;
  let letter: string;
  let shielded: string;
  const log = async (variables: Json = {}): Promise<Json> => (await served.read(LOG, variables, { key: served.keys.auditor })).accessLog;
  const ofLetters = (): Promise<Json> => log({ filter: { items: [letter, shielded] } });
  const nameAnswered = (headers = {}): Promise<Answer> => served.ask(LETTER, { id: letter }, { key: served.keys.secretariat, headers });

  beforeAll(async () => {
    served = await serve();
    letter = await served.recorded('registerDocument', {
      commandId: 'brev',
      title: 'Brev om kultur',
      signatories: [{ person: { name: NAME }, role: 'rådmann' }],
    });
    shielded = await served.recorded('establishBody', { commandId: 'utvalg', name: 'Det stille utvalget' });
  });
  afterAll(() => served.close());

  it('the name of a signatory that the secretariat reads is one reading, however often it stands in the answer', async () => {
    const twice = `query Twice($id: ID!) { a: node(id: $id) { ...L } b: node(id: $id) { ...L } }
      fragment L on Document { signatories { person { value } } }`;
    const before = (await ofLetters()).totalCount;
    const { a } = await served.read(twice, { id: letter }, { key: served.keys.secretariat, headers: { 'x-request-id': 'sak-17' } });
    expect(a.signatories).toEqual([{ person: { value: NAME } }]);
    const { totalCount, nodes } = await ofLetters();
    expect(totalCount).toBe(before + 1);
    expect(nodes[0]).toMatchObject({
      what: 'PERSONAL',
      item: letter,
      role: 'SECRETARIAT',
      request: 'sak-17',
      operation: 'Twice',
      actor: { name: { value: 'Kari Sekretær' } },
    });
  });

  it('an item is one from when it is shielded, wherever it is read', async () => {
    const read = () => served.read(ITEM, { id: shielded }, { key: served.keys.secretariat });
    const count = async (): Promise<number> => (await log({ filter: { what: 'SHIELDED', items: [shielded] } })).totalCount;
    await read();
    expect(await count()).toBe(0);
    await served.recorded('shield', { commandId: 'skjerm', item: { id: shielded }, legalBasis: 'offl. § 13' });
    let known = await count();
    const answered = await served.ask(ITEM, { id: shielded }, { key: served.keys.secretariat });
    expect(await count()).toBe((known += 1));
    // Who sends no id is given one: the server's log tells of the request under the same.
    expect((await log({ filter: { items: [shielded] } })).nodes[0].request).toBe(answered.headers.get('x-request-id'));
    for (const question of [
      'items { nodes { title } }',
      'timeline { nodes { title } }',
      'history { nodes { title } }',
      'search(text: "stille") { nodes { title } }',
    ]) {
      const answer = await served.read(`{ ${question} }`, {}, { key: served.keys.secretariat });
      expect(JSON.stringify(answer)).toContain('stille');
      expect([question, await count()]).toEqual([question, (known += 1)]);
    }
  });

  it('an entry of it is one as it was stored, but not by its hash', async () => {
    const proof = async (fields: string): Promise<Json> => {
      const question = `query Proof($entry: ID!) { record { inclusionProof(entry: $entry) { ${fields} } } }`;
      return (await served.read(question, { entry: `${shielded}@0` }, { key: served.keys.secretariat })).record.inclusionProof;
    };
    const known = (await ofLetters()).totalCount;
    await proof('leafHash');
    expect((await ofLetters()).totalCount).toBe(known);
    expect(Buffer.from((await proof('leaf')).leaf, 'base64').toString()).toContain('stille');
    expect((await ofLetters()).nodes[0]).toMatchObject({ what: 'SHIELDED', item: shielded, operation: 'Proof' });
    expect((await ofLetters()).totalCount).toBe(known + 1);
  });

  it('nobody else is told, and who sees neither names nor what is shielded leaves no trace', async () => {
    const before = (await ofLetters()).totalCount;
    for (const [key, code] of [
      [served.keys.secretariat, 'FORBIDDEN'],
      [served.keys.steering, 'FORBIDDEN'],
      [null, 'UNAUTHENTICATED'],
    ] as const)
      expect((await served.ask(LOG, {}, { key })).errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    await served.recorded('publish', { commandId: 'ut', item: { id: letter } });
    const afterwards = (await ofLetters()).totalCount;
    for (const id of [letter, shielded]) await served.read(LETTER, { id }, { key: null });
    await served.read('{ items { nodes { id title } } timeline { nodes { title } } }', {}, { key: null });
    expect((await served.read(LETTER, { id: letter }, { key: null })).node.signatories).toEqual([
      { person: { value: null, sealedState: 'WITHHELD' }, role: 'rådmann' },
    ]);
    expect([before, (await ofLetters()).totalCount]).toEqual([afterwards, afterwards]);
  });

  it('page by page the log is told whole, and that the auditor read names in it stands there too', async () => {
    const filter = { until: (await log({ first: 1 })).nodes[0].at };
    const { nodes } = await log({ first: 100, filter: { ...filter, items: [letter, shielded] } });
    const first = await log({ first: 2, filter: { items: [letter, shielded] } });
    const second = await log({ first: 100, after: first.pageInfo.endCursor, filter: { items: [letter, shielded] } });
    expect([...first.nodes, ...second.nodes].map(({ id }: Json) => id)).toEqual(nodes.map(({ id }: Json) => id));
    const kari = nodes[0].actor.id;
    expect((await log({ filter: { items: [kari] } })).nodes[0]).toMatchObject({ role: 'AUDITOR', operation: 'Log', what: 'PERSONAL' });
  });

  it('what cannot be logged is not shown; when it can be again, it is', async () => {
    const other = new Database(join(served.dataDir, READINGS_FILE));
    try {
      other.exec('BEGIN EXCLUSIVE');
      const refused = await nameAnswered({ 'x-request-id': 'laast' });
      expect(JSON.stringify(refused)).not.toContain(NAME);
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'ACCESS_LOG_UNAVAILABLE', retryAfterMs: 1_000 });
      const hidden = await served.ask(ITEM, { id: shielded }, { key: served.keys.secretariat });
      expect(JSON.stringify(hidden)).not.toContain('stille');
      expect(hidden.errors.map(({ extensions }) => extensions.code)).toEqual(['ACCESS_LOG_UNAVAILABLE']);
      expect(served.logged.filter((line) => line.includes('the log of readings cannot be written') && line.includes('laast'))).toHaveLength(
        1,
      );
      expect((await served.read('{ bodies { totalCount } }', {}, { key: null })).bodies.totalCount).toEqual(expect.any(Number));
    } finally {
      other.close();
    }
    expect((await nameAnswered()).data.node.signatories[0].person.value).toBe(NAME);
  });

  it('and no file holds the name, this log least of all', () => {
    expect(whereFound(NAME, served.dataDir)).toEqual([]);
  });

  it('is kept for as many days as is set, and that it was cut is kept for good', async () => {
    const kept = await serve({ settings: { READING_LOG_DAYS: 30 } });
    try {
      const body = await kept.recorded('establishBody', { commandId: 'organ', name: 'Et utvalg' });
      await kept.recorded('shield', { commandId: 'skjerm', item: { id: body }, legalBasis: 'offl. § 13' });
      const read = async (): Promise<number> => {
        await kept.read(ITEM, { id: body });
        return (await kept.read(LOG, { filter: { items: [body] } }, { key: kept.keys.auditor })).accessLog.totalCount;
      };
      const first = await read();
      kept.at('2026-03-31T10:00:00.000Z');
      await kept.restart();
      expect(await read()).toBe(first + 1);
      kept.at('2026-04-02T10:00:00.000Z');
      await kept.restart();
      expect(await read()).toBe(2);
      const file = new Database(join(kept.dataDir, READINGS_FILE), { readonly: true });
      expect(file.prepare('SELECT before FROM cuts').all()).toEqual([{ before: '2026-03-03T10:00:00.000Z' }]);
      file.close();
    } finally {
      await kept.close();
    }
  });
});
