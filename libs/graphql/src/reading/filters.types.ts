import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import type { Day, Instant } from '@saksgang/kernel';
import type { HistoryOrder, ItemOrder, TimelineOrder, TimelineRow } from '@saksgang/projections';
import { HistoryOrderEnum, ItemOrderEnum, TimelineNatureEnum, TimelineOrderEnum } from '../enums.js';
import type { WhitePaperType } from '@saksgang/kinds';
import { KindEnum } from '../kind-edges.js';
import { WhitePaperTypeEnum } from '../kinds/white-paper.enums.js';
import { GraphQLDay, GraphQLInstant, GraphQLPosition } from '../scalars.js';
import { ItemRef } from '../writing/reference.types.js';
import { AsOf, PageArgs } from './arguments.types.js';

@InputType({ description: 'Which rows of the timeline. All that is given must fit.' })
export class TimelineFilter {
  @Field(() => [KindEnum], { nullable: true }) kinds?: string[] | null;
  @Field(() => [ItemRef], { nullable: true, description: 'Only of these items.' }) items?: ItemRef[] | null;
  @Field(() => ItemRef, { nullable: true, description: 'Only of items that belong to this project.' }) project?: ItemRef | null;
  @Field(() => [WhitePaperTypeEnum], { nullable: true, description: 'Only of white papers of these types (type melding).' })
  whitePaperTypes?: WhitePaperType[] | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Also what happened to the papers that these white papers were merged into, marked `reachedThrough`.',
  })
  followMergers?: boolean | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'Effective day, this one included (fra og med).' }) from?: Day | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'Effective day, this one included (til og med).' }) to?: Day | null;
  @Field(() => [String], { nullable: true, description: 'Only these events: `PointAssigned`.' }) types?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Only rows whose text holds this.' }) text?: string | null;
  @Field(() => [TimelineNatureEnum], {
    nullable: true,
    defaultValue: ['HAPPENED'],
    description: 'What happened, what is planned (frister, prognoser og planer som gjelder), or both.',
  })
  show?: TimelineRow['nature'][] | null;
}

@InputType({ description: 'Which items. All that is given must fit.' })
export class ItemFilter {
  @Field(() => [KindEnum], { nullable: true, description: 'Only these kinds; in a list of one kind it may be left out.' })
  kinds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Only in these states: `ADOPTED`.' }) states?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Only these sub-types: `VEDTAK`.' }) subtypes?: string[] | null;
  @Field(() => ItemRef, { nullable: true, description: 'Only what belongs to this project.' }) project?: ItemRef | null;
  @Field(() => ItemRef, { nullable: true, description: 'Only what this body decided, owns or asserts.' }) body?: ItemRef | null;
  @Field(() => Boolean, { nullable: true, description: 'Is something still to be done?' }) open?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Only items whose title or reference holds this.' }) text?: string | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'Happened on this day or later.' }) from?: Day | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'Happened on this day or earlier.' }) to?: Day | null;
}

@InputType({ description: 'Which entries of the raw record. All that is given must fit.' })
export class HistoryFilter {
  @Field(() => [ItemRef], { nullable: true }) items?: ItemRef[] | null;
  @Field(() => [KindEnum], { nullable: true }) kinds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Only these events: `EntryCorrected`.' }) types?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Recorded by these actors.' }) actors?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Changed one of these fields: `points.*.text`.' }) fields?: string[] | null;
  @Field(() => ItemRef, { nullable: true, description: 'Asserted by this body.' }) assertedBy?: ItemRef | null;
  @Field(() => GraphQLInstant, { nullable: true }) recordedFrom?: Instant | null;
  @Field(() => GraphQLInstant, { nullable: true }) recordedTo?: Instant | null;
  @Field(() => Boolean, { nullable: true, description: 'true: only corrections and retractions; false: all but them.' })
  corrections?: boolean | null;
}

@ArgsType()
export class ItemTimelineArgs extends PageArgs {
  @Field(() => TimelineFilter, { nullable: true }) filter?: TimelineFilter | null;
}

@ArgsType()
export class TimelineArgs extends ItemTimelineArgs {
  @Field(() => TimelineOrderEnum, { nullable: true, defaultValue: 'OLDEST_FIRST' }) orderBy?: TimelineOrder | null;
  @Field(() => AsOf, { nullable: true }) asOf?: AsOf | null;
}

@ArgsType()
export class ItemsArgs extends PageArgs {
  @Field(() => ItemFilter, { nullable: true }) filter?: ItemFilter | null;
  @Field(() => ItemOrderEnum, { nullable: true, defaultValue: 'OCCURRED_DESC' }) orderBy?: ItemOrder | null;
  @Field(() => AsOf, { nullable: true }) asOf?: AsOf | null;
}

@ArgsType()
export class HistoryArgs extends PageArgs {
  @Field(() => HistoryFilter, { nullable: true }) filter?: HistoryFilter | null;
  @Field(() => HistoryOrderEnum, { nullable: true, defaultValue: 'NEWEST_FIRST' }) orderBy?: HistoryOrder | null;
}

@ArgsType()
export class LiveTimelineArgs {
  @Field(() => GraphQLPosition, { nullable: true, description: 'Resume after this; omitted: from now.' }) after?: string | null;
  @Field(() => TimelineFilter, { nullable: true }) filter?: TimelineFilter | null;
}

@ArgsType()
export class LiveEntriesArgs {
  @Field(() => GraphQLPosition, { nullable: true, description: 'Resume after this; omitted: from now.' }) after?: string | null;
  @Field(() => HistoryFilter, { nullable: true }) filter?: HistoryFilter | null;
}
