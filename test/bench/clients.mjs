// Clients that ask, wait for the whole answer, and ask again, each on a connection it keeps.
import { Agent, request } from 'node:http';

/** Answers `{status, text}`. No `accept-encoding`: nothing is compressed. */
export const post = ({ port, agent, key, path = '/graphql' }, body) =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    if (key) headers.authorization = `Bearer ${key}`;
    const asking = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString('utf8') }));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(body);
  });

export const connect = ({ port, key }, clients) => ({ port, key, agent: new Agent({ keepAlive: true, maxSockets: clients }) });

/**
 * All clients at work for `ms` milliseconds. `check` throws on an answer that is not what was asked for.
 * Answers the latencies in ms, the seconds until the last answer, and their count.
 */
export const load = async (connection, { clients, ms, bodyOf, check }) => {
  const latencies = [];
  const started = performance.now();
  const client = async () => {
    while (performance.now() - started < ms) {
      const body = bodyOf();
      const asked = performance.now();
      const answer = await post(connection, body);
      latencies.push(performance.now() - asked);
      check(answer);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { latencies, seconds: (performance.now() - started) / 1000, count: latencies.length };
};
