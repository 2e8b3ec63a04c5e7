import { RevisionConflict, StoreUnavailable, type Codec, type Draft, type EventStore } from '@saksgang/event-store';
import {
  NO_STREAM,
  osloDay,
  personErased,
  PersonErased,
  type Actor,
  type Clock,
  type Entry,
  type Envelope,
  type ErasePerson,
  type PartialDate,
  type PersonErasedEvent,
  type PersonId,
  type Refusal,
  type Registry,
  type Sealer,
} from '@saksgang/kernel';
import { inputDigest, isUuid } from '@saksgang/record';
import { draftsOf } from './drafts.js';
import { readEnvelope } from './envelope.js';
import { fillIn, readGiven, type Given } from './given.js';
import { commandIdIssues, underInput } from './invalid.js';
import { alreadyErased, busy, unavailable, unknownPerson } from './refusals.js';
import { sealNames, type SealedFor } from './sealing.js';
import { judge } from './policy.js';
import { createStreams, type Streams } from './streams.js';
import type { PartyGiven, SubmitOutcome } from './submission.js';
import { findTargets, whyNotThere, type TargetsFound } from './targets.js';
import { createTurns } from './turns.js';

/** What the key store knows of persons. */
export type PersonRegister = Readonly<{
  personsOf: (name: string) => Promise<readonly PersonId[]>;
  keyOf: (person: PersonId) => Promise<Readonly<{ state: 'LIVE' | 'ERASED' | 'UNKNOWN' }>>;
  /** Oldest first. */
  tombstones: () => Promise<readonly Readonly<{ person: PersonId }>[]>;
}>;

export type ErasureOrder = Readonly<{
  actor: Actor;
  commandId: string;
  person: PersonId;
  /** Never holds a name: it stands in the record for ever. */
  legalBasis: string;
  decidedBy: PartyGiven;
  /** When it was decided; null: no later than today. */
  occurred: PartialDate | null;
}>;
export type ErasureOutcome =
  Readonly<{ outcome: 'erased'; entry: Entry; replayed: boolean }> | Extract<SubmitOutcome, { outcome: 'refused' | 'invalid' }>;

export type EraseDeps = Readonly<{
  store: Pick<EventStore, 'append' | 'readStream'>;
  codec: Codec;
  registry: Registry;
  sealer: Pick<Sealer, 'commit'>;
  register: PersonRegister;
  clock: Clock;
  /** Carries out what stands in the log by then: tombstone, key, boxes, write-ahead logs. May be asked again. @throws StoreUnavailable */
  eraseNames: (persons: readonly PersonId[]) => Promise<void>;
}>;

const TYPE: ErasePerson['type'] = 'ErasePerson';
const PERSON = 'person';
const RETRY_AFTER_MS = 1_000;

/**
 * Erases a person: first the order to do so is durable in the log, then it is carried out; when it answers `erased`, no file holds the
 * name or what opens it. Interrupted in between, it is carried out at the next start, or when the same command comes again.
 */
export const createErasePerson = (deps: EraseDeps): ((order: ErasureOrder) => Promise<ErasureOutcome>) => {
  const streams = createStreams({ store: deps.store, decode: (stored) => deps.codec.decode(stored) });
  const turns = createTurns();
  return async (order) => {
    const mayNot = judge(order.actor, TYPE, deps.registry.persons.commands.ErasePerson.roles);
    if (mayNot !== null) return refused(mayNot);
    const given = readGiven([{ legalBasis: order.legalBasis, decidedBy: order.decidedBy }]);
    const issues = [...commandIdIssues(order.commandId), ...given.issues];
    if (issues.length > 0) return { outcome: 'invalid', issues };
    if (!order.person.startsWith(`${PERSON}-`) || !isUuid(order.person.slice(PERSON.length + 1))) return refused(unknownPerson());
    return (await turns(order.person, () => erase(deps, streams, order, given))) ?? refused(busy(), RETRY_AFTER_MS);
  };
};

const refused = (refusal: Refusal, retryAfterMs: number | null = null): ErasureOutcome => ({
  outcome: 'refused',
  refusal,
  item: null,
  state: null,
  retryAfterMs,
});

