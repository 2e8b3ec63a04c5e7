import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { PersonId, Random } from '@saksgang/kernel';
import { PERSON_KEY_BYTES } from '@saksgang/record';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_BYTES = NONCE_BYTES + PERSON_KEY_BYTES + TAG_BYTES;

/** nonce(12) ‖ ciphertext(32) ‖ tag(16), AES-256-GCM under the key-encryption key; bound to the person, so that rows cannot be swapped. */
export const wrapKey = (encryptionKey: Uint8Array, person: PersonId, key: Uint8Array, random: Random): Uint8Array => {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce, { authTagLength: TAG_BYTES }).setAAD(additionalData(person));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
};

/** The person's key, or null when it was wrapped by another key, for another person, or has been changed. */
export const unwrapKey = (encryptionKey: Uint8Array, person: PersonId, wrapped: Uint8Array): Uint8Array | null => {
  if (wrapped.length !== WRAPPED_BYTES) return null;
  const tagAt = WRAPPED_BYTES - TAG_BYTES;
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', encryptionKey, nonce, { authTagLength: TAG_BYTES }).setAAD(additionalData(person));
  decipher.setAuthTag(wrapped.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
  } catch {
    return null;
  }
};

/** By which a person is found by exact name: HMAC-SHA256 under the person's own key, so that it tells nothing once the key is gone. */
export const markOf = (key: Uint8Array, name: string): Uint8Array =>
  createHmac('sha256', key).update(name.normalize('NFC'), 'utf8').digest();

const additionalData = (person: PersonId): Buffer => Buffer.from(`saksgang person key v1\n${person}`, 'utf8');
