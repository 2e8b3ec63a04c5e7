import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  appendLeaf,
  checkpointBody,
  emptyTree,
  EXPORT_FILES,
  leafHash,
  noteSigner,
  parseLeaf,
  rootOf,
  shownEntry,
  exportLine,
  signNote,
  toBase64,
  verifierKeyText,
  type Leaf,
} from '@saksgang/record';
import { canonicalJson } from '@saksgang/record';
import { exportRecord, makeSignedRecord, ORIGIN, type SignedRecord } from '../support/signed-record.js';
import { verify, verifyInPython } from '../support/verifying.js';

// Somebody with every right over the files changes the record, as cleverly as they can: triggers go first, hashes and manifests are
// made to fit, and where it helps they even have the signing key. The auditor holds one older checkpoint and the published key.

const ENTRIES = 40;
const HELD = 30;
let record: SignedRecord;
let exported: string;
let held: string;
let round = 0;
beforeAll(async () => {
  record = await makeSignedRecord(ENTRIES, 'tampering');
  exported = await exportRecord(record, 'exported');
  held = join(record.dataDir, 'held-checkpoint');
  writeFileSync(held, record.noteAt(HELD));
  const [database, files] = [await verify(question('database', record.dataDir)), await verify(question('export', exported))];
  expect([database.code, files.code]).toEqual([0, 0]);
});
afterAll(() => record.remove());

const question = (verb: string, path: string): string[] => [verb, path, '--since', held, '--key', record.key];
const failures = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.startsWith('FAILED: '));

/** The leaf with other words, canonical as before. */
const reworded = (leaf: string, changes: Partial<Leaf>): string => canonicalJson({ ...parseLeaf(leaf), ...changes });
const rootOver = (leaves: readonly string[]): Uint8Array =>
  rootOf(leaves.reduce((tree, leaf) => appendLeaf(tree, leafHash(leaf)), emptyTree));
const signedOver = (leaves: readonly string[], origin = ORIGIN, signer = record.signer): string =>
  signNote(checkpointBody({ origin, size: leaves.length, root: rootOver(leaves) }), [signer]);
const thief = noteSigner(ORIGIN, Buffer.alloc(32, 66));

