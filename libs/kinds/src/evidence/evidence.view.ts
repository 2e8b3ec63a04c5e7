import {
  NO_FACETS,
  labels,
  type Before,
  type DeclaredLink,
  type Entry,
  type Facets,
  type Json,
  type PartText,
  type Refusal,
  type Summary,
} from '@saksgang/kernel';
import { keysStay } from '../shared/keys.js';
import { titleRequired } from '../shared/named-item.js';
import { excerpt } from '../shared/wording.js';
import type { EvidenceEvent, EvidenceSource, EvidenceValue } from './evidence.events.js';
import type { EvidenceStateName } from './evidence.labels.js';
import { keysEverGiven } from './evidence.keys.js';
import { keysWouldShift, openDisputes } from './evidence.rules.js';
import type { Evidence, EvidenceStatus, RecordedEvidence } from './evidence.state.js';

export const stateOfEvidence = (evidence: RecordedEvidence): EvidenceStateName => {
  if (evidence.status === 'superseded') return 'SUPERSEDED';
  if (openDisputes(evidence).length > 0) return 'DISPUTED';
  return evidence.corrections.length > 0 ? 'CORRECTED' : 'STATED';
};

/** What is disputed is so whatever its source; what nobody can name the origin of is unsourced. */
export const statusOfEvidence = (evidence: RecordedEvidence): EvidenceStatus => {
  if (openDisputes(evidence).length > 0) return 'DISPUTED';
  return evidence.chain.length === 0 ? 'UNSOURCED' : 'SOURCED';
};

const NO_EVIDENCE: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** `body`: the origin of the chain, where it is tied to an item. Open while somebody disputes it. */
export const summariseEvidence = (evidence: Evidence): Summary =>
  evidence.status === 'unknown'
    ? NO_EVIDENCE
    : {
        title: excerpt(evidence.claim),
        references: [],
        state: stateOfEvidence(evidence),
        subtype: null,
        open: stateOfEvidence(evidence) === 'DISPUTED',
        projects: evidence.projects,
        body: evidence.chain[0]?.by?.body ?? null,
      };

export const facetsOfEvidence = (evidence: Evidence): Facets =>
  evidence.status === 'unknown'
    ? NO_FACETS
    : {
        ...NO_FACETS,
        disputed: openDisputes(evidence).length > 0,
        gaps:
          evidence.chain.length > 0 || evidence.status === 'superseded'
            ? []
            : [
                {
                  rule: 'UNSOURCED',
                  part: null,
                  what: labels('Påstanden har ingen kilde', 'Påstanden har inga kjelde', 'The claim has no source'),
                  closedBy: ['sourceEvidence'],
                },
              ],
        names: evidence.chain.flatMap(({ document }) => document ?? []),
      };

/** A part of evidence is one of its values. */
export const valueIn = (event: EvidenceEvent): string | null => (event.type === 'EvidenceDisputed' ? event.data.value : null);
export const hasValue = (evidence: Evidence, key: string): boolean =>
  evidence.status !== 'unknown' && evidence.values.some((value) => value.key === key);

/** It runs from the other to this one: it is the other that supersedes. */
export const linksOfEvidence = (event: EvidenceEvent): readonly DeclaredLink[] =>
  event.type === 'EvidenceSuperseded'
    ? [{ relation: 'SUPERSEDES', target: event.data.by, targetPart: null, part: null, inverse: true }]
    : [];

const inPart = (part: string | null, texts: readonly (string | null | undefined)[]): readonly PartText[] =>
  texts.flatMap((text) => (typeof text === 'string' ? [{ part, text }] : []));
const textsOfValues = (values: readonly EvidenceValue[]): readonly PartText[] =>
  values.flatMap(({ key, asWritten, unit, population, jurisdiction, qualifier }) =>
    inPart(key, [asWritten, unit, population, jurisdiction, qualifier]),
  );
