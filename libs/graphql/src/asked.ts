import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/**
 * What a question asks for below one of its fields: the names of all fields at any depth, whether or not a condition or a type leaves
 * some of them out in the end, and whether any of them names a language of its own.
 */
export type Asked = Readonly<{ fields: ReadonlySet<string>; inOtherLanguages: boolean }>;

/** Documents are kept, and so are their nodes: each is looked through once. */
const known = new WeakMap<FieldNode, Asked>();

export const askedBelow = ({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Asked => {
  const [only, ...others] = fieldNodes;
  const kept = only && others.length === 0 ? known.get(only) : undefined;
  if (kept !== undefined) return kept;
  const fields = new Set<string>();
  const seen = new Set<string>();
  let inOtherLanguages = false;
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        fields.add(selection.name.value);
        if (selection.arguments?.some(({ name }) => name.value === 'locale')) inOtherLanguages = true;
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) look(selection.selectionSet);
        continue;
      }
      const fragment = fragments[selection.name.value];
      if (fragment === undefined || seen.has(fragment.name.value)) continue;
      seen.add(fragment.name.value);
      look(fragment.selectionSet);
    }
  };
  for (const { selectionSet } of fieldNodes) if (selectionSet) look(selectionSet);
  const asked = { fields, inOtherLanguages };
  if (only && others.length === 0) known.set(only, asked);
  return asked;
};
