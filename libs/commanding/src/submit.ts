import {
  AppendTooLarge,
  RevisionConflict,
  StoreUnavailable,
  type Appended,
  type Codec,
  type Draft,
  type EventStore,
} from '@saksgang/event-store';
import {
  NO_STREAM,
  PersonErased,
  PersonUnknown,
  STREAM_ENTRIES_MAX,
  personErased,
  type Clock,
  type Entry,
  type Lookup,
  type PersonId,
  type Random,
  type Refusal,
  type Registry,
  type Scheduler,
  type Sealer,
} from '@saksgang/kernel';
import { withCarriedNames } from './carrying.js';
import type { Answer } from './deciding.js';
import { foldedOf } from './folding.js';
import { judgeInput } from './judging.js';
import type { Policy } from './policy.js';
import { appendTooLarge, busy, commandIdReused, ringOfLinks, streamFull, unavailable, unknownPerson } from './refusals.js';
import { namesTheSamePersons } from './same-persons.js';
import { sealNames, type SealedNames } from './sealing.js';
import { createStreams, type Entries, type Streams } from './streams.js';
import type { Submit, SubmitOutcome } from './submission.js';
import { createTurns } from './turns.js';
import { understand, type Work } from './understanding.js';

/** Times one command is decided anew because others appended first. */
export const RETRIES_MAX = 8;
/** The wait before the nth retry is random, up to this many ms times 2ⁿ … */
const BACKOFF_FIRST_MS = 4;
/** … and never longer than this. */
const BACKOFF_MAX_MS = 250;
const RETRY_AFTER_BUSY_MS = 250;
const RETRY_AFTER_UNAVAILABLE_MS = 1_000;

export type SubmitDeps = Readonly<{
  store: EventStore;
  codec: Codec;
  registry: Registry;
  sealer: Pick<Sealer, 'commit' | 'find' | 'open'>;
  clock: Clock;
  random: Random;
  lookup: Lookup;
  policy: Policy;
  scheduler: Scheduler;
}>;

type Recorded = Extract<SubmitOutcome, { outcome: 'recorded' }>;
type Setting = SubmitDeps & Readonly<{ streams: Streams }>;

/**
 * The one way into the log (DESIGN.md law 4): read, fold, decide, append at the revision read, and again when others
 * were first. Make one per process and share it: it holds what it has read, and lets commands of one item take turns.
 */
export const createSubmit = (deps: SubmitDeps): Submit => {
  const setting: Setting = { ...deps, streams: createStreams({ store: deps.store, decode: (stored) => deps.codec.decode(stored) }) };
  const turns = createTurns();
  return async (submission) => {
    const work = understand(deps.registry, deps.policy, submission);
    if ('outcome' in work) return work;
    const turn = turns(work.item, () => untilDecided(setting, work));
    return turn ?? refused(work, busy(), null, RETRY_AFTER_BUSY_MS);
  };
};

/** Retries while others append first, but not for ever. Which engine faults are refusals is said here and nowhere else. */
const untilDecided = async (setting: Setting, work: Work): Promise<SubmitOutcome> => {
  // Sealed at most once, whatever the number of retries.
  const names = sealNames(setting.sealer, work.given.names);
  try {
    for (let attempt = 0; attempt <= RETRIES_MAX; attempt += 1) {
      if (attempt > 0) await setting.scheduler.sleep(backoffMs(setting.random, attempt));
      const outcome = await tryOnce(setting, work, names, attempt > 0);
      if (outcome !== 'overtaken') return outcome;
    }
    return refused(work, busy(), null, RETRY_AFTER_BUSY_MS);
  } catch (fault) {
    if (fault instanceof PersonErased) return refused(work, personErased(), null);
    if (fault instanceof PersonUnknown && isNamed(work, fault.person)) return refused(work, unknownPerson(), null);
    if (fault instanceof AppendTooLarge) return refused(work, appendTooLarge(fault.bytes, fault.limit), null);
    if (fault instanceof StoreUnavailable) return refused(work, unavailable(fault.outcome), null, RETRY_AFTER_UNAVAILABLE_MS);
    throw fault;
  }
};

/** The command itself gives this id. Any other person that is not known is a key store that lacks one. */
const isNamed = ({ given }: Work, person: PersonId): boolean => given.names.some(({ name }) => name.person === person);

const backoffMs = (random: Random, attempt: number): number => {
  const [high = 0, low = 0] = random.bytes(2);
  return Math.ceil((Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** attempt) * (high * 256 + low)) / 65_535);
};

/**
 * Decides on what is held, if anything: a stale view can only make the append fail. Any other answer than an append is
 * given on a fresh reading alone. So a hot item costs one append and one small read.
 */
const tryOnce = async (setting: Setting, work: Work, names: SealedNames, mustRead: boolean): Promise<SubmitOutcome | 'overtaken'> => {
  const held = mustRead || work.given.names.length > 0 ? null : setting.streams.held(work.item);
  let entries = held ?? (await setting.streams.read(work.item)).entries;
  let verdict = await judge(setting, work, names, entries);
  if (held !== null && !('drafts' in verdict)) {
    entries = (await setting.streams.read(work.item)).entries;
    if (entries.length !== held.length) verdict = await judge(setting, work, names, entries);
  }
  return 'drafts' in verdict ? append(setting, work, names, entries, verdict.drafts) : verdict;
};

