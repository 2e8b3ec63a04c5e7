// What it costs to keep the record provable: recording's share of the CPU of a durable mutation over HTTP at 16 clients, and the time of
// a proof at a million entries.
//   node test/bench/recording.bench.mjs [--entries 10000] [--quick]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect, load } from './clients.mjs';
import { cpuSeconds, figure, median, percentile, progress, report, seeded } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { openLog } from './record.mjs';
import { inWork, itemsOf } from './sample-log.mjs';
import { startApi } from './server.mjs';
import { withWorkspace } from './workspace.mjs';

const built = (path) => import(new URL(`../../dist/libs/${path}`, import.meta.url));
const { openTreeIndex } = await built('recording/src/tree-index.js');
const { appendLeaf, consistencyProof, emptyTree, inclusionProof, leafHash } = await built('record/src/index.js');
const { ordinalOf, positionOf } = await built('event-store/src/index.js');

const { entries, quick, records } = readOptions();
const CLIENTS = 16;
const REST_MS = 50; // ms: the follower's rest, which makes the size of its batches
const [WARM_MS, LOAD_MS] = quick ? [1_000, 2_000] : [4_000, 10_000];
const PROVEN_AT = quick ? 100_000 : 1_000_000; // entries
const PROOFS = 5_000;
const BATCH = 1_000; // entries of one transaction while filling
const SHARE_MAX = 15; // percent
const PROOF_MS_MAX = 1;

const ADD_NOTE = 'mutation Note($input: AddNoteInput!) { outcome: addNote(input: $input) { __typename ... on Recorded { position } } }';
const check = ({ status, text }) => {
  if (status !== 200 || !text.includes('"Recorded"')) throw new Error(`not recorded: ${status} ${text.slice(0, 500)}`);
};

/** The CPU, in µs, of `work`, an entry. */
const cpuOf = async (count, work) => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
};

/** The log's entries after a number, in batches of that size, read as recording reads them. */
const readAfter = async (store, ordinal, batch, take) => {
  const head = ordinalOf(store.logId, await store.head());
  const enough = new AbortController();
  for await (const one of store.follow({ after: positionOf(store.logId, ordinal), signal: enough.signal, batch })) {
    const end = ordinalOf(store.logId, one.position);
    take(one.events, end);
    if (end >= head) enough.abort();
  }
};

/** What the follower, the signer and one verification do with the entries that were recorded under load, done again on their own. */
const recordingCpu = async (folder, dataDir, from, count, batch) => {
  const { store, close } = await openLog(dataDir);
  mkdirSync(folder, { recursive: true });
  const index = openTreeIndex(join(folder, 'record.db'));
  const indexed = await cpuOf(count, () =>
    readAfter(store, from, batch, (events, end) => {
      const leaves = events.map(({ leaf, position }) => ({ leaf, ordinal: ordinalOf(store.logId, position) }));
      index.append(index.standing(), leaves, store.logId, end);
    }),
  );
  let tree = emptyTree;
  const read = await cpuOf(count, () =>
    readAfter(store, from, BATCH, (events) => {
      for (const { leaf } of events) {
        JSON.parse(leaf);
        tree = appendLeaf(tree, leafHash(leaf));
      }
    }),
  );
  index.close();
  await close();
  // Read again twice: once to be signed, once to be verified.
  return indexed + 2 * read;
};

const share = async (workspace, size) => {
  const dataDir = await workspace.preloaded(size);
  const server = await startApi(dataDir);
  const items = inWork(itemsOf(size));
  let sent = 0;
  const bodyOf = () => {
    sent += 1;
    const input = {
      commandId: `bench-${sent}`,
      item: { id: items[(sent * 7_919) % items.length].id },
      text: `Merknad ${sent}: følges opp.`,
    };
    return JSON.stringify({ query: ADD_NOTE, variables: { input } });
  };
  const connection = connect(server, CLIENTS);
  progress(`recording, ${size} entries: under load`);
  await load(connection, { clients: CLIENTS, ms: WARM_MS, bodyOf, check });
  const before = cpuSeconds(server.pid);
  const { count, seconds } = await load(connection, { clients: CLIENTS, ms: LOAD_MS, bodyOf, check });
  const mutation = before === null ? null : ((cpuSeconds(server.pid) - before) * 1e6) / count;
  connection.agent.destroy();
  await server.stop();
  const batch = Math.max(1, Math.min(BATCH, Math.round((count / seconds) * (REST_MS / 1_000))));
  const recording = await recordingCpu(join(workspace.root, `index-${size}`), dataDir, size, sent, batch);
  return [
    figure(size, `server CPU a mutation, ${CLIENTS} clients`, mutation, 'µs'),
    figure(size, `recording's CPU an entry, batches of ${batch}`, recording, 'µs', { digits: 1 }),
    figure(size, "recording's share of a mutation", mutation && (100 * recording) / mutation, '%', { ceiling: SHARE_MAX, digits: 1 }),
  ];
};

const proofs = ({ root }) => {
  const index = openTreeIndex(join(root, 'proofs.db'));
  progress(`recording: indexing ${PROVEN_AT} entries`);
  const began = process.cpuUsage();
  for (let from = 0; from < PROVEN_AT; from += BATCH) {
    const leaves = Array.from({ length: BATCH }, (_, nth) => ({ ordinal: from + nth + 1, leaf: `{"n":${from + nth}}` }));
    index.append(index.standing(), leaves, 'bench', from + BATCH);
  }
  const { user, system } = process.cpuUsage(began);
  const draw = seeded(20_181_003);
  const below = (count) => Math.floor(draw() * count);
  const timed = (make) => {
    const before = process.cpuUsage();
    const times = Array.from({ length: PROOFS }, () => {
      const started = performance.now();
      make();
      return performance.now() - started;
    });
    const used = process.cpuUsage(before);
    return { times, cpu: (used.user + used.system) / 1e3 / PROOFS };
  };
  const kinds = {
    inclusion: () => inclusionProof(below(PROVEN_AT), PROVEN_AT, index.node),
    consistency: () => consistencyProof(1 + below(PROVEN_AT), PROVEN_AT, index.node),
  };
  const figures = Object.entries(kinds).flatMap(([name, make]) => {
    const { times, cpu } = timed(make);
    return [
      figure(PROVEN_AT, `${name} proof, median`, median(times), 'ms', { ceiling: PROOF_MS_MAX, digits: 3 }),
      figure(PROVEN_AT, `${name} proof, CPU`, cpu, 'ms', { ceiling: PROOF_MS_MAX, digits: 3 }),
      // Not bounded: on a busy machine it tells how long others held the core.
      figure(PROVEN_AT, `${name} proof, p99`, percentile(times, 0.99), 'ms', { digits: 3 }),
    ];
  });
  index.close();
  return [figure(PROVEN_AT, 'entries indexed a CPU second, leaves of 12 bytes', PROVEN_AT / ((user + system) / 1e6), '/s'), ...figures];
};

await withWorkspace(records, async (workspace) => {
  const figures = proofs(workspace);
  for (const size of entries.slice(0, 1)) figures.push(...(await share(workspace, size)));
  report(figures);
});
