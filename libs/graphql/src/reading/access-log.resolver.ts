import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { LoggedReading } from '@saksgang/access';
import type { RequestContext } from '../context.js';
import { fault } from '../faults.js';
import type { ConnectionSource } from '../sources.js';
import { Takes } from '../takes.js';
import { Access, AccessConnection, AccessLogArgs } from './access-log.types.js';
import { UNKNOWN_ACTOR, type ActorSource } from './entry.resolver.js';
import { Actor } from './entry.types.js';
import { numberedPage } from './numbered-page.js';

const NAMED_MAX = 100; // actors or items of one filter

@Resolver(() => Access)
export class AccessResolver {
  @ResolveField()
  id({ number }: LoggedReading): string {
    return String(number);
  }

  @ResolveField(() => Actor, { description: 'Who read it (leser). To be shown the name is a reading, too.' })
  async actor({ actor }: LoggedReading, _args: unknown, context: RequestContext): Promise<ActorSource> {
    return { ...UNKNOWN_ACTOR, ...(await context.actorById(actor)), id: actor };
  }
}

@Resolver()
export class AccessLogResolver {
  @Query(() => AccessConnection, {
    description: 'Who has read names of persons and what is shielded, newest first: for auditors and administrators (innsynslogg).',
  })
  @Takes(AccessLogArgs)
  async accessLog(_root: unknown, { filter, ...page }: AccessLogArgs, context: RequestContext): Promise<ConnectionSource<LoggedReading>> {
    context.notToBeKept();
    const asked = filter ?? {};
    if (Math.max(asked.actors?.length ?? 0, asked.items?.length ?? 0) > NAMED_MAX)
      throw fault('BAD_FILTER', `actors and items take at most ${NAMED_MAX} each.`);
    return numberedPage(page, context, {
      before: (number, limit) => context.readingLog.before(asked, number, limit),
      count: () => context.readingLog.count(asked),
    });
  }
}
