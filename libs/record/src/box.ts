import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { EntryId, Json, Random } from '@saksgang/kernel';
import { toBase64 } from './base64.js';
import { canonicalJson } from './canonical.js';
import { SALT_BYTES, commitmentOf } from './commitment.js';
import type { Disclosure } from './disclosure.js';

/** AES-256. */
export const PERSON_KEY_BYTES = 32;
const BOX_NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The box cannot be opened with this key for this entry, or does not hold what was committed to. The message holds no value. */
export class BoxRefused extends Error {
  override readonly name = 'BoxRefused';
  constructor(
    readonly entry: EntryId,
    readonly why: string,
  ) {
    super(`the sealed box of entry ${entry} cannot be opened: ${why}`);
  }
}

/**
 * Encrypts a committed value for one entry: nonce(12) ‖ ciphertext of salt(32) ‖ canonical value ‖ tag(16), AES-256-GCM. The entry id
 * and the commitment are the additional data, so a box cannot be moved to another entry.
 */
export const sealBox = (
  key: Uint8Array,
  entry: EntryId,
  committed: Readonly<{ salt: Uint8Array; value: Json }>,
  random: Random,
): Uint8Array => {
  const commitment = commitmentOf(committed.salt, committed.value);
  const nonce = random.bytes(BOX_NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(entry, commitment));
  const sealed = [cipher.update(committed.salt), cipher.update(canonicalJson(committed.value), 'utf8'), cipher.final()];
  return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]);
};

/**
 * Opens a box and checks that it holds what the leaf committed to.
 * @throws BoxRefused for another key, entry or commitment, and for changed or cut bytes.
 */
export const openBox = (key: Uint8Array, entry: EntryId, commitment: string, bytes: Uint8Array): Json =>
  openCommitted(key, entry, commitment, bytes).value;

/** Opens a box so that anybody can check it against the leaf: for readers who may see the value. @throws BoxRefused */
export const discloseBox = (key: Uint8Array, entry: EntryId, commitment: string, bytes: Uint8Array): Disclosure => {
  const { salt, value } = openCommitted(key, entry, commitment, bytes);
  return { sealed: commitment, salt: toBase64(salt), value };
};

const openCommitted = (key: Uint8Array, entry: EntryId, commitment: string, bytes: Uint8Array) => {
  if (bytes.length < BOX_NONCE_BYTES + SALT_BYTES + TAG_BYTES) throw new BoxRefused(entry, 'it is cut short');
  const plain = decrypt(key, entry, commitment, bytes);
  const salt = plain.subarray(0, SALT_BYTES);
  const value = valueIn(plain.subarray(SALT_BYTES), entry);
  if (commitmentOf(salt, value) !== commitment) throw new BoxRefused(entry, 'it holds another value than the one committed to');
  return { salt, value };
};

const decrypt = (key: Uint8Array, entry: EntryId, commitment: string, bytes: Uint8Array): Buffer => {
  const tagAt = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, BOX_NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(entry, commitment));
  decipher.setAuthTag(bytes.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(BOX_NONCE_BYTES, tagAt)), decipher.final()]);
  } catch {
    throw new BoxRefused(entry, 'the key, the entry or the bytes are not those it was sealed with');
  }
};

const valueIn = (plain: Buffer, entry: EntryId): Json => {
  try {
    return JSON.parse(plain.toString('utf8')) as Json;
  } catch {
    throw new BoxRefused(entry, 'it does not hold a value');
  }
};

const additionalData = (entry: EntryId, commitment: string): Buffer => Buffer.from(`${entry}\n${commitment}`, 'utf8');
