// Verifying an export offline: the one file that auditors run, in a process of its own, and the second verifier in Python beside it.
//   node test/bench/verify.bench.mjs [--entries 1000000] [--quick]
import { spawnSync } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  appendLeaf,
  checkpointBody,
  emptyTree,
  EXPORT_FILES,
  exportLine,
  inclusionProof,
  consistencyProof,
  leafOf,
  manifestText,
  noteSigner,
  rootOf,
  shownEntry,
  signNote,
  verifierKeyText,
} from '../../dist/libs/record/src/index.js';
import { figure, median, progress, report, seeded } from './measuring.mjs';
import { readOptions } from './options.mjs';
import { draftOf, itemsOf } from './sample-log.mjs';
import { withWorkspace } from './workspace.mjs';

const SECONDS_PER_MILLION_MAX = 60; // s of 1,000,000 entries
const MEBIBYTES_MAX = 256;
const PROOF_MS_MAX = 1;
const PROOFS = 2_000;
const ORIGIN = 'bench.example.org/saksgang';
const { entries, quick } = readOptions();

/** An export of so many entries, written as it goes; and every node of its tree, for the proofs. */
const writeExport = async (directory, count) => {
  const out = createWriteStream(join(directory, EXPORT_FILES.entries));
  const draw = seeded(6962);
  const nodes = [];
  let tree = emptyTree;
  for (const item of itemsOf(count)) {
    for (let step = 0; step < item.entries; step += 1) {
      const { event, ...said } = draftOf(item, step, '2026-03-02T10:00:00.000Z');
      const nonce = Buffer.from(Array.from({ length: 16 }, () => Math.floor(draw() * 256))).toString('base64url');
      const entry = shownEntry(tree.size, leafOf({ ...said, nonce, type: event.type, version: 1, data: event.data }), [], []);
      tree = appendLeaf(tree, entry.leafHash, (level, _index, hash) => void (nodes[level] ??= []).push(hash));
      if (!out.write(exportLine(entry))) await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'close');
  const signer = noteSigner(ORIGIN, Buffer.alloc(32, 1));
  const [size, root] = [tree.size, rootOf(tree)];
  writeFileSync(join(directory, EXPORT_FILES.checkpoint), signNote(checkpointBody({ origin: ORIGIN, size, root }), [signer]));
  writeFileSync(join(directory, EXPORT_FILES.key), `${verifierKeyText(signer.key)}\n`);
  writeFileSync(
    join(directory, EXPORT_FILES.manifest),
    manifestText({ origin: ORIGIN, size, root, withheldEntries: 0, erasedValues: 0, withheldValues: 0 }),
  );
  return nodes;
};

/** Runs the verifier to its end, and has it say what it took. */
const verified = (directory) => {
  const file = fileURLToPath(new URL('../../dist/verifier/verify.mjs', import.meta.url));
  const script = `process.argv.splice(1, 0, ${JSON.stringify(file)});
    await import(${JSON.stringify(pathToFileURL(file).href)});
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const { existsSync, readFileSync } = await import('node:fs');
    // Linux hands maxRSS down from the process that started this one; the peak of the program itself stands elsewhere.
    const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
    const kibibytes = Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(status)?.[1] ?? maxRSS);
    process.stderr.write(JSON.stringify({ kibibytes, cpu: (userCPUTime + systemCPUTime) / 1e6 }));`;
  const started = performance.now();
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, '--', 'export', directory, '--key', join(directory, EXPORT_FILES.key)],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the export did not verify: ${stdout}${stderr}`);
  const { kibibytes, cpu } = JSON.parse(stderr);
  return { seconds: (performance.now() - started) / 1000, cpu, mebibytes: kibibytes / 1024 };
};

const proofFigures = (count, nodes) => {
  const read = (level, index) => nodes[level][index];
  const draw = seeded(9162);
  const timed = (prove) => {
    const taken = Array.from({ length: PROOFS }, () => {
      const at = Math.floor(draw() * (count - 1));
      const started = performance.now();
      prove(at);
      return performance.now() - started;
    });
    return median(taken);
  };
  const options = { ceiling: PROOF_MS_MAX, digits: 3 };
  return [
    figure(
      count,
      'inclusion proof from hashes at hand, p50',
      timed((at) => inclusionProof(at, count, read)),
      'ms',
      options,
    ),
    figure(
      count,
      'consistency proof from hashes at hand, p50',
      timed((at) => consistencyProof(at + 1, count, read)),
      'ms',
      options,
    ),
  ];
};

await withWorkspace(null, async ({ root }) => {
  const figures = [];
  for (const count of entries) {
    progress(`writing an export of ${count} entries …`);
    const nodes = await writeExport(root, count);
    figures.push(...proofFigures(count, nodes));
    const runs = Array.from({ length: quick ? 1 : 3 }, () => verified(root));
    // The bound is of CPU: what the wall shows is of the neighbours, too.
    const ceiling = Math.max(1, (SECONDS_PER_MILLION_MAX * count) / 1_000_000);
    figures.push(
      figure(count, 'verify export, CPU', median(runs.map(({ cpu }) => cpu)), 's', { ceiling, digits: 1 }),
      figure(count, 'verify export, on the wall', median(runs.map(({ seconds }) => seconds)), 's', { digits: 1 }),
      figure(count, 'verify export, peak memory', median(runs.map(({ mebibytes }) => mebibytes)), 'MiB', { ceiling: MEBIBYTES_MAX }),
    );
  }
  report(figures);
});
