import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCodec, type Draft } from '@saksgang/event-store';
import { openReadOnly, openSqliteEventStore } from '@saksgang/event-store-sqlite';
import { NO_STREAM, type Instant, type Scheduler, type Secret } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import {
  appendLeaf,
  checkpointBody,
  discloseBox,
  emptyTree,
  entryIdFor,
  EXPORT_FILES,
  exportLine,
  itemIdFor,
  leafHash,
  leafOf,
  manifestText,
  noteSigner,
  parseLeaf,
  rootOf,
  sealedIn,
  sha256Of,
  shownEntry,
  signNote,
  verifierKeyText,
  type Closed,
  type Disclosure,
  type NoteSigner,
  type ReadHash,
  type Tree,
} from '@saksgang/record';
import { createSealer, openKeyStore } from '@saksgang/recording';
import { seededRandom } from '../../libs/event-store/testing/seeded-random.js';

export const ORIGIN = 'postliste.eksempel.kommune.no/saksgang';
const STARTS_AT = Date.UTC(2026, 2, 2, 10);
const ENTRIES_PER_COMMAND = 2;
const clock = { now: (): Instant => '2026-03-02T10:00:00.000Z' };
export const scheduler: Scheduler = {
  sleep: async (ms, signal) => void (await sleep(ms, undefined, { ref: false, ...(signal && { signal }) })),
};

export type SignedRecord = Readonly<{
  dataDir: string;
  logFile: string;
  signer: NoteSigner;
  /** The key as it is published. */
  key: string;
  leaves: readonly string[];
  treeAt: (size: number) => Tree;
  /** The note signed when the record held so many entries. */
  noteAt: (size: number) => string;
  remove: () => void;
}>;

/** What is said of bodies, one after the other; every fourth by a person, whose name is sealed. */
const draftOf = (nth: number, asserted: Secret | null): Draft => {
  const [item, revision] = [Math.floor(nth / 6), nth % 6];
  // Two claims at a time come from one command.
  const [command, ordinal] =
    revision === 0 ? [0, 0] : [1 + Math.floor((revision - 1) / ENTRIES_PER_COMMAND), (revision - 1) % ENTRIES_PER_COMMAND];
  const commandId = `organ-${item}-${command}`;
  const stream = itemIdFor('body', `organ-${item}-0`);
  return {
    id: entryIdFor(stream, commandId, ordinal),
    stream,
    revision,
    recordedAt: new Date(STARTS_AT + nth * 60_000).toISOString(),
    actor: 'example-loader',
    commandId,
    inputDigest: sha256Of(commandId),
    occurred: { text: '2026-02', asWritten: null },
    assertedBy: asserted === null ? null : { body: null, name: asserted.handle },
    source: { document: null, title: 'Møtebok «æøå»', reference: `26/${nth}`, dated: null, locator: null, url: null },
    reason: null,
    event:
      revision === 0
        ? { type: 'BodyEstablished', data: { name: `Utvalg ${item}`, aliases: [], parent: null, period: null } }
        : { type: 'BodyClaimRecorded', data: { claim: `Påstand nummer ${nth}.` } },
  };
};

/** A record on the real engine with real boxes and keys, and a signer of its own. Closed when it answers. */
export const makeSignedRecord = async (entries: number, seed: string, names = ['Kari Nordmann', 'Ola Sørgård']): Promise<SignedRecord> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-signed-'));
  const random = seededRandom(seed);
  const keys = openKeyStore({ dataDir, keyEncryptionKeyFile: null, clock, random });
  const sealer = createSealer({ keys, random });
  const codec = createCodec({ registry, sealer, random, leafOf, parseLeaf });
  const store = await openSqliteEventStore({ directory: dataDir, clock, random, scheduler, writer: 'inline' });
  const leaves: string[] = [];
  const trees: Tree[] = [emptyTree];
  for (let nth = 0; nth < entries; nth += 1) {
    const secret = nth % 4 === 3 ? await sealer.commit({ unsealed: names[(nth >> 2) % names.length] as string, person: null }) : null;
    const draft = draftOf(nth, secret);
    const events = await codec.encode([draft], new Map(secret ? [[secret.handle.sealed, secret]] : []));
    await store.append(draft.stream, draft.revision === 0 ? NO_STREAM : draft.revision - 1, events);
    for (const { leaf } of events) {
      leaves.push(leaf);
      trees.push(appendLeaf(trees.at(-1) as Tree, leafHash(leaf)));
    }
  }
  await store.close();
  await keys.close();
  const signer = noteSigner(ORIGIN, seededRandom(`${seed} key`).bytes(32));
  const treeAt = (size: number): Tree => trees[size] as Tree;
  return {
    dataDir,
    logFile: join(dataDir, 'log.db'),
    signer,
    key: verifierKeyText(signer.key),
    leaves,
    treeAt,
    noteAt: (size) => signNote(checkpointBody({ origin: ORIGIN, size, root: rootOf(treeAt(size)) }), [signer]),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
};

