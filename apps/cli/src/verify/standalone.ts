import { EXIT } from '@saksgang/record';
import { diskOf } from './disk.js';
import { localeOf, report, VERBS } from './verbs.js';
import { WrongWords, wordsOf } from './words.js';

// The verifier in one file, without anything installed: `node verify.mjs entry FILE`, and the script of the page verify.html.

const usage = (): string =>
  [
    'node verify.mjs VERB … [--lang nb|nn|en]',
    '',
    ...Object.values(VERBS).map(({ usage: how, does }) => `  ${how.replace('verify ', '')}\n      ${does}`),
    '',
    'Exit: 0 verified · 1 proof or signature wrong · 2 history inconsistent · 3 incomplete · 64 usage · 65 malformed',
  ].join('\n');

const inNode = async (node: NonNullable<typeof globalThis.process>): Promise<number> => {
  const fs = await import('node:fs');
  const { args, locale } = languageIn(node.argv.slice(2), node.env);
  const verb = Object.hasOwn(VERBS, args[0] ?? '') ? VERBS[args[0] as string] : undefined;
  if (verb === undefined) throw new WrongWords(usage());
  return report(
    () => verb.run(args.slice(1), diskOf(fs)),
    locale,
    (line) => void node.stdout.write(`${line}\n`),
  );
};

const languageIn = (args: readonly string[], env: Readonly<Record<string, string | undefined>>) => {
  const at = args.indexOf('--lang');
  const said = at < 0 ? env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] : wordsOf(args.slice(at, at + 2), ['lang']).named.get('lang');
  return { args: at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)], locale: localeOf(said) };
};

const node = globalThis.process;
// As a program: not when a page or another program takes it in.
if (typeof node?.argv?.[1] === 'string' && /verify\.mjs$/.test(node.argv[1])) {
  try {
    node.exitCode = await inNode(node);
  } catch (error) {
    if (!(error instanceof WrongWords)) throw error;
    node.stderr.write(`${error.message}\n`);
    node.exitCode = EXIT.usage;
  }
}

// For another program that takes this file in.
export { verifyCompare, verifyEntry, verifyExport, reportOf, exitCodeOf } from '@saksgang/record';
