// node test/bench/bare.server.mjs <folder>: the least a Fastify server can do for the same requests: read their JSON body, and send a
// string that lies ready, <n>.json of the folder at /<n>.
import fastify from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const app = fastify();
for (const file of readdirSync(process.argv[2])) {
  const ready = readFileSync(join(process.argv[2], file), 'utf8');
  app.post(`/${file.replace('.json', '')}`, (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(ready),
  );
}
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`listening on http://127.0.0.1:${app.server.address().port}/graphql\n`);
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
