import { EXPORT_LINE_MAX, Malformed, linesOf } from '@saksgang/record';
import type { Disk } from './verbs.js';
import { WrongWords } from './words.js';

/** Bytes of one file that is read at once; entries are read in pieces. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
/** Bytes of one piece. */
const PIECE_BYTES = 256 * 1024;

/** What is needed of node:fs: handed in, as this file is also part of what runs in a browser. */
export type FileSystem = Pick<typeof import('node:fs'), 'createReadStream' | 'readFileSync' | 'statSync'>;

export const diskOf = (fs: FileSystem): Disk => {
  const size = (path: string): number | null => fs.statSync(path, { throwIfNoEntry: false })?.size ?? null;
  const read = (path: string): string => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fs.readFileSync(path));
    } catch {
      throw new Malformed(path, 'this is not UTF-8');
    }
  };
  const within = (path: string): string => {
    const bytes = size(path);
    if (bytes === null) throw new WrongWords(`There is no file ${path}.`);
    if (bytes > FILE_BYTES_MAX) throw new Malformed(path, `it is larger than ${FILE_BYTES_MAX} bytes`);
    return read(path);
  };
  const demanded = (folder: string, name: string): string => {
    if (size(`${folder}/${name}`) === null) throw new Malformed(`${folder}/${name}`, 'the file is missing');
    return `${folder}/${name}`;
  };
  return {
    text: async (path) => within(path),
    isDirectory: (path) => fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    directory: (folder) => ({
      text: async (name) => within(demanded(folder, name)),
      lines: (name) => {
        const path = demanded(folder, name);
        return linesOf(fs.createReadStream(path, { highWaterMark: PIECE_BYTES }), path, EXPORT_LINE_MAX);
      },
    }),
  };
};
