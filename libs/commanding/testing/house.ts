import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCodec, createMemoryEventStore, type Codec, type EventStore, type StoredEvent } from '@saksgang/event-store';
import {
  foldLinks,
  history,
  kindOf,
  NOW,
  type Actor,
  type Instant,
  type ItemId,
  type Lookup,
  type Random,
  type Relation,
  type Role,
  type Scheduler,
  type Sealer,
} from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { leafOf, parseLeaf } from '@saksgang/record';
import { createSealer, openKeyStore, type KeyStore } from '@saksgang/recording';
import { createSubmit, policyFrom, type Submission, type Submit, type SubmitDeps, type SubmitOutcome } from '../src/index.js';

/** Everything real but the clock, the randomness and the waiting: memory engine, codec, kinds, key store and sealer. */
export type House = Readonly<{
  store: EventStore;
  codec: Codec;
  keys: KeyStore;
  sealer: Sealer;
  submit: Submit;
  /** Another `submit` over the same log, as a second process would have; parts of it may be replaced by faulty ones. */
  another: (parts?: Partial<SubmitDeps>) => Submit;
  /** Moves the clock. */
  at: (instant: Instant) => void;
  /** The waits asked for, in ms. Nothing really waits. */
  slept: number[];
  /** The whole log in order. */
  log: () => Promise<readonly StoredEvent[]>;
  close: () => Promise<void>;
}>;

export const openHouse = (): House => {
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-commanding-'));
  let now: Instant = '2026-03-02T10:00:00.000Z';
  const clock = { now: () => now };
  const random = seededRandom(20_181_003);
  const store = createMemoryEventStore({ random });
  const keys = openKeyStore({ dataDir, keyEncryptionKeyFile: null, clock, random });
  const sealer = createSealer({ keys, random });
  const codec = createCodec({ registry, sealer, random, leafOf, parseLeaf });
  const slept: number[] = [];
  const deps: SubmitDeps = {
    store,
    codec,
    registry,
    sealer,
    clock,
    random,
    scheduler: schedulerOf(slept),
    lookup: lookupOver(store, codec),
    policy: policyFrom(registry),
  };
  return {
    store,
    codec,
    keys,
    sealer,
    submit: createSubmit(deps),
    another: (parts = {}) => createSubmit({ ...deps, ...parts }),
    at: (instant) => {
      now = instant;
    },
    slept,
    log: () => wholeLog(store),
    close: async () => {
      await keys.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** xorshift32: the same bytes in every run. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) & 0xff;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
};

/** Lets others run, and does not wait. */
const schedulerOf = (slept: number[]): Scheduler => ({
  sleep: (ms) =>
    new Promise((resolve) => {
      slept.push(ms);
      setImmediate(resolve);
    }),
});

/** Follows links through the log itself. */
const lookupOver = (store: EventStore, codec: Codec): Lookup => ({
  reaches: async (from, to, relation) => {
    const seen = new Set<ItemId>();
    const next = [from];
    while (next.length > 0 && seen.size < 1_000) {
      const item = next.pop()!;
      if (item === to) return true;
      if (seen.has(item)) continue;
      seen.add(item);
      next.push(...(await targetsOf(store, codec, item, relation)));
    }
    return false;
  },
});

const targetsOf = async (store: EventStore, codec: Codec, item: ItemId, relation: Relation): Promise<readonly ItemId[]> => {
  const { events } = await store.readStream(item);
  const { facts } = history(
    events.map((stored) => codec.decode(stored)),
    NOW,
  );
  const links = foldLinks(registry.kinds.get(kindOf(item))!, item, facts);
  return links.filter((link) => link.relation === relation && link.source === item).map((link) => link.target);
};

const wholeLog = async (store: EventStore): Promise<readonly StoredEvent[]> => {
  const found: StoredEvent[] = [];
  const stop = new AbortController();
  for await (const batch of store.follow({ after: store.origin, signal: stop.signal })) {
    found.push(...batch.events);
    if (batch.caughtUp) stop.abort();
  }
  return found;
};

export const actorOf = (role: Role): Actor => ({ id: 'actor-00000000-0000-4000-8000-000000000001', role, actorKind: 'PERSON' });

/** A submission by the secretariat with nothing said that need not be. */
export const say = (
  kind: string,
  type: string,
  item: ItemId | null,
  commandId: string,
  data: Record<string, unknown>,
  more: Partial<Submission> = {},
): Submission => ({
  actor: actorOf('secretariat'),
  kind,
  type,
  item,
  commandId,
  expectedRevision: null,
  occurred: null,
  assertedBy: null,
  source: null,
  reason: null,
  data,
  ...more,
});

type Recorded = Extract<SubmitOutcome, { outcome: 'recorded' }>;

/** The outcome, if it was recorded. @throws with the outcome, which a test then shows. */
export const mustRecord = async (outcome: Promise<SubmitOutcome>): Promise<Recorded> => {
  const settled = await outcome;
  if (settled.outcome !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(settled)}`);
  return settled;
};

/** The code of a refusal, or what came instead. */
export const codeOf = (outcome: SubmitOutcome): string => (outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome);

/** `path: CODE` of each issue. */
export const issuesOf = (outcome: SubmitOutcome): readonly string[] =>
  outcome.outcome === 'invalid' ? outcome.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`) : [outcome.outcome];