describe('in the database', () => {
  const GUARDS = ['event_is_never_changed', 'event_is_never_removed', 'stream_keeps_its_name', 'stream_is_never_removed'];
  /** Does something to a copy of the data directory, with the guards off and put back afterwards. */
  const tampered = async (work: (db: Database.Database) => void) => {
    const directory = join(record.dataDir, `tampered-${(round += 1)}`);
    mkdirSync(directory);
    for (const name of ['log.db', 'keys.db', 'key-encryption.key']) cpSync(join(record.dataDir, name), join(directory, name));
    const db = new Database(join(directory, 'log.db'));
    const guards = GUARDS.map(
      (name) => db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name) as string,
    );
    for (const name of GUARDS) db.exec(`DROP TRIGGER ${name}`);
    db.pragma('foreign_keys = OFF');
    work(db);
    for (const sql of guards) if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event'").get()) db.exec(sql);
    db.close();
    const ran = await verify(question('database', directory));
    rmSync(directory, { recursive: true });
    return ran;
  };
  const leafAt = (db: Database.Database, position: number): string =>
    db.prepare<[number], string>('SELECT leaf FROM event WHERE position = ?').pluck().get(position) as string;
  const rewrite = (db: Database.Database, position: number, change: (leaf: Leaf) => Partial<Leaf>): void => {
    const leaf = leafAt(db, position);
    db.prepare('UPDATE event SET leaf = ? WHERE position = ?').run(reworded(leaf, change(parseLeaf(leaf))), position);
  };
  const swap = (db: Database.Database, columns: readonly string[], one: number, other: number): void => {
    // Through a place of its own, as ids and places are unique.
    const rows = [one, other].map(
      (at) =>
        db
          .prepare(`SELECT ${columns.join(', ')} FROM event WHERE position = ?`)
          .raw()
          .get(at) as unknown[],
    );
    const set = db.prepare(`UPDATE event SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE position = ?`);
    if (columns.includes('event_id')) db.prepare("UPDATE event SET event_id = x'00', stream_no = 0 WHERE position = ?").run(one);
    set.run(...(rows[0] as unknown[]), other);
    set.run(...(rows[1] as unknown[]), one);
  };
  const WHOLE = ['stream_no', 'revision', 'event_id', 'type', 'recorded_at', 'leaf'];

  const ATTACKS: Readonly<Record<string, (db: Database.Database) => void>> = {
    'the words of an entry are changed': (db) => rewrite(db, 5, () => ({ data: { claim: 'Noe annet.' } })),
    'one letter of an entry is changed': (db) => db.exec("UPDATE event SET leaf = replace(leaf, 'Påstand', 'Påstanð') WHERE position = 12"),
    'the date of an entry is changed': (db) => rewrite(db, 9, () => ({ occurred: { text: '2026-01', asWritten: null } })),
    'the source of an entry is taken away': (db) => rewrite(db, 3, () => ({ source: null })),
    'who recorded it is changed': (db) => rewrite(db, 17, () => ({ actor: 'actor-9f0c7a52-0000-4000-8000-000000000000' })),
    'who said it is changed': (db) => rewrite(db, 4, () => ({ assertedBy: { body: null, name: 'Formannskapet' } })),
    'a nonce is drawn anew': (db) => rewrite(db, 8, () => ({ nonce: 'AAAAAAAAAAAAAAAAAAAAAA' })),
    'an entry says another time, and so does its column': (db) => {
      rewrite(db, 6, () => ({ recordedAt: '2026-03-02T09:00:00.000Z' }));
      db.prepare('UPDATE event SET recorded_at = ? WHERE position = 6').run(Date.parse('2026-03-02T09:00:00.000Z'));
    },
    'a space is put into an entry, which means the same': (db) =>
      db.exec('UPDATE event SET leaf = replace(leaf, \'"actor":\', \'"actor": \') WHERE position = 2'),
    'an entry in the middle is deleted': (db) =>
      db.exec('DELETE FROM sealed_box WHERE position = 20; DELETE FROM event WHERE position = 20'),
    'the first entry is deleted': (db) => db.exec('DELETE FROM event WHERE position = 1'),
    'an entry is deleted and the later ones move up': (db) => {
      db.exec('DELETE FROM sealed_box WHERE position >= 11; DELETE FROM event WHERE position = 11');
      db.exec('UPDATE event SET position = -position WHERE position > 11; UPDATE event SET position = -position - 1 WHERE position < 0');
    },
    'a whole item is removed': (db) => {
      db.exec('DELETE FROM sealed_box WHERE position IN (SELECT position FROM event WHERE stream_no = 2)');
      db.exec('DELETE FROM event WHERE stream_no = 2; DELETE FROM stream WHERE stream_no = 2');
    },
    'the end is cut off': (db) => {
      db.exec('DELETE FROM sealed_box WHERE position > 25; DELETE FROM event WHERE position > 25');
      db.exec('DELETE FROM stream WHERE stream_no NOT IN (SELECT stream_no FROM event)');
      db.exec('UPDATE stream SET head = (SELECT max(revision) FROM event WHERE event.stream_no = stream.stream_no)');
    },
    'everything is deleted': (db) => db.exec('DELETE FROM sealed_box; DELETE FROM event; DELETE FROM stream'),
    'an older state is put back': (db) => {
      db.exec('DELETE FROM sealed_box WHERE position > 18; DELETE FROM event WHERE position > 18');
      db.exec('DELETE FROM stream WHERE stream_no NOT IN (SELECT stream_no FROM event)');
      db.exec('UPDATE stream SET head = (SELECT max(revision) FROM event WHERE event.stream_no = stream.stream_no)');
    },
    'two entries change places, with everything about them': (db) => swap(db, WHOLE, 13, 20),
    'the texts of two entries change places': (db) => swap(db, ['leaf'], 14, 15),
    'an entry is put in between': (db) => {
      db.exec(
        'UPDATE sealed_box SET position = -position - 1 WHERE position > 9; UPDATE event SET position = -position - 1 WHERE position > 9',
      );
      db.exec('UPDATE event SET position = -position WHERE position < 0; UPDATE sealed_box SET position = -position WHERE position < 0');
      db.exec(
        "INSERT INTO event SELECT 10, stream_no, 99, x'0123456789abcdef0123456789abcdef', type, recorded_at, leaf FROM event WHERE position = 3",
      );
    },
    'an entry is put in between with an item of its own': (db) => {
      db.exec(
        'UPDATE sealed_box SET position = -position - 1 WHERE position > 9; UPDATE event SET position = -position - 1 WHERE position > 9',
      );
      db.exec('UPDATE event SET position = -position WHERE position < 0; UPDATE sealed_box SET position = -position WHERE position < 0');
      db.exec("INSERT INTO stream VALUES (99, 'body-00000000-0000-4000-8000-000000000099', 0)");
      const leaf = reworded(leafAt(db, 1), {
        stream: 'body-00000000-0000-4000-8000-000000000099',
        id: '01234567-89ab-4def-8123-456789abcdef',
      });
      db.prepare("INSERT INTO event VALUES (10, 99, 0, x'0123456789ab4def8123456789abcdef', 'BodyEstablished', ?, ?)").run(
        Date.parse(parseLeaf(leaf).recordedAt),
        leaf,
      );
    },
    'an entry is there twice': (db) =>
      db.exec(
        "INSERT INTO event SELECT 41, stream_no, 77, x'00112233445566778899aabbccddeeff', type, recorded_at, leaf FROM event WHERE position = 40",
      ),
    'a column says another type': (db) => db.exec("UPDATE event SET type = 'BodyDissolved' WHERE position = 7"),
    'a column says another time': (db) => db.exec('UPDATE event SET recorded_at = recorded_at + 86400000 WHERE position = 7'),
    'a column says another id': (db) => db.exec("UPDATE event SET event_id = x'00112233445566778899aabbccddeeff' WHERE position = 7"),
    'a column says another revision': (db) => db.exec('UPDATE event SET revision = 50 WHERE position = 12'),
    'entries are put under another item': (db) => {
      db.exec("INSERT INTO stream VALUES (98, 'body-00000000-0000-4000-8000-000000000098', 5)");
      db.exec('UPDATE event SET stream_no = 98 WHERE stream_no = 3');
    },
    'an item is given another name': (db) =>
      db.exec("UPDATE stream SET stream_id = 'body-00000000-0000-4000-8000-000000000097' WHERE stream_no = 1"),
    'an item says another end than it has': (db) => db.exec('UPDATE stream SET head = head - 1 WHERE stream_no = 1'),
    'the boxes of two entries change places': (db) =>
      db.exec('UPDATE sealed_box SET position = CASE position WHEN 4 THEN 8 ELSE 4 END WHERE position IN (4, 8)'),
    'the contents of two boxes change places': (db) => {
      const bytes = [4, 8].map((at) => db.prepare<[number], Buffer>('SELECT bytes FROM sealed_box WHERE position = ?').pluck().get(at));
      db.prepare('UPDATE sealed_box SET bytes = ? WHERE position = 4').run(bytes[1]);
      db.prepare('UPDATE sealed_box SET bytes = ? WHERE position = 8').run(bytes[0]);
    },
    'a box is said to be of another person': (db) =>
      db.exec('UPDATE sealed_box SET person = (SELECT person FROM sealed_box WHERE position = 8) WHERE position = 4'),
    'a box is said to hold another value': (db) =>
      db.exec('UPDATE sealed_box SET commitment = (SELECT commitment FROM sealed_box WHERE position = 8) WHERE position = 4'),
    'the contents of a box are changed': (db) => db.exec('UPDATE sealed_box SET bytes = randomblob(length(bytes)) WHERE position = 12'),
    'a box of a person who is not erased is removed': (db) => db.exec('DELETE FROM sealed_box WHERE position = 16'),
    'the person of a sealed name is another': (db) =>
      db.exec("UPDATE event SET leaf = (SELECT replace(leaf, 'person-', 'person-0')) WHERE position = 4"),
    'the log gets entries that are no entries': (db) => db.exec("UPDATE event SET leaf = 'x' WHERE position = 40"),
    'the log is emptied of its table': (db) => db.exec('DROP TABLE sealed_box; DROP TABLE event'),
    'the whole record is written anew from the fifth entry on, signed with the true key': (db) => {
      rewrite(db, 5, () => ({ data: { claim: 'Alt var annerledes.' } }));
      const leaves = db.prepare<[], string>('SELECT leaf FROM event ORDER BY position').pluck().all();
      db.exec('CREATE TABLE note(text TEXT)');
      db.prepare('INSERT INTO note VALUES (?)').run(signedOver(leaves));
    },
  };

  it.each(Object.entries(ATTACKS))('it is told when %s', async (_what, attack) => {
    const { code, lines } = await tampered(attack);
    expect(failures(lines)).not.toEqual([]);
    expect([1, 2]).toContain(code);
  });
  it('nothing is told when nothing is done: the guards come back as they were', async () => {
    expect((await tampered(() => undefined)).lines.at(-1)).toMatch(/ 0 failed$/);
  });
  it('at least forty different attacks are tried, here and on exports', () => {
    expect(Object.keys(ATTACKS).length + Object.keys(ON_EXPORTS).length).toBeGreaterThanOrEqual(40);
  });
});

