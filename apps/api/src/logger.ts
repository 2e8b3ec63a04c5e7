import { type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { type Settings } from './settings.js';

const TEXT_MAX = 500; // characters of one text in a line
const FRAMES_MAX = 20; // places in the code that are told of an error
const LEVELS_MAX = 4; // levels of what a line tells
const VALUES_MAX = 50; // values of one list or object

/**
 * What JSON leaves as it is although a terminal or a reader of lines may act on it: the control characters beyond ASCII, separators of
 * lines and paragraphs, marks that turn the direction of writing. Inside a text of JSON an escape says the same.
 */

const ACTED_ON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const escaped = (line: string): string => line.replace(ACTED_ON, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** From the first mark to the last: what is quoted may hold marks itself. */
const QUOTED = /[«“"'`][^]*[»”"'`]/;
const KEY = /\b(sk_|Bearer\s+)\S+/gi;

/** A text as it may be told: no keys, and not without end. */
const keyless = (text: string): string => {
  const told = text.replace(KEY, '$1…');
  return told.length > TEXT_MAX ? `${told.slice(0, TEXT_MAX)}…` : told;
};
/** What errors quote may be what somebody sent, or a person's name; what went wrong is said around it. */
const unquoted = (text: string): string => keyless(text.replace(QUOTED, '«…»'));

/** Which error, without what it quotes, and where in the code. The first lines of a stack say the message once more. */
const errorTold = (error: Error): Readonly<Record<string, unknown>> => ({
  type: error.name,
  message: unquoted(error.message),
  ...('code' in error ? { code: keyless(String(error.code)) } : {}),
  stack: placesOf(error.stack ?? ''),
});
const placesOf = (stack: string): string => {
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return places.slice(0, FRAMES_MAX).join('\n');
};

/** Names of what tells of an error in words. */
const IN_WORDS: ReadonlySet<string> = new Set(['problem', 'reason', 'error', 'context']);

const told = (name: string, value: unknown, level = 0): unknown => {
  if (typeof value === 'string') return IN_WORDS.has(name) ? unquoted(value) : keyless(value);
  if (value instanceof Error) return errorTold(value);
  if (typeof value !== 'object' || value === null) return value;
  if (level >= LEVELS_MAX) return '…';
  if (Array.isArray(value)) return value.slice(0, VALUES_MAX).map((one) => told(name, one, level + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, VALUES_MAX)
      .map(([key, one]) => [key, told(key, one, level + 1)]),
  );
};

type Destination = Readonly<{ write: (line: string) => unknown }>;

/** JSON lines on standard error, so that standard output stays free for what a person reads. */
export const createLogger = (level: Settings['LOG_LEVEL'], destination: Destination = pino.destination(2)): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (about) => told('', about) as Record<string, unknown> },
    },
    { write: (line: string) => void destination.write(escaped(line)) },
  );

const said = (message: unknown): string => unquoted(String(message));
/** A stack begins with the message once more. */
const about = (context: readonly unknown[]): Readonly<{ context: readonly unknown[] }> => ({
  context: context.map((one) => (typeof one === 'string' && /\n\s+at /.test(one) ? placesOf(one) : one)),
});

/** Nest's own lines. What Nest says while it starts is of interest when something is being looked for, not every day. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, ...context: unknown[]) => logger.debug(about(context), said(message)),
  error: (message: unknown, ...context: unknown[]) => logger.error(about(context), said(message)),
  warn: (message: unknown, ...context: unknown[]) => logger.warn(about(context), said(message)),
  debug: (message: unknown, ...context: unknown[]) => logger.trace(about(context), said(message)),
  verbose: (message: unknown, ...context: unknown[]) => logger.trace(about(context), said(message)),
});
