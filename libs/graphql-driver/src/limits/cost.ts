import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  getOperationAST,
  type GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { exceeded } from './limits.js';

const PAGE_DEFAULT = 25; // rows of a page nobody gave a size
const PAGE_MAX = 100; // rows of the largest page that is answered; a larger one is refused where it is asked for
const CONNECTION_COST = 10; // points of reading a page, beside its rows
const LIST_ASSUMED = 5; // values of a list that has no page: names, notes, verdicts of one item
const INTROSPECTION_COST = 20_000; // points of one walk over the schema
const OPERATIONS_KEPT_MAX = 20; // operations of one document whose greatest cost is kept

/** Points a field takes beside the one that every field takes, by «Type.field» or «*.field»: what reads widely takes more. */
export type FieldCosts = Readonly<Record<string, number>>;
type Variables = Readonly<Record<string, unknown>> | null;

/** Refuses an operation that costs more than is allowed. @see costOf */
export type JudgeCost = (document: DocumentNode, operationName: string | null, variables: Variables) => GraphQLError | null;

/**
 * The greatest cost, with every page size a variable may take, is found once a document: what is cheap at its dearest is never
 * counted again. Anything else is counted with the variables of the request.
 */
export const createJudgeCost = (schema: GraphQLSchema, costs: FieldCosts, allowed: number): JudgeCost => {
  const greatest = new WeakMap<DocumentNode, Map<string, number>>();
  const greatestOf = (document: DocumentNode, operation: OperationDefinitionNode): number => {
    const known = greatest.get(document) ?? new Map<string, number>();
    greatest.set(document, known);
    const name = operation.name?.value ?? '';
    const cost = known.get(name) ?? costOf(schema, costs, document, operation, null);
    if (known.size < OPERATIONS_KEPT_MAX) known.set(name, cost);
    return cost;
  };
  return (document, operationName, variables) => {
    const operation = getOperationAST(document, operationName);
    if (!operation || greatestOf(document, operation) <= allowed) return null;
    const cost = costOf(schema, costs, document, operation, variables ?? {});
    return cost > allowed ? exceeded('cost', allowed, cost) : null;
  };
};

/**
 * Points: one a field, and what `costs` adds, times the size of every page and list it stands in. Of the types an interface may turn
 * out to be the dearest counts. A field behind @skip or @include counts as asked for. Work is bounded by the document: each field is
 * counted once a type.
 * @param variables null: every page size that is a variable is taken at its largest
 */
export const costOf = (
  schema: GraphQLSchema,
  costs: FieldCosts,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const defaults = new Map((operation.variableDefinitions ?? []).map((one) => [one.variable.name.value, one.defaultValue]));
  const counted = new WeakMap<SelectionSetNode, Map<string, number>>();
  /** A selection costs the same wherever it stands, as long as it is asked of the same type and page. */
  const once = (selections: SelectionSetNode, type: GraphQLNamedType, page: number, count: () => number): number => {
    const known = counted.get(selections) ?? new Map<string, number>();
    counted.set(selections, known);
    const key = `${type.name} ${page}`;
    const cost = known.get(key) ?? count();
    known.set(key, cost);
    return cost;
  };

  /** A number, or how many values a list has. */
  const sizeOf = (value: ValueNode | undefined): number | null => {
    if (value === undefined || value.kind === Kind.NULL) return null;
    if (value.kind === Kind.LIST) return value.values.length;
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return null;
    if (variables === null) return PAGE_MAX;
    const given = variables[value.name.value];
    if (given === undefined) return sizeOf(defaults.get(value.name.value));
    return Array.isArray(given) ? given.length : typeof given === 'number' ? given : null;
  };
  const pageOf = (field: FieldNode): number | null => {
    const sizes = (field.arguments ?? [])
      .filter(({ name }) => name.value === 'first' || name.value === 'last' || name.value === 'ids')
      .map(({ value }) => sizeOf(value))
      .filter((size) => size !== null);
    return sizes.length === 0 ? null : Math.min(PAGE_MAX, Math.max(1, ...sizes));
  };

  const fieldCost = (field: FieldNode, parent: GraphQLObjectType, page: number): number => {
    const name = field.name.value;
    if (name === '__schema' || name === '__type') return INTROSPECTION_COST;
    const definition = parent.getFields()[name];
    if (!definition) return 1;
    const own = 1 + (costs[`${parent.name}.${name}`] ?? costs[`*.${name}`] ?? 0);
    const type = getNamedType(definition.type);
    if (!field.selectionSet) return own;
    if (isConnection(type)) return own + CONNECTION_COST + ofType(field.selectionSet, type, pageOf(field) ?? PAGE_DEFAULT);
    const rows = isPaged(parent, name) ? page : isList(definition) ? (pageOf(field) ?? LIST_ASSUMED) : 1;
    return own + rows * ofType(field.selectionSet, type, 1);
  };
  /** `page`: rows of the connection that the selection stands in. */
  const ofType = (selections: SelectionSetNode, type: GraphQLNamedType, page: number): number => {
    if (isObjectType(type)) return ofObject(selections, type, page);
    if (!isAbstractType(type)) return 0;
    return once(selections, type, page, () => Math.max(0, ...schema.getPossibleTypes(type).map((one) => ofObject(selections, one, page))));
  };
  const ofObject = (selections: SelectionSetNode, type: GraphQLObjectType, page: number): number =>
    once(selections, type, page, () => selections.selections.reduce((sum, one) => sum + selectionCost(one, type, page), 0));
  const selectionCost = (selection: SelectionNode, type: GraphQLObjectType, page: number): number => {
    if (selection.kind === Kind.FIELD) return fieldCost(selection, type, page);
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    return fragment && appliesTo(fragment.typeCondition?.name.value, type) ? ofObject(fragment.selectionSet, type, page) : 0;
  };
  const appliesTo = (condition: string | undefined, type: GraphQLObjectType): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const named = schema.getType(condition);
    return isAbstractType(named) && schema.isSubType(named, type);
  };

  const root = schema.getRootType(operation.operation);
  return root ? ofObject(operation.selectionSet, root, 1) : 0;
};

const isConnection = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && type.name.endsWith('Connection') && 'pageInfo' in type.getFields();
/** The rows of a connection, told one by one. */
const isPaged = (parent: GraphQLObjectType, field: string): boolean => (field === 'nodes' || field === 'edges') && isConnection(parent);
const isList = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isListType(getNullableType(type)) && isCompositeType(getNamedType(type));
