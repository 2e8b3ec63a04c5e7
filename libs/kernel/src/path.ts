/** Dotted paths into plain JSON: object keys and list indices, «points.0.text». A key that is not there is nowhere, and so is an index beyond the list. */

const INDEX = /^(?:0|[1-9]\d*)$/;

/** Sets values by dotted path in plain JSON, copying; a path that leads nowhere answers null. */
export const setByPath = (data: object, path: string, value: unknown): object | null => setAt(data, path.split('.'), 0, value);

/** What stands there; undefined where the path leads nowhere. */
export const getByPath = (data: object, path: string): unknown => {
  let here: unknown = data;
  for (const step of path.split('.')) {
    if (!leadsOn(here, step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
};

const leadsOn = (here: unknown, step: string): here is object => {
  if (typeof here !== 'object' || here === null) return false;
  return Array.isArray(here) ? INDEX.test(step) && Number(step) < here.length : Object.hasOwn(here, step);
};

const setAt = (here: unknown, steps: readonly string[], at: number, value: unknown): object | null => {
  const step = steps[at] ?? '';
  if (!leadsOn(here, step)) return null;
  const next = at === steps.length - 1 ? value : setAt((here as Record<string, unknown>)[step], steps, at + 1, value);
  if (next === null && at < steps.length - 1) return null;
  return Array.isArray(here) ? here.with(Number(step), next) : { ...here, [step]: next };
};