type Files = Record<string, string>;
const entriesOf = (files: Files): string[] => (files[EXPORT_FILES.entries] as string).trimEnd().split('\n');
const put = (files: Files, lines: readonly string[]): void =>
  void (files[EXPORT_FILES.entries] = lines.map((line) => `${line}\n`).join(''));
/** Everything made to fit these leaves: lines, hashes, manifest and a note by this signer. */
const refit = (files: Files, leaves: readonly string[], signer = record.signer, origin = ORIGIN): void => {
  const old = new Map(
    entriesOf(files).map((line) => [(JSON.parse(line) as { leaf: string }).leaf, JSON.parse(line) as { disclosures: []; closed: [] }]),
  );
  put(
    files,
    leaves.map((leaf, index) =>
      exportLine(shownEntry(index, leaf, old.get(leaf)?.disclosures ?? [], old.get(leaf)?.closed ?? [])).trimEnd(),
    ),
  );
  files[EXPORT_FILES.checkpoint] = signedOver(leaves, origin, signer);
  const manifest = JSON.parse(files[EXPORT_FILES.manifest] as string) as object;
  files[EXPORT_FILES.manifest] = `${canonicalJson({ ...manifest, origin, size: leaves.length, root: toBase64(rootOver(leaves)) })}\n`;
};
const changeLine = (files: Files, index: number, change: (line: Record<string, unknown>) => object): void =>
  put(
    files,
    entriesOf(files).map((line, at) => (at === index ? JSON.stringify(change(JSON.parse(line) as Record<string, unknown>)) : line)),
  );