const erase = async (deps: EraseDeps, streams: Streams, order: ErasureOrder, given: Given): Promise<ErasureOutcome> => {
  const digest = digestOf(order, given);
  try {
    const standing = await firstOf(deps, order.person);
    const found = standing ?? (await record(deps, streams, order, given, digest));
    if ('outcome' in found) return found;
    // Whoever ordered it, it is carried out: another command that comes later may be the first that gets so far.
    await deps.eraseNames([order.person]);
    const ours = found.commandId === order.commandId.normalize('NFC') && found.inputDigest === digest;
    return ours ? { outcome: 'erased', entry: found, replayed: standing !== null } : refused(alreadyErased());
  } catch (fault) {
    if (fault instanceof PersonErased) return refused(personErased());
    if (fault instanceof StoreUnavailable) return refused(unavailable(fault.outcome), RETRY_AFTER_MS);
    throw fault;
  }
};

const digestOf = ({ person, occurred }: ErasureOrder, { parts: [data = {}] }: Given): string =>
  inputDigest({ kind: PERSON, type: TYPE, item: person, envelope: { occurred }, data });

/** A person's stream holds one entry at most. */
const firstOf = async ({ store, codec }: Pick<EraseDeps, 'store' | 'codec'>, person: PersonId): Promise<Entry | null> => {
  const { events } = await store.readStream(person, { limit: 1 });
  return events[0] === undefined ? null : codec.decode(events[0]);
};

/** Appends the order to erase, unless something speaks against it. @throws PersonErased for a deciding person who is erased already */
const record = async (
  deps: EraseDeps,
  streams: Streams,
  order: ErasureOrder,
  given: Given,
  digest: string,
): Promise<Entry | ErasureOutcome> => {
  if ((await deps.register.keyOf(order.person)).state === 'UNKNOWN') return refused(unknownPerson());
  const refs = given.bodies.map((body) => ({ ...body, part: null, kinds: null }));
  const bodies = await findTargets(deps.registry, streams, refs);
  const missing = whyNotThere(deps.registry, refs, bodies);
  if (missing !== null) return refused(missing);
  const recordedAt = deps.clock.now();
  const names = sealNames(deps.sealer, given.names);
  const judged = read(deps, order, given, bodies, names.placeholders(), recordedAt);
  if ('outcome' in judged) return judged;
  const settled = given.names.length === 0 ? judged : read(deps, order, given, bodies, await names.sealed(), recordedAt);
  if ('outcome' in settled) return settled;
  const draft = draftOf(order, settled, recordedAt, digest);
  const events = await deps.codec.encode([draft], names.secrets());
  try {
    await deps.store.append(order.person, NO_STREAM, events);
  } catch (fault) {
    // Another process was first: what it recorded is what counts.
    if (!(fault instanceof RevisionConflict)) throw fault;
  }
  const entry = await firstOf(deps, order.person);
  if (entry === null) throw new Error(`${order.person} has no entry although one was appended`);
  return entry;
};

type Settled = Readonly<{ envelope: Envelope; command: ErasePerson }>;

const read = (
  { registry }: EraseDeps,
  { occurred }: ErasureOrder,
  { parts: [data = {}] }: Given,
  bodies: TargetsFound,
  sealedFor: SealedFor,
  recordedAt: string,
): Settled | Extract<ErasureOutcome, { outcome: 'invalid' }> => {
  const command = registry.persons.commands.ErasePerson.parse({
    ...fillIn(data, { sealedFor, titleOf: (item) => bodies.get(item)?.title ?? item }),
    type: TYPE,
  });
  const envelope = readEnvelope({ occurred }, osloDay(recordedAt));
  const issues = [...(command.ok ? [] : underInput(command.issues)), ...(envelope.ok ? [] : envelope.issues)];
  return command.ok && envelope.ok ? { command: command.value as ErasePerson, envelope: envelope.value } : { outcome: 'invalid', issues };
};

const draftOf = (order: ErasureOrder, { command, envelope }: Settled, recordedAt: string, digest: string): Draft => {
  const { legalBasis, decidedBy } = command;
  const event: PersonErasedEvent = { type: 'PersonErased', data: { person: order.person, legalBasis, decidedBy } };
  const said = { actor: order.actor.id, commandId: order.commandId.normalize('NFC'), inputDigest: digest };
  return draftsOf({ ...envelope, ...said, stream: order.person, recordedAt }, 0, [event])[0]!;
};
