import { Mutation, Resolver } from '@nestjs/graphql';
import type { EvidenceCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import {
  CorrectEvidenceInput,
  DisputeEvidenceInput,
  SettleEvidenceDisputeInput,
  SourceEvidenceInput,
  StateEvidenceInput,
  SupersedeEvidenceInput,
  type EvidenceSourceInput,
  type EvidenceValueInput,
} from './evidence.inputs.js';

const INPUT = 'The command.';
type OnEvidence = Pick<SupersedeEvidenceInput, 'evidence'>;

const onEvidence = async (given: Given, input: OnEvidence, type: EvidenceCommand['type'], data: Command['data']): Promise<Command> => ({
  kind: 'evidence',
  type,
  item: await given.item(input.evidence, ['input', 'evidence']),
  data,
});

const valueOf = (given: Given, value: EvidenceValueInput, path: readonly string[]): object => ({
  value: value.value ?? null,
  asWritten: value.asWritten ?? null,
  unit: value.unit ?? null,
  population: value.population ?? null,
  jurisdiction: value.jurisdiction ?? null,
  year: given.dateOrNull(value.year, [...path, 'year']),
  qualifier: value.qualifier ?? null,
});

const sourceOf = async (given: Given, source: EvidenceSourceInput, path: readonly string[]): Promise<object> => ({
  by: await given.partyOrNull(source.by, [...path, 'by']),
  document: await given.itemOrNull(source.document, [...path, 'document']),
  title: source.title ?? null,
  reference: source.reference ?? null,
  dated: given.dateOrNull(source.dated, [...path, 'dated']),
  locator: source.locator ?? null,
  url: source.url ?? null,
});

const sourcesOf = async (given: Given, sources: readonly EvidenceSourceInput[] | null | undefined, list: string) =>
  sources ? Promise.all(sources.map((source, index) => sourceOf(given, source, ['input', list, String(index)]))) : null;

@Resolver()
export class EvidenceCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record a claim that something may rest on (føre opp kunnskapsgrunnlag).' })
  @TakesOne('input', () => StateEvidenceInput, INPUT)
  stateEvidence(_root: unknown, { input }: Input<StateEvidenceInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'evidence',
      type: 'StateEvidence',
      item: null,
      data: {
        claim: input.claim,
        caption: input.caption ?? null,
        values: input.values?.map((value, index) => valueOf(given, value, ['input', 'values', String(index)])) ?? null,
        chain: await sourcesOf(given, input.chain, 'chain'),
        projects: await given.items(input.projects, ['input', 'projects']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'More of the source chain has been found (legge til kilder).' })
  @TakesOne('input', () => SourceEvidenceInput, INPUT)
  sourceEvidence(_root: unknown, { input }: Input<SourceEvidenceInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onEvidence(given, input, 'SourceEvidence', {
        before: input.before ?? null,
        sources: await sourcesOf(given, input.sources, 'sources'),
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Somebody disputes the claim (bestride).' })
  @TakesOne('input', () => DisputeEvidenceInput, INPUT)
  disputeEvidence(_root: unknown, { input }: Input<DisputeEvidenceInput>, context: RequestContext): Promise<OutcomeSource> {
    const data = { value: input.value ?? null, text: input.text };
    return record(context, input, (given) => onEvidence(given, input, 'DisputeEvidence', data));
  }

  @Mutation(() => Outcome, { description: 'A dispute has ended (avgjøre innsigelse).' })
  @TakesOne('input', () => SettleEvidenceDisputeInput, INPUT)
  settleEvidenceDispute(_root: unknown, { input }: Input<SettleEvidenceDisputeInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => {
      const { item, entry } = await given.entry(input.dispute, ['input', 'dispute']);
      return {
        kind: 'evidence',
        type: 'SettleEvidenceDispute',
        item,
        data: { dispute: entry, outcome: input.outcome, text: input.text ?? null },
      };
    });
  }

  @Mutation(() => Outcome, { description: 'Whoever stated it says it otherwise now (rettelse fra kilden).' })
  @TakesOne('input', () => CorrectEvidenceInput, INPUT)
  correctEvidence(_root: unknown, { input }: Input<CorrectEvidenceInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onEvidence(given, input, 'CorrectEvidence', {
        claim: input.claim ?? null,
        values:
          input.values?.map((value, index) => ({
            key: value.key ?? null,
            ...valueOf(given, value, ['input', 'values', String(index)]),
          })) ?? null,
        text: input.text ?? null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'A newer claim takes its place (avløse).' })
  @TakesOne('input', () => SupersedeEvidenceInput, INPUT)
  supersedeEvidence(_root: unknown, { input }: Input<SupersedeEvidenceInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onEvidence(given, input, 'SupersedeEvidence', { by: await given.item(input.by, ['input', 'by']) }),
    );
  }
}