const ON_EXPORTS: Readonly<Record<string, (files: Files) => void>> = {
  'a text is changed': (files) =>
    void (files[EXPORT_FILES.entries] = (files[EXPORT_FILES.entries] as string).replace('Påstand nummer 5', 'Påstand nummer 6')),
  'a text and its hash are changed': (files) => {
    const leaf = reworded(record.leaves[4] as string, { data: { claim: 'Noe annet.' } });
    changeLine(files, 4, (line) => ({ ...line, leaf, leafHash: toBase64(leafHash(leaf)) }));
  },
  'a hash is changed': (files) => changeLine(files, 4, (line) => ({ ...line, leafHash: toBase64(leafHash('x')) })),
  'a line is left out': (files) =>
    put(
      files,
      entriesOf(files).filter((_, at) => at !== 9),
    ),
  'a line is left out and the others are numbered anew': (files) =>
    put(
      files,
      entriesOf(files)
        .filter((_, at) => at !== 9)
        .map((line, index) => JSON.stringify({ ...(JSON.parse(line) as object), index })),
    ),
  'a line is there twice': (files) => put(files, [...entriesOf(files), entriesOf(files)[39] as string]),
  'two lines change places': (files) =>
    put(
      files,
      entriesOf(files).map((line, at, all) => (at === 3 ? all[4] : at === 4 ? all[3] : line) as string),
    ),
  'the end is left out': (files) => put(files, entriesOf(files).slice(0, 35)),
  'an entry is shown as withheld': (files) => changeLine(files, 4, (line) => ({ ...line, leaf: null, disclosures: [], closed: [] })),
  'a name is replaced by another': (files) =>
    changeLine(files, 3, (line) => ({
      ...line,
      disclosures: (line['disclosures'] as object[]).map((one) => ({ ...one, value: 'Per Hansen' })),
    })),
  'a name is left out': (files) => changeLine(files, 3, (line) => ({ ...line, disclosures: [] })),
  'the checkpoint is an older one': (files) => void (files[EXPORT_FILES.checkpoint] = record.noteAt(35)),
  'the checkpoint is cut loose from its signature': (files) =>
    void (files[EXPORT_FILES.checkpoint] = record.noteAt(40).replace(/^(.*\n)\d+/, (_all, origin: string) => `${origin}41`)),
  'everything is made to fit another history, signed by a key of their own': (files) => {
    refit(files, record.leaves.with(4, reworded(record.leaves[4] as string, { data: { claim: 'Noe annet.' } })), thief);
    files[EXPORT_FILES.key] = `${verifierKeyText(thief.key)}\n`;
  },
  'everything is made to fit another history, signed with the true key': (files) =>
    refit(files, record.leaves.with(4, reworded(record.leaves[4] as string, { data: { claim: 'Noe annet.' } }))),
  'an older state is put back and signed anew with the true key': (files) => refit(files, record.leaves.slice(0, HELD - 5)),
  'the record begins anew under another origin': (files) => refit(files, record.leaves, record.signer, `${ORIGIN}/2`),
  'an entry is put in between and everything is signed anew with the true key': (files) =>
    refit(
      files,
      record.leaves.toSpliced(7, 0, reworded(record.leaves[0] as string, { stream: 'body-x', id: '01234567-89ab-4def-8123-456789abcdef' })),
    ),
  'two entries change places and everything is signed anew with the true key': (files) =>
    refit(files, record.leaves.with(12, record.leaves[18] as string).with(18, record.leaves[12] as string)),
};

describe('in an export', () => {
  const KEPT = Object.values(EXPORT_FILES);
  it.each(Object.entries(ON_EXPORTS))('it is told when %s, by both verifiers', async (_what, attack) => {
    const files: Files = Object.fromEntries(KEPT.map((name) => [name, readFileSync(join(exported, name), 'utf8')]));
    attack(files);
    const directory = join(record.dataDir, `export-${(round += 1)}`);
    mkdirSync(directory);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    const ran = await verify(question('export', directory));
    expect(failures(ran.lines)).not.toEqual([]);
    expect([1, 2]).toContain(ran.code);
    if (verifyInPython === null) return;
    const other = verifyInPython(question('export', directory).slice(1));
    expect(failures(other.lines)).not.toEqual([]);
    expect(other.code).toBe(ran.code);
  });
});
