import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  elementKey,
  entryId,
  firstVersion,
  found,
  itemId,
  line,
  listOf,
  optional,
  parserOf,
  partialDate,
  party,
  quantity,
  refusing,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import type { AskedSource, EvidenceCommand } from './evidence.commands.js';
import { DISPUTE_OUTCOMES, type EvidenceEvent } from './evidence.events.js';

export const VALUES_MAX = 100; // values of one claim
export const SOURCES_MAX = 100; // sources given at once

const hasFigure = refusing(({ value, asWritten }: Readonly<{ value: string | null; asWritten: string | null }>) =>
  value === null && asWritten === null ? found('EMPTY_VALUE', 'says nothing: give value, asWritten or both') : null,
);
const saysWho = refusing((source: object) =>
  Object.entries(source).every(([field, value]) => field === 'key' || value === null)
    ? found('EMPTY_SOURCE', 'says nothing: give at least one of by, document, title, reference, dated, locator, url')
    : null,
);
const keysDiffer = refusing((list: readonly Readonly<{ key: string }>[]) =>
  new Set(list.map(({ key }) => key)).size < list.length ? found('DUPLICATE_KEY', 'holds one key twice') : null,
);

const valueGiven = {
  value: optional(quantity),
  asWritten: optional(line()),
  unit: optional(line()),
  population: optional(line()),
  jurisdiction: optional(line()),
  year: optional(partialDate),
  qualifier: optional(line()),
};
const sourceGiven = z
  .strictObject({
    by: optional(party),
    document: optional(itemId('document')),
    title: optional(title),
    reference: optional(line()),
    dated: optional(partialDate),
    locator: optional(line()),
    url: optional(line()),
  })
  .superRefine(saysWho);
const optionalList = <S extends z.ZodType>(element: S, max: number) => optional(listOf(element, max)).transform((list) => list ?? []);
const atLeastOne = refusing((list: readonly unknown[]) => (list.length === 0 ? found('REQUIRED', 'must hold at least one') : null));

const COMMAND_SCHEMAS = {
  StateEvidence: commandOf('StateEvidence', {
    claim: text(),
    caption: optional(text()),
    values: optionalList(z.strictObject(valueGiven).superRefine(hasFigure), VALUES_MAX),
    chain: optionalList(sourceGiven, SOURCES_MAX),
    projects: optional(listOf(itemId('project'))).transform((projects) => projects ?? []),
  }),
  SourceEvidence: commandOf('SourceEvidence', {
    before: optional(elementKey),
    sources: listOf(sourceGiven, SOURCES_MAX).superRefine(atLeastOne),
  }),
  DisputeEvidence: commandOf('DisputeEvidence', { value: optional(elementKey), text: text() }),
  SettleEvidenceDispute: commandOf('SettleEvidenceDispute', {
    dispute: entryId,
    outcome: z.enum(DISPUTE_OUTCOMES),
    text: optional(text()),
  }),
  CorrectEvidence: commandOf('CorrectEvidence', {
    claim: optional(text()),
    values: optional(
      listOf(z.strictObject({ key: optional(elementKey), ...valueGiven }).superRefine(hasFigure), VALUES_MAX).superRefine(
        refusing((list) => {
          const keys = list.flatMap(({ key }) => key ?? []);
          return new Set(keys).size < keys.length ? found('DUPLICATE_KEY', 'holds one key twice') : null;
        }),
      ),
    ),
    text: optional(text()),
  }),
  SupersedeEvidence: commandOf('SupersedeEvidence', { by: itemId('evidence') }),
} as const satisfies { [T in EvidenceCommand['type']]: z.ZodType<Extract<EvidenceCommand, { type: T }>> };

const storedValue = z
  .strictObject({
    key: elementKey,
    value: quantity.nullable(),
    asWritten: line().nullable(),
    unit: line().nullable(),
    population: line().nullable(),
    jurisdiction: line().nullable(),
    year: partialDate.nullable(),
    qualifier: line().nullable(),
  })
  .superRefine(hasFigure);
