import { labels, refuse, type Refusal } from '@saksgang/kernel';
import type { Runner } from './runner.types.js';

/** Builds the projections of these names anew, or all of them, beside the rows that serve. Answers which. @throws RebuildStopped */
export const rebuildNamed = async (
  runner: Pick<Runner, 'progress' | 'rebuild'>,
  asked: readonly string[],
): Promise<Readonly<{ projections: readonly string[] }> | Refusal> => {
  const known = runner.progress().map(({ projection }) => projection);
  const strange = asked.filter((name) => !known.includes(name));
  if (strange.length > 0) {
    return refuse(
      'PROJECTION_UNKNOWN',
      labels(
        `Det finnes ingen lesemodell «${strange.join('», «')}».`,
        `Det finst ingen lesemodell «${strange.join('», «')}».`,
        `There is no projection «${strange.join('», «')}».`,
      ),
      labels(`Velg blant: ${known.join(', ')}.`, `Vel blant: ${known.join(', ')}.`, `Choose among: ${known.join(', ')}.`),
    );
  }
  const projections = asked.length > 0 ? [...new Set(asked)] : known;
  await runner.rebuild(projections);
  return { projections };
};
