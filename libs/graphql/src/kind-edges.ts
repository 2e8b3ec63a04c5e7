import type { KindName } from '@saksgang/kinds';
import { enumType } from './enum-type.js';

/** What the schema says of one kind. A kind that is registered without an edge does not compile. */
type KindEdge = Readonly<{ enumName: string; typename: string; description: string }>;

const EDGES = {
  resolution: { enumName: 'RESOLUTION', typename: 'Resolution', description: 'A resolution or statement (vedtak, uttalelse, standpunkt).' },
  body: { enumName: 'BODY', typename: 'Body', description: 'A body or organisation (organ, organisasjon).' },
  project: { enumName: 'PROJECT', typename: 'Project', description: 'A project (prosjekt).' },
  resultGoal: { enumName: 'RESULT_GOAL', typename: 'ResultGoal', description: 'A goal of a project (mål, resultatmål).' },
  evidence: { enumName: 'EVIDENCE', typename: 'Evidence', description: 'A claim with its figures and sources (kunnskapsgrunnlag).' },
  whitePaper: { enumName: 'WHITE_PAPER', typename: 'WhitePaper', description: 'A white paper of the government (stortingsmelding).' },
  milestone: { enumName: 'MILESTONE', typename: 'Milestone', description: 'A milestone (milepæl).' },
  plan: { enumName: 'PLAN', typename: 'Plan', description: 'A plan of an organisation (plan, langtidsplan).' },
  consultation: {
    enumName: 'CONSULTATION',
    typename: 'Consultation',
    description: 'A consultation of members or others (medlemsdialog, høring).',
  },
  agreement: {
    enumName: 'AGREEMENT',
    typename: 'Agreement',
    description: 'A declaration, a platform or an agreement (erklæring, plattform, avtale).',
  },
  document: { enumName: 'DOCUMENT', typename: 'Document', description: 'A document that the record rests on (dokument, journalpost).' },
} as const satisfies Record<KindName, KindEdge>;

type KindEnumName = (typeof EDGES)[KindName]['enumName'];
export const KIND_NAMES = Object.keys(EDGES) as readonly KindName[];
export const KIND_EDGES: Readonly<Record<KindName, KindEdge>> = EDGES;

const byEnumName = <V>(value: (kind: KindName) => V): Record<KindEnumName, V> =>
  Object.fromEntries(KIND_NAMES.map((kind) => [EDGES[kind].enumName, value(kind)])) as Record<KindEnumName, V>;

export const KindEnum = enumType<KindEnumName, KindName>(
  'Kind',
  'The kinds of things whose life is recorded (sakstype).',
  byEnumName((kind) => EDGES[kind].description),
  byEnumName((kind) => kind),
);

/** The GraphQL type of an item. @throws when a kind has been registered without its edge: a bug, not bad input. */
export const typenameOf = (kind: string): string => {
  const edge = (EDGES as Readonly<Record<string, KindEdge>>)[kind];
  if (edge === undefined) throw new Error(`the kind ${kind} has no edge in the schema`);
  return edge.typename;
};
