import { checkpointIn, parseNote, parseVerifierKey, signaturesBy, verifierKeyText, type VerifierKey } from '../note.js';
import { NoteMalformed, type Checkpoint } from '../checkpoint.js';
import { Malformed } from '../reading-json.js';
import { NoEd25519, signatureHoldsAnywhere } from '../signature.js';
import { failed, incomplete, noted, passed, type Fault, type Finding } from './findings.js';
import * as say from './sentences.js';
import type { Sentences } from './sentences.js';

export const check = (holds: boolean, { holds: yes, fails: no }: Sentences, fault: Fault = 'WRONG'): Finding =>
  holds ? passed(yes) : failed(fault, no);

/** A signed note an auditor holds, read: `where` names it in what is said of it. @throws Malformed */
export const readCheckpoint = (note: string, where: string): Checkpoint => readingNote(where, () => checkpointIn(note));
/** @throws Malformed */
export const readKey = (text: string, where: string): VerifierKey => readingNote(where, () => parseVerifierKey(text));

const readingNote = <A>(where: string, read: () => A): A => {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoteMalformed) throw new Malformed(where, error.message);
    throw error;
  }
};

/**
 * Whose signatures count: the key the auditor gave, else the one that came along. That one only says who claims to have signed, so
 * nothing is verified by it, unless it is `known`: it has signed what the auditor holds from before, or it lies in the auditor's house.
 */
export const trustedKey = (
  given: VerifierKey | null,
  own: VerifierKey | null,
  known: boolean,
): Readonly<{ key: VerifierKey | null; findings: readonly Finding[] }> => {
  if (given === null) {
    const text = own && say.ownKey(verifierKeyText(own));
    return { key: own, findings: text === null ? [] : [known ? noted(text) : incomplete(text)] };
  }
  if (own === null) return { key: given, findings: [] };
  return { key: given, findings: [check(verifierKeyText(given) === verifierKeyText(own), say.sameKey)] };
};

/**
 * Is the note signed by the key, for the record the key is of? A key vouches for the origin it is named after alone: one seed may sign
 * for several, and the name beside a signature is not signed. Every signature that claims to be its own has to hold. Without a key
 * nobody can tell.
 */
export const signedFinding = async (note: string, { origin, size }: Checkpoint, key: VerifierKey | null): Promise<Finding> => {
  if (key === null) return incomplete(say.noKey);
  const parsed = parseNote(note);
  const message = new TextEncoder().encode(parsed.text);
  const claims = signaturesBy(parsed, key);
  let holds = claims.length > 0 && origin === key.name;
  try {
    for (const { signature } of claims) holds &&= await signatureHoldsAnywhere(key.publicKey, message, signature);
  } catch (error) {
    if (error instanceof NoEd25519) return incomplete(say.cannotCheckSignatures(error.message));
    throw error;
  }
  return check(holds, say.signedBy(origin, size, key.name));
};
