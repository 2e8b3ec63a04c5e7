import { fromBase64, toBase64 } from './base64.js';
import { HASH_BYTES } from './hash.js';

// The body of a checkpoint as C2SP tlog-checkpoint has it: origin, size and root on a line each, then lines of our own, if any.

/** Lines of one checkpoint after the first three. */
export const EXTENSION_LINES_MAX = 16;

export type Checkpoint = Readonly<{
  /** Names the log for ever, like `postliste.eksempel.kommune.no/saksgang`. */
  origin: string;
  size: number;
  root: Uint8Array;
  /** Further lines, none of them empty. Whoever does not know them skips them. */
  extensions: readonly string[];
}>;

/** A text that is no checkpoint or no signed note; says which line and what is wrong with it. */
export class NoteMalformed extends Error {
  override readonly name = 'NoteMalformed';
  /** `line` counts from 1; 0 is the text as a whole. */
  constructor(
    readonly line: number,
    readonly why: string,
  ) {
    super(line === 0 ? why : `line ${line}: ${why}`);
  }
}

/** The text that is signed. @throws NoteMalformed when it could not be read back */
export const checkpointBody = ({ origin, size, root, extensions = [] }: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>): string => {
  const body = `${[origin, size, toBase64(root), ...extensions].join('\n')}\n`;
  parseCheckpoint(body);
  return body;
};

/** Strictly: one spelling for each number and root. @throws NoteMalformed */
export const parseCheckpoint = (body: string): Checkpoint => {
  if (!body.endsWith('\n')) throw new NoteMalformed(0, 'a checkpoint ends with a line feed');
  const [origin = '', sizeText, rootText, ...extensions] = body.slice(0, -1).split('\n');
  if (sizeText === undefined || rootText === undefined) throw new NoteMalformed(0, 'a checkpoint has three lines: origin, size and root');
  if (origin === '') throw new NoteMalformed(1, 'the origin is empty');
  const size = Number(sizeText);
  if (!/^(0|[1-9]\d*)$/.test(sizeText) || !Number.isSafeInteger(size)) throw new NoteMalformed(2, 'the size is no whole number from 0');
  const root = fromBase64(rootText);
  if (root?.length !== HASH_BYTES) throw new NoteMalformed(3, `the root is not ${HASH_BYTES} bytes in base64`);
  const empty = extensions.indexOf('');
  if (empty >= 0) throw new NoteMalformed(4 + empty, 'the line is empty');
  if (extensions.length > EXTENSION_LINES_MAX) throw new NoteMalformed(0, `more than ${EXTENSION_LINES_MAX} further lines`);
  return { origin, size, root, extensions };
};
