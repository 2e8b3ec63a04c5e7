// Builds GraphiQL into dist/graphiql: one page, one script, one stylesheet, and nothing that is fetched from elsewhere.
import { build } from 'esbuild';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', '..', '..', 'dist', 'graphiql');
const operations = join(here, '..', 'operations');

/** The ready documents, in the order of their names, as GraphiQL's tabs. */
const tabs = () =>
  readdirSync(operations)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({ name, query: readFileSync(join(operations, name), 'utf8') }));

rmSync(out, { recursive: true, force: true });
await build({
  entryPoints: { graphiql: join(here, 'main.jsx') },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  loader: { '.ttf': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' },
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [
    {
      name: 'operations',
      setup(plugin) {
        plugin.onResolve({ filter: /^operations$/ }, () => ({ path: 'operations', namespace: 'operations' }));
        plugin.onLoad({ filter: /.*/, namespace: 'operations' }, () => ({ contents: JSON.stringify(tabs()), loader: 'json' }));
      },
    },
  ],
});
cpSync(join(here, 'index.html'), join(out, 'index.html'));
