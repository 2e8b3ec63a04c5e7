import {
  BREAK,
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  getNamedType,
  getOperationAST,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isNonNullType,
  Kind,
  typeFromAST,
  type ValidationRule,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { parseWithin, validateWithin } from './limits/document-rules.js';
import { type Limits } from './limits/limits.js';

export type OperationsConfig = Readonly<{
  /** A query is compiled when it has been asked this many times; 0 turns compiling off. */
  jitAfter: number;
  limits: Limits;
  /** Errors do not say what may have been meant. */
  hideSuggestions?: boolean;
  /** Added to the rules of the specification. Their findings are kept with the document. */
  validationRules: readonly ValidationRule[];
}>;

export type Prepared = Readonly<{ document: DocumentNode; errors: readonly GraphQLError[] }>;
type Compiled = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;
type Kept = Prepared & {
  readonly size: number;
  readonly compilable: boolean;
  readonly compiled: Map<string, Compiled | null>;
  asked: number;
};

const KEPT_DOCUMENTS_MAX = 500; // documents
const KEPT_CHARACTERS_MAX = 4_000_000; // characters of document text, all together
const KEPT_DOCUMENT_CHARACTERS_MAX = 100_000; // a longer document is prepared each time

/** Parsed, validated and, for frequent queries, compiled documents by their text. */
export type Operations = Readonly<{
  prepare: (text: string) => Prepared;
  /** Executes a prepared document: compiled where that is safe, else by graphql-js. */
  run: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;
}>;

/**
 * The compiler is fenced; a differential test watches the fence. Left to graphql-js are
 * mutations (each runs once, nothing is gained),
 * documents with a variable inside a list or object literal (an unset one would arrive as null), and
 * variables whose type is required although a default stands in (the compiler asks for them all the same).
 */
export const isCompilable = (schema: GraphQLSchema, document: DocumentNode): boolean =>
  document.definitions.every(
    (definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION ||
      (definition.operation === 'query' && (definition.variableDefinitions ?? []).every((variable) => isCoercedAlike(schema, variable))),
  ) && !hasVariableInsideLiteral(document);

const hasVariableInsideLiteral = (document: DocumentNode): boolean => {
  let depth = 0;
  let found = false;
  const literal = { enter: () => void (depth += 1), leave: () => void (depth -= 1) };
  visit(document, {
    ObjectValue: literal,
    ListValue: literal,
    Variable: () => {
      if (depth === 0) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
};

const isCoercedAlike = (schema: GraphQLSchema, variable: VariableDefinitionNode): boolean => {
  const type = typeFromAST(schema, variable.type as never) as GraphQLInputType | undefined;
  if (!type || (isNonNullType(type) && variable.defaultValue)) return false;
  return !requiresDefaulted(type, new Set());
};

const requiresDefaulted = (type: GraphQLInputType, seen: Set<GraphQLInputType>): boolean => {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named)) return false;
  seen.add(named);
  return Object.values(named.getFields()).some(
    (field) => (isNonNullType(field.type) && field.defaultValue !== undefined) || requiresDefaulted(field.type, seen),
  );
};

export const createOperations = (schema: GraphQLSchema, config: OperationsConfig): Operations => {
  const kept = new Map<string, Kept>(); // in order of use: the first is the one to drop
  const byDocument = new WeakMap<DocumentNode, Kept>();
  let characters = 0;

  const keep = (text: string, entry: Kept): void => {
    byDocument.set(entry.document, entry);
    if (entry.size > KEPT_DOCUMENT_CHARACTERS_MAX) return;
    kept.set(text, entry);
    characters += entry.size;
    for (const [oldest, dropped] of kept) {
      if (kept.size <= KEPT_DOCUMENTS_MAX && characters <= KEPT_CHARACTERS_MAX) break;
      kept.delete(oldest);
      characters -= dropped.size;
    }
  };

  const prepare = (text: string): Prepared => {
    const known = kept.get(text);
    if (known) {
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    const document = parseWithin(text, config.limits);
    const errors = validateWithin(schema, document, config.limits, config.validationRules, config.hideSuggestions);
    const entry: Kept = {
      document,
      errors,
      size: text.length,
      compilable: errors.length === 0 && isCompilable(schema, document),
      compiled: new Map(),
      asked: 0,
    };
    keep(text, entry);
    return entry;
  };

  const compiledFor = (args: ExecutionArgs): Compiled | null => {
    const entry = byDocument.get(args.document);
    if (!entry?.compilable || config.jitAfter <= 0) return null;
    entry.asked += 1;
    if (entry.asked <= config.jitAfter) return null;
    // Keyed by the operation asked for: a document may hold several.
    const operationName = args.operationName ?? '';
    let compiled = entry.compiled.get(operationName);
    if (compiled === undefined) {
      compiled = compile(schema, args);
      entry.compiled.set(operationName, compiled);
    }
    return compiled;
  };

  return { prepare, run: (args) => (compiledFor(args) ?? executeInterpreted)(args) };
};

const executeInterpreted = (args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> => execute(args);

const compile = (schema: GraphQLSchema, args: ExecutionArgs): Compiled | null => {
  if (!getOperationAST(args.document, args.operationName)) return null;
  const compiled = compileQuery(schema, args.document, args.operationName ?? undefined);
  if (!isCompiledQuery(compiled)) return null;
  return (args) => {
    const result = compiled.query(args.rootValue, args.contextValue, args.variableValues ?? undefined);
    // The variables do not fit, so nothing has been executed: graphql-js says what is wrong with them, in its own words and codes.
    return 'data' in result || result instanceof Promise ? result : executeInterpreted(args);
  };
};
