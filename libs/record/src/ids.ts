import { createHash } from 'node:crypto';
import type { EntryId, ItemId, Random, StreamName } from '@saksgang/kernel';
import { isUuid } from './uuid.js';

/** The namespace of every derived id of the project. It can never change: ids in the log were made with it. */
export const SAKSGANG_NAMESPACE = '4b3792ee-f026-48d6-b6b9-3e5968dea927';

/** UUID version 5 (RFC 9562 section 5.5): SHA-1 over the namespace's 16 bytes and the UTF-8 name. @throws when the namespace is no UUID. */
export const uuidV5 = (namespace: string, name: string): string => {
  if (!isUuid(namespace)) throw new TypeError(`${namespace} is not a lower-case UUID`);
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest();
  return spell(hash, 5);
};

/** UUID version 4 (RFC 9562 section 5.4) from the injected random source. */
export const uuidV4 = (random: Random): string => spell(Buffer.from(random.bytes(16)), 4);

/**
 * The id of the item that a founding command makes: the same command id always names the same item, so a retry is the same append.
 * The parts are joined by line feeds; a kind holds none, so no two commands share a name.
 */
export const itemIdFor = (kind: string, commandId: string): ItemId =>
  `${kind}-${uuidV5(SAKSGANG_NAMESPACE, `item\n${withoutLineFeed(kind)}\n${commandId}`)}`;

/** The id of the `ordinal`-th entry (from 0) that a command appends to a stream. */
export const entryIdFor = (stream: StreamName, commandId: string, ordinal: number): EntryId => {
  if (!Number.isSafeInteger(ordinal) || ordinal < 0) throw new RangeError(`an entry's ordinal counts from 0, not ${ordinal}`);
  return uuidV5(SAKSGANG_NAMESPACE, `entry\n${withoutLineFeed(stream)}\n${ordinal}\n${commandId}`);
};

const withoutLineFeed = (part: string): string => {
  if (part.includes('\n')) throw new TypeError('a kind or a stream name holds no line feed');
  return part;
};

const spell = (bytes: Buffer, version: 4 | 5): string => {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
