import { toBase64 } from './base64.js';
import { canonicalJson } from './canonical.js';
import type { Closed, Disclosure } from './disclosure.js';
import { readClosed, readDisclosures } from './entry-file.js';
import { Malformed, fieldsOf, parseCanonicalIn } from './reading-json.js';
import { checkedSize, leafHash } from './tree.js';

/*
 * The export: a directory that anyone can check without us. The same log, checkpoint and reader give the same bytes.
 *
 *   manifest.json    what the rest must agree with: format, version, origin, size, root, and how much is not shown
 *   checkpoint       the signed note over exactly these entries (C2SP tlog-checkpoint)
 *   key              the key to check it with (C2SP signed-note vkey); an auditor holds it against the one published elsewhere
 *   entries.ndjson   one line an entry, in log order, from index 0 without a gap:
 *                    {"closed":[{"sealed":…,"why":"ERASED"|"WITHHELD"}],"disclosures":[{"salt":…,"sealed":…,"value":…}],
 *                     "index":0,"leaf":"…"|null,"leafHash":"…"}
 *
 * Every text is canonical JSON with a line feed at its end, save `checkpoint` and `key`, which have forms of their own. `leaf` is the
 * canonical text as a JSON string, so that words in it can be searched for; null where the reader may not see the entry. Hashes and
 * salts are base64. Every sealed value of a leaf that is shown is either disclosed or named as closed, with the reason.
 */

export const EXPORT_FILES = { manifest: 'manifest.json', checkpoint: 'checkpoint', key: 'key', entries: 'entries.ndjson' } as const;
export const EXPORT_FORMAT = 'saksgang-export';
export const EXPORT_VERSION = 1;
/** Characters of one line: APPEND_BYTES_MAX of leaf with every byte escaped, and as much again. */
export const EXPORT_LINE_MAX = 16 * 1024 * 1024;

export type ExportManifest = Readonly<{
  origin: string;
  size: number;
  root: Uint8Array;
  /** Entries of which only the hash is there. */
  withheldEntries: number;
  /** Sealed values of the entries that are shown, by why they are closed. */
  erasedValues: number;
  withheldValues: number;
}>;

/** `leaf` null: the reader may not see it, and `hash` is all there is. */
export type ExportedEntry = Readonly<{
  index: number;
  leaf: string | null;
  leafHash: Uint8Array;
  disclosures: readonly Disclosure[];
  closed: readonly Closed[];
}>;

/** One line of entries.ndjson, with its line feed. */
export const exportLine = ({ index, leaf, leafHash, disclosures, closed }: ExportedEntry): string =>
  `${canonicalJson({
    index: checkedSize(index),
    leaf,
    leafHash: toBase64(leafHash),
    disclosures: disclosures.map(({ sealed, salt, value }) => ({ sealed, salt, value })),
    closed: closed.map(({ sealed, why }) => ({ sealed, why })),
  })}\n`;

/** The line of an entry that is shown. */
export const shownEntry = (index: number, leaf: string, disclosures: readonly Disclosure[], closed: readonly Closed[]): ExportedEntry => ({
  index,
  leaf,
  leafHash: leafHash(leaf),
  disclosures,
  closed,
});

/** The line of an entry that the reader may not see: where it lies and its hash, and nothing else. */
export const withheldEntry = (index: number, leaf: string): ExportedEntry => ({
  index,
  leaf: null,
  leafHash: leafHash(leaf),
  disclosures: [],
  closed: [],
});

/** manifest.json. */
export const manifestText = ({ root, ...counted }: ExportManifest): string =>
  `${canonicalJson({ format: EXPORT_FORMAT, version: EXPORT_VERSION, root: toBase64(root), ...counted })}\n`;

/** @throws Malformed */
export const readManifest = (text: string): ExportManifest => {
  const where = EXPORT_FILES.manifest;
  const manifest = fieldsOf(parseCanonicalIn(text.replace(/\n$/, ''), where), where);
  if (manifest.text('format') !== EXPORT_FORMAT) throw new Malformed(where, `this is no ${EXPORT_FORMAT}`);
  if (manifest.count('version') !== EXPORT_VERSION)
    throw new Malformed(where, `version ${manifest.count('version')} is not known here: take the verifier that came with the export`);
  return {
    origin: manifest.text('origin'),
    size: manifest.count('size'),
    root: manifest.hash('root'),
    withheldEntries: manifest.count('withheldEntries'),
    erasedValues: manifest.count('erasedValues'),
    withheldValues: manifest.count('withheldValues'),
  };
};

/** @throws Malformed */
export const readExportLine = (line: string, number: number): ExportedEntry => {
  const where = `${EXPORT_FILES.entries}, line ${number}`;
  const fields = fieldsOf(parseCanonicalIn(line, where), where);
  return {
    index: fields.count('index'),
    leaf: fields.textOrNull('leaf'),
    leafHash: fields.hash('leafHash'),
    disclosures: readDisclosures(fields.list('disclosures'), where),
    closed: readClosed(fields.list('closed'), where),
  };
};
