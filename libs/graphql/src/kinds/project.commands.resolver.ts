import { Mutation, Resolver } from '@nestjs/graphql';
import { STATUS_DIMENSIONS, type ProjectCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import { CloseProjectInput, HoldMeetingInput, ReportProjectStatusInput, StartProjectInput } from './project.inputs.js';

const INPUT = 'The command.';
type OnProject = Pick<CloseProjectInput, 'project'>;

const onProject = async (given: Given, input: OnProject, type: ProjectCommand['type'], data: Command['data'] = {}): Promise<Command> => ({
  kind: 'project',
  type,
  item: await given.item(input.project, ['input', 'project']),
  data,
});

const dimensionsOf = (input: ReportProjectStatusInput): Command['data'] =>
  Object.fromEntries(
    STATUS_DIMENSIONS.map((dimension) => {
      const given = input[dimension];
      return [dimension, given ? { light: given.light, reason: given.reason ?? null, action: given.action ?? null } : null];
    }),
  );

@Resolver()
export class ProjectCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record a project (registrere prosjekt).' })
  @TakesOne('input', () => StartProjectInput, INPUT)
  startProject(_root: unknown, { input }: Input<StartProjectInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'project',
      type: 'StartProject',
      item: null,
      data: {
        title: input.title,
        aliases: input.aliases ?? null,
        initiators: await given.parties(input.initiators, ['input', 'initiators']),
        period: given.dateOrNull(input.period, ['input', 'period']),
        duration: input.duration ?? null,
        steeringGroup: await given.partyOrNull(input.steeringGroup, ['input', 'steeringGroup']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'The steering group met (møte holdt).' })
  @TakesOne('input', () => HoldMeetingInput, INPUT)
  holdMeeting(_root: unknown, { input }: Input<HoldMeetingInput>, context: RequestContext): Promise<OutcomeSource> {
    const { title, held, shownAt } = input;
    const occurred = input.occurred ?? { text: held };
    return record(context, { ...input, occurred }, (given) =>
      onProject(given, input, 'HoldMeeting', { title, held, shownAt: shownAt ?? null }),
    );
  }

  @Mutation(() => Outcome, { description: 'Report how a project stands (statusrapport).' })
  @TakesOne('input', () => ReportProjectStatusInput, INPUT)
  reportProjectStatus(_root: unknown, { input }: Input<ReportProjectStatusInput>, context: RequestContext): Promise<OutcomeSource> {
    const data = { ...dimensionsOf(input), summary: input.summary ?? null };
    return record(context, input, (given) => onProject(given, input, 'ReportProjectStatus', data));
  }

  @Mutation(() => Outcome, { description: 'The project is over (avslutte prosjekt).' })
  @TakesOne('input', () => CloseProjectInput, INPUT)
  closeProject(_root: unknown, { input }: Input<CloseProjectInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onProject(given, input, 'CloseProject'));
  }
}