/** The hashes of a tree over these leaves, all of them. */
export const nodesOf = (leaves: readonly string[]): ReadHash => {
  const nodes = new Map<string, Uint8Array>();
  leaves.reduce((tree, leaf) => appendLeaf(tree, leafHash(leaf), (level, index, hash) => nodes.set(`${level}/${index}`, hash)), emptyTree);
  return (level, index) => nodes.get(`${level}/${index}`) as Uint8Array;
};

/** What opens the sealed values of one entry. */
export const openedValues = async (record: SignedRecord, index: number): Promise<readonly Disclosure[]> => {
  const { id, stream } = parseLeaf(record.leaves[index] as string);
  const keys = openKeyStore({ dataDir: record.dataDir, keyEncryptionKeyFile: null, clock, random: seededRandom('open') });
  const log = openReadOnly({ directory: record.dataDir, scheduler });
  try {
    const { events } = await log.readStream(stream);
    const boxes = events.find((event) => event.id === id)?.boxes ?? [];
    const opened = boxes.map(async ({ commitment, person, bytes }) =>
      discloseBox((await keys.keyOf(person)).key as Uint8Array, id, commitment, bytes),
    );
    return await Promise.all(opened);
  } finally {
    await log.close();
    await keys.close();
  }
};

type Exporting = Readonly<{
  /** Entries of which only the hash is given. */
  withheld?: (index: number) => boolean;
  /** Whose names are given; the others are named as closed for this reason. */
  closed?: (index: number) => Closed['why'] | null;
}>;

/** Writes the export of a record into a new directory below its data directory, from the log and the boxes as they lie there. */
export const exportRecord = async (record: SignedRecord, name: string, { withheld = () => false, closed = () => null }: Exporting = {}) => {
  const directory = join(record.dataDir, name);
  mkdirSync(directory);
  const keys = openKeyStore({ dataDir: record.dataDir, keyEncryptionKeyFile: null, clock, random: seededRandom(name) });
  const log = openReadOnly({ directory: record.dataDir, scheduler });
  const counts = { withheldEntries: 0, erasedValues: 0, withheldValues: 0 };
  const lines: string[] = [];
  const enough = new AbortController();
  for await (const { events, caughtUp } of log.follow({ after: log.origin, signal: enough.signal })) {
    for (const { id, leaf, boxes } of events) {
      const index = lines.length;
      if (withheld(index)) {
        counts.withheldEntries += 1;
        lines.push(exportLine({ index, leaf: null, leafHash: leafHash(leaf), disclosures: [], closed: [] }));
        continue;
      }
      const disclosures: Disclosure[] = [];
      const shut: Closed[] = [];
      for (const { sealed } of sealedIn(parseLeaf(leaf))) {
        const box = boxes.find(({ commitment }) => commitment === sealed);
        const why = box === undefined ? 'ERASED' : closed(index);
        if (why !== null || box === undefined) shut.push({ sealed, why: why ?? 'ERASED' });
        else disclosures.push(discloseBox((await keys.keyOf(box.person)).key as Uint8Array, id, sealed, box.bytes));
        if (why === 'ERASED') counts.erasedValues += 1;
        if (why === 'WITHHELD') counts.withheldValues += 1;
      }
      lines.push(exportLine(shownEntry(index, leaf, disclosures, shut)));
    }
    if (caughtUp) enough.abort();
  }
  await log.close();
  await keys.close();
  const size = lines.length;
  writeFileSync(join(directory, EXPORT_FILES.entries), lines.join(''));
  writeFileSync(join(directory, EXPORT_FILES.checkpoint), record.noteAt(size));
  writeFileSync(join(directory, EXPORT_FILES.key), `${record.key}\n`);
  writeFileSync(
    join(directory, EXPORT_FILES.manifest),
    manifestText({ origin: ORIGIN, size, root: rootOf(record.treeAt(size)), ...counts }),
  );
  return directory;
};
