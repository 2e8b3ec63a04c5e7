import { fromBase64, toBase64 } from './base64.js';

/** Base64url without padding, the one spelling of bytes in a leaf. */
export const toBase64url = (bytes: Uint8Array): string => toBase64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');

/**
 * The bytes of a canonical base64url text, or null when it is not one: padding, another alphabet and stray last bits are
 * refused, so that one value has one spelling.
 */
export const fromBase64url = (text: string): Uint8Array | null =>
  /[+/=]/.test(text)
    ? null
    : fromBase64(
        text
          .replaceAll('-', '+')
          .replaceAll('_', '/')
          .padEnd(Math.ceil(text.length / 4) * 4, '='),
      );

const LAST_OF_16_BYTES = /^[A-Za-z0-9_-]{21}[AQgw]$/;
const LAST_OF_32_BYTES = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Is this 16 bytes in canonical base64url? Faster than decoding, for reading a whole log. */
export const isBase64urlOf16 = (text: string): boolean => LAST_OF_16_BYTES.test(text);
/** Is this 32 bytes (a digest, a commitment) in canonical base64url? */
export const isBase64urlOf32 = (text: string): boolean => LAST_OF_32_BYTES.test(text);
