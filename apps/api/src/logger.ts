import { type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { type Settings } from './settings.js';

/** JSON lines on standard error, so that standard output stays free for what a person reads. */
export const createLogger = (level: Settings['LOG_LEVEL']): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));

/** Nest's own lines. What Nest says while it starts is of interest when something is being looked for, not every day. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, ...context: unknown[]) => logger.debug({ context }, String(message)),
  error: (message: unknown, ...context: unknown[]) => logger.error({ context }, String(message)),
  warn: (message: unknown, ...context: unknown[]) => logger.warn({ context }, String(message)),
  debug: (message: unknown, ...context: unknown[]) => logger.trace({ context }, String(message)),
  verbose: (message: unknown, ...context: unknown[]) => logger.trace({ context }, String(message)),
});
