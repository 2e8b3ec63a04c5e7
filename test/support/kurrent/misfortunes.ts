import type { Random, Scheduler } from '@saksgang/kernel';
import { someNumber } from '../../../libs/event-store/testing/seeded-random.js';
import type { FaultProxy } from './fault-proxy.js';
import type { KurrentCluster } from './kurrent-cluster.js';
import type { KurrentServer } from './kurrent-server.js';
import type { Answer, Method } from './script.js';

/** Something that goes wrong for a while. `strike` answers how it is undone. */
export type Misfortune = Readonly<{ name: string; lastsMs: number; strike: (random: Random) => () => void }>;

/** Each of them once, in an order by lot, with rests of up to `restMs` between them; answers when all is over. */
export const strikeEach = async (
  misfortunes: readonly Misfortune[],
  random: Random,
  scheduler: Scheduler,
  restMs: number,
): Promise<number> => {
  for (const { lastsMs, strike } of shuffled(misfortunes, random)) {
    await scheduler.sleep(someNumber(random, restMs));
    const undo = strike(random);
    await scheduler.sleep(lastsMs);
    undo();
  }
  return misfortunes.length;
};

const shuffled = <T>(items: readonly T[], random: Random): T[] =>
  items
    .map((item) => ({ item, at: someNumber(random, 1_000_000) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);

/** What a network does; works before any server. */
export const ofNetwork = (proxies: () => readonly FaultProxy[]): Misfortune[] => {
  const all = (act: (proxy: FaultProxy) => void) => (): (() => void) => {
    proxies().forEach(act);
    return () => proxies().forEach((proxy) => proxy.heal());
  };
  return [
    { name: 'every connection is cut', lastsMs: 10, strike: all((proxy) => proxy.reset()) },
    { name: 'nothing is reached', lastsMs: 400, strike: all((proxy) => proxy.refuse()) },
    { name: 'black hole', lastsMs: 900, strike: all((proxy) => proxy.freeze()) },
    { name: 'slow line', lastsMs: 300, strike: all((proxy) => proxy.delay(15)) },
    {
      name: 'cut in the middle of an answer',
      lastsMs: 100,
      strike: (random) => all((proxy) => proxy.cutAfter(1 + someNumber(random, 3_000), 'to-client'))(),
    },
    {
      name: 'cut in the middle of a request',
      lastsMs: 100,
      strike: (random) => all((proxy) => proxy.cutAfter(1 + someNumber(random, 3_000), 'to-server'))(),
    },
  ];
};

/** What nodes of a cluster do. */
export const ofNodes = (cluster: KurrentCluster): Misfortune[] => {
  const leader = (): number => cluster.leader() ?? 0;
  const killed = (...nodes: readonly number[]): (() => void) => {
    nodes.forEach(cluster.kill);
    return () => nodes.forEach(cluster.revive);
  };
  const others = (): number[] => cluster.nodes.map((_, index) => index).filter((index) => index !== leader());
  return [
    { name: 'the leader dies', lastsMs: 300, strike: () => killed(leader()) },
    { name: 'a follower dies', lastsMs: 200, strike: () => killed(others()[0] as number) },
    { name: 'the majority dies', lastsMs: 400, strike: () => killed(...others()) },
    {
      name: 'another node leads',
      lastsMs: 50,
      strike: () => {
        cluster.elect(others()[0] as number);
        return () => undefined;
      },
    },
    {
      name: 'the leader falls into a black hole and another leads',
      lastsMs: 700,
      strike: () => {
        const frozen = cluster.nodes[leader()];
        frozen?.proxy.freeze();
        cluster.elect(others()[0] as number);
        return () => frozen?.proxy.heal();
      },
    },
  ];
};

export const LATE_MS_MAX = 900; // ms after which a write lands that nobody waits for any more

/** What the leader answers. */
export const ofAnswers = (cluster: KurrentCluster, scheduler: Scheduler): Misfortune[] => {
  const leader = (): KurrentServer => cluster.nodes[cluster.leader() ?? 0] as KurrentServer;
  const answered = (name: string, method: Method, answer: (random: Random) => Answer, times = 2): Misfortune => ({
    name: `${method}: ${name}`,
    lastsMs: 60,
    strike: (random) => {
      leader().answerNext(method, answer(random), times);
      return () => undefined;
    },
  });
  const other = (): KurrentServer => cluster.nodes.find((node) => node !== leader()) as KurrentServer;
  return [
    answered('written, the connection cut', 'append', () => ({ is: 'commit-then-cut' })),
    answered('written, no answer', 'append', () => ({ is: 'commit-then-hang' }), 1),
    answered('written late', 'append', (random) => ({ is: 'commit-late', after: scheduler.sleep(someNumber(random, LATE_MS_MAX)) }), 1),
    answered('no answer', 'append', () => ({ is: 'hang' }), 1),
    answered('not the leader', 'append', () => ({ is: 'not-leader', leader: { host: '127.0.0.1', port: other().port } })),
    answered('not ready', 'append', () => ({ is: 'not-ready' })),
    answered('timeout', 'append', () => ({ is: 'error', code: 10, message: 'Write timeout' })),
    answered('internal error', 'append', () => ({ is: 'error', code: 13, message: 'Received RST_STREAM with code 2' })),
    answered('not ready', 'read', () => ({ is: 'not-ready' })),
    answered('no answer', 'read', () => ({ is: 'hang' }), 1),
    answered('not ready', 'subscribe', () => ({ is: 'not-ready' })),
    answered('no answer', 'gossip', () => ({ is: 'hang' }), 1),
    answered('cancelled', 'append', () => ({ is: 'error', code: 1, message: 'Call cancelled' })),
  ];
};
