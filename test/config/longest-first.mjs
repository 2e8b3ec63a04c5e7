import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const budgets = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8'));
/** Its specs declare GraphQL types of their own, which stay declared in the process: nothing else may begin after them. */
const LAST = 'libs/graphql-driver/';

/**
 * What has a budget of its own begins first, the longest before the others, so that no core waits at the end; the rest in the order of
 * their paths. Jest asks for a class.
 */
export default class LongestFirst {
  sort(tests) {
    const name = ({ path, context }) => relative(context.config.rootDir, path).replaceAll('\\', '/');
    const seconds = (test) => (name(test).startsWith(LAST) ? 0 : (budgets[name(test)] ?? budgets.default));
    return [...tests].sort((a, b) => seconds(b) - seconds(a) || (a.path < b.path ? -1 : 1));
  }
  allFailedTests(tests) {
    return tests;
  }
  cacheResults() {}
}
