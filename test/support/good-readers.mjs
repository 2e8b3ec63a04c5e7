// Readers as there should be: each asks, waits for the answer and asks again, all at one time, in a process of their own, so that
// nothing but the server's answer is measured. Prints, in ms, how long the answers took: { "asked", "failed", "p50", "p99", "max" }.
// usage: node good-readers.mjs URL QUESTIONS READERS
import { Agent, request } from 'node:http';

const [url, questions, readers] = process.argv.slice(2);
const ASKED = [
  '{ items(first: 25) { totalCount nodes { id title state } } }',
  '{ timeline(first: 25) { nodes { title description occurred { label } item { id title } } } }',
  '{ status { kinds { kind total states { state count } } late { item { title } } } }',
  '{ search(text: "kultur", first: 10) { edges { snippet node { title } } } }',
];
const agent = new Agent({ keepAlive: true, maxSockets: Number(readers) });
const took = [];
let left = Number(questions);
let failed = 0;

const ask = (query) =>
  new Promise((resolve) => {
    const began = performance.now();
    const asked = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, (response) => {
      if (response.statusCode !== 200) failed += 1;
      response.resume().once('end', () => resolve(took.push(performance.now() - began)));
    });
    asked.once('error', () => resolve((failed += 1)));
    asked.end(JSON.stringify({ query }));
  });

const read = async (reader) => {
  for (let at = reader; left > 0; at += 1) {
    left -= 1;
    await ask(ASKED[at % ASKED.length]);
  }
};

await Promise.all(Array.from({ length: Number(readers) }, (_, reader) => read(reader)));
took.sort((a, b) => a - b);
const share = (of) => Math.round((took[Math.min(took.length - 1, Math.floor(took.length * of))] ?? 0) * 10) / 10;
process.stdout.write(JSON.stringify({ asked: took.length, failed, p50: share(0.5), p99: share(0.99), max: share(1) }));
agent.destroy();
