import { ResolveField, Resolver } from '@nestjs/graphql';
import { boundsOf, labelOfDate, type PartialDate as Dated } from '@saksgang/kernel';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { Takes } from '../takes.js';
import { LocaleArg } from './arguments.types.js';
import { PartialDate } from './date.types.js';

@Resolver(() => PartialDate)
export class PartialDateResolver {
  @ResolveField(() => String, { description: '«senest 3. oktober 2018».' })
  @Takes(LocaleArg)
  label(date: Dated, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(labelOfDate(date), locale, context.locale);
  }

  @ResolveField()
  precision(date: Dated): string {
    return boundsOf(date).precision;
  }

  @ResolveField()
  earliest(date: Dated): string | null {
    return boundsOf(date).earliest;
  }

  @ResolveField()
  latest(date: Dated): string | null {
    return boundsOf(date).latest;
  }
}
