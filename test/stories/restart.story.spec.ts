import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ordinalOf } from '@saksgang/event-store';
import { itemIdFor, leafOf, parseLeaf } from '@saksgang/record';
import { letterInput, recordLetter } from '../support/letter.js';
import { serve, type Json, type Served } from '../support/serve.js';

const BUILD_MS_MAX = 30_000; // ms for building all read models anew on a busy machine
const TURNS_MAX = 100_000; // of the event loop, until the projections have come to the entry

/** All that a reader can see, in one document: asked before and after, it must be the same to the last letter. */
const EVERYTHING = `query Everything($asOf: AsOf) {
  items(first: 50, orderBy: TITLE, asOf: $asOf) { totalCount position edges { cursor node { id kind title reference state stateLabel revision recordedAt updatedAt occurred { text label }
    links(first: 100) { nodes { id relation direction fromPart toPart other { id } } } notes { id text } history(first: 100) { nodes { id title } } } } }
  resolutions(first: 50, orderBy: TITLE, asOf: $asOf) { nodes { id decided { text } points(first: 100) { nodes { path text pointState owner { ... on NamedParty { name } } } } } }
  timeline(first: 100, asOf: $asOf) { totalCount edges { cursor node { id type title description occurred { text } position corrected corrections { id } } } }
  history(first: 100) { totalCount nodes { id position type commandId actor { id } changes { path after summary } correctedBy { id } } }
}`;

describe('The record is stopped and started again:', () => {
  let served: Served;
  let resolution: string;
  let before: Json;
  let position: string;
  let cursor: string;
  const everything = (asOf: Json = null): Promise<Json> => served.read(EVERYTHING, { asOf }, { key: served.keys.auditor });

  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
    ({ resolution } = await recordLetter(served));
    position = await served.record.store.head();
    await served.recorded('establishDate', { commandId: 'dato', item: { id: resolution }, date: { text: '2018-09-12' } });
    const point = { item: { id: resolution }, point: '3' };
    await served.recorded('assignPoint', { commandId: 'fordel', point, owner: { name: 'Administrasjonen' } });
    const withdrawn = await served.recorded('addNote', { commandId: 'notat', item: { id: resolution }, text: 'Feil sak.' });
    await served.recorded('retractEntry', { commandId: 'trekk', entry: `${withdrawn}@3`, reason: 'Feil sak.' });
    before = await everything();
    cursor = before.timeline.edges[4].node.id as string;
  });
  afterAll(() => served.close());

  it('it answers the same, word for word, now and as of an earlier position', async () => {
    const then = await everything({ position });
    await served.restart();
    expect(await everything()).toEqual(before);
    expect(await everything({ position })).toEqual(then);
    expect(before.items.totalCount).toBeGreaterThan(10);
    expect(then).not.toEqual(before);
  });

  it('cursors and positions handed out before it are good after it', async () => {
    const after = before.timeline.edges[3].cursor as string;
    const { timeline } = await served.read(
      `query($after: String) { timeline(first: 1, after: $after) { nodes { id } } }`,
      { after },
      { key: served.keys.auditor },
    );
    expect(timeline.nodes).toEqual([{ id: cursor }]);
    const headers = { 'x-at-least-position': before.items.position as string };
    expect((await served.read(`{ items { position } }`, {}, { headers })).items.position).toBe(before.items.position);
  });

  it('a command sent before it is known after it', async () => {
    expect(await served.mutate('recordResolution', letterInput())).toMatchObject({ __typename: 'Recorded', replayed: true });
    expect(await served.recordExample()).toMatchObject({ recorded: 0 });
  });

  it('the read models can be deleted: they are built anew from the log, and answer the same', async () => {
    const file = join(served.dataDir, 'read-models.db');
    await served.restart(() => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    });
    const { store, runner } = served.record;
    // Building takes longer than a reader waits. What follows is asked of all that is built.
    expect(await runner.waitFor(ordinalOf(store.logId, before.items.position as string) ?? -1, BUILD_MS_MAX)).toBe(true);
    const headers = { 'x-at-least-position': before.items.position as string };
    expect(await served.read(EVERYTHING, { asOf: null }, { key: served.keys.auditor, headers })).toEqual(before);
  });

  it('a second process on the same data is refused, and told what to do', async () => {
    const { openSqliteEventStore } = await import('@saksgang/event-store-sqlite');
    const { systemClock, systemRandom, systemScheduler } = await import('../../apps/api/src/system.js');
    const second = openSqliteEventStore({
      directory: served.dataDir,
      clock: systemClock,
      random: systemRandom,
      scheduler: systemScheduler,
      writer: 'inline',
    });
    await expect(second).rejects.toThrow(
      /another process is writing in .*stop it first, or give this one a directory of its own \(DATA_DIR\)/,
    );
    expect(await everything()).toEqual(before);
  });
});

