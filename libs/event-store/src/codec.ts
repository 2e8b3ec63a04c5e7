import {
  isPersonStream,
  isSealed,
  kindOf,
  type DomainEvent,
  type Entry,
  type EventSpec,
  type Json,
  type Position,
  type Random,
  type Registry,
  type Sealed,
  type Sealer,
  type Secret,
  type StreamName,
} from '@saksgang/kernel';
import type { NewEvent, StoredEvent } from './event-store.js';

/** What a leaf says (RECORD.md section 1). `nonce` is 16 random bytes, base64url without padding. */
export type Leaf = Omit<Entry, 'position' | 'event'> & Readonly<{ nonce: string; type: string; data: object }>;

/** An entry about to be stored: it has an id and a place in its stream, but no position, and its version is the current one. */
export type Draft<E extends DomainEvent = DomainEvent> = Omit<Entry<E>, 'position' | 'version'>;

export interface Codec {
  /**
   * Leaves, with a fresh nonce each, and a box for every sealed value that occurs in them.
   * `secrets`: by commitment. A commitment without its secret throws: a box opens for one entry only, so that
   * a value which is already stored elsewhere is committed to anew, never pointed at. Null as its secret: the person has been
   * erased, and the commitment stands without a box.
   */
  encode(drafts: readonly Draft[], secrets: ReadonlyMap<string, Secret | null>): Promise<NewEvent[]>;
  /** The entry, its data brought up to the current version. @throws UndecodableEntry */
  decode(stored: StoredEvent): Entry;
}

export type CodecParts = Readonly<{
  registry: Registry;
  sealer: Pick<Sealer, 'box'>;
  random: Random;
  /** The canonical text of a leaf. */
  leafOf: (leaf: Leaf) => string;
  /** Reads it back. @throws on text that leafOf never wrote. */
  parseLeaf: (text: string) => Leaf;
}>;

/** Poison: an entry this program cannot read. Followers stop at it and say so; nothing is skipped. */
export class UndecodableEntry extends Error {
  override readonly name = 'UndecodableEntry';
  constructor(
    readonly position: Position,
    readonly type: string,
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super(`entry ${position} (${type}) cannot be read: ${why}`, options);
  }
}

const NONCE_BYTES = 16;
const NESTING_MAX = 64; // levels of data; deeper is no entry of ours

export const createCodec = ({ registry, sealer, random, leafOf, parseLeaf }: CodecParts): Codec => {
  const encodeOne = async (draft: Draft, secrets: ReadonlyMap<string, Secret | null>): Promise<NewEvent> => {
    const { event, ...said } = draft;
    const spec = specOf(registry, draft.stream, event.type);
    if (typeof spec === 'string') throw new Error(`${event.type} cannot be stored in ${draft.stream}: ${spec}`);
    // What is stored can never be changed: refuse now what could not be read back later.
    const parsed = spec.parse(event.data);
    if (!parsed.ok) throw new Error(`${event.type} cannot be stored in ${draft.stream}: ${issuesOf(parsed.issues)}`);
    const nonce = Buffer.from(random.bytes(NONCE_BYTES)).toString('base64url');
    const leaf: Leaf = { ...said, nonce, type: event.type, version: spec.version, data: parsed.value };
    const boxes = [...sealedIn(leaf)].flatMap(([commitment, sealed]) => {
      const secret = secrets.get(commitment);
      if (secret === undefined)
        throw new Error(`${event.type} of ${draft.stream} holds a sealed value of ${sealed.person} whose secret is not at hand`);
      return secret === null ? [] : [sealer.box(draft.id, secret)];
    });
    return { id: draft.id, type: event.type, recordedAt: draft.recordedAt, leaf: leafOf(leaf), boxes: await Promise.all(boxes) };
  };

  const { decode } = createDecoder({ registry, parseLeaf });
  return { encode: (drafts, secrets) => Promise.all(drafts.map((draft) => encodeOne(draft, secrets))), decode };
};

