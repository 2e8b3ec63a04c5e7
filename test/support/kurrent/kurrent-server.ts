import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { read, subscribe } from './reading-calls.js';
import { type Answer, type Endpoint, makeScript, type Method } from './script.js';
import { type Expected, isDone, makeSharedLog, type SharedLog, type Verdict } from './shared-log.js';
import { expectedOf, notLeader, notReady, refusal, textOf } from './wire.js';
import { append, type Appending, batchAppends, type PositionOfRepeat, readAppend, refusalOf } from './writing-calls.js';

/** A node as gossip tells of it. */
export type Member = Readonly<{ endpoint: Endpoint; state: 'leader' | 'follower'; alive: boolean }>;
export type NodeOptions = Readonly<{
  /** Hand one to several nodes and they are a cluster. Default: a new one. */
  log?: SharedLog;
  /** What this node believes of its cluster. Default: it is alone, and leads. */
  members?: () => readonly Member[];
  port?: number;
  /** PEM. Without it the node is insecure, and clients send no credentials. */
  tls?: Readonly<{ key: Buffer; cert: Buffer }>;
  /** Servers before 23.10 do not tell a subscription that it has caught up. Default true. */
  caughtUp?: boolean;
  /** Default 'none': the harder of the two. */
  positionOfRepeat?: PositionOfRepeat;
}>;
export type KurrentServer = Readonly<{
  /** Of the fault proxy that stands before the node; clients never reach it otherwise. */
  port: number;
  connectionString: string;
  log: SharedLog;
  proxy: FaultProxy;
  /** The next call of this method, or the next `times`, get this answer. */
  answerNext: (method: Method, answer: Answer, times?: number) => void;
  /** Calls that came, by method. `batchAppend` counts appends, not streams of them. */
  calls: Readonly<Record<Method, number>>;
  /** Scripted answers not given yet. */
  answersLeft: () => number;
  forgetAnswers: () => void;
  /** `user:password` as they came with calls over TLS, each once. */
  credentials: () => readonly string[];
  close: () => Promise<void>;
}>;

const HOST = '127.0.0.1';
const SUPPORTED = ['read', 'append', 'delete', 'tombstone', 'batchappend'];
type Reply<T> = (error: grpc.ServerErrorResponse | null, answer?: T) => void;
type Call = Readonly<{ metadata: grpc.Metadata; getPeer: () => string }>;

/**
 * An EventStoreDB node for tests: a gRPC server on the client's own generated definitions over a log in memory, behind a
 * proxy that fails on command, with answers that can be scripted. A failing node is a failing proxy: the gRPC server itself
 * is never stopped by force, which has been seen to corrupt the heap of the process it runs in.
 */