describe('An entry that this version cannot read stands in the log:', () => {
  let served: Served;
  let resolution: string;
  let before: Json;
  let poison: string;
  const LIST = `{ resolutions { nodes { id title } position } timeline { totalCount } }`;
  const ready = async (): Promise<Json> => {
    const response = await fetch(served.url.replace('/graphql', '/readyz'));
    return { status: response.status, ...((await response.json()) as object) };
  };
  const untilStopped = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      if ((await served.record.reading.progress()).some((one) => one.stopped !== null)) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  beforeAll(async () => {
    served = await serve();
    ({ resolution } = await recordLetter(served));
    before = await served.read(LIST);
    expect(await ready()).toMatchObject({ status: 200, ready: true });
    const { store } = served.record;
    const [founding] = (await store.readStream(resolution)).events;
    if (founding === undefined) throw new Error('the resolution has no entries');
    const stream = itemIdFor('resolution', 'fra-framtida');
    const id = '00000000-0000-5000-8000-000000000001';
    const leaf = leafOf({ ...parseLeaf(founding.leaf), type: 'ResolutionSungAloud', id, stream, data: {} });
    poison = (await store.append(stream, -1, [{ ...founding, id, type: 'ResolutionSungAloud', leaf, boxes: [] }])).position;
    await untilStopped();
  });
  afterAll(() => served.close());

  it('/readyz says 503 and names what has stopped, and where; /healthz says the process is well', async () => {
    const readiness = await ready();
    expect(readiness).toMatchObject({ status: 503, ready: false, store: { ok: true } });
    const stopped = readiness.projections.filter((one: Json) => one.stopped !== null);
    expect(stopped.length).toBeGreaterThan(0);
    for (const { stopped: at } of stopped)
      expect([at.position, at.reason]).toEqual([poison, expect.stringContaining('ResolutionSungAloud')]);
    expect((await fetch(served.url.replace('/graphql', '/healthz'))).status).toBe(200);
    expect(served.logged.some((line) => line.includes('a projection has stopped'))).toBe(true);
  });

  it('what was known before it is still answered', async () => {
    const asOf = { position: before.resolutions.position };
    const answer = await served.read(
      `query($asOf: AsOf) { resolutions(asOf: $asOf) { nodes { id title } position } timeline(asOf: $asOf) { totalCount } }`,
      { asOf },
    );
    expect(answer).toEqual(before);
  });

  it('a command is recorded all the same; reading it says that it cannot be shown, and never answers old data in silence', async () => {
    const note = { commandId: 'etter', item: { id: resolution }, text: 'Etter den ukjente.' };
    const document = `mutation($input: AddNoteInput!) { addNote(input: $input) { __typename ... on Recorded { revision position receipt { entry } } } }`;
    const { addNote } = await served.read(document, { input: note }, { key: served.keys.secretariat });
    expect(addNote).toMatchObject({ __typename: 'Recorded', revision: 1, receipt: { entry: `${resolution}@1` } });
    const answer = await served.ask(LIST, {}, { headers: { 'x-at-least-position': addNote.position as string } });
    expect(new Set(answer.errors.map((error) => error.extensions.code))).toEqual(new Set(['PROJECTION_STOPPED']));
    expect(answer.errors[0]).toMatchObject({
      message: expect.stringContaining('earlier position'),
      extensions: { position: before.resolutions.position, fault: 'UndecodableEntry' },
    });
  });

  it('a command that names an item by reference is refused, for waiting would be in vain; nothing is recorded', async () => {
    const note = { commandId: 'ved navn', item: { reference: '18/01456' }, text: 'Ved referanse.' };
    const document = `mutation($input: AddNoteInput!) { addNote(input: $input) { __typename ... on Refused { code retryAfterMs } } }`;
    const { addNote } = await served.read(document, { input: note }, { key: served.keys.secretariat });
    expect(addNote).toEqual({ __typename: 'Refused', code: 'PROJECTION_STOPPED', retryAfterMs: null });
  });

  it('and so it is after a restart', async () => {
    await served.restart();
    await untilStopped();
    expect(await ready()).toMatchObject({ status: 503, ready: false });
  });
});
