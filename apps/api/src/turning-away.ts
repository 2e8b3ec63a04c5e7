import { type FastifyReply } from 'fastify';

/** Why a request is turned away at the door: status, code, words, and seconds after which to come back. */
export type Told = Readonly<{
  status: number;
  code: string;
  message: string;
  retryAfter: number;
  details?: Readonly<Record<string, number>>;
  /** The connection is of no use any more. */
  hangUp?: boolean;
}>;
/** Hears the code of everything that is turned away. */
export type Tell = (code: string) => void;
export type TurnAway = (reply: FastifyReply, told: Told) => FastifyReply;

export const textOf = ({ code, message, details = {} }: Told): string =>
  JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] });

export const turningAway =
  (tell: Tell): TurnAway =>
  (reply, told) => {
    tell(told.code);
    if (told.hangUp) void reply.header('connection', 'close');
    return reply
      .status(told.status)
      .header('retry-after', told.retryAfter)
      .header('content-type', 'application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(textOf(told));
  };
