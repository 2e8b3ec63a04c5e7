import { GraphQLError } from 'graphql';

/** What one request may ask for. A limit that is exceeded is told with its code, its size, what was found and what to do. */
export type Limits = Readonly<{
  /** Characters of one document. What is long goes by variables. */
  characters: number;
  /** Tokens of one document: the parser stops there. */
  tokens: number;
  /** Operations and fragments of one document: the rules of the specification go through each of them, many times. */
  definitions: number;
  /** Levels of fields, fragments flattened. */
  depth: number;
  /** Aliases of one operation. */
  aliases: number;
  /** Directives of one operation. */
  directives: number;
  /** Times one selection set names the same field under the same name. */
  repeats: number;
  /** Points; how they are counted: cost.ts. */
  cost: number;
  /** Values of one list in a query or subscription, in the document or its variables. */
  listed: number;
  /** Values of one list in a command; what a command itself takes is less, and told as a refusal. */
  written: number;
  /** Levels of lists and objects in the variables. */
  nested: number;
  /** Values in the variables, all together. */
  values: number;
  /** Different names in the body: each new one is a word that the parser has to learn, which takes it longest of all. */
  names: number;
}>;

export const LIMITS: Limits = {
  characters: 100_000,
  tokens: 5_000,
  definitions: 100,
  depth: 16,
  aliases: 60,
  directives: 60,
  repeats: 10,
  cost: 100_000,
  listed: 100,
  written: 5_000,
  nested: 100,
  values: 50_000,
  names: 2_000,
};

type Exceeded = Readonly<{ code: string; what: string; whatToDo: string }>;

/** Each limit's stable code, and its words. */
export const EXCEEDED: Readonly<Record<keyof Limits, Exceeded>> = {
  characters: { code: 'DOCUMENT_TOO_LONG', what: 'characters in the document', whatToDo: 'Send long texts as variables.' },
  tokens: { code: 'TOO_MANY_TOKENS', what: 'tokens in the document', whatToDo: 'Ask for less at once: split the document.' },
  definitions: {
    code: 'TOO_MANY_DEFINITIONS',
    what: 'operations and fragments in the document',
    whatToDo: 'Send those that are asked for, and no others.',
  },
  depth: { code: 'TOO_DEEP', what: 'levels of fields', whatToDo: 'Ask for fewer levels, and for what lies below by its id.' },
  aliases: { code: 'TOO_MANY_ALIASES', what: 'aliases in the operation', whatToDo: 'Split the operation.' },
  directives: {
    code: 'TOO_MANY_DIRECTIVES',
    what: 'directives in the operation',
    whatToDo: 'Split the operation, or leave directives out.',
  },
  repeats: { code: 'TOO_MANY_REPEATS', what: 'times the same field in one place', whatToDo: 'Name each field once.' },
  cost: {
    code: 'TOO_COSTLY',
    what: 'points of cost',
    whatToDo: 'Ask for smaller pages (first, last), fewer fields or fewer levels of lists.',
  },
  listed: { code: 'LIST_TOO_LONG', what: 'values in one list', whatToDo: 'Send the list in several parts.' },
  written: { code: 'LIST_TOO_LONG', what: 'values in one list', whatToDo: 'Split the command.' },
  nested: { code: 'VARIABLES_TOO_DEEP', what: 'levels in the variables', whatToDo: 'Send flatter values.' },
  values: { code: 'TOO_MANY_VALUES', what: 'values in the variables', whatToDo: 'Split the request.' },
  names: { code: 'TOO_MANY_NAMES', what: 'different names in the body', whatToDo: 'Send no names that no field has.' },
};

/** `found`: how much it was; null when reading stopped before it was known. */
export const exceeded = (limit: keyof Limits, allowed: number, found: number | null): GraphQLError => {
  const { code, what, whatToDo } = EXCEEDED[limit];
  return new GraphQLError(`Too much: ${found ?? `more than ${allowed}`} ${what}, ${allowed} at most. ${whatToDo}`, {
    extensions: { code, limit: allowed, ...(found === null ? {} : { found }), whatToDo },
  });
};
