import { type FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type BuiltFiles = Readonly<{
  /** What they are, and what to do when they are missing. */
  what: string;
  whatToDo: string;
  folder: string;
  /** By URL. */
  files: Readonly<Record<string, readonly [file: string, type: string]>>;
  /** The Content-Security-Policy they come with. */
  policy: string;
}>;

/** Serves files that the build made, each under its URL, tagged by content. @throws when they have not been built. */
export const serveBuilt = (fastify: FastifyInstance, { what, whatToDo, folder, files, policy }: BuiltFiles): void => {
  for (const [url, [file, type]] of Object.entries(files)) {
    const path = join(folder, file);
    if (!existsSync(path)) throw new Error(`${what} is not built: ${path} is missing. ${whatToDo}`);
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    fastify.get(url, async (request, reply) => {
      void reply.header('etag', etag).header('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply
        .header('content-type', type)
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .send(body);
    });
  }
};
