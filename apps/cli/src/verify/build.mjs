// Builds the verifier into dist/verifier: verify.mjs, one file that needs nothing installed, and verify.html, one page that holds it.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..', '..');
const out = join(root, 'dist', 'verifier');

/** A file of ours that nothing is taken from falls away, and with it what only it would have imported from Node. */
const onlyWhatIsUsed = {
  name: 'only what is used',
  setup(plugin) {
    plugin.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === 'resolved' || options.kind === 'entry-point') return undefined;
      if (path.startsWith('node:')) return { path, external: true, sideEffects: false };
      const resolved = await plugin.resolve(path, { ...options, pluginData: 'resolved' });
      return { ...resolved, sideEffects: false };
    });
  },
};

const bundleOf = async (entry) => {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: ['es2022'],
    tsconfig: join(root, 'tsconfig.json'),
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [onlyWhatIsUsed],
  });
  return outputFiles[0].text;
};

const digestOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** The page with everything in it. It says itself that nothing may be fetched, sent or run but what it holds. */
const pageOf = (script) => {
  const style = readFileSync(join(here, 'page', 'verify.css'), 'utf8');
  if (/<\/script/i.test(script)) throw new Error('the script would end its own element');
  const policy = `default-src 'none'; script-src ${digestOf(script)}; style-src ${digestOf(style)}; base-uri 'none'; form-action 'none'`;
  const parts = {
    '<meta charset="utf-8" />': `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    '<link rel="stylesheet" href="verify.css" />': `<style>${style}</style>`,
    '<script type="module" src="verify.js"></script>': `<script type="module">${script}</script>`,
  };
  let page = readFileSync(join(here, 'page', 'verify.html'), 'utf8');
  for (const [place, content] of Object.entries(parts)) {
    if (!page.includes(place)) throw new Error(`verify.html lacks ${place}`);
    page = page.replace(place, () => content);
  }
  return page;
};

const [program, script] = await Promise.all(['standalone.ts', 'page/verify.js'].map(bundleOf));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'verify.mjs'), program);
writeFileSync(join(out, 'verify.html'), pageOf(script));
