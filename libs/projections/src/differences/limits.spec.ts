import { isLong, notRun } from '../../../../test/support/not-run.js';
import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { LINKS_COMPARED_MAX, ROWS_LOOKED_AT_MAX } from './touched.query.js';

const A = idOf('matter', 'a');
const B = idOf('matter', 'b');
const opened = (title: string) => ({ type: 'Opened', data: { title, references: [], projects: [] } });

/** Rows are put into the tables directly: recording as many would take minutes, and the question looks at rows alone. */
const copies = (table: string, columns: Readonly<Record<string, string>>, where: string, count: number): string =>
  `WITH RECURSIVE nth(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM nth WHERE n < ${count})
   INSERT INTO ${table}(${Object.keys(columns).join(', ')})
   SELECT ${Object.values(columns).join(', ')} FROM ${table} CROSS JOIN nth WHERE ${where}`;

describe('a difference over more than one question may look at', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterEach(() => world.close());

  const columnsOf = (table: string, made: Readonly<Record<string, string>>) => {
    const names = side.file.prepare<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all();
    return Object.fromEntries(names.map(({ name }) => [name, made[name] ?? name]));
  };
  const since = async (position: string, subject: string | null) => {
    const asked = { from: { position }, to: null };
    const [from, to] = [await side.reading.pin(asked.from, null), await side.reading.pin(null, null)];
    return side.reading.differences({ from, to, asked, subject, project: null }, { first: 1 });
  };

  it(`answers with ${LINKS_COMPARED_MAX} versions of links between, and says what to do with one more`, async () => {
    await world.record(B, opened('b'));
    const { position } = await world.record(A, opened('a'));
    const data = { relation: 'LED_TO', target: B, targetPart: null, part: null, period: null };
    await world.record(A, { type: 'Linked', data });
    await side.caughtUp();
    const links = (first: string, count: number) =>
      side.file.exec(copies('links', columnsOf('links', { nth: `${first} + n` }), `item = '${A}' AND nth = 0`, count));
    links('0', LINKS_COMPARED_MAX - 1);
    if (isLong) expect((await since(position, A)).nodes).toHaveLength(1);
    links(String(LINKS_COMPARED_MAX), 1);
    await expect(since(position, A)).rejects.toMatchObject({ code: 'BAD_FILTER', details: { max: LINKS_COMPARED_MAX } });
  });

  if (!isLong) notRun(`a difference of ${LINKS_COMPARED_MAX} links, answered`, 'npm run test:long');
  if (!isLong) notRun(`a difference over ${ROWS_LOOKED_AT_MAX} versions of items, and one more`, 'npm run test:long');
  else
    it(`answers with ${ROWS_LOOKED_AT_MAX} versions of items between, and says what to do with one more`, async () => {
      const { position } = await world.record(B, opened('b'));
      await world.record(A, opened('a'));
      await side.caughtUp();
      const versions = (first: string, count: number) =>
        side.file.exec(
          copies(
            'items',
            columnsOf('items', { valid_from: `printf('3000-%08d', ${first} + n)` }),
            `item = '${A}' AND valid_from < '3000'`,
            count,
          ),
        );
      versions('0', ROWS_LOOKED_AT_MAX - 1);
      expect((await since(position, null)).nodes).toHaveLength(1);
      versions(String(ROWS_LOOKED_AT_MAX), 1);
      await expect(since(position, null)).rejects.toMatchObject({ code: 'BAD_FILTER', details: { max: ROWS_LOOKED_AT_MAX } });
      // Of one item it is not asked: only what is named is looked at.
      expect((await since(position, A)).nodes).toHaveLength(1);
    });
});
