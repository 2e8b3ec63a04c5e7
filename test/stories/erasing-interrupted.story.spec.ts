import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { serve, type Json, type Served } from '../support/serve.js';

const CHILD = fileURLToPath(new URL('../support/erase-and-die.mjs', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../dist/libs/recording/src/index.js', import.meta.url));

const CHILD_MS_MAX = 30_000; // ms a child may take: what is meant to die has died long before

/** What is left of a person: the order to erase, the tombstone, the key, the marks of the name, the boxes of the log and of the actors. */
type Left = Readonly<{ ordered: boolean; tombstoned: boolean; key: boolean; marks: number; boxes: number; actors: number }>;
const WHOLE: Left = { ordered: false, tombstoned: false, key: true, marks: 1, boxes: 2, actors: 1 };
const ERASED: Left = { ordered: true, tombstoned: true, key: false, marks: 0, boxes: 0, actors: 0 };

describe('The machine dies while a person is being erased,', () => {
  let served: Served;
  let admin: string;
  const one = (file: string, sql: string, person: string): Json => {
    const db = new Database(join(served.dataDir, file), { readonly: true });
    try {
      return db.prepare(sql).pluck().get(person);
    } finally {
      db.close();
    }
  };
  const leftOf = (person: string): Left => ({
    ordered: one('log.db', 'SELECT count(*) FROM stream WHERE stream_id = ?', person) === 1,
    tombstoned: one('keys.db', 'SELECT tombstoned_at IS NOT NULL FROM person WHERE person = ?', person) === 1,
    key: one('keys.db', 'SELECT wrapped IS NOT NULL FROM person WHERE person = ?', person) === 1,
    marks: one('keys.db', 'SELECT count(*) FROM person_name WHERE person = ?', person),
    boxes: one('log.db', 'SELECT count(*) FROM sealed_box WHERE person = ?', person),
    actors: one('access.db', 'SELECT count(*) FROM actor WHERE box IS NOT NULL AND person = ?', person),
  });
  const personNamed = async (name: string): Promise<string> => {
    await served.recorded('registerDocument', { commandId: name, title: `Brev fra ${name.length} tegn`, caseOfficer: { name }, sender: { person: { name } } }); // prettier-ignore
    await served.another(name, 'steering');
    const { persons } = await served.read('query($name: String!) { persons(name: $name) { personId } }', { name }, { key: admin });
    return persons[0].personId;
  };

  beforeAll(async () => {
    if (!existsSync(COMPILED)) throw new Error(`${COMPILED} is missing: run \`npm run build\` before this test`);
    served = await serve({ engine: 'sqlite' });
    admin = (await served.another('Astrid Administrator', 'admin')).secret;
  });
  afterAll(() => served.close());

  it.each<[string, Left]>([
    ['append', { ...WHOLE, ordered: true }],
    ['bury', { ...WHOLE, ordered: true, tombstoned: true }],
    ['destroy', { ...ERASED, boxes: 2, actors: 1 }],
    ['deleteBoxes', { ...ERASED, actors: 1 }],
    ['forget', ERASED],
  ])('right after «%s»: the next start ends it before anything is served', async (step, atDeath) => {
    const name = `Navnløs Etter-${step}`;
    const person = await personNamed(name);
    expect(leftOf(person)).toEqual(WHOLE);
    await served.restart(() => {
      const { signal, stdout, stderr } = spawnSync(process.execPath, [CHILD, served.dataDir, person, step], {
        encoding: 'utf8',
        timeout: CHILD_MS_MAX,
      });
      expect([signal, stdout, stderr]).toEqual(['SIGKILL', '', '']);
      expect(leftOf(person)).toEqual(atDeath);
    });
    // Whatever is asked first, it is asked of a record in which she is erased.
    expect(leftOf(person)).toEqual(ERASED);
    const { erasures, documents } = await served.read(
      '{ erasures(first: 1) { nodes { personId } } documents(first: 100) { nodes { caseOfficer { value sealedState } sender { ... on Person { personId } } } } }',
      {},
      { key: admin },
    );
    expect(erasures.nodes).toEqual([{ personId: person }]);
    const hers = documents.nodes.find((document: Json) => document.sender.personId === person);
    expect(hers.caseOfficer).toEqual({ value: null, sealedState: 'ERASED' });
  });

  it('and an administrator who sends the command again gets the answer that was lost', async () => {
    const name = 'Navnløs Etter-Alt';
    const person = await personNamed(name);
    let first: Json = null;
    await served.restart(() => {
      const { status, stdout } = spawnSync(process.execPath, [CHILD, served.dataDir, person, 'nothing'], {
        encoding: 'utf8',
        timeout: CHILD_MS_MAX,
      });
      expect(status).toBe(0);
      first = JSON.parse(stdout);
    });
    expect(first).toMatchObject({ outcome: 'erased', replayed: false });
    const input = {
      commandId: 'slett-nothing',
      person,
      legalBasis: 'Personvernforordningen artikkel 17',
      decidedBy: { name: 'Personvernombudet' },
    };
    const again = await served.read('mutation($input: ErasePersonInput!) { erasePerson(input: $input) { ... on Erased { replayed erasure { id } } } }', { input }, { key: admin }); // prettier-ignore
    expect(again.erasePerson).toEqual({ replayed: true, erasure: { id: `${person}@0` } });
  });
});
