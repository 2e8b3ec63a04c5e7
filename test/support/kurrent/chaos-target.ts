import client from '@eventstore/db-client';
import type { Random, Scheduler } from '@saksgang/kernel';
import { uuidOf } from '../../../libs/event-store/testing/sample-events.js';
import type { Standing } from './chaos-verdict.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { startKurrentCluster } from './kurrent-cluster.js';
import { LATE_MS_MAX, ofAnswers, ofNetwork, ofNodes, strikeEach } from './misfortunes.js';
import type { SharedLog } from './shared-log.js';

/** A database that chaos is brought to. */
export type Target = Readonly<{
  /** Through what fails. */
  connectionString: string;
  /** Away from the beginning. `appear` brings it. */
  appear: () => void;
  /** Everything that can go wrong, once; answers how many things that were, when all is well again. */
  rage: (random: (word: string) => Random, scheduler: Scheduler) => Promise<number>;
  /** Appends that took the client's batch path; null where that cannot be seen. */
  batchAppends: () => number | null;
  /** Past what fails, for what is asked about it afterwards. */
  straight: () => string;
  close: () => Promise<void>;
}>;

const REST_MS_MAX = 800; // ms between two misfortunes of network or nodes
const ANSWER_REST_MS_MAX = 900; // ms between two answers
const NOISE_EVENTS = 5; // of others, between ours: what a filter passes over
const NOISE_PAUSE_MS = 15;
const NOISE_ROUNDS_MAX = 10_000;

/** Three scripted nodes: what networks, nodes and answers do. */
export const scriptedCluster = async (): Promise<Target> => {
  const cluster = await startKurrentCluster(3);
  const proxies = cluster.nodes.map(({ proxy }) => proxy);
  proxies.forEach((proxy) => proxy.refuse());
  return {
    connectionString: `${cluster.connectionString}&gossipTimeout=1`,
    straight: () => cluster.connectionString,
    appear: () => proxies.forEach((proxy) => proxy.heal()),
    rage: async (random, scheduler) => {
      const calm = new AbortController();
      const others = writeBeside(cluster.log, scheduler, calm.signal);
      const [outside, inside] = await Promise.all([
        strikeEach([...ofNetwork(() => proxies), ...ofNodes(cluster)], random('network and nodes'), scheduler, REST_MS_MAX),
        strikeEach(ofAnswers(cluster, scheduler), random('answers'), scheduler, ANSWER_REST_MS_MAX),
      ]);
      for (const node of cluster.nodes) node.forgetAnswers();
      await scheduler.sleep(LATE_MS_MAX); // what was told to land late has landed
      calm.abort();
      await others;
      return outside + inside;
    },
    batchAppends: () => cluster.nodes.reduce((sum, { calls }) => sum + calls.batchAppend, 0),
    close: cluster.close,
  };
};

/** Others use the database too. */
const writeBeside = async ({ append }: SharedLog, scheduler: Scheduler, calm: AbortSignal): Promise<void> => {
  const event = { type: 'Other', contentType: 'application/octet-stream', data: new Uint8Array(), metadata: new Uint8Array() };
  for (let round = 0; round < NOISE_ROUNDS_MAX && !calm.aborted; round += 1) {
    append(
      'others-1',
      'any',
      Array.from({ length: NOISE_EVENTS }, (_, index) => ({ ...event, id: uuidOf(`other ${round} ${index}`) })),
    );
    await scheduler.sleep(NOISE_PAUSE_MS);
  }
};

const ONE_HOST = /^((?:esdb|kurrentdb):\/\/(?:[^@/]*@)?)([^:,/?]+)(?::(\d+))?(\/?(?:\?.*)?)$/;
/** Gossip leads clients to the nodes themselves, past any proxy: only a single node can be put behind one here. */
export const isSingleNode = (connectionString: string): boolean => ONE_HOST.test(connectionString);

/** A node that runs elsewhere, real or not, behind a proxy: what networks do. */
export const nodeBehindProxy = async (connectionString: string): Promise<Target> => {
  const [, before = '', host = '', port = '2113', after = ''] = ONE_HOST.exec(connectionString) ?? [];
  const proxy: FaultProxy = await startFaultProxy({ target: { host, port: Number(port) } });
  proxy.refuse();
  return {
    connectionString: `${before}127.0.0.1:${proxy.port}${after}`,
    straight: () => connectionString,
    appear: () => proxy.heal(),
    rage: (random, scheduler) =>
      strikeEach(
        ofNetwork(() => [proxy]),
        random('network'),
        scheduler,
        REST_MS_MAX,
      ),
    batchAppends: () => null,
    close: proxy.close,
  };
};

/** What stands in these streams, in log order, asked of the server with the bare client: the engine has no say in it. */
export const standingIn = async (connectionString: string, prefix: string, streams: readonly string[]): Promise<Standing[]> => {
  const db = client.EventStoreDBClient.connectionString([connectionString] as unknown as TemplateStringsArray);
  const found: (Standing & Readonly<{ at: bigint }>)[] = [];
  try {
    for (const stream of streams) {
      for await (const { event } of db.readStream(prefix + stream))
        if (event) found.push({ id: event.id, stream, revision: Number(event.revision), at: event.position?.commit ?? -1n });
    }
  } finally {
    await db.dispose();
  }
  return found.sort((one, other) => Number(one.at - other.at)).map(({ id, stream, revision }) => ({ id, stream, revision }));
};
