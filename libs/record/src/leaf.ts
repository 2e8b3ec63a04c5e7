import {
  isInstant,
  isSealed,
  parsePartialDate,
  type ActorId,
  type EntryId,
  type Envelope,
  type Instant,
  type PartialDate,
  type Party,
  type Random,
  type Revision,
  type Source,
  type StreamName,
} from '@saksgang/kernel';
import { toBase64url } from './base64url.js';
import { isCanonicalJson } from './canonical-scan.js';
import { canonicalJson } from './canonical.js';
import { leafFault } from './leaf-shape.js';

/** Bytes of the nonce: enough that a leaf's hash tells nothing about a draft that was guessed. */
export const LEAF_NONCE_BYTES = 16;

/** What is stored, hashed and proven of one entry (RECORD.md section 1). Its canonical text is the stored form and can never change. */
export type Leaf = Envelope &
  Readonly<{
    /** 16 random bytes, base64url without padding. */
    nonce: string;
    id: EntryId;
    stream: StreamName;
    revision: Revision;
    type: string;
    /** The event version, from 1. */
    version: number;
    recordedAt: Instant;
    /** Opaque: never a name. */
    actor: ActorId;
    commandId: string;
    /** SHA-256, base64url without padding. */
    inputDigest: string;
    /** The event's data; names of persons stand in it as Sealed. */
    data: object;
  }>;

/** A leaf that must not be written, or a text that is no leaf. The message holds no value of it. */
export class LeafMalformed extends Error {
  override readonly name = 'LeafMalformed';
  constructor(readonly why: string) {
    super(`not a leaf: ${why}`);
  }
}

/**
 * The canonical text of a leaf: exactly the fields of `Leaf`, whatever else the draft carries.
 * @throws NotCanonical when a value has no canonical form.
 * @throws LeafMalformed when a field is not what it must be, or a name has not been sealed.
 */
export const leafOf = (draft: Leaf): string => {
  const leaf: Leaf = {
    nonce: draft.nonce,
    id: draft.id,
    stream: draft.stream,
    revision: draft.revision,
    type: draft.type,
    version: draft.version,
    recordedAt: draft.recordedAt,
    occurred: exactDate(draft.occurred),
    actor: draft.actor,
    assertedBy: draft.assertedBy && exactParty(draft.assertedBy),
    source: draft.source && exactSource(draft.source),
    reason: draft.reason,
    commandId: draft.commandId,
    inputDigest: draft.inputDigest,
    data: draft.data,
  };
  const fault = leafFault(leaf) ?? unreadableDate(leaf);
  if (fault !== null) throw new LeafMalformed(fault);
  const text = canonicalJson(leaf);
  // The last gate before the log.
  if (holdsUnsealed(text)) throw new LeafMalformed('a personal value in it has not been sealed');
  return text;
};

/** Inside a string the quotes would be escaped, so this is a key: a name that was never sealed. */
const holdsUnsealed = (text: string): boolean => text.includes('"unsealed":');

/** Of its form, but no date that a reader could read. Asked when writing alone: what is stored was asked once. */
const unreadableDate = ({ recordedAt, occurred, source }: Leaf): string | null => {
  if (!isInstant(recordedAt)) return 'recordedAt is no instant of the calendar';
  if (!isReadable(occurred)) return 'occurred is no date';
  return source === null || source.dated === null || isReadable(source.dated) ? null : 'the date of its source is none';
};
const isReadable = ({ text, asWritten }: PartialDate): boolean => parsePartialDate(text, asWritten).ok;

/**
 * Reads a stored leaf back, strictly: exactly the fields, each of its form. Whether the text is the canonical one is not asked here,
 * as every reading of the log would pay for it: see `isCanonicalLeaf`.
 * @throws LeafMalformed
 */
export const parseLeaf = (text: string): Leaf => {
  const value = parseJson(text);
  const fault = leafFault(value);
  if (fault !== null) throw new LeafMalformed(fault);
  return value as Leaf;
};

/**
 * The leaf, when the text is one to the byte as `leafOf` would write it; null when it is not. What verifying asks of every stored entry.
 */
export const canonicalLeaf = (text: string): Leaf | null => {
  try {
    const leaf = parseLeaf(text);
    return unreadableDate(leaf) === null && isCanonicalJson(text) && !holdsUnsealed(text) ? leaf : null;
  } catch {
    return null;
  }
};

/** Is this text a leaf, to the byte as `leafOf` would write it? */
export const isCanonicalLeaf = (text: string): boolean => canonicalLeaf(text) !== null;

export const nonceFrom = (random: Random): string => toBase64url(random.bytes(LEAF_NONCE_BYTES));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text.
    throw new LeafMalformed('the text is not JSON');
  }
};

// What is missing or of another form goes through here as it is, for leafFault to name.
const exactDate = <D extends PartialDate | null>(date: D): D => date && ({ text: date.text, asWritten: date.asWritten } as D);

const exactParty = (party: Party): Party => ({
  body: party.body,
  name: isSealed(party.name) ? { sealed: party.name.sealed, person: party.name.person } : party.name,
});

const exactSource = (source: Source): Source => ({
  document: source.document,
  title: source.title,
  reference: source.reference,
  dated: exactDate(source.dated),
  locator: source.locator,
  url: source.url,
});
