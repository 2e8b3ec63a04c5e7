import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildSqliteFile,
  migrate,
  NewerDatabase,
  openReadDatabase,
  openSqliteFile,
  removeSiblings,
  siblingFile,
  SqliteSettingRefused,
  type Migration,
  type SqliteFile,
} from './index.js';

type Tables = { note: { id: number; text: string } };
const CREATE: Migration = {
  name: 'notes',
  up: (file) => file.exec('CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'),
};
const MORE: Migration = { name: 'more notes', up: (file) => file.exec("INSERT INTO note(text) VALUES ('more')") };
const BROKEN: Migration = {
  name: 'half a step',
  up: (file) => {
    file.exec('CREATE TABLE half(id INTEGER) STRICT');
    throw new Error('the step breaks');
  },
};

describe('a SQLite file', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'saksgang-database-'));
    path = join(directory, 'a.db');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('takes the durability it is given on every open, also the second', () => {
    for (const [synchronous, level] of [
      ['FULL', 2],
      ['NORMAL', 1],
      ['FULL', 2],
    ] as const) {
      const file = openSqliteFile(path, { synchronous });
      expect(file.pragma('synchronous')).toBe(level);
      expect(file.pragma('journal_mode')).toBe('wal');
      file.close();
    }
  });

  it('overwrites what is deleted where that is asked for', () => {
    const file = openSqliteFile(path, { synchronous: 'FULL', secureDelete: true });
    expect(file.pragma('secure_delete')).toBe(1);
    file.close();
  });

  it('refuses a place that cannot keep a write-ahead log', () => {
    expect(() => openSqliteFile(':memory:', { synchronous: 'FULL' })).toThrow(SqliteSettingRefused);
  });

  it('refuses to write when opened read-only, and to make a file', () => {
    expect(() => openSqliteFile(path, { synchronous: 'NORMAL', readonly: true })).toThrow();
    expect(existsSync(path)).toBe(false);
    openSqliteFile(path, { synchronous: 'NORMAL' }).close();
    const file = openSqliteFile(path, { synchronous: 'NORMAL', readonly: true });
    expect(() => file.exec('CREATE TABLE a(b TEXT) STRICT')).toThrow(/readonly/);
    file.close();
  });

  it('keeps all of a transaction or nothing', () => {
    const file = openSqliteFile(path, { synchronous: 'NORMAL' });
    migrate(file, [CREATE], '');
    const insert = file.prepare('INSERT INTO note VALUES (?, ?)');
    expect(() =>
      file.transaction(() => {
        insert.run(1, 'a');
        insert.run(1, 'again');
      }),
    ).toThrow(/UNIQUE/);
    expect(file.prepare<{ n: number }>('SELECT count(*) AS n FROM note').get()).toEqual({ n: 0 });
    file.close();
  });

  it('migrates forward once, and refuses a newer file with what to do', () => {
    const file = openSqliteFile(path, { synchronous: 'NORMAL' });
    expect(migrate(file, [CREATE], '')).toEqual(['notes']);
    expect(migrate(file, [CREATE], '')).toEqual([]);
    expect(() => migrate(file, [], 'Delete it.')).toThrow(NewerDatabase);
    expect(() => migrate(file, [], 'Delete it.')).toThrow(/Delete it\./);
    file.close();
  });

  it('is migrated once when another process does it between looking and doing', () => {
    const [one, other] = [openSqliteFile(path, { synchronous: 'NORMAL' }), openSqliteFile(path, { synchronous: 'NORMAL' })];
    const overtaken: SqliteFile = {
      ...one,
      transaction: (work) => {
        migrate(other, [CREATE], '');
        return one.transaction(work);
      },
    };
    expect(migrate(overtaken, [CREATE], '')).toEqual([]);
    expect(one.pragma('user_version')).toBe(1);
    const newer: SqliteFile = {
      ...one,
      transaction: (work) => {
        migrate(other, [CREATE, MORE, MORE], '');
        return one.transaction(work);
      },
    };
    expect(() => migrate(newer, [CREATE, MORE], 'Delete it.')).toThrow(NewerDatabase);
    expect(one.pragma('user_version')).toBe(3);
    one.close();
    other.close();
  });

  it('leaves nothing of a step that breaks', () => {
    const file = openSqliteFile(path, { synchronous: 'NORMAL' });
    expect(() => migrate(file, [CREATE, BROKEN], '')).toThrow('the step breaks');
    expect(file.pragma('user_version')).toBe(1);
    expect(file.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    file.close();
  });
});

describe('a file that is being built', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'saksgang-database-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const path = () => join(directory, 'read-items-2.db');

  it('has what was written when it is finished, in the mode in which it will be served', async () => {
    const build = buildSqliteFile(path());
    build.file.exec('BEGIN; CREATE TABLE note(text TEXT); COMMIT');
    await build.sync();
    build.file.exec("INSERT INTO note VALUES ('a')");
    build.finish();
    build.discard();
    expect(readdirSync(directory)).toEqual(['read-items-2.db']);
    const file = openSqliteFile(path(), { synchronous: 'NORMAL', readonly: true });
    expect(file.pragma('journal_mode')).toBe('wal');
    expect(file.prepare('SELECT text FROM note').all()).toEqual([{ text: 'a' }]);
    file.close();
  });

  it('is gone when it is discarded, and begins anew over what another build left', () => {
    writeFileSync(path(), 'what a crash left');
    const build = buildSqliteFile(path());
    build.file.exec('BEGIN; CREATE TABLE note(text TEXT)');
    build.discard();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is known as a sibling by its name alone: others are left where they are', () => {
    for (const name of ['read.db', 'read-items-1.db', 'read-items-2.db-journal', 'reading-items-1.db', 'other.db'])
      writeFileSync(join(directory, name), '');
    removeSiblings(join(directory, 'read.db'), [siblingFile(join(directory, 'read.db'), 'items-1')]);
    expect(readdirSync(directory).sort()).toEqual(['other.db', 'read-items-1.db', 'read.db', 'reading-items-1.db']);
  });
});

