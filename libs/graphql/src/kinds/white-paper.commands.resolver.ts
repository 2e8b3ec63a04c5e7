import { Mutation, Resolver } from '@nestjs/graphql';
import type { ReachedStage, WhitePaperCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { PartyInput } from '../writing/command.types.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import {
  AdvanceWhitePaperInput,
  AnnounceWhitePaperInput,
  JudgeWhitePaperInput,
  MergeWhitePaperInput,
  PlanWhitePaperInput,
  RecordOrderInput,
  SupersedeWhitePaperInput,
  WithdrawWhitePaperInput,
  type WhitePaperPresentedInput,
  type WhitePaperReachedInput,
  type WhitePaperStepInput,
} from './white-paper.inputs.js';

const INPUT = 'The command.';

const onWhitePaper = async (
  given: Given,
  input: Pick<WithdrawWhitePaperInput, 'whitePaper'>,
  type: WhitePaperCommand['type'],
  data: Command['data'] = {},
): Promise<Command> => ({ kind: 'whitePaper', type, item: await given.item(input.whitePaper, ['input', 'whitePaper']), data });

const STAGE_OF: Readonly<Record<keyof WhitePaperStepInput, ReachedStage>> = {
  input: 'INPUT',
  presented: 'PRESENTED',
  referred: 'REFERRED',
  inCommittee: 'IN_COMMITTEE',
  recommendation: 'RECOMMENDED',
  debated: 'DEBATED',
  resolved: 'RESOLVED',
  followedUp: 'FOLLOWED_UP',
};
const STEPS = Object.keys(STAGE_OF) as readonly (keyof WhitePaperStepInput)[];

/** One of several inputs, read as one: what it does not have is not said. */
type AnyStep = WhitePaperPresentedInput & WhitePaperReachedInput;

const stepOf = async (given: Given, step: WhitePaperStepInput, path: readonly string[]): Promise<Command['data']> => {
  const [name, ...more] = STEPS.filter((one) => step[one]);
  if (name === undefined || more.length > 0) {
    given.issues.push({ path, code: 'EXACTLY_ONE', message: `names a stage in exactly one way: give one of ${STEPS.join(', ')}` });
    return {};
  }
  const of: AnyStep = step[name] ?? {};
  const organ = (party: PartyInput | null | undefined, field: string) => given.partyOrNull(party, [...path, name, field]);
  return {
    stage: STAGE_OF[name],
    number: of.number ?? null,
    session: of.session ?? null,
    title: of.title ?? null,
    ministry: await organ(of.ministry, 'ministry'),
    reference: of.reference ?? null,
    committee: await organ(of.committee, 'committee'),
    rapporteurs: of.rapporteurs?.map(({ person, party }) => ({ person: given.person(person), party: party ?? null })) ?? null,
    text: of.text ?? null,
  };
};

@Resolver()
export class WhitePaperCommandsResolver {
  @Mutation(() => Outcome, { description: 'A white paper is to come (varsle stortingsmelding).' })
  @TakesOne('input', () => AnnounceWhitePaperInput, INPUT)
  announceWhitePaper(_root: unknown, { input }: Input<AnnounceWhitePaperInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'whitePaper',
      type: 'AnnounceWhitePaper',
      item: null,
      data: {
        whitePaperType: input.whitePaperType,
        name: input.name,
        ministry: await given.partyOrNull(input.ministry, ['input', 'ministry']),
        planned: given.dateOrNull(input.planned, ['input', 'planned']),
        projects: await given.items(input.projects, ['input', 'projects']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'Record an order that a white paper is to answer (registrere bestilling).' })
  @TakesOne('input', () => RecordOrderInput, INPUT)
  recordOrder(_root: unknown, { input }: Input<RecordOrderInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onWhitePaper(given, input, 'RecordOrder', {
        text: input.text,
        orderedBy: await given.party(input.orderedBy, ['input', 'orderedBy']),
        reference: input.reference ?? null,
        answers: input.answers ? await given.part(input.answers, ['input', 'answers']) : null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'A new date for the presentation (ny plan).' })
  @TakesOne('input', () => PlanWhitePaperInput, INPUT)
  planWhitePaper(_root: unknown, { input }: Input<PlanWhitePaperInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onWhitePaper(given, input, 'PlanWhitePaper', { planned: given.date(input.planned, ['input', 'planned']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'A white paper reached a stage (nytt trinn).' })
  @TakesOne('input', () => AdvanceWhitePaperInput, INPUT)
  advanceWhitePaper(_root: unknown, { input }: Input<AdvanceWhitePaperInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onWhitePaper(given, input, 'AdvanceWhitePaper', await stepOf(given, input.step, ['input', 'step'])),
    );
  }

  @Mutation(() => Outcome, { description: 'A white paper was merged into another (slått sammen).' })
  @TakesOne('input', () => MergeWhitePaperInput, INPUT)
  mergeWhitePaper(_root: unknown, { input }: Input<MergeWhitePaperInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onWhitePaper(given, input, 'MergeWhitePaper', { into: await given.item(input.into, ['input', 'into']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'Another white paper took its place (avløst).' })
  @TakesOne('input', () => SupersedeWhitePaperInput, INPUT)
  supersedeWhitePaper(_root: unknown, { input }: Input<SupersedeWhitePaperInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onWhitePaper(given, input, 'SupersedeWhitePaper', { by: await given.item(input.by, ['input', 'by']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'A white paper was withdrawn (trukket tilbake).' })
  @TakesOne('input', () => WithdrawWhitePaperInput, INPUT)
  withdrawWhitePaper(_root: unknown, { input }: Input<WithdrawWhitePaperInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onWhitePaper(given, input, 'WithdrawWhitePaper'));
  }

  @Mutation(() => Outcome, { description: 'Judge what came of a white paper or of its order (vurdere stortingsmelding).' })
  @TakesOne('input', () => JudgeWhitePaperInput, INPUT)
  judgeWhitePaper(_root: unknown, { input }: Input<JudgeWhitePaperInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onWhitePaper(given, input, 'JudgeWhitePaper', { order: input.order ?? null, outcome: input.outcome }),
    );
  }
}
