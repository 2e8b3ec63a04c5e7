import { Mutation, Resolver } from '@nestjs/graphql';
import type { BodyCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import { record, type Command, type Input } from '../writing/record.js';
import type { Given } from '../writing/given.js';
import {
  AddBodyAliasInput,
  DissolveBodyInput,
  EstablishBodyInput,
  MergeBodyInput,
  RecordBodyClaimInput,
  RenameBodyInput,
} from './body.inputs.js';

const INPUT = 'The command.';
type OnBody = Pick<DissolveBodyInput, 'body'>;

const onBody = async (given: Given, input: OnBody, type: BodyCommand['type'], data: Command['data'] = {}): Promise<Command> => ({
  kind: 'body',
  type,
  item: await given.item(input.body, ['input', 'body']),
  data,
});

@Resolver()
export class BodyCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record a body or organisation (registrere organ).' })
  @TakesOne('input', () => EstablishBodyInput, INPUT)
  establishBody(_root: unknown, { input }: Input<EstablishBodyInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'body',
      type: 'EstablishBody',
      item: null,
      data: {
        name: input.name,
        aliases: input.aliases ?? null,
        parent: await given.itemOrNull(input.parent, ['input', 'parent']),
        period: given.dateOrNull(input.period, ['input', 'period']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'Give a body a new name (nytt navn).' })
  @TakesOne('input', () => RenameBodyInput, INPUT)
  renameBody(_root: unknown, { input }: Input<RenameBodyInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onBody(given, input, 'RenameBody', { name: input.name }));
  }

  @Mutation(() => Outcome, { description: 'Record another name a body goes by (også kalt).' })
  @TakesOne('input', () => AddBodyAliasInput, INPUT)
  addBodyAlias(_root: unknown, { input }: Input<AddBodyAliasInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onBody(given, input, 'AddBodyAlias', { alias: input.alias }));
  }

  @Mutation(() => Outcome, { description: 'Record what somebody claims about a body (påstand).' })
  @TakesOne('input', () => RecordBodyClaimInput, INPUT)
  recordBodyClaim(_root: unknown, { input }: Input<RecordBodyClaimInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onBody(given, input, 'RecordBodyClaim', { claim: input.claim }));
  }

  @Mutation(() => Outcome, { description: 'A body was merged into another (slått sammen).' })
  @TakesOne('input', () => MergeBodyInput, INPUT)
  mergeBody(_root: unknown, { input }: Input<MergeBodyInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onBody(given, input, 'MergeBody', { into: await given.item(input.into, ['input', 'into']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'A body was dissolved (oppløst).' })
  @TakesOne('input', () => DissolveBodyInput, INPUT)
  dissolveBody(_root: unknown, { input }: Input<DissolveBodyInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onBody(given, input, 'DissolveBody'));
  }
}
