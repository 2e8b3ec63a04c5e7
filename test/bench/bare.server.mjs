// node test/bench/bare.server.mjs <file>: the least a Fastify server can do for the same request: read its JSON body, and send a
// string that lies ready.
import fastify from 'fastify';
import { readFileSync } from 'node:fs';

const ready = readFileSync(process.argv[2], 'utf8');
const app = fastify();
app.post('/graphql', (_request, reply) => reply.header('content-type', 'application/json; charset=utf-8').send(ready));
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`listening on http://127.0.0.1:${app.server.address().port}/graphql\n`);
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
