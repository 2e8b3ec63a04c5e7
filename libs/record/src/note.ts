import { fromBase64, toBase64 } from './base64.js';
import { NoteMalformed, parseCheckpoint, type Checkpoint } from './checkpoint.js';
import { sha256 } from './hash.js';

// Signed notes as C2SP signed-note has them: a text, an empty line, and a line for each signature:
//   — <name of the key> <base64 of key hash (4 bytes) ‖ signature>

/** UTF-8 bytes of a note. */
export const NOTE_BYTES_MAX = 65_536;
/** Signatures of one note. */
export const SIGNATURES_MAX = 100;
/** The algorithm byte of Ed25519. */
const ED25519 = 0x01;
const KEY_HASH_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
/** Bytes of an Ed25519 signature. */
export const SIGNATURE_BYTES = 64;

/** A key to check signatures with. `hash`: its first four bytes of identity, which the signature line repeats. */
export type VerifierKey = Readonly<{ name: string; hash: Uint8Array; publicKey: Uint8Array }>;
export type NoteSignature = Readonly<{ name: string; hash: Uint8Array; signature: Uint8Array }>;
/** `text` is what is signed, with its last line feed. */
export type Note = Readonly<{ text: string; signatures: readonly NoteSignature[] }>;

const utf8 = new TextEncoder();
/** A name holds neither white space nor a plus. */
const NAME = /^[^\s+\p{Cc}]+$/u;
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/;
const DASH = '— ';

/** SHA-256(name ‖ line feed ‖ 0x01 ‖ public key), its first four bytes. */
export const keyHashOf = (name: string, publicKey: Uint8Array): Uint8Array =>
  sha256(Uint8Array.of(...utf8.encode(`${name}\n`), ED25519, ...publicKey)).slice(0, KEY_HASH_BYTES);

/** @throws NoteMalformed when no note could name it */
export const verifierKey = (name: string, publicKey: Uint8Array): VerifierKey => {
  if (!NAME.test(name)) throw new NoteMalformed(0, 'the name of a key holds no white space and no plus, and is not empty');
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new NoteMalformed(0, `a public key is ${PUBLIC_KEY_BYTES} bytes`);
  return { name, hash: keyHashOf(name, publicKey), publicKey };
};

/** `<name>+<key hash in hex>+<base64 of 0x01 ‖ public key>`: how a key is published. */
export const verifierKeyText = ({ name, hash, publicKey }: VerifierKey): string =>
  `${name}+${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}+${toBase64(Uint8Array.of(ED25519, ...publicKey))}`;

/** Reads a published key; a line feed at its end is no part of it. @throws NoteMalformed */
export const parseVerifierKey = (text: string): VerifierKey => {
  const line = text.replace(/\n$/, '');
  const [name = '', hash = '', ...rest] = line.split('+');
  const bytes = fromBase64(rest.join('+'));
  if (bytes === null || bytes[0] !== ED25519 || bytes.length !== 1 + PUBLIC_KEY_BYTES)
    throw new NoteMalformed(0, 'this is no Ed25519 key: a key is written NAME+HASH+KEY');
  const key = verifierKey(name, bytes.slice(1));
  if (verifierKeyText(key) !== line) throw new NoteMalformed(0, `the key's hash is not ${hash}: it has been changed or miswritten`);
  return key;
};

/** @throws NoteMalformed */
export const parseNote = (note: string): Note => {
  if (utf8.encode(note).length > NOTE_BYTES_MAX) throw new NoteMalformed(0, `the note is longer than ${NOTE_BYTES_MAX} bytes`);
  if (CONTROL.test(note)) throw new NoteMalformed(0, 'the note holds a control character');
  if (!(note as string & { isWellFormed(): boolean }).isWellFormed() || note.includes('\ufffd'))
    throw new NoteMalformed(0, 'the note is not UTF-8');
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) throw new NoteMalformed(0, 'an empty line between text and signatures is missing');
  const text = note.slice(0, blank + 1);
  const lines = note.slice(blank + 2).split('\n');
  const first = text.split('\n').length + 1;
  if (lines.pop() !== '' || lines.length === 0) throw new NoteMalformed(0, 'the note ends in the middle of a line, or without a signature');
  if (lines.length > SIGNATURES_MAX) throw new NoteMalformed(0, `the note holds more than ${SIGNATURES_MAX} signatures`);
  return { text, signatures: lines.map((line, nth) => signatureIn(line, first + nth)) };
};

const signatureIn = (line: string, number: number): NoteSignature => {
  const [name = '', encoded = '', ...rest] = line.slice(DASH.length).split(' ');
  if (!line.startsWith(DASH) || rest.length > 0 || !NAME.test(name))
    throw new NoteMalformed(number, 'a signature is written — NAME BASE64');
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length <= KEY_HASH_BYTES) throw new NoteMalformed(number, 'the signature is not base64');
  return { name, hash: bytes.slice(0, KEY_HASH_BYTES), signature: bytes.slice(KEY_HASH_BYTES) };
};

/** The text with its signatures. @throws NoteMalformed when it could not be read back */
export const noteOf = (text: string, signatures: readonly NoteSignature[]): string => {
  if (!text.endsWith('\n')) throw new NoteMalformed(0, 'the text of a note ends with a line feed');
  const lines = signatures.map(({ name, hash, signature }) => `${DASH}${name} ${toBase64(Uint8Array.of(...hash, ...signature))}\n`);
  const note = `${text}\n${lines.join('')}`;
  if (parseNote(note).text !== text) throw new NoteMalformed(0, 'the text holds an empty line at its end');
  return note;
};

/** The signatures that claim to be of this key: each of them has to hold. Others are somebody else's, and no matter. */
export const signaturesBy = ({ signatures }: Note, key: VerifierKey): readonly NoteSignature[] =>
  signatures.filter(({ name, hash }) => name === key.name && hash.every((byte, at) => byte === key.hash[at]));

/** The checkpoint a note is of, whoever signed it. @throws NoteMalformed */
export const checkpointIn = (note: string): Checkpoint => parseCheckpoint(parseNote(note).text);
