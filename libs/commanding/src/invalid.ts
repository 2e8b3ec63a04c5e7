import { COMMAND_ID_CHARS_MAX, kindOf, type Issue, type Registry } from '@saksgang/kernel';
import { isUuid } from '@saksgang/record';

/** Paths as clients know them: the flat input of API.md section 3 lies under `input`. */
export const underInput = (issues: readonly Issue[], ...further: readonly string[]): readonly Issue[] =>
  issues.map((issue) => ({ ...issue, path: ['input', ...further, ...issue.path] }));

/** Any text of 1 to COMMAND_ID_CHARS_MAX characters; control characters would make two ids look alike. */
export const commandIdIssues = (commandId: string): readonly Issue[] => {
  const issue = (message: string): readonly Issue[] => [{ path: ['input', 'commandId'], code: 'BAD_COMMAND_ID', message }];
  // Code units are cheap to count and never fewer than characters: the exact count is only taken where it can matter.
  if (commandId.length === 0) return issue('is empty: give each command a text of its own, for example a UUID');
  if (commandId.length > COMMAND_ID_CHARS_MAX * 2 || [...commandId].length > COMMAND_ID_CHARS_MAX)
    return issue(`is longer than ${COMMAND_ID_CHARS_MAX} characters`);
  if (/\p{Cc}/u.test(commandId)) return issue('holds a control character: use letters, digits and signs');
  if (/\p{Surrogate}/u.test(commandId)) return issue('holds half of a character pair: send whole characters');
  return [];
};

export const revisionIssues = (expected: number | null): readonly Issue[] =>
  expected === null || (Number.isSafeInteger(expected) && expected >= -1)
    ? []
    : [
        {
          path: ['input', 'expectedRevision'],
          code: 'BAD_VALUE',
          message: 'is not a revision: a whole number from 0, or -1 for «not there yet»',
        },
      ];

/** Can an item of that id exist at all? Asked before the store is. */
export const isItemId = (registry: Registry, id: string): boolean => {
  const kind = kindOf(id);
  return registry.kinds.has(kind) && isUuid(id.slice(kind.length + 1));
};
