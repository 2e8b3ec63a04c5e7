import { labels, refuse, type Refusal } from '@saksgang/kernel';

/** Frames of the admin socket: one JSON value a line, UTF-8. First the client asks, then the server answers until it hangs up. */
export const ADMIN_PROTOCOL = 1;
export const FRAME_BYTES_MAX = 65_536; // bytes of one line

/** What a client asks. `protocol` comes first in every version, so that each can say that it does not know the other. */
export type AdminQuestion = Readonly<{ protocol: number; verb: string; input: unknown }>;
/** `working`: it is under way, and nothing else. The others are the last frame. */
export type AdminFrame = Readonly<{ working: true } | { done: unknown } | { refused: Refusal } | { failed: string }>;

/** The other side said something that is no frame. */
export class BadFrame extends Error {
  override readonly name = 'BadFrame';
}

export const frameOf = (value: AdminQuestion | AdminFrame): string => `${JSON.stringify(value)}\n`;

/** The frames in a stream of bytes, as they come. @throws BadFrame */
export async function* framesIn(pieces: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      if (end > FRAME_BYTES_MAX) break;
      yield parsed(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > FRAME_BYTES_MAX) throw new BadFrame(`a frame is longer than ${FRAME_BYTES_MAX} bytes`);
  }
}

const parsed = (line: Buffer): unknown => {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    throw new BadFrame('a frame is no JSON');
  }
};

/** @throws BadFrame */
export const questionIn = (value: unknown): AdminQuestion => {
  const said = value as Partial<AdminQuestion> | null;
  if (typeof said !== 'object' || said === null || typeof said.protocol !== 'number' || typeof said.verb !== 'string')
    throw new BadFrame('a question has a protocol and a verb');
  return { protocol: said.protocol, verb: said.verb, input: said.input ?? null };
};

export const protocolUnknown = (asked: number): Refusal =>
  refuse(
    'ADMIN_PROTOCOL_UNKNOWN',
    labels(
      `Kommandolinjen snakker versjon ${asked} med tjenesten, som kan versjon ${ADMIN_PROTOCOL}.`,
      `Kommandolinja snakkar versjon ${asked} med tenesta, som kan versjon ${ADMIN_PROTOCOL}.`,
      `The command line speaks version ${asked} to the server, which knows version ${ADMIN_PROTOCOL}.`,
    ),
    labels(
      'Bruk kommandolinjen som hører til den utgaven av tjenesten som går.',
      'Bruk kommandolinja som høyrer til den utgåva av tenesta som går.',
      'Use the command line of the version of the server that runs.',
    ),
  );

export const verbUnknown = (verb: string, verbs: readonly string[]): Refusal =>
  refuse(
    'ADMIN_VERB_UNKNOWN',
    labels(`Tjenesten kan ikke «${verb}».`, `Tenesta kan ikkje «${verb}».`, `The server does not know «${verb}».`),
    labels(`Den kan: ${verbs.join(', ')}.`, `Ho kan: ${verbs.join(', ')}.`, `It knows: ${verbs.join(', ')}.`),
  );
