import { type FastifyInstance } from 'fastify';
import { serveBuilt } from './built-files.js';

const FILES = {
  '/verify': ['verify.html', 'text/html; charset=utf-8'],
  '/verify.mjs': ['verify.mjs', 'text/javascript; charset=utf-8'],
} as const;

/**
 * Serves the offline verifier: a page to drop a file on, and the one file for Node. Open to everybody, as it holds nothing of the
 * record. The page says itself that nothing may be fetched or sent, so that it also holds when it has been saved.
 * @throws when it has not been built.
 */
export const serveVerifier = (fastify: FastifyInstance, folder: string): void =>
  serveBuilt(fastify, { what: 'The verifier', whatToDo: 'Run `npm run build`.', folder, files: FILES, policy: "frame-ancestors 'none'" });
