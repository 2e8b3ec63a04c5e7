import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { exceeded, type Limits } from './limits.js';

const ERRORS_MAX = 10; // errors of one document that are told; each may search the schema for what was meant

/**
 * The rules count without a ceiling of their own and hand over what they found: the answer then tells it in the words and codes of
 * every other limit.
 */
const counted = (limit: 'depth' | 'aliases' | 'directives', allowed: number) => ({
  n: Number.POSITIVE_INFINITY,
  onAccept: [
    (context: ValidationContext | null, { n }: { n: number }): void => {
      if (n > allowed) context?.reportError(exceeded(limit, allowed, n));
    },
  ],
});

const repeatsRule =
  (allowed: number): ValidationRule =>
  (context): ASTVisitor => ({
    SelectionSet: ({ selections }) => {
      const times = new Map<string, number>();
      for (const selection of selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) continue;
        const { value: name } = (selection.kind === Kind.FIELD ? selection.alias : undefined) ?? selection.name;
        times.set(name, (times.get(name) ?? 0) + 1);
      }
      const most = Math.max(0, ...times.values());
      if (most > allowed) context.reportError(exceeded('repeats', allowed, most));
    },
  });

/** Lists written out in the document; those in variables are counted where the variables are. */
const listsRule =
  ({ listed, written }: Limits): ValidationRule =>
  (context): ASTVisitor => {
    const commands = context
      .getDocument()
      .definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'mutation');
    const [limit, allowed] = commands ? (['written', written] as const) : (['listed', listed] as const);
    return {
      ListValue: ({ values }) => {
        if (values.length > allowed) context.reportError(exceeded(limit, allowed, values.length));
      },
    };
  };

/** What can be judged by the document alone, and cheaply: its findings spare the rules of the specification a document made to wear them out. */
export const documentRules = (limits: Limits): readonly ValidationRule[] => [
  // The rules are classes that look like visitors; introspection counts like everything else.
  maxDepthRule({ ...counted('depth', limits.depth), flattenFragments: true, ignoreIntrospection: false }),
  maxAliasesRule({ ...counted('aliases', limits.aliases), allowList: [] }),
  maxDirectivesRule(counted('directives', limits.directives)),
  repeatsRule(limits.repeats),
  listsRule(limits),
];

/** @throws GraphQLError when it cannot be read, or is longer or nested more deeply than anything worth reading */
export const parseWithin = (text: string, { characters, tokens, definitions, depth }: Limits): DocumentNode => {
  if (text.length > characters) throw exceeded('characters', characters, text.length);
  try {
    const document = parse(text, { maxTokens: tokens });
    if (document.definitions.length > definitions) throw exceeded('definitions', definitions, document.definitions.length);
    return document;
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes('tokens. Parsing aborted')) throw exceeded('tokens', tokens, null);
    // The parser descends by calling itself: thousands of brackets end the stack before they end the tokens.
    if (error instanceof RangeError) throw exceeded('depth', depth, null);
    throw error;
  }
};

/** Limits first: only a document within them is worth the rules of the specification. */
export const validateWithin = (
  schema: GraphQLSchema,
  document: DocumentNode,
  limits: Limits,
  more: readonly ValidationRule[],
  hideSuggestions = false,
): readonly GraphQLError[] => {
  const tooMuch = validate(schema, document, documentRules(limits), { maxErrors: ERRORS_MAX });
  if (tooMuch.length > 0) return tooMuch;
  return validate(schema, document, [...specifiedRules, ...more], { maxErrors: ERRORS_MAX, hideSuggestions });
};
