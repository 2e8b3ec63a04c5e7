import { Field, ID, ObjectType } from '@nestjs/graphql';
import { TimelineNatureEnum } from '../enums.js';
import { GraphQLInstant, GraphQLPosition } from '../scalars.js';
import { PartialDate } from './date.types.js';
import { connectionOf } from './page.types.js';
import { Source } from './source.types.js';

@ObjectType({ description: 'What happened, told in order of (effective day, position) (tidslinje).' })
export class TimelineEntry {
  @Field(() => ID, { description: 'Stable, also when the entry is corrected.' })
  id!: string;
  @Field(() => TimelineNatureEnum)
  nature!: string;
  @Field(() => String, {
    description: 'The event, past tense: `PointAssigned`; of what is planned `DEADLINE`, `FORECAST`, `BASELINE` or `PLANNED`.',
  })
  type!: string;
  @Field(() => PartialDate)
  occurred!: unknown;
  @Field(() => GraphQLInstant)
  recordedAt!: string;
  @Field(() => GraphQLPosition)
  position!: string;
  @Field(() => Source, { nullable: true })
  source!: unknown;
  @Field(() => Boolean, { description: 'Has it been corrected, or its date established (rettet)?' })
  corrected!: boolean;
}

export const TimelineConnection = connectionOf('Timeline', () => TimelineEntry);

@ObjectType({ description: 'A change of the timeline: rows that are new or have changed, and rows that have gone.' })
export class TimelineChange {
  @Field(() => GraphQLPosition, { description: 'Resume after this.' })
  position!: string;
  @Field(() => [TimelineEntry], { description: 'A corrected row comes again under its old id.' })
  put!: unknown[];
  @Field(() => [ID], { description: 'No longer told, or not to you: also rows that you were never handed.' })
  removed!: string[];
}
