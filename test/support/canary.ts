import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { filesOf } from './serve.js';

const ESCAPES_FROM = 0x7f; // code units above it are written \u…. by writers of JSON in ASCII

/** How a text may lie in a file: as it is, decomposed, in lower case, escaped as in JSON; each in UTF-8, in UTF-16, and in base64. */
export const needlesOf = (text: string): readonly Buffer[] => {
  const escaped = [...text].map((char) =>
    char.codePointAt(0)! <= ESCAPES_FROM ? char : [...Array(char.length).keys()].map((at) => `\\u${hex(char.charCodeAt(at))}`).join(''),
  );
  const spellings = [text, text.normalize('NFD'), text.toLowerCase(), escaped.join(''), ...text.split(' ')];
  return [...new Set(spellings)].flatMap((spelling) => {
    const bytes = Buffer.from(spelling, 'utf8');
    return [bytes, Buffer.from(spelling, 'utf16le'), ...inBase64(bytes)];
  });
};
const hex = (unit: number): string => unit.toString(16).padStart(4, '0');

/** Whatever stands before it, and in both alphabets: the middle of the text, which does not depend on its neighbours. */
const inBase64 = (bytes: Buffer): readonly Buffer[] =>
  [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const from = Math.ceil((offset * 8) / 6);
    const middle = padded.toString('base64').slice(from, Math.floor((padded.length * 8) / 6));
    return [...new Set([middle, middle.replaceAll('+', '-').replaceAll('/', '_')])].map((text) => Buffer.from(text));
  });

/** The files, and whatever else is handed in, that hold the text in any spelling. */
export const whereFound = (
  text: string,
  dataDir: string,
  more: readonly (readonly [name: string, bytes: Buffer])[] = [],
): readonly string[] => {
  const needles = needlesOf(text);
  const searched = [...filesOf(dataDir).map((file) => [basename(file), readFileSync(file)] as const), ...more];
  return searched.filter(([, bytes]) => needles.some((needle) => bytes.includes(needle))).map(([name]) => name);
};