/** What reads the log alone, and needs no keys for it. */
export const createDecoder = ({ registry, parseLeaf }: Pick<CodecParts, 'registry' | 'parseLeaf'>): Pick<Codec, 'decode'> => {
  const decode = (stored: StoredEvent): Entry => {
    const fail = (why: string, cause?: unknown): never => {
      throw new UndecodableEntry(stored.position, stored.type, why, cause === undefined ? undefined : { cause });
    };
    let leaf: Leaf;
    try {
      leaf = parseLeaf(stored.leaf);
    } catch (cause) {
      return fail('its leaf is not one', cause);
    }
    if (leaf.id !== stored.id || leaf.stream !== stored.stream || leaf.revision !== stored.revision || leaf.type !== stored.type) {
      return fail('its leaf belongs to another place in the log');
    }
    const spec = specOf(registry, leaf.stream, leaf.type);
    if (typeof spec === 'string') return fail(spec);
    const entry = entryOf(leaf, stored.position, currentData(leaf, spec, fail));
    return spec.moves === undefined ? entry : { ...entry, moves: spec.moves };
  };
  return { decode };
};

const specOf = (registry: Registry, stream: StreamName, type: string): EventSpec | string => {
  if (isPersonStream(stream)) return own(registry.persons.events as Events, type) ?? 'nothing such is recorded of persons';
  const shared = own(registry.shared.events, type);
  const kind = registry.kinds.get(kindOf(stream));
  if (kind === undefined) return `there is no kind "${kindOf(stream)}"`;
  return shared ?? own(kind.events as Events, type) ?? `the kind "${kind.name}" knows no such event`;
};

/**
 * Step by step from the stored version to the current one, then parsed: an upcaster's mistake shows here and not in a decider.
 * Data stored at the current version is what `encode` parsed, and is not parsed again: a follower reads the whole log, and
 * parsing would take a third of its time (4 of 12 µs an entry). Whether the bytes are still those is the record's proof to give.
 */
const currentData = (leaf: Leaf, spec: EventSpec, fail: (why: string, cause?: unknown) => never): object => {
  if (leaf.version === spec.version) return leaf.data;
  if (!Number.isSafeInteger(leaf.version) || leaf.version < 1) fail(`${leaf.version} is no version`);
  if (leaf.version > spec.version) fail(`it needs a newer program: version ${leaf.version}, this one reads up to ${spec.version}`);
  let data = leaf.data as Json;
  try {
    for (let version = leaf.version; version < spec.version; version += 1) {
      const upcast = spec.upcasters[version - 1];
      if (upcast === undefined) return fail(`there is no step from version ${version} to ${version + 1}`);
      data = upcast(data);
    }
  } catch (cause) {
    if (cause instanceof UndecodableEntry) throw cause;
    return fail('bringing it up to date failed', cause);
  }
  const parsed = spec.parse(data);
  return parsed.ok ? parsed.value : fail(issuesOf(parsed.issues));
};

const entryOf = (leaf: Leaf, position: Position, data: object): Entry => ({
  position,
  id: leaf.id,
  stream: leaf.stream,
  revision: leaf.revision,
  version: leaf.version,
  recordedAt: leaf.recordedAt,
  actor: leaf.actor,
  commandId: leaf.commandId,
  inputDigest: leaf.inputDigest,
  occurred: leaf.occurred,
  assertedBy: leaf.assertedBy,
  source: leaf.source,
  reason: leaf.reason,
  event: { type: leaf.type, data },
});

/** By commitment: a value that stands twice in one leaf has one box. */
const sealedIn = (value: unknown, found = new Map<string, Sealed>(), depth = 0): Map<string, Sealed> => {
  if (typeof value !== 'object' || value === null) return found;
  if (depth > NESTING_MAX) throw new Error(`data is nested deeper than ${NESTING_MAX} levels`);
  if (isSealed(value)) return found.set(value.sealed, value);
  for (const inner of Object.values(value)) sealedIn(inner, found, depth + 1);
  return found;
};

type Events = Readonly<Record<string, EventSpec>>;

/** Own properties only: an event type named `constructor` is nobody's. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

const issuesOf = (issues: readonly Readonly<{ path: readonly string[]; message: string }>[]): string =>
  issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
