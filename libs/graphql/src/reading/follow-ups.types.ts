import { ArgsType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Day } from '@saksgang/kernel';
import type { PointClosure, PointState } from '@saksgang/kinds';
import type { FollowUpOrder } from '@saksgang/projections';
import { PointClosureEnum, PointStateEnum } from '../kinds/resolution.enums.js';
import { GraphQLDay } from '../scalars.js';
import { ItemRef } from '../writing/reference.types.js';
import { AsOf, PageArgs } from './arguments.types.js';
import { FollowUpOrderEnum } from './attention.enums.js';
import { PartialDate } from './date.types.js';
import { connectionOf } from './page.types.js';

@ObjectType({ description: 'A point that asks for something: a row of the follow-up list (oppfølgingsliste for vedtak, restanseliste).' })
export class FollowUp {
  @Field(() => PartialDate, { nullable: true, description: 'Frist.' }) deadline!: unknown;
  @Field(() => PointClosureEnum, { nullable: true, description: 'How it was closed.' }) closedAs!: PointClosure | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Days past the deadline’s last day, on the as-of day; null when not overdue (dager over frist).',
  })
  daysOverdue!: number | null;
}

@InputType({ description: 'Which rows of the follow-up list. All that is given must fit.' })
export class FollowUpFilter {
  @Field(() => [ItemRef], { nullable: true, description: 'Only what these bodies decided (organ).' }) bodies?: ItemRef[] | null;
  @Field(() => [ItemRef], { nullable: true, description: 'Only what these bodies are to carry out (ansvarlig).' })
  owners?: ItemRef[] | null;
  @Field(() => [PointStateEnum], { nullable: true }) states?: PointState[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Past its deadline and not closed (forfalt).' }) overdue?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Still asks for something, and nobody is responsible (ikke fordelt).' })
  unassigned?: boolean | null;
  @Field(() => ItemRef, { nullable: true, description: 'Only of what belongs to this project.' }) project?: ItemRef | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'Its deadline ends before this day.' }) dueBefore?: Day | null;
  @Field(() => String, { nullable: true, description: 'Only points whose text, or whose resolution’s title, holds this.' })
  text?: string | null;
}

@ArgsType()
export class FollowUpsArgs extends PageArgs {
  @Field(() => FollowUpFilter, { nullable: true }) filter?: FollowUpFilter | null;
  @Field(() => FollowUpOrderEnum, { nullable: true, defaultValue: 'DEADLINE' }) orderBy?: FollowUpOrder | null;
  @Field(() => AsOf, { nullable: true }) asOf?: AsOf | null;
}

export const FollowUpConnection = connectionOf('FollowUp', () => FollowUp);
