import type { Issue, Parser } from '@saksgang/kernel';
import { z } from 'zod';

/** More than this says nothing new, and an answer must stay small. */
const ISSUES_MAX = 100; // issues

type ZodIssue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const issue = (path: Path, code: string, message: string): Issue => ({ path: path.map(String), code, message });

/** Names of types as an API client knows them. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  int: 'a whole number',
  number: 'a number',
};
const named = (type: string): string => TYPE_NAMES[type] ?? type;

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/** Null where null is not allowed is as missing as a field left out. */
const isMissing = (given: ZodIssue): boolean => {
  if (given.code === 'invalid_type' || given.code === 'invalid_value') return isNothing(given.input);
  if (given.code !== 'invalid_union') return false;
  // A union told apart by a field: the issue stands at that field, its input is the whole.
  const told =
    given.discriminator === undefined ? given.input : (given.input as Readonly<Record<string, unknown>> | undefined)?.[given.discriminator];
  return isNothing(told);
};

/** The branch of a union that the value was meant for: one that did not fail on the very type of the value. */
const issuesOfUnion = (given: z.core.$ZodIssueInvalidUnion, path: Path): readonly Issue[] => {
  const meant = given.errors.find(
    (branch) => branch.length > 0 && !branch.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type'),
  );
  if (meant !== undefined) return meant.flatMap((inner) => issuesOf(inner, path));
  return [issue(path, 'BAD_VALUE', 'has none of the forms that are allowed here')];
};

/** Messages say what is wrong and what would be right; never the value itself, which may be a person's name. */
const issuesOf = (given: ZodIssue, prefix: Path = []): readonly Issue[] => {
  const path = [...prefix, ...given.path];
  if (isMissing(given)) return [issue(path, 'REQUIRED', 'is missing: it must be given')];
  switch (given.code) {
    case 'custom':
      return [issue(path, String(given.params?.['code'] ?? 'BAD_VALUE'), given.message)];
    case 'unrecognized_keys':
      return given.keys.map((key) => issue([...path, key.slice(0, 100)], 'UNKNOWN_FIELD', 'is not a field here: leave it out'));
    case 'invalid_type':
      return [issue(path, 'BAD_VALUE', `must be ${named(given.expected)}`)];
    case 'invalid_value':
      return [issue(path, 'BAD_VALUE', `must be ${given.values.length === 1 ? '' : 'one of '}${given.values.map(String).join(', ')}`)];
    case 'too_big':
      return [issue(path, 'BAD_VALUE', `must be at most ${given.maximum}`)];
    case 'too_small':
      return [issue(path, 'BAD_VALUE', `must be at least ${given.minimum}`)];
    case 'invalid_union':
      return issuesOfUnion(given, path);
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return [issue(path, 'BAD_VALUE', 'has a form that is not allowed here')];
  }
};

/**
 * The house's parser of a schema: every issue (at most ISSUES_MAX) with its path, a stable SCREAMING_SNAKE code and
 * an English message whose subject is the path. Codes: REQUIRED, UNKNOWN_FIELD, BAD_VALUE and those the schemas name.
 */
export const parserOf =
  <T>(schema: z.ZodType<T>): Parser<T> =>
  (value) => {
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return { ok: true, value: result.data };
    return {
      ok: false,
      issues: result.error.issues
        .slice(0, ISSUES_MAX)
        .flatMap((given) => issuesOf(given))
        .slice(0, ISSUES_MAX),
    };
  };

/**
 * The schema of a command: its fields, no others, and its `type`, which may be left out of the input and is there
 * in the result.
 */
export const commandOf = <T extends string, S extends z.core.$ZodLooseShape>(type: T, fields: S) =>
  z.strictObject({ type: z.literal(type).default(type), ...fields });
