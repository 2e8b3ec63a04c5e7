import { type FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/graphiql.js': ['graphiql.js', 'text/javascript; charset=utf-8'],
  '/graphiql.css': ['graphiql.css', 'text/css; charset=utf-8'],
};

/** The browser itself holds the page to this server: nothing is fetched from anywhere else. Editor and page set inline styles. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Serves GraphiQL at `/` from the built folder. @throws when it has not been built. */
export const serveGraphiql = (fastify: FastifyInstance, folder: string): void => {
  for (const [url, [file, type]] of Object.entries(FILES)) {
    const path = join(folder, file);
    if (!existsSync(path)) throw new Error(`GraphiQL is not built: ${path} is missing. Run \`npm run build\`, or set GRAPHIQL=off.`);
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    fastify.get(url, async (request, reply) => {
      void reply.header('etag', etag).header('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply
        .header('content-type', type)
        .header('content-security-policy', POLICY)
        .header('x-content-type-options', 'nosniff')
        .send(body);
    });
  }
};
