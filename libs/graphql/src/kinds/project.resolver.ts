import { ArgsType, Field, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PAGE_SIZE_MAX, type PartialDate as Dated } from '@saksgang/kernel';
import { durationLabel, type Meeting as MeetingState, type Project as ProjectState } from '@saksgang/kinds';
import { ReadProblem, type Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { ForwardArgs, LocaleArg } from '../reading/arguments.types.js';
import { PartialDate } from '../reading/date.types.js';
import { changesBetween } from '../reading/diff.resolver.js';
import { ChangeConnection } from '../reading/diff.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import { GraphQLPosition } from '../scalars.js';
import { partyOrNull, partySource, type ConnectionSource, type ItemSource, type PartySource } from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { Party } from './party.types.js';
import type { AssertionSource } from './party.resolver.js';
import { Meeting, Project, ProjectConnection, StatusReport } from './project.types.js';

@ArgsType()
class MeetingsArgs {
  @Field(() => Int, { nullable: true, description: 'Only the latest, 1–100. Omitted: the latest 100.' }) last?: number | null;
}

type MeetingSource = MeetingState & Readonly<{ id: string; item: string; pin: Pin }>;

const meetingsOf = async (context: RequestContext, project: ItemSource, last: number): Promise<readonly MeetingSource[]> => {
  if (last < 1 || last > PAGE_SIZE_MAX) throw new ReadProblem('BAD_PAGE', `last is 1 to ${PAGE_SIZE_MAX}, not ${last}.`);
  const { meetings } = await stateOf<ProjectState>(context, project);
  return meetings.slice(-last).map((meeting) => ({
    ...meeting,
    id: `${project.id}@${meeting.revision}`,
    item: project.id,
    pin: project.pin,
  }));
};

@Resolver(() => Meeting)
export class MeetingResolver {
  @ResolveField(() => GraphQLPosition, { description: 'What the group had been shown: the record as known at this position.' })
  async position(meeting: MeetingSource, _args: unknown, context: RequestContext): Promise<string> {
    return (await context.pin({ meeting: meeting.id })).position;
  }

  @ResolveField(() => ChangeConnection, {
    description: 'What changed in the project, and in all that belongs to it, since the group was shown it (endret siden møtet).',
  })
  @Takes(ForwardArgs)
  async changesSince({ id, item, pin: to }: MeetingSource, args: ForwardArgs, context: RequestContext): Promise<unknown> {
    // What has since come into effect is another question: both sides are read on one day.
    const asked = { from: { meeting: id, validAt: to.validAt }, to: null };
    return changesBetween(context, { from: await context.pin(asked.from), to, asked, subject: null, project: item }, args);
  }
}

@Resolver(() => Project)
export class ProjectResolver {
  @ResolveField(() => [String], { description: 'Other names in use (andre navn).' })
  async aliases(project: ItemSource, _args: unknown, context: RequestContext): Promise<readonly string[]> {
    return (await stateOf<ProjectState>(context, project)).aliases;
  }

  @ResolveField(() => [Party], { description: 'Initiativtakere.' })
  async initiators(project: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PartySource[]> {
    const { initiators } = await stateOf<ProjectState>(context, project);
    return Promise.all(initiators.map((party) => partySource(context, party, project.id, project.pin)));
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'From–to, where known (periode).' })
  async period(project: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateOf<ProjectState>(context, project)).period;
  }

  @ResolveField(() => String, { nullable: true, description: 'ISO 8601, `P2Y` for «2-årig» (varighet).' })
  async duration(project: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateOf<ProjectState>(context, project)).duration;
  }

  @ResolveField(() => String, { nullable: true, description: 'The duration in words.' })
  @Takes(LocaleArg)
  async durationLabel(project: ItemSource, { locale }: LocaleArg, context: RequestContext): Promise<string | null> {
    const { duration } = await stateOf<ProjectState>(context, project);
    return duration === null ? null : inLanguage(durationLabel(duration), locale, context.locale);
  }

  @ResolveField(() => Party, { nullable: true, description: 'Styringsgruppe.' })
  async steeringGroup(project: ItemSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, (await stateOf<ProjectState>(context, project)).steeringGroup, project.id, project.pin);
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'When it was closed; null while it goes on (avsluttet).' })
  async ended(project: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    const state = await stateOf<ProjectState>(context, project);
    return state.status === 'closed' ? state.ended : null;
  }

  @ResolveField(() => [Meeting], { description: 'Meetings of the steering group, oldest first (møter).' })
  @Takes(MeetingsArgs)
  meetings(project: ItemSource, { last }: MeetingsArgs, context: RequestContext): Promise<readonly MeetingSource[]> {
    return meetingsOf(context, project, last ?? PAGE_SIZE_MAX);
  }

  @ResolveField(() => Meeting, { nullable: true, description: 'Siste møte.' })
  async lastMeeting(project: ItemSource, _args: unknown, context: RequestContext): Promise<MeetingSource | null> {
    return (await meetingsOf(context, project, 1))[0] ?? null;
  }

  @ResolveField(() => [StatusReport], { description: 'Status reports, oldest first (statusrapporter).' })
  async statusReports(project: ItemSource, _args: unknown, context: RequestContext): Promise<readonly AssertionSource[]> {
    const [{ statusReports }, state] = await Promise.all([stateOf<ProjectState>(context, project), itemStateOf(context, project)]);
    return statusReports.map((report) => ({ ...report, id: refIn(state, report.entry), item: project.id, pin: project.pin }));
  }

  @Query(() => ProjectConnection, { description: 'Projects (prosjekter).' })
  @Takes(ItemsArgs)
  projects(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'project');
  }
}
