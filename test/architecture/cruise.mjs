// Walks a tree's imports and prints the broken rules as JSON. A process of its own: the walker does not run inside the test runner.
import { readFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { configuration } from './rooms.mjs';

process.chdir(process.argv[2] ?? '.');
const { forbidden, options } = configuration();
// The planted tree has no compiler settings of its own but the aliases.
JSON.parse(readFileSync('tsconfig.json', 'utf8'));
const result = await cruise(['apps', 'libs'], { ...options, ruleSet: { forbidden }, validate: true, baseDir: process.cwd() }, undefined, {
  tsConfig: extractTSConfig('tsconfig.json'),
});
const { violations, totalCruised, totalDependenciesCruised } = result.output.summary;
console.log(
  JSON.stringify({
    modules: totalCruised,
    dependencies: totalDependenciesCruised ?? 0,
    violations: violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }),
);
