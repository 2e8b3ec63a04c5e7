import { nodeCrypto } from './hash.js';
import { SIGNATURE_BYTES } from './note.js';

/** Does the Ed25519 signature hold? Total: a key or signature that is none does not hold. In Node alone. */
export const signatureHolds = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  if (nodeCrypto === undefined) throw new Error('there is no node:crypto here: ask signatureHoldsAnywhere');
  if (signature.length !== SIGNATURE_BYTES) return false;
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return nodeCrypto.verify(null, message, nodeCrypto.createPublicKey({ key: jwk, format: 'jwk' }), signature);
  } catch {
    return false;
  }
};

/** The machine has no Ed25519: signatures cannot be checked here. */
export class NoEd25519 extends Error {
  override readonly name = 'NoEd25519';
}

/** The same, where there may be no node:crypto: a browser's WebCrypto is asked then. @throws NoEd25519 */
export const signatureHoldsAnywhere = async (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> =>
  nodeCrypto === undefined ? holdsByWebCrypto(publicKey, message, signature) : signatureHolds(publicKey, message, signature);

const holdsByWebCrypto = async (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> => {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) throw new NoEd25519('this browser gives a page no cryptography: open it over https or from a file');
  const key = await subtle.importKey('raw', publicKey.slice(), 'Ed25519', false, ['verify']).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'NotSupportedError')
      throw new NoEd25519('this browser knows no Ed25519: take a newer one');
    return null;
  });
  return key !== null && subtle.verify('Ed25519', key, signature.slice(), message.slice());
};