type ToAppend = Readonly<{ drafts: readonly Draft[] }>;

/** In the order of law 4: seen before, then the expected revision, then the decision. */
const judge = async (setting: Setting, work: Work, names: SealedNames, entries: Entries): Promise<ToAppend | SubmitOutcome> => {
  const seen = seenBefore(work, entries);
  if (seen.length > 0) return firstAnswer(setting, work, seen, entries);
  const expected = work.submission.expectedRevision;
  if (expected !== null && expected !== entries.length - 1) return conflict(work, expected, entries);
  const judged = await judgeInput(setting, work, entries, names.placeholders());
  const provisional = await outcomeOf(setting, work, entries, judged);
  if (!('drafts' in provisional) || work.given.names.length === 0) return provisional;
  // It would be recorded: now, and not before, the names are sealed, and it is decided on the persons they turned out to be.
  return outcomeOf(setting, work, entries, await judgeInput(setting, work, entries, await names.sealed()));
};

const outcomeOf = async (setting: Setting, work: Work, entries: Entries, judged: Answer): Promise<ToAppend | SubmitOutcome> => {
  if (judged.answer === 'invalid') return { outcome: 'invalid', issues: judged.issues };
  if (judged.answer === 'refused') return refused(work, judged.refusal, stateOf(work, entries));
  const last = entries.at(-1);
  if (judged.drafts.length === 0 && last !== undefined) return recorded(work, last, [], false);
  if (entries.length + judged.drafts.length > STREAM_ENTRIES_MAX) return refused(work, streamFull(work.item, STREAM_ENTRIES_MAX), null);
  for (const { relation, source, target } of judged.newLinks) {
    if (await setting.lookup.reaches(target, source, relation))
      return refused(work, ringOfLinks(relation, source, target), stateOf(work, entries));
  }
  return { drafts: judged.drafts };
};

const seenBefore = (work: Work, entries: Entries): readonly Entry[] =>
  entries.filter((entry) => entry.commandId === work.submission.commandId);

/** Same input: what it made the first time. Other input: refused, as nothing tells which of the two was meant. */
const firstAnswer = async (setting: Setting, work: Work, seen: readonly Entry[], entries: Entries): Promise<SubmitOutcome> => {
  const last = seen.at(-1)!;
  const same = last.inputDigest === work.inputDigest && (await namesTheSamePersons(setting, work, seen));
  return same ? recorded(work, last, seen, true) : refused(work, commandIdReused(work.item), stateOf(work, entries));
};

const append = async (
  setting: Setting,
  work: Work,
  names: SealedNames,
  entries: Entries,
  drafts: readonly Draft[],
): Promise<SubmitOutcome | 'overtaken'> => {
  const carried = await withCarriedNames(setting, entries, drafts, names.secrets());
  const events = await setting.codec.encode(carried.drafts, carried.secrets);
  let appended: Appended;
  try {
    appended = await setting.store.append(work.item, entries.length - 1, events);
  } catch (fault) {
    if (fault instanceof RevisionConflict) return 'overtaken';
    // It may stand there all the same: a retry shall find it by reading, not by appending once more.
    setting.streams.forget(work.item);
    throw fault;
  }
  // Read back: an engine answers a repeated append with what stands there, which may be another's under the same command id.
  const { entries: now, news } = await readBack(setting, work, entries);
  const stored = news.find((event) => event.revision === appended.revision);
  if (stored?.leaf !== events.at(-1)!.leaf) return firstAnswer(setting, work, seenBefore(work, now), now);
  const ours = now.slice(entries.length, appended.revision + 1);
  return recorded(work, ours.at(-1)!, ours, false);
};

/** The entries are durable by now; that they cannot be shown leaves the client not knowing. */
const readBack = async ({ streams }: Setting, work: Work, before: Entries) => {
  try {
    return await streams.read(work.item, before);
  } catch (fault) {
    throw fault instanceof StoreUnavailable ? new StoreUnavailable(fault.message, 'unknown', { cause: fault }) : fault;
  }
};

const recorded = (work: Work, last: Entry, entries: readonly Entry[], replayed: boolean): Recorded => ({
  outcome: 'recorded',
  item: work.item,
  revision: last.revision,
  position: last.position,
  entries,
  replayed,
});

const refused = (work: Work, refusal: Refusal, state: string | null, retryAfterMs: number | null = null): SubmitOutcome => ({
  outcome: 'refused',
  refusal,
  // A new item that was refused is not there.
  item: work.spec.founding ? null : work.item,
  state,
  retryAfterMs,
});

const conflict = (work: Work, expected: number, entries: Entries): SubmitOutcome => ({
  outcome: 'conflict',
  item: work.item,
  expected,
  actual: entries.length - 1,
  since: entries.slice(Math.max(expected - NO_STREAM, 0)),
});

/** As `summarise` names it; null for an item that is not there. */
const stateOf = ({ kind }: Work, entries: Entries): string | null => {
  if (entries.length === 0) return null;
  const { told, state } = foldedOf(kind, entries);
  return told.retracted ? 'RETRACTED' : kind.summarise(state).state;
};
