import { type KurrentServer, type Member, type NodeOptions, startKurrentServer } from './kurrent-server.js';
import { makeSharedLog, type SharedLog } from './shared-log.js';

export type KurrentCluster = Readonly<{
  nodes: readonly KurrentServer[];
  log: SharedLog;
  connectionString: string;
  /** Which node leads; null while no majority is alive. */
  leader: () => number | null;
  /** Its connections are cut and no new ones taken. When it led, the next living node leads, if a majority lives. */
  kill: (node: number) => void;
  revive: (node: number) => void;
  /** Makes a living node the leader; the old one answers NotLeader from now on. */
  elect: (node: number) => void;
  close: () => Promise<void>;
}>;

/**
 * Nodes over one log, which agree at once on who leads: what replication and elections do in between is not shown. A write
 * acknowledged by one node is there on all of them.
 */
export const startKurrentCluster = async (size = 3, options: Omit<NodeOptions, 'members' | 'port'> = {}): Promise<KurrentCluster> => {
  const log = options.log ?? makeSharedLog();
  const alive = Array.from({ length: size }, () => true);
  let leading = 0;
  const nodes: KurrentServer[] = [];
  const leader = (): number | null => (alive.filter(Boolean).length * 2 > size && alive[leading] ? leading : null);
  const members = (): Member[] =>
    nodes.map(({ port }, index) => ({
      endpoint: { host: '127.0.0.1', port },
      state: index === leader() ? 'leader' : 'follower',
      alive: alive[index] === true,
    }));
  for (let index = 0; index < size; index += 1) nodes.push(await startKurrentServer({ ...options, log, members }));

  const elect = (node: number): void => void (leading = node);
  const electSomebody = (): void => {
    if (!alive[leading]) elect(Math.max(0, alive.indexOf(true)));
  };
  return {
    nodes,
    log,
    connectionString: `esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`,
    leader,
    kill: (node) => {
      alive[node] = false;
      nodes[node]?.proxy.refuse();
      electSomebody();
    },
    revive: (node) => {
      alive[node] = true;
      nodes[node]?.proxy.heal();
      electSomebody();
    },
    elect,
    close: async () => void (await Promise.all(nodes.map((node) => node.close()))),
  };
};