const textsOfSources = (sources: readonly EvidenceSource[]): readonly PartText[] =>
  sources.flatMap(({ by, title, reference, locator, url }) =>
    inPart(null, [typeof by?.name === 'string' ? by.name : null, title, reference, locator, url]),
  );

/** What can be searched for, a figure's texts under its own key; never the name of a person. */
export const textsOfEvidence = ({ type, data }: EvidenceEvent): readonly PartText[] => {
  switch (type) {
    case 'EvidenceStated':
      return [...inPart(null, [data.claim, data.caption]), ...textsOfValues(data.values), ...textsOfSources(data.chain)];
    case 'EvidenceSourced':
      return textsOfSources(data.sources);
    case 'EvidenceDisputed':
      return inPart(data.value, [data.text]);
    case 'EvidenceDisputeSettled':
      return inPart(null, [data.text]);
    case 'EvidenceCorrected':
      return [...inPart(null, [data.claim, data.text]), ...textsOfValues(data.values ?? [])];
    case 'EvidenceSuperseded':
      return inPart(null, [data.byTitle]);
  }
};

/** A readonly value of the state as plain JSON: it is, by the form of its event. */
const json = (value: unknown): Json => value as Json;

/** A figure is compared with the one that had its key; a claim that is not said anew is not changed. */
export const beforeEvidence = (evidence: Evidence, event: EvidenceEvent): Before => {
  if (evidence.status === 'unknown' || event.type !== 'EvidenceCorrected') return {};
  const { claim, values } = event.data;
  const were = (values ?? []).flatMap(({ key }, index) => {
    const was = evidence.values.find((value) => value.key === key);
    return Object.entries(was ?? {}).map(([field, value]) => [`values.${index}.${field}`, json(value)] as const);
  });
  return { claim: claim === null ? null : evidence.claim, ...Object.fromEntries(were) };
};

const sourcesIn = ({ type, data }: EvidenceEvent): readonly EvidenceSource[] =>
  type === 'EvidenceStated' ? data.chain : type === 'EvidenceSourced' ? data.sources : [];

/** A source may have taken its title from its document: the one is not exchanged while the other stays. */
const aDocumentIsExchangedWithItsTitle = (before: EvidenceEvent, after: EvidenceEvent, paths: readonly string[]): Refusal | null => {
  const were = sourcesIn(before);
  const bare = paths.find((path) => {
    const [list, index = '', field] = path.split('.');
    const was = list === 'chain' || list === 'sources' ? were[Number(index)] : undefined;
    const isExchanged =
      field === 'document' && (was?.document ?? null) !== null && was?.document !== sourcesIn(after)[Number(index)]?.document;
    return isExchanged && was?.title !== null && !paths.includes(`${list}.${index}.title`);
  });
  return bare === undefined ? null : titleRequired(bare, bare.replace(/document$/, 'title'));
};

/** Disputes, links and later sources name values and sources by their keys: no correction gives a key to another one. */
export const noKeyShifts = (
  before: EvidenceEvent,
  after: EvidenceEvent,
  paths: readonly string[],
  entries: readonly Entry[],
): Refusal | null => {
  const [values, sources] = [keysEverGiven(entries, 'values'), keysEverGiven(entries, 'sources')];
  const stay = ((): boolean => {
    if (before.type === 'EvidenceStated' && after.type === 'EvidenceStated')
      return (
        keysStay(before.data.values, after.data.values, 'values', paths, values) &&
        keysStay(before.data.chain, after.data.chain, 'chain', paths, sources)
      );
    if (before.type === 'EvidenceSourced' && after.type === 'EvidenceSourced')
      return keysStay(before.data.sources, after.data.sources, 'sources', paths, sources);
    if (before.type === 'EvidenceCorrected' && after.type === 'EvidenceCorrected')
      // It says again the values that were there before it, with the keys they had.
      return keysStay(before.data.values ?? [], after.data.values ?? [], 'values', paths, []);
    return true;
  })();
  return stay ? aDocumentIsExchangedWithItsTitle(before, after, paths) : keysWouldShift();
};
