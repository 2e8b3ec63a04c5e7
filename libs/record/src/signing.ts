import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { parseCheckpoint, type Checkpoint } from './checkpoint.js';
import { noteOf, parseNote, signaturesBy, verifierKey, type Note, type VerifierKey } from './note.js';
import { signatureHolds } from './signature.js';

/** Bytes of an Ed25519 seed, the private key. */
export const SEED_BYTES = 32;
/** What stands before the seed in PKCS #8 (RFC 8410 section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** One who can sign; the seed stays inside. */
export type NoteSigner = Readonly<{ key: VerifierKey; sign: (text: string) => Uint8Array }>;

/** A signer of that name. @throws RangeError for a seed of another length, NoteMalformed for a name that no note could hold */
export const noteSigner = (name: string, seed: Uint8Array): NoteSigner => {
  if (seed.length !== SEED_BYTES) throw new RangeError(`a seed is ${SEED_BYTES} bytes, not ${seed.length}`);
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const key = verifierKey(name, Buffer.from(x, 'base64url'));
  return { key, sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey) };
};

/** The text as a signed note. @throws NoteMalformed */
export const signNote = (text: string, signers: readonly NoteSigner[]): string =>
  noteOf(
    text,
    signers.map(({ key, sign: signs }) => ({ name: key.name, hash: key.hash, signature: signs(text) })),
  );

/** The note is not signed by any of the keys, or one of them is said to have signed and has not. */
export class SignatureRefused extends Error {
  override readonly name = 'SignatureRefused';
  constructor(
    readonly key: string,
    readonly why: 'MISSING' | 'WRONG',
  ) {
    super(why === 'MISSING' ? `there is no signature by ${key}` : `the signature by ${key} does not hold`);
  }
}

/**
 * The note, signed by at least one of the keys. Signatures by others are ignored; a wrong one by a key we know is refused, whatever
 * the rest say.
 * @throws NoteMalformed, SignatureRefused
 */
export const verifyNote = (note: string, keys: readonly VerifierKey[]): Note => {
  const parsed = parseNote(note);
  const message = Buffer.from(parsed.text, 'utf8');
  const claims = keys.flatMap((key) => signaturesBy(parsed, key).map(({ signature }) => ({ key, signature })));
  if (claims.length === 0) throw new SignatureRefused(keys.map(({ name }) => name).join(', '), 'MISSING');
  for (const { key, signature } of claims)
    if (!signatureHolds(key.publicKey, message, signature)) throw new SignatureRefused(key.name, 'WRONG');
  return parsed;
};

/** The checkpoint of a note that one of the keys has signed. @throws NoteMalformed, SignatureRefused */
export const verifyCheckpoint = (note: string, keys: readonly VerifierKey[]): Checkpoint => parseCheckpoint(verifyNote(note, keys).text);
