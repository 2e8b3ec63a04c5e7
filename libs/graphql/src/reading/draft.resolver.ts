import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DRAFT_BYTES_MAX, draftPoints, type DraftDoubt as Doubt, type PointDraft as Draft } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import { fault } from '../faults.js';
import { inLanguage } from '../language.js';
import { Takes } from '../takes.js';
import { LocaleArg } from './arguments.types.js';
import { DraftDoubt, DraftPointsArgs, PointDraft } from './draft.types.js';

@Resolver()
export class DraftResolver {
  @Query(() => PointDraft, { description: 'Pasted letter text → a point tree to check, with doubtful places marked (del opp i punkter).' })
  @Takes(DraftPointsArgs)
  draftPoints(_root: unknown, { text }: DraftPointsArgs): Draft {
    const bytes = Buffer.byteLength(text);
    if (bytes > DRAFT_BYTES_MAX)
      throw fault('BAD_USER_INPUT', `text takes at most ${DRAFT_BYTES_MAX} bytes, not ${bytes}: paste the resolution alone.`, {
        max: DRAFT_BYTES_MAX,
      });
    return draftPoints(text);
  }
}

@Resolver(() => DraftDoubt)
export class DraftDoubtResolver {
  @ResolveField(() => String, { description: 'What is doubtful, and what to check (merknad).' })
  @Takes(LocaleArg)
  what(doubt: Doubt, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(doubt.what, locale, context.locale);
  }
}