export const startKurrentServer = async (options: NodeOptions = {}): Promise<KurrentServer> => {
  const log = options.log ?? makeSharedLog();
  const script = makeScript();
  const credentials = new Set<string>();

  /** Does the work, or what the script says instead. `work` answers how it went; `reply` sends that. */
  const carryOut = async <T>(method: Method, call: Call, work: () => T | Promise<T>, reply: (done: T) => void, refuse: Refuse) => {
    noteCredentials(call, credentials);
    const answer = script.take(method) ?? belief(options.members?.(), proxy.port, call);
    switch (answer?.is) {
      case undefined:
        return reply(await work());
      case 'not-leader':
        return refuse(notLeader(answer.leader));
      case 'not-ready':
        return refuse(notReady());
      case 'error':
        return refuse(refusal(answer.code, answer.message ?? 'scripted'));
      case 'hang':
        return;
      case 'commit-then-hang':
        return void (await work());
      case 'commit-then-cut':
        await work();
        return proxy.reset(Number(call.getPeer().split(':').at(-1)));
      case 'commit-late':
        await answer.after;
        return void (await work());
    }
  };
  type Refuse = (error: grpc.ServerErrorResponse) => void;

  const deleting =
    <Req extends DeleteRequest, Resp>(method: Method, act: (stream: string, expected: Expected) => Verdict, answer: () => Resp) =>
    (call: grpc.ServerUnaryCall<Req, Resp>, reply: Reply<Resp>): void => {
      const asked = call.request.getOptions();
      const stream = textOf(asked?.getStreamIdentifier());
      const expected = asked === undefined ? 'any' : expectedOf(asked);
      const work = () => act(stream, expected);
      const tell = (verdict: Verdict): void => (isDone(verdict) ? reply(null, answer()) : reply(refusalOf(stream, expected, verdict)));
      void carryOut(method, call, work, tell, reply);
    };

  const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  server.addService(streamsService.StreamsService, {
    read: (call: Parameters<typeof read>[1]) => {
      const asked = call.request.getOptions() as NonNullable<ReturnType<typeof call.request.getOptions>>;
      const refuse = (error: grpc.ServerErrorResponse): void => void call.emit('error', error);
      const subscribing = { id: randomUUID(), caughtUp: options.caughtUp ?? true };
      const work = () => (asked.hasSubscription() ? subscribe(log, call, asked, subscribing) : read(log, call, asked));
      void carryOut(asked.hasSubscription() ? 'subscribe' : 'read', call, work, () => undefined, refuse);
    },
    append: (call: AppendCall, reply: Reply<AppendAnswer>) => {
      const work = (asked: Appending) => append(log, asked, options.positionOfRepeat ?? 'none');
      const tell = (done: ReturnType<typeof work>): void => ('code' in done ? reply(done) : reply(null, done as AppendAnswer));
      // Null: the client broke off in the middle of its request, and nothing is written.
      void readAppend(call).then((asked) => (asked === null ? undefined : carryOut('append', call, () => work(asked), tell, reply)));
    },
    batchAppend: (call: grpc.ServerDuplexStream<BatchRequest, BatchAnswer>) => {
      const take = batchAppends(log);
      const refuse = (error: grpc.ServerErrorResponse): void => void call.emit('error', error);
      call.on('data', (request: BatchRequest) => {
        void carryOut(
          'batchAppend',
          call,
          () => take(request),
          (answer) => void (answer === null || call.write(answer)),
          refuse,
        );
      });
      call.on('end', () => call.end());
      call.on('error', () => undefined); // a cut connection: the answers are lost, that is all
    },
    delete: deleting('delete', log.softDelete, () => new streams.DeleteResp()),
    tombstone: deleting('tombstone', log.tombstone, () => new streams.TombstoneResp()),
  });
  server.addService(gossipService.GossipService, {
    read: (call: grpc.ServerUnaryCall<unknown, unknown>, reply: Reply<InstanceType<typeof gossip.ClusterInfo>>) => {
      const alone: Member = { endpoint: { host: HOST, port: proxy.port }, state: 'leader', alive: true };
      // Gossip is answered by every node, whoever leads: it carries no wish for a leader.
      void carryOut(
        'gossip',
        call,
        () => clusterInfo(options.members?.() ?? [alone]),
        (info) => reply(null, info),
        reply,
      );
    },
  });
  server.addService(featuresService.ServerFeaturesService, {
    getSupportedMethods: (call: grpc.ServerUnaryCall<unknown, unknown>, reply: Reply<unknown>) =>
      void carryOut('serverFeatures', call, supportedMethods, (methods) => reply(null, methods), reply),
  });

  const { tls } = options;
  const identity = tls
    ? grpc.ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.cert }])
    : grpc.ServerCredentials.createInsecure();
  const innerPort = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${HOST}:0`, identity, (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  const proxy = await startFaultProxy({ target: { host: HOST, port: innerPort }, ...(options.port ? { port: options.port } : {}) });

  return {
    port: proxy.port,
    connectionString: `esdb://${HOST}:${proxy.port}${tls ? '' : '?tls=false'}`,
    log,
    proxy,
    answerNext: (method, answer, times = 1) => script.add(method, answer, times),
    calls: script.calls,
    answersLeft: script.left,
    forgetAnswers: script.clear,
    credentials: () => [...credentials],
    close: async () => {
      await proxy.close();
      // Every connection is gone with the proxy, so this ends by itself.
      await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    },
  };
};

type AppendCall = grpc.ServerReadableStream<InstanceType<typeof streams.AppendReq>, AppendAnswer>;
type AppendAnswer = InstanceType<typeof streams.AppendResp>;
type BatchRequest = InstanceType<typeof streams.BatchAppendReq>;
type BatchAnswer = InstanceType<typeof streams.BatchAppendResp>;
type DeleteRequest = InstanceType<typeof streams.DeleteReq> | InstanceType<typeof streams.TombstoneReq>;

const noteCredentials = (call: Call, known: Set<string>): void => {
  for (const header of call.metadata.get('authorization'))
    known.add(Buffer.from(String(header).replace(/^Basic /, ''), 'base64').toString('utf8'));
};

/** A node that does not lead sends on who wants the leader; a cluster without one is not ready. Others are served: followers forward. */
const belief = (members: readonly Member[] | undefined, port: number, call: Call): Answer | undefined => {
  if (members === undefined || call.metadata.get('requires-leader')[0] !== 'true') return undefined;
  const leader = members.find((member) => member.state === 'leader' && member.alive);
  if (leader === undefined) return { is: 'not-ready' };
  return leader.endpoint.port === port ? undefined : { is: 'not-leader', leader: leader.endpoint };
};

const clusterInfo = (members: readonly Member[]): InstanceType<typeof gossip.ClusterInfo> => {
  const info = new gossip.ClusterInfo();
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  for (const { endpoint, state, alive } of members) {
    const member = new gossip.MemberInfo();
    const address = new gossip.EndPoint();
    address.setAddress(endpoint.host);
    address.setPort(endpoint.port);
    const id = new shared.UUID();
    id.setString(randomUUID());
    member.setInstanceId(id);
    member.setState(state === 'leader' ? LEADER : FOLLOWER);
    member.setIsAlive(alive);
    member.setHttpEndPoint(address);
    info.addMembers(member);
  }
  return info;
};

const supportedMethods = (): InstanceType<typeof features.SupportedMethods> => {
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion('23.10.0');
  for (const name of SUPPORTED) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    supported.addMethods(method);
  }
  return supported;
};
