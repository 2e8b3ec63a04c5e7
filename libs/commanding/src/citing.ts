import type { Registry, Source, TargetRef } from '@saksgang/kernel';
import { isCorrection } from './correcting.js';
import type { Fields } from './given.js';
import { isItemId } from './invalid.js';
import type { TargetsFound } from './targets.js';
import type { Work } from './understanding.js';

/** Kinds whose items may be sources. */
const sourceKinds = (registry: Registry): readonly string[] =>
  [...registry.kinds.values()].filter((kind) => kind.cite !== undefined).map(({ name }) => name);

const documentOf = (fields: Fields): unknown => (fields['source'] as Partial<Source> | null | undefined)?.document;

/** The document a command rests on. A correction gives the source of the entry it corrects; its own envelope then has none. */
export const documentsGiven = (registry: Registry, work: Work): readonly TargetRef[] => {
  const kinds = sourceKinds(registry);
  return [documentOf(work.envelope), isCorrection(work) ? documentOf(work.data) : null].flatMap((item) =>
    // What has not the form of an id is left to the parser, which says so.
    typeof item === 'string' && isItemId(registry, item) ? [{ item, part: null, kinds, path: ['input', 'source', 'document'] }] : [],
  );
};

/** A source that names a document says what that document is called, unless the command says it otherwise. */
export const citing = (fields: Fields, found: TargetsFound): Fields => {
  const item = documentOf(fields);
  const cited = typeof item === 'string' ? (found.get(item)?.cited ?? null) : null;
  if (cited === null) return fields;
  const source = fields['source'] as Source;
  const { title, reference, dated } = source;
  return {
    ...fields,
    source: { ...source, title: title ?? cited.title, reference: reference ?? cited.reference, dated: dated ?? cited.dated },
  };
};
