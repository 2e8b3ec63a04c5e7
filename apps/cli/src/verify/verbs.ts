import type { Locale } from '@saksgang/kernel';
import {
  EXIT,
  EXPORT_FILES,
  Malformed,
  countLine,
  exitCodeOf,
  failed,
  lineOf,
  readKey,
  reportOf,
  verifyCompare,
  verifyEntry,
  verifyExport,
  type Compared,
  type ExportDirectory,
  type Finding,
  type VerifierKey,
} from '@saksgang/record';
import { WrongWords, wordsOf, type Words } from './words.js';

/** Where the files are: a disk, or what was dropped on a page. @throws WrongWords from `text` when there is no such file */
export type Disk = Readonly<{
  text: (path: string) => Promise<string>;
  isDirectory: (path: string) => boolean;
  directory: (path: string) => ExportDirectory;
}>;

export type Verb = Readonly<{ usage: string; does: string; run: (args: readonly string[], disk: Disk) => Promise<readonly Finding[]> }>;

const LOCALES: Readonly<Record<string, Locale>> = { nb: 'nb', no: 'nb', nn: 'nn', en: 'en' };

/** The language of the lines: as said, else the machine's, else English. */
export const localeOf = (said: string | undefined): Locale => LOCALES[(said ?? '').slice(0, 2).toLowerCase()] ?? 'en';

const entry: Verb = {
  usage: 'verify entry FILE [--key KEY] [--since CHECKPOINT]',
  does: 'checks that one entry stood in the record when its checkpoint was signed; FILE is the proof, or a saved answer that holds one',
  run: async (args, disk) => {
    const words = wordsOf(args, ['key', 'since']);
    const [file] = exactly(words, 1, entry);
    return verifyEntry({ text: await disk.text(file), where: file, key: await keyIn(words, disk), since: await noteIn(words, disk) });
  },
};

const directory: Verb = {
  usage: 'verify export DIR [--since CHECKPOINT] [--key KEY]',
  does: 'checks that an export is whole, unchanged and signed, and has grown out of the record an older checkpoint vouches for',
  run: async (args, disk) => {
    const words = wordsOf(args, ['key', 'since']);
    const [path] = exactly(words, 1, directory);
    if (!disk.isDirectory(path)) throw new WrongWords(`${path} is no directory: an export is one.`);
    return verifyExport({ directory: disk.directory(path), key: await keyIn(words, disk), since: await noteIn(words, disk) });
  },
};

const compare: Verb = {
  usage: 'verify compare A B [--key KEY] [--proof FILE]',
  does: 'checks that the smaller of two exports or checkpoints is the beginning of the larger',
  run: async (args, disk) => {
    const words = wordsOf(args, ['key', 'proof']);
    const [one, other] = exactly(words, 2, compare);
    const proof = words.named.get('proof');
    return verifyCompare({
      one: await comparedAt(one, disk),
      other: await comparedAt(other, disk),
      key: await keyIn(words, disk),
      proof: proof === undefined ? null : { text: await disk.text(proof), where: proof },
    });
  },
};

/** What runs anywhere. `verify database` needs the engine, and is the command line's own. */
export const VERBS: Readonly<Record<string, Verb>> = { entry, export: directory, compare };

const exactly = <Count extends 1 | 2>({ rest }: Words, count: Count, { usage }: Verb): Count extends 1 ? [string] : [string, string] => {
  if (rest.length !== count) throw new WrongWords(`Usage: ${usage}`);
  return rest as Count extends 1 ? [string] : [string, string];
};

/** KEY is a file, or the key itself as it is published. */
export const keyIn = async ({ named }: Words, disk: Pick<Disk, 'text'>): Promise<VerifierKey | null> => {
  const said = named.get('key');
  if (said === undefined) return null;
  return said.includes('+') ? readKey(said, '--key') : readKey(await disk.text(said), said);
};

/** CHECKPOINT is the file of a signed note, as the auditor kept it. */
export const noteIn = async ({ named }: Words, disk: Pick<Disk, 'text'>): Promise<Readonly<{ note: string; where: string }> | null> => {
  const said = named.get('since');
  return said === undefined ? null : { note: await disk.text(said), where: said };
};

const comparedAt = async (where: string, disk: Disk): Promise<Compared> => {
  if (!disk.isDirectory(where)) return { where, directory: null, note: await disk.text(where) };
  const found = disk.directory(where);
  return { where, directory: found, note: await found.text(EXPORT_FILES.checkpoint) };
};

/**
 * Runs a verification and prints a line for each check and the count. Answers the exit code: 0 verified, 1 proof or signature wrong,
 * 2 history inconsistent, 3 incomplete, 65 malformed. @throws WrongWords
 */
export const report = async (verify: () => Promise<readonly Finding[]>, locale: Locale, print: (line: string) => void): Promise<number> => {
  try {
    const findings = await verify();
    for (const line of reportOf(findings, locale)) print(line);
    return exitCodeOf(findings);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const found = failed('WRONG', { nb: error.message, nn: error.message, en: error.message });
    print(lineOf(found, locale));
    print(countLine([found]));
    return EXIT.malformed;
  }
};
