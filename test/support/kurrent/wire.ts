import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import type { Endpoint } from './script.js';
import { APPEND_BYTES_LIMIT, type Expected, type LogRecord, type Proposed } from './shared-log.js';

/** The messages of the client's own generated definitions, and the errors as the real server words them. */
export const textOf = (identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
export const identifierOf = (stream: string): InstanceType<typeof shared.StreamIdentifier> => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
  return identifier;
};

/** How all requests say which revision they expect; a batch calls the number a position. */
export type Expecting = Readonly<{
  hasNoStream: () => boolean;
  hasAny: () => boolean;
  hasStreamExists: () => boolean;
  getRevision?: () => string;
  getStreamPosition?: () => string;
}>;
export const expectedOf = (options: Expecting): Expected => {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt((options.getRevision ?? options.getStreamPosition)?.call(options) ?? '0');
};

type Message = InstanceType<typeof streams.AppendReq.ProposedMessage> | InstanceType<typeof streams.BatchAppendReq.ProposedMessage>;
export const proposedOf = (message: Message): Proposed => ({
  id: (message.getId()?.getString() ?? '').toLowerCase(),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
  data: Uint8Array.from(message.getData_asU8()),
  metadata: Uint8Array.from(message.getCustomMetadata_asU8()),
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const eventMessage = (record: LogRecord): InstanceType<typeof streams.ReadResp> => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(record.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(identifierOf(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(String(record.position));
  recorded.setPreparePosition(String(record.position));
  recorded.getMetadataMap().set('type', record.type);
  recorded.getMetadataMap().set('content-type', record.contentType);
  recorded.getMetadataMap().set('created', String(record.createdTicks));
  recorded.setData(base64(record.data));
  recorded.setCustomMetadata(base64(record.metadata));
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.position));
  const answer = new streams.ReadResp();
  answer.setEvent(event);
  return answer;
};
export const notFoundMessage = (stream: string): InstanceType<typeof streams.ReadResp> => {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const answer = new streams.ReadResp();
  answer.setStreamNotFound(missing);
  return answer;
};
export const confirmationMessage = (id: string): InstanceType<typeof streams.ReadResp> => {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(id);
  const answer = new streams.ReadResp();
  answer.setConfirmation(confirmation);
  return answer;
};
export const checkpointMessage = (position: bigint): InstanceType<typeof streams.ReadResp> => {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  checkpoint.setPreparePosition(String(position));
  const answer = new streams.ReadResp();
  answer.setCheckpoint(checkpoint);
  return answer;
};
export const caughtUpMessage = (): InstanceType<typeof streams.ReadResp> => {
  const answer = new streams.ReadResp();
  answer.setCaughtUp(new streams.ReadResp.CaughtUp());
  return answer;
};

/** A refusal by status; `exception` and its particulars travel in the trailers, where the client looks for them. */
export const refusal = (code: number, message: string, trailers: Readonly<Record<string, string>> = {}): grpc.ServerErrorResponse => {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(message), { code, details: message, metadata });
};
export const notLeader = ({ host, port }: Endpoint): grpc.ServerErrorResponse =>
  refusal(grpc.status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
export const notReady = (): grpc.ServerErrorResponse => refusal(grpc.status.UNAVAILABLE, 'Server Is Not Ready');
export const streamDeleted = (stream: string): grpc.ServerErrorResponse =>
  refusal(grpc.status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });
export const accessDenied = (): grpc.ServerErrorResponse =>
  refusal(grpc.status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
export const appendTooLarge = (): grpc.ServerErrorResponse =>
  refusal(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${APPEND_BYTES_LIMIT} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(APPEND_BYTES_LIMIT),
  });
export const wrongVersion = (stream: string, expected: Expected, actual: bigint | null): grpc.ServerErrorResponse =>
  refusal(grpc.status.FAILED_PRECONDITION, `Append failed due to WrongExpectedVersion. Stream: ${stream}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': typeof expected === 'bigint' ? String(expected) : { any: '-2', no_stream: '-1', stream_exists: '-4' }[expected],
    ...(actual === null ? {} : { 'actual-version': String(actual) }),
  });
