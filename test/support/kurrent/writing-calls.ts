import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import { type Done, type Expected, isDone, type Proposed, type Refused, type SharedLog } from './shared-log.js';
import { accessDenied, appendTooLarge, expectedOf, proposedOf, refusal, streamDeleted, textOf, wrongVersion } from './wire.js';

/** A repeated append answers its position, or leaves it out, as the real server may. */
export type PositionOfRepeat = 'original' | 'none';
export type Appending = Readonly<{ stream: string; expected: Expected; proposed: readonly Proposed[] }>;
type AppendResp = InstanceType<typeof streams.AppendResp>;

/** The whole request of a unary append; null when the client breaks off before its end. */
export const readAppend = async (
  call: AsyncIterable<InstanceType<typeof streams.AppendReq>> & Readonly<{ cancelled: boolean }>,
): Promise<Appending | null> => {
  let header: Omit<Appending, 'proposed'> | null = null;
  const proposed: Proposed[] = [];
  try {
    for await (const request of call) {
      const options = request.getOptions();
      const message = request.getProposedMessage();
      if (options !== undefined) header = { stream: textOf(options.getStreamIdentifier()), expected: expectedOf(options) };
      if (message !== undefined) proposed.push(proposedOf(message));
    }
  } catch {
    return null;
  }
  // A request that was cut ends like a whole one; that it was cut is known a turn later. Half of an append is never written.
  await new Promise(setImmediate);
  return header === null || call.cancelled ? null : { ...header, proposed };
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const append = (
  log: SharedLog,
  { stream, expected, proposed }: Appending,
  repeats: PositionOfRepeat,
): AppendResp | grpc.ServerErrorResponse => {
  if (proposed.some(({ id }) => !UUID.test(id))) return refusal(grpc.status.INVALID_ARGUMENT, 'an event id is no UUID');
  const verdict = log.append(stream, expected, proposed);
  if (isDone(verdict)) return successAnswer(verdict, repeats);
  return verdict.is === 'wrong-version' ? wrongVersionAnswer(expected, verdict.actual) : refusalOf(stream, expected, verdict);
};

export const refusalOf = (stream: string, expected: Expected, verdict: Refused): grpc.ServerErrorResponse => {
  switch (verdict.is) {
    case 'wrong-version':
      return wrongVersion(stream, expected, verdict.actual);
    case 'deleted':
      return streamDeleted(stream);
    case 'too-large':
      return appendTooLarge();
    case 'denied':
      return accessDenied();
  }
};

const successAnswer = (verdict: Done, repeats: PositionOfRepeat): AppendResp => {
  const success = new streams.AppendResp.Success();
  if (verdict.revision === null) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(verdict.revision));
  if (verdict.position === null || (verdict.is === 'repeated' && repeats === 'none')) success.setNoPosition(new shared.Empty());
  else {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(verdict.position));
    position.setPreparePosition(String(verdict.position));
    success.setPosition(position);
  }
  const answer = new streams.AppendResp();
  answer.setSuccess(success);
  return answer;
};

/** The unary append tells a conflict in its answer, not as an error. */
const wrongVersionAnswer = (expected: Expected, actual: bigint | null): AppendResp => {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (actual === null) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(actual));
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  const answer = new streams.AppendResp();
  answer.setWrongExpectedVersion(wrong);
  return answer;
};

type BatchRequest = InstanceType<typeof streams.BatchAppendReq>;
type BatchAnswer = InstanceType<typeof streams.BatchAppendResp>;

/** Takes the pieces of batch appends, which may be interleaved, and answers each append when its last piece has come. */
export const batchAppends = (log: SharedLog): ((request: BatchRequest) => BatchAnswer | null) => {
  const open = new Map<string, { request: BatchRequest; proposed: Proposed[] }>();
  return (request) => {
    const id = request.getCorrelationId()?.getString() ?? '';
    const batch = open.get(id) ?? { request, proposed: [] };
    open.set(id, batch);
    batch.proposed.push(...request.getProposedMessagesList().map(proposedOf));
    if (!request.getIsFinal()) return null;
    open.delete(id);
    const options = batch.request.getOptions();
    const answer = new streams.BatchAppendResp();
    answer.setCorrelationId(request.getCorrelationId());
    answer.setStreamIdentifier(options?.getStreamIdentifier());
    if (options === undefined) return answer;
    const verdict = log.append(textOf(options.getStreamIdentifier()), expectedOf(options), batch.proposed);
    if (isDone(verdict)) answer.setSuccess(batchSuccess(verdict.revision, verdict.position));
    else answer.setError(batchError(verdict));
    return answer;
  };
};

const batchSuccess = (revision: bigint | null, position: bigint | null) => {
  const success = new streams.BatchAppendResp.Success();
  success.setCurrentRevision(String(revision ?? 0n));
  const place = new shared.AllStreamPosition();
  place.setCommitPosition(String(position ?? 0n));
  place.setPreparePosition(String(position ?? 0n));
  success.setPosition(place);
  return success;
};

const batchError = (verdict: Refused) => {
  const wrong = new shared.WrongExpectedVersion();
  if (verdict.is === 'wrong-version' && verdict.actual !== null) wrong.setCurrentStreamRevision(String(verdict.actual));
  const [name, message] = {
    'wrong-version': ['WrongExpectedVersion', wrong],
    deleted: ['StreamDeleted', new shared.StreamDeleted()],
    'too-large': ['MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded()],
    denied: ['AccessDenied', new shared.AccessDenied()],
  }[verdict.is] as [string, Readonly<{ serializeBinary: () => Uint8Array }>];
  // The client's package does not hand out the class Any: a status with an empty field 3 brings one along.
  const error = status.Status.deserializeBinary(Uint8Array.of((3 << 3) | 2, 0));
  error.getDetails()?.pack(message.serializeBinary(), `event_store.client.${name}`);
  return error;
};
