import { Malformed } from '../reading-json.js';

/** The lines of a UTF-8 file that comes in pieces, without their line feeds. @throws Malformed */
export const linesOf = async function* (chunks: AsyncIterable<Uint8Array>, where: string, lineMax: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let number = 0;
  for await (const chunk of chunks) {
    const text = rest + decoded(decoder, chunk, where, number);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      number += 1;
      yield text.slice(from, end);
      from = end + 1;
    }
    rest = text.slice(from);
    if (rest.length > lineMax) throw new Malformed(`${where}, line ${number + 1}`, `it is longer than ${lineMax} characters`);
  }
  if (rest + decoded(decoder, null, where, number) !== '')
    throw new Malformed(`${where}, line ${number + 1}`, 'the file ends in the middle of a line');
};

const decoded = (decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | null, where: string, number: number): string => {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new Malformed(`${where}, after line ${number}`, 'this is not UTF-8');
  }
};