const storedSource = z
  .strictObject({
    key: elementKey,
    by: party.nullable(),
    document: itemId('document').nullable(),
    title: title.nullable(),
    reference: line().nullable(),
    dated: partialDate.nullable(),
    locator: line().nullable(),
    url: line().nullable(),
  })
  .superRefine(saysWho);
const storedValues = listOf(storedValue, VALUES_MAX).superRefine(keysDiffer);
const storedSources = listOf(storedSource, SOURCES_MAX).superRefine(keysDiffer);

/** The stored form: every field is there, null where nothing was said. */
const EVENT_SCHEMAS = {
  EvidenceStated: z.strictObject({
    claim: text(),
    caption: text().nullable(),
    values: storedValues,
    chain: storedSources,
    projects: listOf(itemId('project')),
  }),
  EvidenceSourced: z.strictObject({ before: elementKey.nullable(), sources: storedSources }),
  EvidenceDisputed: z.strictObject({ value: elementKey.nullable(), text: text() }),
  EvidenceDisputeSettled: z.strictObject({ dispute: entryId, outcome: z.enum(DISPUTE_OUTCOMES), text: text().nullable() }),
  EvidenceCorrected: z.strictObject({ claim: text().nullable(), values: storedValues.nullable(), text: text().nullable() }),
  EvidenceSuperseded: z.strictObject({ by: itemId('evidence'), byTitle: title }),
} as const satisfies { [T in EvidenceEvent['type']]: z.ZodType<Extract<EvidenceEvent, { type: T }>['data']> };

const documentsOf = (sources: readonly AskedSource[], list: string): readonly TargetRef[] =>
  sources.flatMap(({ document }, index) =>
    document === null ? [] : [{ item: document, part: null, kinds: ['document'], path: [list, String(index), 'document'] }],
  );

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: EvidenceCommand): readonly TargetRef[] => {
  switch (command.type) {
    case 'StateEvidence':
      return [
        ...command.projects.map((item, index) => ({ item, part: null, kinds: ['project'], path: ['projects', String(index)] })),
        ...documentsOf(command.chain, 'chain'),
      ];
    case 'SourceEvidence':
      return documentsOf(command.sources, 'sources');
    case 'SupersedeEvidence':
      return [{ item: command.by, part: null, kinds: ['evidence'], path: ['by'] }];
    case 'DisputeEvidence':
    case 'SettleEvidenceDispute':
    case 'CorrectEvidence':
      return [];
  }
};

const spec = (type: EvidenceCommand['type']): CommandSpec<EvidenceCommand> => ({
  founding: type === 'StateEvidence',
  roles: SECRETARIAT,
  parse: parserOf<EvidenceCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const EVIDENCE_COMMANDS: Readonly<Record<EvidenceCommand['type'], CommandSpec<EvidenceCommand>>> = {
  StateEvidence: spec('StateEvidence'),
  SourceEvidence: spec('SourceEvidence'),
  DisputeEvidence: spec('DisputeEvidence'),
  SettleEvidenceDispute: spec('SettleEvidenceDispute'),
  CorrectEvidence: spec('CorrectEvidence'),
  SupersedeEvidence: spec('SupersedeEvidence'),
};

/** `fixed`: what the event points at. */
const v1 = (type: EvidenceEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const EVIDENCE_EVENTS: Readonly<Record<EvidenceEvent['type'], EventSpec>> = {
  EvidenceStated: v1('EvidenceStated'),
  EvidenceSourced: v1('EvidenceSourced', 'before'),
  EvidenceDisputed: v1('EvidenceDisputed', 'value'),
  EvidenceDisputeSettled: v1('EvidenceDisputeSettled', 'dispute'),
  EvidenceCorrected: v1('EvidenceCorrected'),
  EvidenceSuperseded: v1('EvidenceSuperseded', 'by', 'byTitle'),
};
