import { type FastifyInstance } from 'fastify';
import { serveBuilt } from './built-files.js';

const FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/graphiql.js': ['graphiql.js', 'text/javascript; charset=utf-8'],
  '/graphiql.css': ['graphiql.css', 'text/css; charset=utf-8'],
} as const;

/** The browser itself holds the page to this server: nothing is fetched from anywhere else. Editor and page set inline styles. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Serves GraphiQL at `/` from the built folder. @throws when it has not been built. */
export const serveGraphiql = (fastify: FastifyInstance, folder: string): void =>
  serveBuilt(fastify, { what: 'GraphiQL', whatToDo: 'Run `npm run build`, or set GRAPHIQL=off.', folder, files: FILES, policy: POLICY });