describe('the database of the read models', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'saksgang-database-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const open = () => {
    const database = openReadDatabase<Tables>({ file: join(directory, 'read.db') });
    migrate(database.write, [CREATE], '');
    return database;
  };

  it('shows readers what is committed, and nothing of a transaction under way', async () => {
    const database = open();
    const count = () =>
      database.read
        .selectFrom('note')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
    database.write.exec("BEGIN IMMEDIATE; INSERT INTO note VALUES (1, 'a')");
    expect(await count()).toEqual({ n: 0 });
    database.write.exec('COMMIT');
    expect(await count()).toEqual({ n: 1 });
    await database.close();
  });

  it('never writes through the readers', async () => {
    const database = open();
    await expect(database.read.insertInto('note').values({ id: 1, text: 'a' }).execute()).rejects.toMatchObject({
      code: 'SQLITE_READONLY',
    });
    await database.close();
  });

  it('follows files that are replaced under kept statements, and mixes them up with no other', async () => {
    const database = openReadDatabase<Tables & { other: { id: number; text: string } }>({ file: join(directory, 'read.db') });
    // Alike in all but the name and the rows: in each the table has the same root page, and the schema the same version.
    const put = (schema: string, table: string, text: string): void => {
      const path = siblingFile(database.write.path, `${table}-${text}`);
      const build = buildSqliteFile(path);
      build.file.exec(`CREATE TABLE ${table}(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT`);
      build.file.prepare(`INSERT INTO ${table} VALUES (1, ?)`).run(text);
      build.finish();
      database.attach(schema, path);
    };
    put('one', 'note', 'old');
    put('two', 'other', 'stays');
    const all = async () => [
      await database.read.selectFrom('note').select('text').execute(),
      await database.read.selectFrom('other').select('text').execute(),
    ];
    const written = database.write.prepare<{ text: string }>('SELECT text FROM other');
    expect(await all()).toEqual([[{ text: 'old' }], [{ text: 'stays' }]]);
    expect(written.all()).toEqual([{ text: 'stays' }]);
    database.detach('one');
    put('one', 'note', 'new');
    expect(await all()).toEqual([[{ text: 'new' }], [{ text: 'stays' }]]);
    expect(written.all()).toEqual([{ text: 'stays' }]);
    await database.close();
  });

  it('has rows and checkpoint of an attached file in one transaction, and shows neither before', async () => {
    const database = open();
    const path = siblingFile(database.write.path, 'more-1');
    const build = buildSqliteFile(path);
    build.file.exec('CREATE TABLE reached(ordinal INTEGER NOT NULL) STRICT; INSERT INTO reached VALUES (0)');
    build.finish();
    database.attach('more', path);
    const broken = () =>
      database.write.transaction(() => {
        database.write.exec("INSERT INTO note VALUES (1, 'a'); UPDATE more.reached SET ordinal = 1");
        throw new Error('half way');
      });
    expect(broken).toThrow('half way');
    expect(database.write.prepare('SELECT ordinal, (SELECT count(*) FROM note) AS n FROM reached').all()).toEqual([{ ordinal: 0, n: 0 }]);
    await database.close();
  });

  it('answers what is asked at once as it answers what is built, and lets it be seen', async () => {
    const seen: string[] = [];
    const database = openReadDatabase<Tables>({ file: join(directory, 'seen.db'), observe: (sql) => void seen.push(sql) });
    migrate(database.write, [CREATE], '');
    database.write.exec("INSERT INTO note VALUES (1, 'a'), (2, 'b')");
    const asked = 'select id, text from note where id > ? order by id';
    expect(database.ask(asked, [0])).toEqual(await database.read.selectFrom('note').selectAll().orderBy('id').execute());
    expect(database.ask(asked, [1])).toEqual([{ id: 2, text: 'b' }]);
    expect(seen.filter((sql) => sql === asked)).toHaveLength(2);
    expect(() => database.ask('delete from note', [])).toThrow(/readonly/);
    await database.close();
  });

  it('answers more different questions than it keeps statements for', async () => {
    const database = open();
    database.write.exec("INSERT INTO note VALUES (1, 'a')");
    const asked = Array.from({ length: 600 }, (_, n) => `alias${n}`);
    const answers = await Promise.all(asked.map((alias) => database.read.selectFrom('note').select(`text as ${alias}`).execute()));
    expect(answers).toEqual(asked.map((alias) => [{ [alias]: 'a' }]));
    await database.close();
  });

  it('holds other queries while a transaction reads', async () => {
    const database = open();
    const seen: string[] = [];
    await Promise.all([
      database.read.transaction().execute(async (t) => {
        await t.selectFrom('note').selectAll().execute();
        seen.push('first');
        await t.selectFrom('note').selectAll().execute();
        seen.push('second');
      }),
      database.read
        .selectFrom('note')
        .selectAll()
        .execute()
        .then(() => seen.push('other')),
    ]);
    expect(seen).toEqual(['first', 'second', 'other']);
    await database.close();
  });
});
