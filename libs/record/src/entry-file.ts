import type { Json } from '@saksgang/kernel';
import { fromBase64 } from './base64.js';
import { canonicalJson } from './canonical.js';
import type { Closed, Disclosure } from './disclosure.js';
import { PROOF_HASHES_MAX } from './proof.js';
import { Malformed, fieldsOf, hashIn, parseJsonIn } from './reading-json.js';

/** Levels of an answer that are searched for a proof. */
const ANSWER_DEPTH_MAX = 12;
/** Proofs of one saved answer. */
const PROOFS_MAX = 1_000;
/** Sealed values that one entry opens. */
const DISCLOSURES_MAX = 10_000;

/**
 * An entry with its proof, as one can hand it to somebody: what the API's InclusionProof holds. Hashes, leaf and salts are base64,
 * the leaf that of its canonical bytes, null where the reader may not see it.
 */
export type EntryFile = Readonly<{
  index: number;
  size: number;
  leafHash: Uint8Array;
  leaf: string | null;
  hashes: readonly Uint8Array[];
  note: string;
  disclosures: readonly Disclosure[];
  closed: readonly Closed[];
}>;

/** Reads the proof of an entry, or every one that stands anywhere in a saved answer of the API. @throws Malformed */
export const readEntryFile = (text: string, where: string): readonly EntryFile[] => {
  const found: object[] = [];
  gatherProofs(parseJsonIn(text, where), 0, found);
  if (found.length === 0) throw new Malformed(where, 'it holds no proof: leafHash, hashes and checkpoint were looked for');
  if (found.length > PROOFS_MAX) throw new Malformed(where, `it holds more than ${PROOFS_MAX} proofs`);
  return found.map((one, nth) => readProof(one, found.length === 1 ? where : `${where}, proof ${nth + 1}`));
};

const readProof = (found: object, where: string): EntryFile => {
  const proof = fieldsOf(found, where);
  const hashes = proof.list('hashes');
  if (hashes.length > PROOF_HASHES_MAX) throw new Malformed(where, `a proof has no more than ${PROOF_HASHES_MAX} hashes`);
  return {
    index: proof.count('index'),
    size: proof.count('size'),
    leafHash: proof.hash('leafHash'),
    leaf: leafIn(proof.textOrNull('leaf'), where),
    hashes: hashes.map((hash, nth) => hashIn(hash, where, `hashes.${nth}`)),
    note: fieldsOf(proof.member('checkpoint'), `${where}, checkpoint`).text('note'),
    // An answer in which nobody asked for them opens nothing.
    disclosures: Object.hasOwn(found, 'disclosures') ? readDisclosures(proof.list('disclosures'), where) : [],
    closed: Object.hasOwn(found, 'closed') ? readClosed(proof.list('closed'), where) : [],
  };
};

const gatherProofs = (value: unknown, depth: number, found: object[]): void => {
  if (typeof value !== 'object' || value === null || depth > ANSWER_DEPTH_MAX || found.length > PROOFS_MAX) return;
  if (['leafHash', 'hashes', 'checkpoint'].every((name) => Object.hasOwn(value, name))) return void found.push(value);
  for (const member of Object.values(value)) gatherProofs(member, depth + 1, found);
};

const leafIn = (encoded: string | null, where: string): string | null => {
  if (encoded === null) return null;
  const bytes = fromBase64(encoded);
  if (bytes === null) throw new Malformed(where, 'leaf is not base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed(where, 'leaf is not UTF-8');
  }
};

/** @throws Malformed */
export const readDisclosures = (list: readonly unknown[], where: string): readonly Disclosure[] => {
  if (list.length > DISCLOSURES_MAX) throw new Malformed(where, `more than ${DISCLOSURES_MAX} disclosures`);
  return list.map((one, nth) => {
    const fields = fieldsOf(one, `${where}, disclosures.${nth}`);
    const value = fields.member('value') as Json;
    try {
      canonicalJson(value);
    } catch {
      throw new Malformed(`${where}, disclosures.${nth}`, 'value could never have been sealed');
    }
    return { sealed: fields.text('sealed'), salt: fields.text('salt'), value };
  });
};

/** @throws Malformed */
export const readClosed = (list: readonly unknown[], where: string): readonly Closed[] => {
  if (list.length > DISCLOSURES_MAX) throw new Malformed(where, `more than ${DISCLOSURES_MAX} closed values`);
  return list.map((one, nth) => {
    const fields = fieldsOf(one, `${where}, closed.${nth}`);
    const why = fields.text('why');
    if (why !== 'ERASED' && why !== 'WITHHELD') throw new Malformed(`${where}, closed.${nth}`, 'why is neither ERASED nor WITHHELD');
    return { sealed: fields.text('sealed'), why };
  });
};
